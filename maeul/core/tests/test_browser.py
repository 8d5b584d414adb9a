"""The frame and the parts in a real Chromium."""

import pytest
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template import RequestContext, Template
from django.urls import include, path

from maeul.core.forms import Form
from tests.browser import DESKTOP, PHONE, axe, screenshot

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls(__name__),
]
LARGE_TYPE = {"width": 180, "height": 400}  # 360 px of glass at 200 %


class Saying(Form):
    say = forms.CharField(label="한 문장", widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(
        label="갈래", widget=forms.RadioSelect, choices=[("a", "길"), ("b", "돌봄")]
    )


PAGE = """{% extends "base.html" %}
{% block content %}<h1>말하기</h1>
<form class="form" method="post" data-draft="say" novalidate>{% csrf_token %}
{% include "core/_draft_note.html" %}{{ form }}<button class="button">보내기</button></form>
{% endblock %}
{% block scripts %}<script src="{% static "core/draft.js" %}" defer></script>{% endblock %}
"""


@login_not_required
def say(request):
    form = Saying(request.POST or None)
    if form.is_valid():
        messages.success(request, "보냈습니다.")
        return redirect("/thanks/")
    return HttpResponse(Template(PAGE).render(RequestContext(request, {"form": form})))


@login_not_required
def thanks(request):
    page = '{% extends "base.html" %}{% block content %}<h1>고맙습니다</h1>{% endblock %}'
    return HttpResponse(Template(page).render(RequestContext(request, {})))


urlpatterns = [
    path("say/", say),
    path("thanks/", thanks),
    path("", include("config.urls")),
]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP, LARGE_TYPE], ids=["phone", "desktop", "200%"])
def test_every_part_can_be_seen_and_used_by_all(new_page, live_server, dong, viewport):
    page = new_page(viewport)
    for theme in ("light", "dark", "contrast"):
        look = {"name": "theme", "value": theme, "url": live_server.url}
        page.context.add_cookies([look])
        page.goto(f"{live_server.url}/styleguide/")
        axe(page)
        assert fits(page)
        screenshot(page, f"styleguide-{viewport['width']}-{theme}")
    page.context.add_cookies([{"name": "size", "value": "huge", "url": live_server.url}])
    page.reload()
    assert fits(page)


def test_the_frame_of_a_page_on_a_phone_weighs_little(new_page, live_server, dong):
    page, answers = new_page(PHONE), []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{live_server.url}/thanks/")
    page.wait_for_load_state("networkidle")
    assert sum(len(answer.body()) for answer in answers) <= 100_000
    assert not any("pretendard" in answer.url for answer in answers)


def test_a_wide_screen_loads_the_web_font(new_page, live_server, dong):
    page = new_page(DESKTOP)
    with page.expect_response(lambda answer: answer.url.endswith("pretendard.css")):
        page.goto(f"{live_server.url}/thanks/")


def test_larger_type_comes_at_once_and_stays(new_page, live_server, dong):
    page = new_page(PHONE)
    page.goto(f"{live_server.url}/thanks/")
    page.get_by_text("글자·화면").click()
    with page.expect_response("**/view-settings/"):
        page.get_by_role("button", name="크게", exact=True).click()
    assert page.locator("html").get_attribute("data-size") == "large"
    page.reload()
    assert page.locator("html").get_attribute("data-size") == "large"


def test_a_dong_is_chosen_without_scripts(browser, live_server, dong):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/thanks/")
    page.locator(".dong-switch summary").click()
    page.get_by_role("button", name=dong.name, exact=True).click()
    assert dong.name in page.locator(".dong-switch summary").inner_text()
    assert page.url.endswith("/thanks/")
    context.close()


def test_an_open_sheet_closes_with_escape_and_beside_it(phone, live_server, dong):
    phone.goto(f"{live_server.url}/thanks/")
    sheet = phone.locator(".view")
    phone.get_by_text("글자·화면").click()
    phone.keyboard.press("Escape")
    assert sheet.get_attribute("open") is None
    phone.get_by_text("글자·화면").click()
    phone.mouse.click(10, 700)
    assert sheet.get_attribute("open") is None


def test_what_was_being_written_is_back_after_a_lost_page(phone, live_server, dong):
    phone.goto(f"{live_server.url}/say/")
    phone.get_by_label("한 문장").fill("건널목 신호가 짧습니다")
    phone.get_by_text("돌봄").click()
    phone.goto(f"{live_server.url}/accounts/login/")
    phone.goto(f"{live_server.url}/say/")
    assert phone.get_by_label("한 문장").input_value() == "건널목 신호가 짧습니다"
    assert phone.get_by_label("돌봄").is_checked()
    assert phone.get_by_text("쓰던 글을 다시 불러왔습니다").is_visible()


def test_nothing_comes_back_of_what_was_sent(phone, live_server, dong):
    phone.goto(f"{live_server.url}/say/")
    phone.get_by_label("한 문장").fill("건널목")
    phone.get_by_role("button", name="보내기").click()  # an error first: nothing is lost
    assert phone.get_by_label("한 문장").input_value() == "건널목"
    assert phone.evaluate("document.activeElement.className") == "error-summary"
    phone.get_by_text("돌봄").click()
    phone.get_by_role("button", name="보내기").click()
    phone.get_by_text("보냈습니다.").wait_for()
    phone.goto(f"{live_server.url}/say/")
    assert phone.get_by_label("한 문장").input_value() == ""


def test_a_link_of_the_error_summary_leads_to_its_field(phone, live_server, dong):
    phone.goto(f"{live_server.url}/say/")
    phone.get_by_role("button", name="보내기").click()
    phone.locator(".error-summary a").first.click()
    assert phone.evaluate("document.activeElement.id") == "id_say"
