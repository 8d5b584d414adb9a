"""Pictures of every page of the running demo: each address once, as the first role that sees it.

On a phone and at a desk, in all themes, under var/screens/<theme>-<width>/<page>.png.
`make screens` starts the site; `make screens ARGS="front agenda"` takes only these pages.
"""

import sys
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django

django.setup()

from django.urls import Resolver404, resolve  # noqa: E402
from PIL import Image  # noqa: E402
from playwright.sync_api import Error, sync_playwright  # noqa: E402

from maeul.ground.people.models import DemoSignIn  # noqa: E402
from tests.browser import DESKTOP, PHONE, SCREENS, launch  # noqa: E402

FOR_README = Path(__file__).resolve().parent.parent / "docs" / "screens" / "front.png"
THEMES = ("light", "dark", "contrast")


def main(address: str, wanted: list[str]) -> int:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        pages = _find(browser, address)
        if wanted:
            pages = [page for page in pages if any(word in page[0] for word in wanted)]
        for theme in THEMES:
            for viewport in (PHONE, DESKTOP):
                _picture(browser, address, pages, theme, viewport)
        _picture_of_the_readme(browser, address)
    print(f"{len(pages)} pages in {SCREENS}")
    return 0 if pages else 1


def _people() -> list[str]:
    """Nobody first, then the sign-ins of the demo."""
    return ["", *DemoSignIn.objects.values_list("key", flat=True)]


def _enter(context, address: str, key: str):
    page = context.new_page()
    page.goto(f"{address}/people/demo/{key}/" if key else address)
    return page


def _find(browser, address: str) -> list[tuple[str, str, str]]:
    """(name, path, who): follow links, one address for each view."""
    found: dict[str, tuple[str, str, str]] = {}
    for key in _people():
        context = browser.new_context(viewport=DESKTOP)
        page = _enter(context, address, key)
        waiting, seen = [urlsplit(page.url).path], set()
        while waiting:
            path = waiting.pop(0)
            name = _name(path)
            if path in seen or name is None or (name in found and found[name][2] != key):
                continue
            seen.add(path)
            if name in found:
                continue
            try:
                answer = page.goto(address + path)
            except Error:  # a file to take along, not a page
                continue
            if not answer.ok or "text/html" not in answer.headers.get("content-type", ""):
                continue
            found[name] = (name, path, key)
            links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
            for link in links:
                target = urlsplit(urljoin(address + path, link))
                if f"{target.scheme}://{target.netloc}" == address:
                    waiting.append(target.path)
        context.close()
    return sorted(found.values())


def _name(path: str) -> str | None:
    """Name of the view behind an address; none for files, downloads and the way out."""
    try:
        name = resolve(path).view_name
    except Resolver404:
        return None
    if any(word in name for word in ("logout", "download", "demo_sign_in:")):
        return None
    return name.replace(":", "-")


def _picture(browser, address: str, pages, theme: str, viewport) -> None:
    folder = SCREENS / f"{theme}-{viewport['width']}"
    folder.mkdir(parents=True, exist_ok=True)
    for key in _people():
        mine = [page for page in pages if page[2] == key]
        if not mine:
            continue
        context = browser.new_context(
            viewport=viewport, locale="ko-KR", timezone_id="Asia/Seoul", reduced_motion="reduce"
        )
        context.add_cookies([{"name": "theme", "value": theme, "url": address}])
        page = _enter(context, address, key)
        for name, path, _key in mine:
            page.goto(address + path)
            page.evaluate("() => document.fonts.ready")
            page.screenshot(path=folder / f"{name}.png", full_page=True)
        context.close()


def _picture_of_the_readme(browser, address: str) -> None:
    """The front page on a phone and at a desk, side by side."""
    sides = []
    for viewport in (PHONE, {**DESKTOP, "height": PHONE["height"]}):
        page = browser.new_page(viewport=viewport, locale="ko-KR", reduced_motion="reduce")
        page.goto(address)
        page.evaluate("() => document.fonts.ready")
        sides.append(Image.open(BytesIO(page.screenshot())).convert("RGB"))
        page.close()
    phone, desk = sides
    whole = Image.new("RGB", (phone.width + 24 + desk.width, phone.height), "white")
    whole.paste(phone, (0, 0))
    whole.paste(desk, (phone.width + 24, 0))
    small = whole.resize((whole.width * 2 // 3, whole.height * 2 // 3), Image.Resampling.LANCZOS)
    small.quantize(128).save(FOR_README, optimize=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
