"""What no browser sends: pages answer it with a page, never with an error of ours."""

import pytest
from django.urls import reverse

from maeul.ground.district.tests.factories import bounded

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law", "dong")]

LISTS = [
    "agenda:items", "assembly:assemblies", "ballot:elections", "district:index", "law:index",
    "notice:announcements", "pledge:money", "portal:front", "portal:gatherings",
    "portal:neighbourhood", "portal:search",
]  # fmt: skip
ASKED = ["category", "dong", "group", "kind", "page", "q", "sort", "state", "year"]
GARBAGE = ["\0", "²", "9" * 5000, "-1", "' OR 1=1 --", "<script>", "\uffff", "a" * 3000]


@pytest.mark.parametrize("name", [name for name in LISTS if name != "ballot:elections"])
def test_a_monitor_that_asks_for_the_head_alone_is_told_that_the_page_is_there(client, name):
    assert client.head(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_a_list_answers_whatever_it_is_asked(client, name):
    for value in GARBAGE:
        answer = client.get(reverse(name), dict.fromkeys(ASKED, value))
        assert answer.status_code in (200, 400, 404), (name, value[:9])
        assert "<script>" not in answer.content.decode().split("</head>")[-1].split("<footer")[0]


@pytest.mark.parametrize("value", GARBAGE)
def test_a_page_answers_whatever_a_cookie_says(client, value):
    # The header itself: newer Pythons write no control character into a cookie of theirs.
    said = value.encode("ascii", "backslashreplace").decode()
    cookies = "; ".join(f"{name}={said}" for name in ("dong", "size", "theme"))
    for name in LISTS:
        answer = client.get(reverse(name), headers={"cookie": cookies})
        assert answer.status_code in (200, 400), name


@pytest.fixture
def drawn(dong):
    ring = [[126.88, 37.46], [126.92, 37.46], [126.92, 37.48], [126.88, 37.48], [126.88, 37.46]]
    return bounded(dong, ring)


@pytest.mark.parametrize("where", ["²,²", "1,1", "0,inf", "126.9,inf", "nan,nan"])
def test_a_map_draws_wherever_it_is_pointed(client, drawn, where):
    answer = client.get(reverse("agenda:map", args=[drawn.code]), {"at": where})
    assert answer.status_code == 200
    assert "inf" not in answer.content.decode()


@pytest.mark.parametrize("spot", ["²", "9" * 5000, "-3", "x"])
def test_a_touch_that_is_no_number_keeps_what_was_typed(client, soonja, drawn, spot):
    client.force_login(soonja)
    for chosen in (drawn.pk, spot):
        typed = {"title": "그늘", "dong": chosen, "spot.x": spot, "spot.y": spot, "map": ""}
        page = client.post(reverse("agenda:new"), typed)
        assert page.status_code == 200
        assert "그늘" in page.content.decode()
