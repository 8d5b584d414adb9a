import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from maeul.council.meeting import actions as meetings
from maeul.council.meeting.tests.factories import opened, plenary
from maeul.council.membership.tests.factories import council_of
from maeul.decision.assembly.tests import factories as assemblies
from maeul.decision.budget.tests.factories import appropriation, open_round
from maeul.decision.plan.models import Plan
from maeul.decision.plan.tests.factories import adopted, drawn_up, filled, submitted, tabled
from maeul.ground.district.tests.factories import DistrictFactory, department
from maeul.ground.people.tests.factories import PersonFactory, holder
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.tests.factories import item_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


@pytest.fixture
def now():
    return timezone.now().replace(microsecond=0)


def read(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def send(client, address, **typed):
    answer = client.post(address, typed, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def lines(*rows):
    """The fields of the cost lines as the browser sends them."""
    sent = {
        "lines-TOTAL_FORMS": "3",
        "lines-INITIAL_FORMS": "0",
        "lines-MIN_NUM_FORMS": "0",
        "lines-MAX_NUM_FORMS": "30",
    }
    for number in range(3):
        row = rows[number] if number < len(rows) else ("", "", "")
        for name, value in zip(("title", "unit_won", "quantity"), row, strict=True):
            sent[f"lines-{number}-{name}"] = value
    return sent


def test_a_draft_is_seen_by_those_who_write_it_and_by_members_only(client, dong, secretary, now):
    member = PersonFactory()
    council_of(dong, members=[member])
    plan = filled(dong, by=secretary, at=now)
    address = plan.get_absolute_url()
    read(client, address, 404)
    read(client, reverse("plan:paper", args=[plan.pk]), 404)
    assert plan.title not in read(client, reverse("plan:dong", args=[dong.code]))
    for person, status in ((PersonFactory(), 404), (member, 200), (secretary, 200)):
        client.force_login(person)
        read(client, address, status)


def test_anybody_reads_the_adopted_plan_with_its_costs_line_by_line(client, dong, secretary, now):
    plan = adopted(dong, by=secretary, at=now)
    page = read(client, plan.get_absolute_url())
    for words in (
        "주민자치회 전체회의가 의결했습니다",
        "사업 두 가지, 모두 800만원",
        "긴 의자",
        "1,200,000원",
        "3,600,000원",
        plan.motion.get_absolute_url(),
    ):
        assert words in page
    assert "사업 2가지, 800만원" in read(client, reverse("plan:plans"))
    assert plan.title in read(client, reverse("plan:dong", args=[dong.code]))


def test_the_plan_is_taken_home_as_a_paper(client, dong, secretary, now):
    plan = adopted(dong, by=secretary, at=now)
    answer = client.get(reverse("plan:paper", args=[plan.pk]))
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "4,000,000원" in text


def test_the_secretary_writes_a_plan_and_carries_it_to_the_assembly(client, dong, secretary, now):
    item = item_in(dong, "reviewed", title="그늘 의자", at=now)
    roads = department()
    client.force_login(secretary)
    send(client, reverse("plan:draw_up", args=[dong.code]), year=2027)
    plan = Plan.objects.get()
    draft = reverse("plan:draft", args=[plan.pk])
    assert "그늘 의자" in read(client, draft)
    add = reverse("plan:add_item", args=[plan.pk, item.number])
    read(client, add)
    page = send(
        client,
        add,
        title="그늘 의자 셋",
        what="정류장 옆에 둡니다.",
        department=roads.pk,
        **lines(("의자", "1,200,000", "3")),
    )
    assert "사업 한 가지, 모두 360만원" in page
    row = plan.items.get()
    page = send(
        client,
        reverse("plan:edit_item", args=[row.pk]),
        title="그늘 의자 넷",
        **lines(("의자", "1,200,000", "4"), ("설치", "200,000", "1")),
    )
    assert "모두 500만원" in page
    send(client, reverse("plan:set_text", args=[plan.pk]), text="금천의 그늘")
    meeting = plenary(dong, by=secretary, at=now)
    page = send(client, reverse("plan:bring_to_plenary", args=[plan.pk]), meeting=meeting.pk)
    assert "전체회의 안건에 올렸습니다" in page
    running = opened(meeting, by=secretary)
    then = {"by": secretary, "at": meeting.starts_at}
    topic = running.topics.get(thread=plan.thread)
    motion = meetings.move(meeting=running, text="계획을 의결한다", topic=topic, **then)
    meetings.vote_on(motion=motion, yes=3, no=0, abstain=0, **then)
    page = send(client, reverse("plan:adopt", args=[plan.pk]), motion=motion.pk)
    assert "금천의 그늘" in page
    assert "주민자치회 전체회의가 의결했습니다" in page
    assembly = assemblies.ruled(dong, by=secretary, at=now)
    page = send(client, reverse("plan:table", args=[plan.pk]), assembly=assembly.pk)
    assert "주민총회에서 투표로 정합니다" in page
    assert AgendaItem.objects.get(pk=item.pk).state == "tabled"


def test_a_broken_cost_line_is_refused_next_to_its_field_and_all_that_was_typed_stays(
    client, dong, secretary, now
):
    item = item_in(dong, "reviewed", title="그늘 의자", at=now)
    plan = drawn_up(dong, by=secretary, at=now)
    client.force_login(secretary)
    address = reverse("plan:add_item", args=[plan.pk, item.number])
    page = send(client, address, title="내가 지은 이름", **lines(("의자", "", "3")))
    assert "하나에 얼마인지 적어 주세요" in page
    assert 'value="내가 지은 이름"' in page
    assert 'value="의자"' in page
    page = send(client, address, title="내가 지은 이름", **lines(("의자", "-5", "3")))
    assert "금액을 숫자로만 적어 주세요" in page
    assert AgendaItem.objects.get(pk=item.pk).state == "reviewed"


def test_dropping_an_item_gives_it_back(client, dong, secretary, now):
    plan = filled(dong, by=secretary, at=now, titles=["긴 의자"])
    client.force_login(secretary)
    page = send(client, reverse("plan:drop_item", args=[plan.items.get().pk]))
    assert "계획에서 뺐습니다" in page
    assert "아직 담은 의제가 없습니다" in page


def test_the_dongs_officer_puts_the_items_within_a_budget(client, dong, officer, now):
    plan = tabled(dong, officer=officer, at=now)
    round = open_round(appropriation(30_000_000, dong=dong))
    client.force_login(officer)
    address = reverse("plan:ask_for_money", args=[plan.pk])
    assert address in read(client, plan.get_absolute_url())
    assert "400만원" in read(client, address)
    typed = {
        "round": round.pk,
        "assembly": plan.question.assembly_id,
        "items": [row.pk for row in plan.items.in_order()],
    }
    page = send(client, address, **typed, at_most="3")
    assert "1부터 2까지입니다" in page
    assert 'value="3"' in page
    assert "예산 투표에 올렸습니다" in send(client, address, **typed, at_most="2")


def test_a_result_that_is_not_out_is_refused_on_its_page(client, dong, officer, now):
    plan = tabled(dong, officer=officer, at=now)
    client.force_login(officer)
    page = send(client, reverse("plan:take_result", args=[plan.pk]))
    assert "결과가 아직 발표되지 않았습니다" in page


def test_the_mayors_office_answers_one_item_after_the_other(client, dong, officer, now):
    mayor_office = holder("구청장실", "mayor_office", district=DistrictFactory())
    plan = submitted(dong, officer=officer, at=now)
    first, second = plan.items.in_order()
    client.force_login(mayor_office)
    page = read(client, plan.get_absolute_url())
    assert "답하지 않은 사업이 두 가지 남았습니다" in page
    address = reverse("plan:reply", args=[first.pk])
    page = send(client, address, verdict="partial", budget_won="2,000,000")
    assert "까닭을 적어 주세요" in page
    assert 'value="2,000,000"' in page
    page = send(
        client, address, verdict="partial", reason="두 곳을 먼저 합니다.", budget_won="2,000,000"
    )
    assert second.title in page  # the next one to answer
    page = send(client, reverse("plan:reply", args=[second.pk]), verdict="accepted")
    assert "구청장이 사업마다 답했습니다" in page
    client.logout()
    page = read(client, plan.get_absolute_url())
    for words in ("일부 반영, 200만원", "두 곳을 먼저 합니다.", "반영</span>"):
        assert words in page


def test_lists_and_plans_take_as_many_queries_for_many_as_for_one(client, dong, secretary, now):
    counts = []
    for year, titles in ((2027, ["하나"]), (2028, ["둘", "셋", "넷", "다섯"])):
        plan = adopted(dong, by=secretary, at=now, titles=titles, year=year)
        for address in (plan.get_absolute_url(), reverse("plan:plans")):
            with CaptureQueriesContext(connection) as asked:
                read(client, address)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 15
