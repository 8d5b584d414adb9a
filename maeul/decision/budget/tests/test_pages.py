import pytest
from django.urls import reverse

from maeul.decision.budget.models import Appropriation, Round, Stream
from maeul.decision.budget.tests.factories import allocation, appropriation, open_round, stream
from maeul.ground.district.tests.factories import DistrictFactory
from maeul.ground.people.tests.factories import holder
from maeul.vault.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def district_officer(db):
    return holder("구담당", "district_officer", district=DistrictFactory())


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_anybody_follows_the_money_from_the_dong_to_the_entry_in_the_books(client, dong):
    given = allocation(8_400_000, round=open_round(appropriation(30_000_000, dong=dong)))
    part = given.parts.get()
    assert "3,000만원 가운데 840만원을" in read(
        client, reverse("budget:dong_year", args=[dong.code, 2026])
    )
    assert "840만원을 배정했고" in read(client, given.round.get_absolute_url())
    assert part.account.get_absolute_url() in read(client, given.get_absolute_url())
    assert str(given) in read(client, part.appropriation.get_absolute_url())
    assert "8,400,000원" in read(client, part.account.get_absolute_url())
    for entry in Entry.objects.order_by("pk"):
        assert entry.link in read(client, entry.get_absolute_url())
    assert "동단위 시민참여예산" in read(client, reverse("budget:streams"))


def test_a_year_without_money_says_what_will_appear(client, dong):
    assert "편성한 예산이 없습니다" in read(
        client, reverse("budget:dong_year", args=[dong.code, 2030])
    )


def test_the_district_officer_sets_money_aside_and_changes_it(client, dong, district_officer):
    client.force_login(district_officer)
    client.post(
        reverse("budget:found_stream"),
        {
            "name": "동특성화사업",
            "code": "dong-special",
            "origin": "구비",
            "decided_by": "주민총회",
            "from_on": "2018-01-01",
        },
    )
    made = {
        "stream": Stream.objects.get().pk,
        "source": "district",
        "dong": dong.pk,
        "year": "2026",
        "amount_won": "25,000,000원",
    }
    page = client.post(reverse("budget:appropriate"), made, follow=True).content.decode()
    assert "예산을 편성했습니다" in page
    row = Appropriation.objects.get()
    changed = {"amount_won": "20000000", "reason": "구의회 삭감"}
    page = client.post(reverse("budget:change", args=[row.pk]), changed, follow=True)
    assert "구의회 삭감" in page.content.decode()


def test_a_refused_form_says_what_to_do_and_keeps_what_was_typed(client, dong, officer):
    row = appropriation(30_000_000, dong=dong)
    client.force_login(officer)
    address = reverse("budget:open_round", args=[dong.code, 2026])
    typed = {"appropriations": [row.pk], "limit_won": "30000001", "title": "내가 지은 이름"}
    page = client.post(address, typed).content.decode()
    assert "한도를 줄이거나 예산을 더 골라 주세요" in page
    assert "내가 지은 이름" in page
    assert "30,000,001" in page or "30000001" in page
    typed["limit_won"] = "30000000"
    client.post(address, typed)
    assert Round.objects.get().limit_won == 30_000_000


def test_residents_and_other_dongs_officers_may_not_set_money_aside(client, dong, soonja):
    row = appropriation(dong=dong)
    client.force_login(soonja)
    stream()
    for address in (
        reverse("budget:found_stream"),
        reverse("budget:appropriate"),
        reverse("budget:change", args=[row.pk]),
        reverse("budget:open_round", args=[dong.code, 2026]),
    ):
        assert client.get(address).status_code == 403


def test_streams_and_the_money_of_a_dong_ask_as_often_for_sixty_as_for_two(
    client, queries_of, dong
):
    pages = reverse("budget:streams"), reverse("budget:dong_year", args=[dong.code, 2026])

    def set_aside(first, last):
        for number in range(first, last):
            appropriation(1_000_000, dong=dong, code=f"s{number}", name=f"사업 {number}")

    set_aside(0, 2)
    few = [queries_of(page) for page in pages]
    set_aside(2, 60)
    assert [queries_of(page) for page in pages] == few
    shown = client.get(pages[1]).content.decode()
    assert "60,000,000원" in shown
    assert "다음 쪽" in shown
