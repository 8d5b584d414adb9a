"""Codes to scan, drawn into the page."""

import segno
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _


def drawn(text):
    """Dark on white in every theme: a camera must read it."""
    code = segno.make(text, error="m", micro=False)
    return mark_safe(code.svg_inline(scale=6, border=3, light="#fff", title=_("찍는 코드")))
