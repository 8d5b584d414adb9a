"""How values look on a page: icons, dates, sums.  Loaded in every template; see docs/look.md."""

import secrets
from datetime import date, datetime

from django import template
from django.contrib.messages import constants as levels
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from maeul.core import korean, money
from maeul.core.drawings import ICONS, PICTURES

register = template.Library()

SPACE = "\N{NO-BREAK SPACE}"
JOIN = "\N{WORD JOINER}"
WEEKDAYS = "월화수목금토일"


@register.simple_tag
def once():
    """The hidden key by which a form is done only once (see core.middleware.OnceMiddleware)."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(16))


# Drawings


@register.simple_tag
def icon(name):
    """An outline beside a word.  Never alone: the word may be `visually-hidden`."""
    drawing = mark_safe(ICONS[name])
    return format_html('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{}</svg>', drawing)


@register.simple_tag
def picture(name):
    """The picture on a patch: `<span class="patch patch-2">{% picture "lamp" %}</span>`."""
    drawing = mark_safe(PICTURES[name])
    return format_html('<svg viewBox="0 0 80 80" aria-hidden="true">{}</svg>', drawing)


@register.simple_tag
def state_tag(family, word):
    """One state: its family (open, waiting, decided, refused, next), its icon and its word."""
    return format_html('<span class="tag" data-state="{}">{}{}</span>', family, icon(family), word)


@register.simple_tag
def mini_thread(at, knots=5):
    """Where one matter stands among the knots of the year; `at` counts from 1.

    Only a drawing: the words beside it say the same.
    """
    at, knots = int(at), int(knots)
    now = 8 + 24 * (at - 1)
    sewn = format_html('<path d="M8 8H{}"/>', now) if at > 1 else ""
    ahead = format_html('<path class="ahead" d="M{} 8H{}"/>', now, 8 + 24 * (knots - 1))
    kinds = ["" if n < at else "now" if n == at else "hollow" for n in range(1, knots + 1)]
    circles = format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="8" r="{}"/>',
        ((kind, 8 + 24 * n, 6 if kind == "now" else 4) for n, kind in enumerate(kinds)),
    )
    return format_html(
        '<svg class="mini-thread" viewBox="0 0 {} 16" aria-hidden="true">{}{}{}</svg>',
        24 * (knots - 1) + 16,
        sewn,
        ahead if at < knots else "",
        circles,
    )


# Dates and moments


def _local(value):
    return timezone.localtime(value) if isinstance(value, datetime) else value


@register.filter
def day_text(value):
    """5월 14일(목), with the year where it is not this year's.  For attributes and sentences."""
    if value is None:
        return ""
    value = _local(value)
    year = "" if value.year == timezone.localdate().year else f"{value.year}년{SPACE}"
    weekday = WEEKDAYS[value.weekday()]
    return f"{year}{value.month}월{SPACE}{value.day}일{JOIN}({weekday})"


@register.filter
def moment_text(value):
    """5월 14일(목) 19:00"""
    return f"{day_text(value)} {_local(value):%H:%M}" if value else ""


@register.filter
def day(value):
    """A date as people read it, in a `<time>`.  It never breaks across lines."""
    if value is None:
        return ""
    exact = _local(value)
    exact = exact.date() if isinstance(exact, datetime) else exact
    return format_html('<time datetime="{}">{}</time>', exact.isoformat(), day_text(value))


@register.filter
def moment(value):
    """A date with its hour, in a `<time>`."""
    if value is None:
        return ""
    exact = _local(value).isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', exact, moment_text(value))


@register.filter
def when(value):
    """A date, a moment or words, each as it is read."""
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else value


@register.simple_tag
def span(start, end):
    """From when until when; what both have in common is said once."""
    if start is None or end is None:
        return moment(start or end)
    if not isinstance(start, datetime):
        return day(start) if start == end else format_html("{} ~ {}", day(start), day(end))
    if _local(start).date() == _local(end).date():
        return format_html("{}~{}", moment(start), f"{_local(end):%H:%M}")
    return format_html("{} ~ {}", moment(start), moment(end))


@register.filter
def days_left(value):
    """How many days until then, counted from today: 0 today, negative when it is past."""
    value = _local(value)
    until = value.date() if isinstance(value, datetime) else value
    return (until - timezone.localdate()).days


@register.simple_tag
def days_patch(value):
    """The patch of an action card: how many days are left."""
    left = days_left(value)
    if left > 0:
        big, small = _("%(days)s일") % {"days": left}, _("남음")
    elif left == 0:
        big, small = _("오늘"), _("마감")
    else:
        big, small = _("끝"), _("%(days)s일 지남") % {"days": -left}
    return format_html('<p class="patch"><strong>{}</strong>{}</p>', big, small)


@register.simple_tag
def date_patch(value, dye=1):
    """The patch of a meeting or a course: day of the month and weekday."""
    value = _local(value)
    weekday = f"{WEEKDAYS[value.weekday()]}요일"
    month = "" if (value.year, value.month) == _this_month() else f"{value.month}월 "
    return format_html(
        '<p class="patch patch-{}"><strong>{}</strong>{}{}</p>', dye, value.day, month, weekday
    )


def _this_month():
    today = timezone.localdate()
    return today.year, today.month


# Sums and numbers


@register.filter
def num(value):
    """1,234,567"""
    return "" if value is None else f"{value:,}"


@register.filter
def won(value):
    """1,234,567원"""
    return "" if value is None else money.won(value)


@register.filter
def man_won(value):
    """542만 6,000원: the short form people say, nothing lost.  It never breaks across lines."""
    return "" if value is None else money.in_words(value).replace(" ", SPACE)


@register.filter
def share(part, whole):
    """65%, to the tenth where it is not whole.  A dash when there is nothing to share."""
    if not whole:
        return "–"
    return f"{round(100 * part / whole, 1):g}%"


NATIVE = ["영", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"]


@register.filter
def native(number):
    """한, 두, 세 …: how people count up to ten; digits after that."""
    return NATIVE[number] if 0 < number < len(NATIVE) else f"{number:,}"


@register.filter
def minus(number, other):
    return number - other


@register.filter
def josa(word, particle):
    """The word with its fitting particle: {{ name|josa:"을" }}"""
    return korean.josa(str(word), particle)


# Bars: always beside a sentence that says the same numbers


@register.simple_tag
def bar(part, whole, mark=None, kind=""):
    """How much of the whole.  `mark` is a line to reach, `kind` thin, tall or plan."""
    top = max(whole or 0, part or 0, mark or 0)
    width = 100 * (part or 0) / top if top else 0
    line = ""
    if mark is not None and top:
        line = format_html(
            '<rect class="mark" x="{}%" width="3" height="100%"/>', _tenth(100 * mark / top)
        )
    return format_html(
        '<svg class="bar{}" aria-hidden="true"><rect width="{}%" height="100%"/>{}</svg>',
        f" bar-{kind}" if kind else "",
        _tenth(width),
        line,
    )


@register.simple_tag
def bar_parts(parts, whole):
    """One bar of several dyed parts, for example what a basket of projects costs."""
    rects, at = [], 0
    for number, part in enumerate(parts):
        width = 100 * part / whole if whole else 0
        rects.append((number % 5 + 1, _tenth(at), _tenth(width)))
        at += width
    drawn = format_html_join("", '<rect class="p{}" x="{}%" width="{}%" height="100%"/>', rects)
    return format_html('<svg class="bar bar-tall" aria-hidden="true">{}</svg>', drawn)


def _tenth(value):
    return f"{value:.1f}".removesuffix(".0")


# Forms and lists


@register.filter
def error_places(form):
    """The fields with errors, in the order of the form: where the summary's links lead."""
    return [field for field in form if field.errors and not field.is_hidden]


@register.filter
def summary_line(field):
    """What the summary says of a field: its name, where the error does not say it already."""
    error = str(field.errors[0])
    label = str(field.label)
    return error if label in error else f"{label.rstrip('?')}: {error}"


@register.filter
def first_control(field):
    """The id a link to this field must name: of a group, its first choice."""
    if field.use_fieldset:
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def hidden_errors(form):
    """Errors without a place of their own: a refusal, or something wrong in a hidden field."""
    hidden = [error for field in form.hidden_fields() for error in field.errors]
    return [*form.non_field_errors(), *hidden]


@register.filter
def page_numbers(page):
    """The numbers of a pager: first, last, the neighbours; 0 stands for a gap."""
    return [
        number if isinstance(number, int) else 0
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]


MESSAGE_LOOK = {
    levels.SUCCESS: ("open", "decided"),
    levels.WARNING: ("waiting", "warn"),
    levels.ERROR: ("refused", "refused"),
}


@register.filter
def message_state(message):
    return MESSAGE_LOOK.get(message.level, ("", "info"))[0]


@register.filter
def message_icon(message):
    return MESSAGE_LOOK.get(message.level, ("", "info"))[1]


@register.simple_tag(takes_context=True)
def page_address(context, number, key="page"):
    """The same list, another page: filters stay."""
    query = context["request"].GET.copy()
    query[key] = number
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def filter_address(context, key, value):
    """The same list with one filter changed (empty: taken away), from its first page."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    query.pop(key, None)
    if value not in ("", None):
        query[key] = value
    return f"?{query.urlencode()}"
