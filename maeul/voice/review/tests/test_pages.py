from datetime import date

import pytest
from django.urls import reverse

from maeul.ground.district.tests.factories import department
from maeul.voice.agenda.tests.factories import item_in, said
from maeul.voice.review.models import Review
from maeul.voice.review.tests.factories import answered, asked, reviewer_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]


def read(client, name, *args):
    return client.get(reverse(f"review:{name}", args=args)).content.decode()


def send(client, name, *args, **typed):
    address = reverse(f"review:{name}", args=args)
    return client.post(address, typed, follow=True).content.decode()


@pytest.fixture
def roads():
    return department("도로과", "roads")


def test_staff_asks_a_department_and_sees_what_is_alike(client, officer, dong, roads):
    item = item_in(dong)
    answered(dong, review=asked(dong, item=item_in(dong, title="시장 뒤 건널목 신호")))
    client.force_login(officer)
    page = read(client, "ask", item.number)
    assert "시장 뒤 건널목 신호" in page
    assert "도로과" in page
    page = send(
        client, "ask", item.number, department=roads.pk, question="되나요?", cost_won="1,200만"
    )
    assert "금액을 숫자로만 적어 주세요" in page
    assert "1,200만" in page
    page = send(
        client, "ask", item.number, department=roads.pk, question="되나요?", cost_won="12,000,000"
    )
    assert "부서에 물었습니다" in page
    assert "1,200만원" in page


def test_a_second_question_to_the_same_department_keeps_its_words(client, officer, dong, roads):
    review = asked(dong, department=roads)
    client.force_login(officer)
    page = send(
        client, "ask", review.item.number, department=roads.pk, question="한 번 더 묻습니다"
    )
    assert "이미 물었고 답을 기다리고 있습니다" in page
    assert "한 번 더 묻습니다" in page


def test_a_reviewer_answers_and_everybody_reads_it(client, dong, roads):
    review = asked(dong, department=roads)
    client.force_login(reviewer_of(roads))
    assert "도로과의 답" in read(client, "answer", review.pk)
    page = send(
        client,
        "answer",
        review.pk,
        verdict="adjust",
        reason="낮은 등은 됩니다.",
        adjusted_cost_won="8400000",
        concerns=["upkeep"],
    )
    assert "답을 공개했습니다" in page
    client.logout()
    page = read(client, "review", review.pk)
    assert "도로과가 답했습니다: 고쳐서 할 수 있음(조정)" in page
    assert "낮은 등은 됩니다." in page
    assert "840만원" in page
    assert "돌보는 데 드는 돈과 손이 있는가" in page
    matter = client.get(review.item.get_absolute_url()).content.decode()
    assert "도로과가 ‘고쳐서 할 수 있다’고 답했습니다" in matter


def test_half_an_answer_is_refused_and_stays_typed(client, dong, roads):
    review = asked(dong, department=roads)
    client.force_login(reviewer_of(roads))
    page = send(client, "answer", review.pk, verdict="adjust", reason="조금 작게 하면 됩니다.")
    assert "돈이 들지 않으면 0을 적으면 됩니다" in page
    assert "조금 작게 하면 됩니다." in page
    assert Review.objects.get().answered_at is None


def test_a_reviewer_sends_it_to_the_right_department(client, dong, roads):
    parks = department("공원녹지과", "parks")
    review = asked(dong, department=roads)
    client.force_login(reviewer_of(roads))
    page = send(
        client, "answer", review.pk, verdict="transfer", reason="공원 안입니다.", to=parks.pk
    )
    assert "이 부서가 이어서 살펴봅니다." in page
    assert "공원녹지과" in page


def test_nobody_else_answers(client, dong, officer, soonja, roads):
    review = asked(dong, department=roads)
    for person in (officer, soonja, reviewer_of(department("공원녹지과", "parks"))):
        client.force_login(person)
        assert client.get(reverse("review:answer", args=[review.pk])).status_code == 403


def test_a_question_about_an_unread_sentence_is_not_asked(client, dong, officer, soonja):
    item = said(dong)
    client.force_login(officer)
    assert "지금은 부서에 물을 수 없는 의제입니다" in send(
        client, "ask", item.number, department=department().pk, question="되나요?"
    )
    client.force_login(soonja)
    assert client.get(reverse("review:ask", args=[item.number])).status_code == 404


def test_the_question_is_taken_back(client, dong, officer):
    review = asked(dong)
    client.force_login(officer)
    page = send(client, "withdraw", review.pk)
    assert "물음을 거두었습니다." in page
    assert "거둔 물음입니다" in page


def test_a_late_department_is_reminded_from_the_desk(client, dong, officer):
    review = asked(dong)
    Review.objects.filter(pk=review.pk).update(due_on=date(2026, 1, 1))
    client.force_login(officer)
    page = read(client, "desk")
    assert "부서에 물을 의제 0건, 기다리는 답 1건" in page
    assert "답 재촉하기" in page
    assert "부서 담당자에게 다시 알렸습니다" in send(client, "remind", review.pk)
    assert "오늘 이미 재촉했습니다" in send(client, "remind", review.pk)


def test_the_desk_of_a_reviewer_shows_the_late_first(client, dong, roads):
    late = asked(dong, department=roads, item=item_in(dong, title="늦은 검토"))
    asked(dong, department=roads, item=item_in(dong, title="넉넉한 검토"))
    Review.objects.update(due_on=date(2040, 1, 1))
    Review.objects.filter(pk=late.pk).update(due_on=date(2026, 1, 1))
    client.force_login(reviewer_of(roads))
    page = read(client, "desk")
    assert "답이 늦은 검토 1건" in page
    assert page.index("늦은 검토</a>") < page.index("넉넉한 검토</a>")
    assert "부서에 묻기" not in page


def test_an_empty_desk_says_what_will_come(client, roads, officer):
    client.force_login(reviewer_of(roads))
    assert "답할 검토가 없습니다" in read(client, "desk")
    client.force_login(officer)
    assert "물을 의제도 기다리는 답도 없습니다" in read(client, "desk")


def test_a_longer_desk_asks_the_database_no_more_often(
    client, dong, roads, officer, django_assert_max_num_queries
):
    def grow(n):
        for _one in range(n):
            asked(dong, department=roads)
            item_in(dong)

    def queries(person):
        client.force_login(person)
        with django_assert_max_num_queries(20) as made:
            read(client, "desk")
        return len(made)

    people = (officer, reviewer_of(roads))
    grow(2)
    few = [queries(person) for person in people]
    grow(8)
    assert [queries(person) for person in people] == few
