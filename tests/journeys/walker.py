"""One person at one device, who reads what is there and uses what a person can use.

Every page somebody comes to is looked at: it answers, has one heading, needs no sideways
scrolling, and the accessibility checker finds nothing.
"""

import re
from urllib.parse import urlsplit

from django.urls import resolve
from playwright.sync_api import TimeoutError

from tests.browser import axe, screenshot

# What stands out at the right, outside of boxes that scroll by themselves.
SIDEWAYS = """() => {
    const page = document.documentElement, edge = page.clientWidth + 1;
    if (page.scrollWidth <= edge) return [];
    return [...document.querySelectorAll("body *")]
        .filter(it => it.getBoundingClientRect().right > edge && !(it instanceof SVGElement))
        .map(it => `${it.localName}.${it.className}: ${it.textContent.trim().slice(0, 30)}`);
}"""


def called(words):
    """Names as they are read out; where they are broken or spaced does not matter."""
    letters = "".join(words.split())
    return re.compile(r"\s*".join(re.escape(letter) for letter in letters))


def begins(words):
    """Labels begin with these words; a mark or a small line may follow."""
    return re.compile(rf"^\s*{re.escape(words)}")


class Walker:
    def __init__(self, page, site, looked_at, *, device):
        self.page, self.site, self.device = page, site, device
        self.looked_at = looked_at  # states of pages that were checked before, by anybody

    # Going about

    def goes(self, address):
        """To an address: typed in, from a letter, or kept."""
        self._arrive(
            self.page.goto(self.site + urlsplit(address)._replace(netloc="", scheme="").geturl())
        )

    def follows(self, words, *, within=None):
        """A link that a person sees."""
        link = self._one(self._scope(within).get_by_role("link", name=called(words)))
        with self.page.expect_navigation() as answer:
            link.click()
        self._arrive(answer.value)

    def presses(self, words, *, within=None):
        """A button that brings the next page, and no refusal."""
        button = self._one(self._scope(within).get_by_role("button", name=called(words)))
        with self.page.expect_navigation() as answer:
            button.click()
        self._arrive(answer.value)
        refused = self.page.locator(".error-summary")
        assert not refused.count(), f"{self.where}: {refused.first.inner_text()}"

    def opens(self, words):
        """A fold of the page."""
        fold = self.page.locator("summary", has_text=words).first
        if fold.evaluate("it => !it.parentElement.open"):
            fold.click()

    def clicks(self, words, *, until=None, state=""):
        """A button that changes the page in place, until a heading says so."""
        self._one(self.page.get_by_role("button", name=called(words))).click()
        if until:
            self.page.get_by_role("heading", name=until).wait_for()
        self.looks(state)

    def awaits(self, words):
        """A button that a script shows when it is ready."""
        self._one(self.page.get_by_role("button", name=called(words)))

    def ticks(self, *labels):
        """Boxes and circles, wherever they stand."""
        for label in labels:
            self._one(self.page.get_by_label(re.compile(re.escape(label)))).check()

    def takes(self, words):
        """A file that a button or a link hands out; its bytes."""
        button = self.page.get_by_role("button", name=called(words))
        found = button if button.count() else self.page.get_by_role("link", name=called(words))
        with self.page.expect_download() as download:
            self._one(found).click()
        return download.value.path().read_bytes()

    def receives(self, words):
        """A paper that a link leads to; its bytes."""
        address = self._one(self.page.get_by_role("link", name=called(words))).get_attribute("href")
        answer = self.page.context.request.get(self.site + address)
        assert answer.ok, f"{address} answers {answer.status}"
        return answer.body()

    # Filling in

    def fills(self, answers, *, within=None):
        """Fields by the beginning of their label."""
        for label, answer in answers.items():
            field = self._one(self._scope(within).get_by_label(begins(label)))
            if isinstance(answer, dict):
                field.set_input_files(answer)
            elif field.evaluate("it => it.tagName") == "SELECT":
                option = field.locator("option", has_text=answer).first
                field.select_option(value=option.get_attribute("value"))
            else:
                field.fill(answer)

    def chooses(self, *answers, of, within=None):
        """One or several of the answers to a question."""
        group = self._one(self._scope(within).get_by_role("group", name=begins(of)))
        for answer in answers:
            self._one(group.get_by_label(begins(answer))).check()

    # Reading

    @property
    def where(self):
        return urlsplit(self.page.url).path

    def reads(self, *words):
        for some in words:
            shown = self.page.get_by_text(some).filter(visible=True)
            assert shown.count(), f"nobody can read ‘{some}’ on {self.where}"

    def looks(self, state=""):
        """At the page as it stands; each state of each page once."""
        name = resolve(self.where).view_name.replace(":", "-")
        headings = self.page.locator("h1")
        assert headings.count() == 1, f"{self.where} has {headings.count()} headings"
        sticking_out = self.page.evaluate(SIDEWAYS)
        assert not sticking_out, f"{self.where} must be pushed sideways: {sticking_out[-3:]}"
        forms = self.page.evaluate("() => [...document.forms].map(it => it.action).filter(Boolean)")
        acts = sorted({resolve(urlsplit(one).path).view_name for one in forms})
        look = (name + state, *acts)
        if look in self.looked_at:
            return
        is_new = all(look[0] != other[0] for other in self.looked_at)
        self.looked_at.add(look)
        axe(self.page)
        if is_new:
            screenshot(self.page, f"journey-{look[0]}-{self.device}")

    # Plumbing

    def _scope(self, within):
        """A part of the page that a heading names; else the whole page."""
        if within is None:
            return self.page.locator("main")
        heading = self.page.get_by_role("heading", name=within).first
        return heading.locator("xpath=ancestor::*[self::section or self::li or self::form][1]")

    def _one(self, found):
        """The first that is seen, once the page is ready to show it."""
        seen = found.filter(visible=True).first
        try:
            seen.wait_for()
        except TimeoutError:
            raise AssertionError(f"{found} is not there on {self.where}") from None
        return seen

    def _arrive(self, answer):
        assert answer is None or answer.ok, f"{self.where} answers {answer.status}"
        self.looks()
