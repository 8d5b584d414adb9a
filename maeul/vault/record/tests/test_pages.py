import pytest
from django.urls import reverse

from maeul.vault.record import actions

pytestmark = pytest.mark.django_db


def read(client, dong):
    return client.get(reverse("record:register", args=[dong.code, 2026])).content.decode()


def test_everybody_reads_the_register_and_only_staff_what_is_closed(client, dong, officer, at):
    for title, public in (("5월 회의록", True), ("인사 회의록", False)):
        actions.register(
            kind="minutes", title=title, link="/m/", public=public, dong=dong, by="system", at=at
        )
    page = read(client, dong)
    assert "남긴 기록 1건" in page
    assert "인사 회의록" not in page

    client.force_login(officer)
    assert "인사 회의록" in read(client, dong)


def test_a_year_without_records_says_what_will_stand_there(client, dong):
    assert "아직 기록이 없습니다" in read(client, dong)


def test_a_register_of_sixty_lines_comes_in_pages_and_asks_as_often_as_one_of_two(
    client, queries_of, dong, officer, at
):
    def register(many):
        for _line in range(many):
            actions.register(
                kind="minutes", title="회의록", link="/", public=True, dong=dong, by=officer, at=at
            )

    address = reverse("record:register", args=[dong.code, at.year])
    register(2)
    few = queries_of(address)
    register(58)
    assert queries_of(address) == few
    page = client.get(address).content.decode()
    assert "기록 60건" in page
    assert page.count("회의록</a>") == 50
