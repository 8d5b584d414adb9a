"""A real Chromium for the tests: `phone`, `desktop` and `large_type` pages, axe, screenshots.

    def test_a_visitor_reads_the_front_page(live_server, phone):
        phone.goto(live_server.url)
        axe(phone)

The content policy stays in force, and a script that fails or is refused fails the test.
Chromium is named by CHROMIUM; `make test` finds or installs it.
"""

import os
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
VAR = Path(settings.VAR)
SCREENS = VAR / "screens"
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
]


def chromium() -> str | None:
    """CHROMIUM, else what the system has."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser():
    # Playwright keeps a loop in this thread, and Django would refuse to ask the database there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


def launch(playwright):
    path = chromium()
    assert path, "No Chromium. Type `make test`, or name one: CHROMIUM=/path/to/chromium"
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return playwright.chromium.launch(
        executable_path=path, args=arguments, env={**os.environ, **_fonts()}
    )


@pytest.fixture
def complaints():
    """What browsers complained about in this test; whatever is left at its end fails it."""
    return []


@pytest.fixture
def new_page(browser, complaints):
    """A page of its own browser window: one person at one device. Fails on broken scripts."""
    contexts = []

    def new(viewport=PHONE, **options):
        context = browser.new_context(
            viewport=viewport,
            is_mobile=viewport["width"] < 600,
            has_touch=viewport["width"] < 600,
            locale="ko-KR",
            timezone_id="Asia/Seoul",
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(10_000)
        context.add_init_script(path=VAR / "assets-tests" / "axe.min.js")
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
        page.on("console", lambda said: complaints.extend(_serious(page, said)))
        return page

    yield new
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


def _serious(page, said):
    """Refused answers (403, 404, 422) are pages too, and a test may cut the line
    (`route.abort("internetdisconnected")`); everything else that is an error counts."""
    expected = r"status of 4\d\d|ERR_INTERNET_DISCONNECTED"
    if said.type == "error" and not re.search(expected, said.text):
        yield f"{page.url}: {said.text}"


@pytest.fixture
def phone(new_page):
    """A phone: 390 by 844."""
    return new_page()


@pytest.fixture
def desktop(new_page):
    return new_page(DESKTOP)


@pytest.fixture
def large_type(new_page):
    """A phone at 200 % type: half as many CSS pixels on the same glass."""
    return new_page({"width": PHONE["width"] // 2, "height": PHONE["height"] // 2})


def axe(page) -> None:
    """The accessibility checker finds nothing on the page as it stands."""
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    lines = []
    for violation in found["violations"]:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"][:5]:
            lines.append(f"    {node['html'][:200]}")
            lines.extend(f"    {line}" for line in node["failureSummary"].splitlines()[1:3])
    assert not lines, f"axe on {page.url}:\n" + "\n".join(lines)


def screenshot(page, name: str, *, full: bool = True) -> Path:
    """A picture in var/screens, named by what it shows."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    path = SCREENS / f"{name}.png"
    page.evaluate("() => document.fonts.ready")
    page.screenshot(path=path, full_page=full)
    return path


def _fonts() -> dict[str, str]:
    """Korean letters also where the machine has none: phones use their system's font."""
    folder = VAR / "fontconfig"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{VAR / 'assets-fonts'}</dir><dir>/usr/share/fonts</dir>"
        f"<cachedir>{folder / 'cache'}</cachedir>"
        "<alias><family>sans-serif</family><prefer><family>Pretendard GOV</family></prefer></alias>"
        "<alias><family>system-ui</family><prefer><family>Pretendard GOV</family></prefer></alias>"
        "</fontconfig>"
    )
    return {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
