"""Files that people keep and open from disk: each one page with everything in it.

Put together from the parts in this folder, the site's own style sheets and what npm brought
(libsodium and an unzipper, `setup/offline.js`).  The same parts give the same bytes, so that a
hash can be told beside a file.  Their content policy forbids the network as far as one can.
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.contrib.staticfiles import finders

PARTS = Path(__file__).parent
VENDORED = "vendor/offline/parts.js"
STYLES = ("core/tokens.css", "core/maeul.css")

NEW_PASSPHRASE = """\
<div class="field"><label for="NAME-new">NUMBER. 새 비밀말</label>\
<p class="hint" id="NAME-new-hint">\
열두 글자 이상입니다. 낱말 네다섯 개를 이어 쓰면 외우기 쉽습니다. 잊으면 되찾을 수 없습니다.</p>\
<input class="input" type="password" id="NAME-new" name="passphrase" autocomplete="new-password" \
data-words="NAME" aria-describedby="NAME-new-hint"></div>
    <div class="field"><label for="NAME-again">한 번 더</label>\
<input class="input" type="password" id="NAME-again" name="again" autocomplete="new-password" \
data-words="NAME"><label class="option"><input type="checkbox" data-show="NAME">\
<span>적은 비밀말 보기</span></label></div>"""
KEY = """\
<div class="field"><label for="NAME-key">LABEL</label>\
<input class="input" type="file" id="NAME-key" name="NAME-key">\
<label for="NAME-words">이 열쇠의 비밀말</label>\
<input class="input" type="password" id="NAME-words" name="NAME-words" autocomplete="off" \
data-words="NAME"><label class="option"><input type="checkbox" data-show="NAME">\
<span>적은 비밀말 보기</span></label></div>"""


class PartMissing(RuntimeError):
    """Something the files are made of was not fetched."""


@cache
def holders_file() -> bytes:
    """The key holders' file."""
    scripts = {"vendored": _vendored(), "core": _part("core.js"), "page": _part("holders.js")}
    return _page("holders.html", scripts)


@cache
def verify_page() -> bytes:
    """The check of a published bundle in a browser."""
    scripts = {"vendored": _vendored(), "core": _part("check.js"), "page": _part("verify.js")}
    return _page("verify.html", scripts)


def policy_of(page: bytes) -> str:
    """The content policy that stands in a finished page."""
    found = re.search(rb'Security-Policy" content="([^"]+)"', page)
    assert found
    return found[1].decode()


def hash_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def keep(content: bytes) -> str:
    """Keep the file under its hash: an election goes on with the very file that was frozen."""
    digest = hash_of(content)
    path = _kept(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as new:
            new.write(content)
        Path(new.name).replace(path)
    return digest


def kept(digest: str) -> bytes | None:
    """The file of this hash: today's, or one that an election was frozen with."""
    if digest == hash_of(holders_file()):
        return holders_file()
    path = _kept(digest)
    content = path.read_bytes() if path.exists() else b""
    return content if hash_of(content) == digest else None


def _kept(digest: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "holders-files" / f"{digest}.html"


def script_in(page: bytes, name: str) -> str:
    """One of the scripts of a finished page, as the browser runs it."""
    found = re.search(rf'<script id="{name}">(.*?)</script>', page.decode(), re.S)
    assert found, f"no script {name}"
    return found[1]


def _page(name: str, scripts: dict[str, str]) -> bytes:
    style = "\n".join([*map(_static, STYLES), _part("offline.css")])
    page = re.sub(r"\{\{new-passphrase (\w+) (\d)\}\}", _new_passphrase, _part(name))
    page = re.sub(r"\{\{key ([\w-]+) ([^}]+)\}\}", _key, page)
    texts = {"style": style, "policy": policy(scripts.values(), style), **scripts}
    return re.sub(r"\{\{(\w+)\}\}", lambda found: texts[found[1]], page).encode()


def policy(scripts, style: str) -> str:
    """Only these scripts and this style run; nothing is fetched, sent or framed."""
    hashes = " ".join(_source_of(script) for script in scripts)
    return (
        f"default-src 'none'; script-src 'wasm-unsafe-eval' {hashes}; worker-src blob:; "
        f"style-src {_source_of(style)}; img-src data:; base-uri 'none'; form-action 'none'"
    )


def _source_of(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _new_passphrase(found: re.Match) -> str:
    return NEW_PASSPHRASE.replace("NAME", found[1]).replace("NUMBER", found[2])


def _key(found: re.Match) -> str:
    return KEY.replace("NAME", found[1]).replace("LABEL", found[2])


def _part(name: str) -> str:
    return (PARTS / name).read_text()


def _vendored() -> str:
    return _static(VENDORED)


def _static(name: str) -> str:
    path = finders.find(name)
    if path is None:
        raise PartMissing(f"{name} is missing: type `make setup`")
    return Path(path).read_text()
