"""When something goes wrong, the page says why and what to do next."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import include, path

from maeul.core import errors
from maeul.core.no import No
from maeul.core.refusal import Refused


def broken(request):
    raise RuntimeError("on purpose")


def forbidden(request):
    raise PermissionDenied


def suspicious(request):
    raise SuspiciousOperation


def refuse(request):
    raise Refused(No("taken"), "그 시간에는 이미 예약이 있습니다. 다른 시간을 골라 주세요.")


def form(request):
    return HttpResponse("sent")


urlpatterns = [
    path("broken/", broken),
    path("forbidden/", forbidden),
    path("suspicious/", suspicious),
    path("refuse/", refuse),
    path("form/", form),
    path("", include("config.urls")),
]
handler400 = "maeul.core.errors.bad_request"
handler403 = "maeul.core.errors.not_allowed"
handler404 = "maeul.core.errors.not_found"
handler500 = "maeul.core.errors.broken"
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def browser(soonja):
    """One that shows error pages as a person sees them."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(soonja)
    return client


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/nowhere/", 404, "찾으시는 쪽이 없습니다"),
        ("/forbidden/", 403, "볼 수 있는 사람이 정해진 쪽입니다"),
        ("/suspicious/", 400, "보내신 것을 읽을 수 없습니다"),
        ("/refuse/", 409, "지금은 할 수 없습니다"),
        ("/broken/", 500, "저희 쪽에 문제가 생겼습니다"),
    ],
)
def test_every_error_has_its_page(browser, address, status, title):
    answer = browser.get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{title}</h1>" in page
    assert 'href="/"' in page


def test_a_refusal_shows_its_sentence(browser):
    assert "그 시간에는 이미 예약이 있습니다." in browser.get("/refuse/").content.decode()


def test_a_form_that_is_too_old_leads_back_to_its_page(browser):
    answer = browser.post("/form/", {"text": "긴 글"})
    assert answer.status_code == 403
    assert 'href="/form/"' in answer.content.decode()


def test_a_broken_page_gives_a_number_that_the_log_knows(browser, caplog):
    page = browser.get("/broken/").content.decode()
    number = page.partition("<code>")[2].partition("</code>")[0]
    assert number
    assert number in caplog.text


def test_the_broken_page_asks_the_database_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        errors.broken(RequestFactory().get("/"))
        errors.bad_request(RequestFactory().get("/"))


def test_a_visitor_is_offered_to_sign_in_where_that_may_help(dong):
    page = Client().get("/nowhere/").content.decode()
    assert "들어가서 다시 보기" not in page
    request = RequestFactory().get("/forbidden/")
    request.user = type("Nobody", (), {"is_authenticated": False})()
    request.resolver_match = None
    assert "들어가서 다시 보기" in errors.not_allowed(request).content.decode()
