"""What documents say is so: links lead somewhere, commands and settings exist, code compiles."""

import doctest
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "maeul/*/*/README.md", "decide/**/*.md")
    for path in ROOT.glob(pattern)
)
each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)


@each_document
def test_every_link_leads_somewhere(document):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text())
    near = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in near if not (document.parent / link).exists()] == []


@each_document
def test_every_command_that_is_named_exists(document):
    text = document.read_text()
    targets = re.findall(r"^([a-z%-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    named = set(re.findall(r"(?:^    |`)(?:\S+=\S+ )?make ([a-z-]+)", text, re.MULTILINE))
    known = {target for target in named if target in targets or target.startswith("bench-")}
    assert named - known == set()
    assert set(re.findall(r"manage\.py ([a-z_]+)", text)) - set(get_commands()) == set()


@each_document
def test_every_piece_of_python_gives_what_it_says_or_can_at_least_be_read(document):
    known = {}  # a piece may use what an earlier one of the document made
    for code in re.findall(r"```python\n(.*?)```", document.read_text(), re.DOTALL):
        if ">>>" in code:
            example = doctest.DocTestParser().get_doctest(code, known, document.name, None, None)
            assert doctest.DocTestRunner().run(example, clear_globs=False).failed == 0
            known = example.globs
            continue
        lines = code.splitlines()
        whole = code if lines and not lines[0].startswith(" ") else "if True:\n" + code
        compile(whole, str(document), "exec")


def test_every_setting_of_a_real_installation_is_explained():
    settings = "".join(
        (ROOT / "config" / "settings" / f"{name}.py").read_text() for name in ("base", "serving")
    )
    read = set(re.findall(r"environ(?:\.get\(|\[)\s*\"(\w+)\"", settings))
    guide = (ROOT / "docs" / "how-to" / "run-on-a-server.md").read_text()
    explained = set(re.findall(r"`([A-Z][A-Z_]+)`", guide))
    assert read - explained == {"MAEUL_ADDRESS"}  # the demo's; a real one is known by its host
