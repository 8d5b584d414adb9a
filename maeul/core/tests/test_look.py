"""How values look, and the frame around every page."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from maeul.core.templatetags import look

SEOUL = ZoneInfo("Asia/Seoul")
UTC = ZoneInfo("UTC")


@pytest.fixture
def today(monkeypatch):
    day = date(2026, 5, 12)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: day)
    return day


def shown(source, **values):
    request = RequestFactory().get("/list/", {"state": "open", "page": "3"})
    return Template(source).render(Context({"request": request, **values}))


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{WORD JOINER}", "")


def test_a_day_of_this_year_is_said_without_its_year_and_never_breaks(today):
    assert look.day_text(date(2026, 5, 14)) == "5월\u00a014일\u2060(목)"


def test_a_day_of_another_year_names_its_year(today):
    assert plain(look.day_text(date(2025, 12, 31))) == "2025년 12월 31일(수)"


def test_a_moment_is_told_in_korean_time(today):
    late = datetime(2026, 5, 13, 16, 30, tzinfo=UTC)
    assert plain(look.moment_text(late)) == "5월 14일(목) 01:30"
    assert 'datetime="2026-05-14T01:30+09:00"' in look.moment(late)
    assert 'datetime="2026-05-14"' in look.day(late)


def test_a_span_says_once_what_both_ends_share(today):
    start = datetime(2026, 5, 14, 19, tzinfo=SEOUL)
    same_day = look.span(start, start.replace(hour=21))
    assert plain(same_day).endswith("5월 14일(목) 19:00</time>~21:00")
    next_day = look.span(start, start.replace(day=15))
    assert plain(next_day).count("<time") == 2


def test_the_days_left_are_counted_in_korean_days(today):
    assert look.days_left(date(2026, 5, 12)) == 0
    assert look.days_left(datetime(2026, 5, 12, 15, tzinfo=UTC)) == 1
    assert "오늘" in look.days_patch(date(2026, 5, 12))
    assert "1일 지남" in look.days_patch(date(2026, 5, 11))


def test_nothing_known_shows_nothing():
    assert shown("{{ x|day }}{{ x|moment }}{{ x|num }}{{ x|won }}{{ x|man_won }}", x=None) == ""


def test_sums_and_shares_are_read_as_people_say_them():
    assert shown("{{ x|won }} {{ x|man_won }}", x=5_426_000) == "5,426,000원 542만\u00a06,000원"
    assert shown("{{ 542|share:840 }} {{ 1|share:2 }} {{ 1|share:0 }}") == "64.5% 50% –"


def test_a_name_from_outside_stays_text():
    assert shown("{{ x|josa:'을' }}", x="<b>총회</b>").startswith("&lt;b&gt;")
    assert "&lt;b&gt;" in look.state_tag("open", "<b>")


def test_an_unknown_icon_is_an_error_of_the_page():
    with pytest.raises(KeyError):
        look.icon("no-such-icon")


@pytest.mark.parametrize(
    ("part", "whole", "width"), [(1, 2, "50%"), (0, 0, "0%"), (3, 2, "100%"), (2, 3, "66.7%")]
)
def test_a_bar_never_leaves_its_box(part, whole, width):
    assert f'width="{width}" height' in look.bar(part, whole)


def test_the_pager_keeps_the_filters():
    assert look.page_address({"request": RequestFactory().get("/", {"q": "길"})}, 2) == (
        "?q=%EA%B8%B8&page=2"
    )
    assert shown("{% filter_address 'state' '' %}") == "?"
    assert look.page_numbers(Paginator(range(200), 10).page(10)) == [1, 0, 9, 10, 11, 0, 20]


# The frame


def test_every_part_of_the_look_can_be_shown(client, dong):
    page = client.get("/styleguide/").content.decode()
    assert page.count("<h1>") == 1
    assert "일곱 곳을 고쳐 주세요" in page
    assert 'href="#id_wrong-kind_0"' in page


def test_the_frame_names_the_dongs_and_leads_to_signing_in(client, dong):
    page = client.get("/styleguide/?a=1").content.decode()
    assert dong.name in page
    assert "next=%2Fstyleguide%2F%3Fa%3D1" in page


def test_the_page_is_printed_in_the_size_and_theme_chosen_before(client, dong):
    answer = client.post("/view-settings/", {"size": "huge", "next": "/styleguide/"})
    assert answer.status_code == 302
    assert answer.url == "/styleguide/"
    client.post("/view-settings/", {"theme": "contrast"})
    assert '<html lang="ko" data-size="huge" data-theme="contrast">' in (
        client.get("/styleguide/").content.decode()
    )


def test_the_dong_chosen_once_is_remembered(client, dong):
    client.post("/view-settings/", {"dong": dong.code})
    page = client.get("/styleguide/")
    assert page.context["my_dong"] == dong
    client.post("/view-settings/", {"dong": "all"})
    assert not client.get("/styleguide/").context["my_dong"]


def test_somebody_who_chose_nothing_sees_the_dong_they_live_in(client, soonja):
    client.force_login(soonja)
    page = client.get("/styleguide/")
    assert page.context["my_dong"] == soonja.standings.get().dong
    assert "순자 님" in page.content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:x"])
def test_changing_the_look_leads_nowhere_else(client, elsewhere):
    assert client.post("/view-settings/", {"size": "large", "next": elsewhere}).url == "/"


@pytest.mark.parametrize("value", ["enormous", '"><script>', ""])
def test_a_size_that_does_not_exist_is_not_kept(client, dong, value):
    assert not client.post("/view-settings/", {"size": value}).cookies
    client.cookies["size"] = value
    assert '<html lang="ko">' in client.get("/styleguide/").content.decode()
