import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from maeul.decision.budget.tests.factories import allocation, open_round
from maeul.ground.thread.models import Step as ThreadStep
from maeul.works.grant.models import Call, Grant, Payment
from maeul.works.grant.tests.factories import district_staff, granted, paid, requested
from maeul.works.project.tests.factories import given_back, settled, started

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law", "uploads_elsewhere")]


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client, name, *key, **typed):
    answer = client.post(reverse(f"grant:{name}", args=key), typed, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_grant_walks_over_pages_from_request_to_payment_and_close(client):
    project = started(8_400_000, way="grant")
    first, second = district_staff(project.dong, 1), district_staff(project.dong, 2)
    listing = reverse("grant:dong_year", args=[project.dong.code, project.year])
    client.force_login(project.lead)
    assert reverse("grant:request", args=[project.pk]) in read(client, listing)
    page = post(client, "request", project.pk, requested_won="8,400,001", plan="등을 답니다")
    assert "그 안에서 신청해 주세요" in page
    assert "등을 답니다" in page
    assert "8,400,001" in page
    page = post(client, "request", project.pk, requested_won="8,400,000", plan="등을 답니다")
    assert "구 담당자가 살펴봅니다" in page

    client.force_login(first)
    grant = Grant.objects.get()
    page = post(client, "decide", grant.pk, granted_won="8000000", conditions="10월까지")
    assert "이제 교부를 준비해 주세요" in page
    purse = project.purses.get()
    post(client, "prepare", grant.pk, purse=purse.pk, won="8000000")
    payment = Payment.objects.get()
    assert reverse("grant:pay", args=[payment.pk]) not in read(client, grant.get_absolute_url())

    client.force_login(second)
    assert reverse("grant:pay", args=[payment.pk]) in read(client, grant.get_absolute_url())
    paper = SimpleUploadedFile("이체.pdf", b"%PDF-1.4\n%%EOF")
    today = timezone.localdate().isoformat()
    page = post(client, "pay", payment.pk, on=today, notice=paper)
    assert "결정한 800만원 가운데 800만원을 교부했습니다" in page
    settled(project)
    assert "반납을 확인한 뒤에 마감해 주세요" in post(client, "close", grant.pk)
    given_back(project)
    assert "보조금을 마감했습니다" in post(client, "close", grant.pk)
    assert "840만원" in read(client, listing)


def test_who_prepared_a_payment_reads_that_another_must_make_it(client):
    grant = granted(100)
    officer = district_staff(grant.project.dong)
    client.force_login(officer)
    post(client, "prepare", grant.pk, purse=grant.project.purses.get().pk, won="100")
    paper = SimpleUploadedFile("이체.pdf", b"%PDF-1.4\n%%EOF")
    payment = Payment.objects.get()
    page = post(client, "pay", payment.pk, on="2026-03-05", notice=paper)
    assert "다른 담당자가 해야 합니다" in page
    assert "2026-03-05" in page
    page = post(client, "drop", payment.pk, reason="계좌가 바뀜")
    assert "준비한 교부를 거두었습니다" in page


def test_a_call_too_short_keeps_what_was_typed(client, dong):
    client.force_login(district_staff(dong))
    typed = {"title": "마을사업 공모", "text": "누구나", "opens_at": "2099-01-01T09:00"}
    page = post(client, "make_call", closes_at="2099-01-10T09:00", **typed)
    assert "공모 기간은 15일 이상이어야 합니다" in page
    assert "누구나" in page
    post(client, "make_call", closes_at="2099-01-16T09:00", **typed)
    assert "누구나" in read(client, Call.objects.get().get_absolute_url())


def test_refusing_and_cancelling_tell_their_reasons(client):
    grant = requested(100)
    client.force_login(district_staff(grant.project.dong))
    assert "계획이 없습니다" in post(client, "refuse", grant.pk, reason="계획이 없습니다")
    second = granted(100, project=grant.project)
    assert "허가 없이 바꿈" in post(client, "cancel", second.pk, reason="허가 없이 바꿈")


def test_every_link_a_grant_leaves_on_the_thread_opens(client):
    grant = granted(100)
    paid(grant, 60)
    for link in set(
        ThreadStep.objects.of_matter(grant.project.thread).values_list("link", flat=True)
    ):
        read(client, link)


def test_the_grants_of_a_dong_ask_as_often_for_six_as_for_two(client, queries_of):
    round = open_round()
    projects = [started(given=allocation(1_000, round=round), way="grant") for _project in range(6)]
    requested(1_000, project=projects[0])
    requested(1_000, project=projects[1])
    listing = reverse("grant:dong_year", args=[projects[0].dong.code, projects[0].year])
    few = queries_of(listing)
    for project in projects[2:]:
        requested(1_000, project=project)
    assert queries_of(listing) == few
