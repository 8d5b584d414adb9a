"""The frame of every page leads to what exists."""

from django.urls import reverse

from config import navigation
from maeul.ground.notice.actions import tell


def test_unread_news_is_counted_beside_the_name(client, soonja, at):
    client.force_login(soonja)
    count = '1<span class="visually-hidden">개의 새 소식'
    assert count not in client.get("/styleguide/").content.decode()
    tell(person=soonja, title="소식", at=at, mail=False)
    assert count in client.get("/styleguide/").content.decode()


def test_the_tab_of_a_concept_is_lit_on_its_pages(client, soonja, rf):
    request = rf.get(reverse("agenda:items"))
    request.resolver_match = type("Match", (), {"view_name": "agenda:items"})()
    lit = [tab.label for tab in navigation.tabs(request) if tab.current]
    known = [name for _icon, _label, name, _concepts in navigation.QUESTIONS]
    assert lit == (["내 의견"] if navigation.address(known[1]) else [])


def test_no_link_of_the_frame_leads_nowhere(client, soonja):
    client.force_login(soonja)
    frame = client.get("/styleguide/").context["site"]
    links = [*frame["tabs"], *frame["footer"], *frame["account"]]
    assert links
    for link in links:
        assert client.get(link.address).status_code in (200, 302), link


def test_signing_in_leads_back_but_never_to_a_form_that_was_sent(rf):
    assert navigation.sign_in(rf.get("/law/?a=1")).endswith("?next=%2Flaw%2F%3Fa%3D1")
    assert "next" not in navigation.sign_in(rf.post("/law/"))
    assert "next" not in navigation.sign_in(rf.get("/accounts/signup/"))
