"""The site in a real Chromium: the policy holds, the fonts come, the checker finds nothing."""

import pytest
from django.templatetags.static import static
from nacl.public import PrivateKey, SealedBox

from tests.browser import axe

pytestmark = pytest.mark.browser


SIGN_IN = "/accounts/login/"


def test_a_visitor_finds_the_way_in_on_a_phone(live_server, phone):
    assert phone.goto(live_server.url + SIGN_IN).ok
    assert phone.locator("h1").count() == 1
    axe(phone)


def test_at_double_type_the_page_needs_no_sideways_scrolling(live_server, large_type):
    large_type.goto(live_server.url + SIGN_IN)
    assert large_type.evaluate(
        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    axe(large_type)


def test_on_a_desk_a_page_comes_with_its_own_korean_letters(live_server, desktop):
    desktop.goto(live_server.url + SIGN_IN)
    loaded = desktop.evaluate(
        "() => document.fonts.ready.then(fonts =>"
        " [...fonts].filter(font => font.status === 'loaded').map(font => font.family))"
    )
    assert any("Pretendard" in family for family in loaded)
    axe(desktop)


def test_a_script_that_the_policy_forbids_does_not_run_and_is_noticed(
    live_server, phone, complaints
):
    phone.goto(live_server.url + SIGN_IN)
    phone.evaluate(
        "() => { const s = document.createElement('script');"
        " s.textContent = 'window.ran = true'; document.body.append(s) }"
    )
    assert phone.evaluate("() => window.ran === undefined")
    assert "Content Security Policy" in complaints.pop()


def test_the_sealed_envelope_of_the_page_opens_with_libsodium(live_server, phone):
    """The browser's envelope and the opener's are the same, to the byte."""
    key = PrivateKey.generate()
    phone.goto(live_server.url + SIGN_IN)
    sealed = phone.evaluate(
        """async ([module, key]) => {
            const { seal } = await import(module);
            const bytes = new TextEncoder().encode("골목 불빛");
            return [...seal(bytes, new Uint8Array(key))];
        }""",
        [static("vendor/sealedbox/sealedbox.js"), list(bytes(key.public_key))],
    )
    assert SealedBox(key).decrypt(bytes(sealed)).decode() == "골목 불빛"


def test_the_checker_finds_what_is_wrong(live_server, phone):
    phone.goto(live_server.url + SIGN_IN)
    phone.evaluate("() => { const i = new Image(); i.src = '/none'; document.body.append(i) }")
    with pytest.raises(AssertionError, match="image-alt"):
        axe(phone)
