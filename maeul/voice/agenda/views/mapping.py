"""Pointing at a place: a drawing of the dong that answers a tap, also without a script.

The drawing is an `<input type="image">` of a fixed size: the browser sends where it was touched
along with everything else that was typed; the form comes back with the place in it.
"""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from maeul.ground.district.models import Dong
from maeul.ground.district.outline import Outline

WIDTH = 320  # fits a phone of 360 pixels; the browser counts in these pixels


def wants_map(request) -> bool:
    """The map was opened, touched or cleared; nothing is sent yet."""
    return request.method == "POST" and not {"map", "spot.x", "no_spot"}.isdisjoint(request.POST)


def pointed(request, form, *, dong=None):
    """What was typed, with the place that was touched."""
    typed = form.typed()
    dong = dong or _dong(typed.get("dong", ""))
    if "no_spot" in request.POST:
        typed.pop("longitude", None)
        typed.pop("latitude", None)
    elif dong is not None and dong.boundary and "spot.x" in request.POST:
        point = _touched(request, Outline([dong.boundary]))
        if point is not None:
            typed["longitude"], typed["latitude"] = point
    return typed


def shown_map(request, form, *, dong=None):
    """What a page needs to show the drawing: when it was asked for, or a place is in the form."""
    point = form["longitude"].value(), form["latitude"].value()
    has_point = all(half not in (None, "") for half in point)
    if not (wants_map(request) or has_point):
        return None
    dong = dong or _dong(form["dong"].value())
    if dong is None or not dong.boundary:
        return None
    outline = Outline([dong.boundary])
    return {
        "dong": dong,
        "at": "{},{}".format(*point) if has_point else "",
        "width": WIDTH,
        "height": round(outline.height * WIDTH / outline.width),
    }


def _dong(value):
    return Dong.objects.filter(pk=int(value)).first() if _is_number(str(value)) else None


def _touched(request, outline):
    """A keyboard sends 0, 0: that is no place."""
    x, y = request.POST.get("spot.x", ""), request.POST.get("spot.y", "")
    if not (_is_number(x) and _is_number(y)) or (int(x), int(y)) == (0, 0):
        return None
    scale = outline.width / WIDTH
    return outline.to_lonlat(int(x) * scale, int(y) * scale)


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) < 10


@login_not_required
@require_safe
@cache_control(public=True, max_age=3600)
def dong_map(request, code):
    """The dong as a picture, with a pin where `at` says."""
    dong = get_object_or_404(Dong.objects.with_boundary(), code=code)
    outline = Outline([dong.boundary])
    return render(
        request,
        "agenda/map.svg",
        {
            "outline": outline,
            "path": outline.path(dong.boundary),
            "pin": _pin(request.GET.get("at", ""), outline),
        },
        content_type="image/svg+xml",
    )


def _pin(at, outline):
    try:
        longitude, latitude = (float(half) for half in at.split(","))
    except ValueError:
        return None
    inside = (
        outline.west <= longitude <= outline.east and outline.south <= latitude <= outline.north
    )
    return outline.to_xy(longitude, latitude) if inside else None
