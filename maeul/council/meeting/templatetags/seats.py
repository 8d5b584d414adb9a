"""The drawing of who is here: a seat per member, filled ones first, and the line of the quorum."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

register = template.Library()

A_ROW, STEP, AISLE = 12, 24, 6


@register.simple_tag
def seats(whole, here, needed):
    """So many seats, so many of them taken; the dashed line stands after the seat that counts.

    >>> str(seats(2, 1, 2)).count("<circle")
    2
    """
    rows = -(-whole // A_ROW) or 1
    height = 8 + 32 * rows - 12
    circles = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="9"/>',
        (("here" if number < here else "", *_place(number)) for number in range(whole)),
    )
    return format_html(
        '<svg class="chart seats" viewBox="0 0 300 {}" role="img" aria-label="{}">{}{}</svg>',
        height,
        _(
            "자리 %(whole)s개 가운데 %(here)s개가 찼습니다."
            " %(needed)s번째 자리 뒤에 정족수 선이 있습니다."
        )
        % {"whole": whole, "here": min(whole, here), "needed": needed},
        circles,
        format_html('<path class="quorum-cut" d="{}"/>', _line(needed)) if needed <= whole else "",
    )


def _place(number):
    """Twelve to a row, with an aisle after the sixth."""
    row, place = divmod(number, A_ROW)
    return 14 + place * STEP + (6 if place >= AISLE else 0), 14 + 32 * row


def _line(needed):
    """Down behind the seat that makes the quorum, or along the row that ends with it."""
    row, place = divmod(needed, A_ROW)
    if place == 0:
        return f"M0 {32 * row - 2}h300"
    x = _place(needed)[0] - 12
    top = 32 * row - 2
    return f"M{x} {top}v32" if row == 0 else f"M{x} {top + 30}V{top}H300"
