"""docs/look.md: its examples work, and nothing of the look is left out."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.utils import timezone

from maeul.core.styleguide import SampleForm, samples
from maeul.core.templatetags import look

PAGE = (Path(settings.BASE_DIR) / "docs" / "look.md").read_text()
TEMPLATES = Path(settings.BASE_DIR) / "maeul" / "core" / "templates" / "core"
FRAME = {"_account", "_brand", "_dong_switch", "_jogakbo", "_messages", "_ribbon", "_view"}
INSIDE = {"_error", "_need", "_field", "_form", "_paper"}


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("example", blocks("django"))
def test_every_example_of_a_template_is_shown(example, dong):
    request = RequestFactory().get("/")
    request.user = type("Nobody", (), {"is_authenticated": False})()
    request.resolver_match = None
    now = timezone.now()
    values = {
        **samples(request),
        "form": SampleForm({}),
        "now": now,
        "today": timezone.localdate(),
        "soon": now + timedelta(days=3),
    }
    assert Template(example).render(RequestContext(request, values)).strip()


@pytest.mark.parametrize("example", blocks("python"))
def test_every_example_of_code_runs(example):
    names = {}
    exec(example, names)
    assert str(names["Example"]())


def test_every_tag_and_filter_is_explained():
    names = {*look.register.tags, *look.register.filters}
    for_fragments = {
        "error_places", "first_control", "hidden_errors", "summary_line", "message_state",
        "message_icon", "page_numbers",
    }  # fmt: skip
    assert {name for name in names - for_fragments if not re.search(rf"\b{name}\b", PAGE)} == set()


def test_every_fragment_has_its_example():
    there = {path.stem for path in TEMPLATES.glob("_*.html")} - FRAME - INSIDE
    assert {name for name in there if f"core/{name}.html" not in PAGE} == set()
