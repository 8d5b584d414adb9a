from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from maeul.council.membership.tests.factories import council_of, office_of
from maeul.decision.budget.tests.factories import allocation, open_round
from maeul.ground.people.tests.factories import PersonFactory, holder
from maeul.ground.thread.models import Step as ThreadStep
from maeul.works.project import actions
from maeul.works.project.models import Expenditure, Project
from maeul.works.project.tests.factories import (
    PAPER,
    asked,
    given_back,
    interest,
    line_of,
    settled,
    spent,
    started,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law", "uploads_elsewhere")]


def read(client, address, **how):
    answer = client.get(address, **how)
    assert answer.status_code == 200
    return answer.content.decode()


def paper():
    return SimpleUploadedFile("영수증.pdf", b"%PDF-1.4\n%%EOF")


def spending(project, **facts):
    return {
        "line": line_of(project).pk,
        "purse": project.purses.get().pk,
        "purpose": "담장 등 12개",
        "payee": "조명 가게",
        "amount_won": "2,376,000",
        "method": "card",
        "paid_on": timezone.localdate().isoformat(),
        "kind": "card_slip",
        "files": paper(),
        **facts,
    }


def test_everybody_reads_a_project_down_to_its_receipt(client):
    project = started(8_400_000)
    actions.plan_step(
        project=project, title="칠하기", due_on=date(2026, 5, 1), by=project.lead, at=timezone.now()
    )
    row = spent(project, 2_376_000, vat_won=216_000)
    page = read(client, project.get_absolute_url())
    assert "840만원 가운데 237만\u00a06,000원을 썼습니다" in page
    assert row.get_absolute_url() in page
    receipt = read(client, row.get_absolute_url())
    assert "2,160,000원" in receipt
    assert "카드전표" in receipt
    assert row.evidence.get().get_absolute_url() not in receipt
    assert row.get_absolute_url() in read(client, row.entry.get_absolute_url())
    assert str(project) in read(
        client, reverse("project:dong_year", args=[project.dong.code, project.year])
    )


def test_a_receipt_is_everybodys_once_it_stands_in_the_books(client, soonja, officer):
    row = asked(started(1_000, lead=soonja), 400, payee="조명 가게", open_evidence=True)
    council = council_of(row.project.dong)
    auditor = office_of(council, PersonFactory(name="감사"), kind="auditor").person
    paper = row.evidence.get().get_absolute_url()
    page = row.project.get_absolute_url()

    def seen(person):
        client.logout()
        if person:
            client.force_login(person)
        answers = {client.get(address).status_code for address in (row.get_absolute_url(), paper)}
        return answers, "조명 가게" in read(client, page)

    for person in (soonja, officer, auditor):
        assert seen(person) == ({200}, True)
    for person in (None, PersonFactory()):
        assert seen(person) == ({404}, False)
    row = actions.approve_spending(expenditure=row, by=officer, at=timezone.now())
    assert seen(None) == ({200}, True)
    actions.take_back_spending(expenditure=row, reason="두 번 올림", by=officer, at=timezone.now())
    assert seen(None) == ({200}, True)


def test_a_receipt_that_was_sent_back_stays_between_those_who_work_on_it(client, soonja, officer):
    row = asked(started(1_000, lead=soonja), 400)
    actions.return_spending(expenditure=row, reason="흐림", by=officer, at=timezone.now())
    assert client.get(row.get_absolute_url()).status_code == 404
    client.force_login(soonja)
    assert "흐림" in read(client, row.get_absolute_url())


def test_a_settled_project_shows_its_account_and_its_refund(client):
    project = started(1_000)
    spent(project, 400)
    interest(project, 9)
    settlement = settled(project)
    (notice,) = given_back(project)
    page = read(client, settlement.get_absolute_url())
    assert "609원" in page
    assert "모두 돌려주었습니다" in page
    assert "609원" in read(client, notice.get_absolute_url())
    assert "정산서" in read(client, project.get_absolute_url())
    paper = client.get(reverse("project:settlement_paper", args=[settlement.pk]))
    assert paper.content.startswith(b"%PDF")


def test_what_is_waiting_to_start_stands_on_the_dongs_page(client, officer):
    given = allocation(8_400_000)
    (member,) = council_of(given.round.dong, members=1).members_on(timezone.localdate())
    client.force_login(officer)
    address = reverse("project:start", args=[given.pk])
    assert address in read(client, reverse("project:dong_year", args=[given.round.dong.code, 2026]))
    typed = {
        "title": "골목등",
        "content": "등 열두 개를 답니다",
        "way": "direct",
        "lead": member.pk,
        "starts_on": "2026-03-01",
        "ends_on": "2026-02-01",
    }
    page = client.post(address, typed).content.decode()
    assert "끝나는 날이 시작하는 날보다 앞입니다" in page
    assert "등 열두 개를 답니다" in page
    page = client.post(address, {**typed, "ends_on": "2026-10-31"}, follow=True).content.decode()
    assert "이제 세목과 할 일을 적어 주세요" in page
    assert Project.objects.get().title == "골목등"


def test_the_lead_hands_in_a_receipt_and_the_officer_approves_it(client, officer):
    project = started(8_400_000)
    client.force_login(project.lead)
    address = reverse("project:ask_spending", args=[project.pk])
    page = client.post(address, spending(project, payee="김 씨 110-123-456789")).content.decode()
    assert "계좌번호나 주민등록번호로 보이는" in page
    assert "담장 등 12개" in page
    page = client.post(address, spending(project), follow=True).content.decode()
    assert "담당자가 확인하면 장부에 적힙니다" in page
    row = Expenditure.objects.get()
    approve = reverse("project:approve_spending", args=[row.pk])
    assert approve not in page
    assert client.post(approve).status_code == 403

    client.force_login(officer)
    assert approve in read(client, row.get_absolute_url())
    assert "장부에 적었습니다" in client.post(approve, follow=True).content.decode()
    second = client.post(approve)
    assert second.status_code == 409
    assert "이미 처리된 건입니다" in second.content.decode()


def test_files_that_may_name_people_are_not_found_by_others(client, soonja):
    project = started()
    covered, bare = spent(project, 10), spent(project, 20, open_evidence=True)
    for row, status in ((covered, 404), (bare, 200)):
        address = row.evidence.get().get_absolute_url()
        assert client.get(address).status_code == status
    client.force_login(soonja)
    notice = interest(project)
    assert client.get(reverse("project:notice_paper", args=[notice.pk])).status_code == 404
    mayor_office = holder("구청장실", "mayor_office", district=project.dong.district)
    auditor = PersonFactory(name="감사")
    office_of(council_of(project.dong), auditor, "auditor")
    for reader in (project.lead, mayor_office, auditor):
        client.force_login(reader)
        assert client.get(covered.evidence.get().get_absolute_url()).status_code == 200
        assert client.get(reverse("project:notice_paper", args=[notice.pk])).status_code == 200


def test_the_lead_walks_a_project_to_its_end_on_pages(client, officer):
    project = started(1_000)
    officer_of_the_dong = officer
    client.force_login(project.lead)

    def post(name, *key, **typed):
        answer = client.post(reverse(f"project:{name}", args=key), typed, follow=True)
        assert answer.status_code == 200
        assert 'class="error' not in answer.content.decode(), name
        return answer.content.decode()

    post("plan_line", project.pk, title="재료비", amount_won="900")
    post("plan_line", project.pk, title="강사비", amount_won="100")
    post("plan_step", project.pk, title="칠하기", due_on="2026-05-01")
    post("finish_step", project.steps.get().pk, note="칠했습니다")
    post("suspend", project.pk, reason="장마")
    post("resume", project.pk, reason="장마가 끝나")
    lines = {line.title: line.pk for line in project.lines.all()}
    neighbour = PersonFactory(name="이웃")
    joined = actions.take_in(
        project=project, person=neighbour, role="칠하기", by=project.lead, at=timezone.now()
    )
    today = timezone.localdate().isoformat()
    post("work", project.pk, participant=joined.pk, on=today, minutes="90")
    assert neighbour.parts.get().minutes == 90
    post(
        "ask_change",
        project.pk,
        reason="강사를 모시려고",
        from_line=lines["재료비"],
        to_line=lines["강사비"],
        won="50",
    )
    today = timezone.localdate().isoformat()
    post(
        "note_interest",
        project.pk,
        purse=project.purses.get().pk,
        won="3",
        on=today,
        notice=paper(),
    )
    post("pay_in_own", project.pk, won="20", on=today, notice=paper())
    client.force_login(officer_of_the_dong)
    post("approve_change", project.changes.get().pk)
    client.force_login(project.lead)
    post("complete", project.pk, report="등을 달았습니다")
    post("ask_settlement", project.pk)
    settlement = project.settlements.get()
    client.force_login(officer_of_the_dong)
    post("return_settlement", settlement.pk, reason="다시")
    client.force_login(project.lead)
    post("ask_settlement", project.pk)
    client.force_login(officer_of_the_dong)
    post("approve_settlement", project.settlements.get(state="asked").pk)
    client.force_login(project.lead)
    for purse in project.purses.order_by("pk"):
        post("refund", purse.pk, on=today, bank_notice=paper())
    post("share", project.pk, story="골목이 밝아졌습니다")
    assert Project.objects.get().state == "shared"
    assert "골목이 밝아졌습니다" in read(client, project.get_absolute_url())
    assert Project.objects.get().due_back_won == 0


def test_every_link_a_project_leaves_on_its_thread_opens(client):
    project = started(1_000)
    spent(project, 400)
    interest(project, 9)
    settled(project)
    given_back(project)
    links = set(ThreadStep.objects.of_matter(project.thread).values_list("link", flat=True))
    assert len(links) == 5  # allocation, project, receipt, settlement, refund
    for link in links:
        read(client, link)


def test_a_list_takes_as_many_queries_for_three_projects_as_for_one(client):
    round = open_round()
    address = reverse("project:dong_year", args=[round.dong.code, 2026])

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    started(given=allocation(100, round=round))
    one = queries()
    for _ in range(2):
        started(given=allocation(100, round=round))
    assert queries() == one <= 10


def test_evidence_is_kept_as_it_was_handed_in():
    row = asked(started())
    with row.evidence.get().upload.file.open() as file:
        assert file.read() == PAPER.data
