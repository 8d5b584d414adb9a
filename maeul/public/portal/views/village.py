from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maeul.core.pages import chosen_dong
from maeul.council.meeting.models import Meeting
from maeul.council.membership.models import Body
from maeul.decision.assembly.models import Assembly
from maeul.decision.plan.models import Plan
from maeul.ground.district.models import Dong
from maeul.ground.district.outline import Outline
from maeul.ground.notice.models import Announcement
from maeul.public.portal import cards, year
from maeul.public.yearbook.models import Yearbook
from maeul.voice.agenda.models import AgendaItem
from maeul.works.project.models import Project

LINES = 20  # of a list on these pages; the newest, or what comes soonest


@login_not_required
@require_safe
def front(request):
    """The five questions: what is decided now, what became of mine, what changes, where we meet."""
    now = timezone.localtime()
    dong = _looked_at(request)
    mine = []
    if request.user.is_authenticated:
        mine = AgendaItem.objects.of(request.user).complete()[:3]
    return render(
        request,
        "portal/front.html",
        {
            "today": now.date(),
            "cards": cards.open_now(dong, request.user, now),
            "knots": year.line_of(dong, now.year, now.date()),
            "mine": mine,
            "meetings": _meetings(dong, request.user)[:4],
            "map": _map(),
            "projects": _projects(dong, now.year)[:3],
        },
    )


@login_not_required
@require_safe
def dong(request, code):
    """One dong's year: where it stands, what one can do, projects, council, money."""
    now = timezone.localtime()
    shown = get_object_or_404(Dong, code=code)
    projects = Project.objects.of(dong=shown, year=now.year)
    council = Body.objects.council_of(shown)
    return render(
        request,
        "portal/dong.html",
        {
            "dong": shown,
            "year": now.year,
            "today": now.date(),
            "cards": cards.open_now(shown, request.user, now),
            "knots": year.line_of(shown, now.year, now.date()),
            "projects": projects.complete()[:LINES],
            "project_count": projects.count(),
            "plan": Plan.objects.public().filter(dong=shown).newest_first().first(),
            "assemblies": Assembly.objects.visible_to(request.user)
            .complete()
            .filter(dong=shown)
            .order_by("-held_on")[:LINES],
            "council": council,
            "members": council.members_on(now.date()).count() if council else 0,
            "groups": Body.objects.subcommittees_of(council) if council else [],
            "announcements": Announcement.objects.public_on(now.date(), dong=shown)[:3],
            "yearbooks": Yearbook.objects.filter(dong=shown).order_by("-year"),
        },
    )


@login_not_required
@require_safe
def neighbourhood(request):
    """How the village changes: its projects on map and list."""
    now = timezone.localtime()
    dong = _looked_at(request)
    projects = _projects(dong, now.year)
    return render(
        request,
        "portal/neighbourhood.html",
        {
            "dong": dong,
            "year": now.year,
            "map": _map(),
            "projects": Paginator(projects, LINES).get_page(request.GET.get("page")),
            "last_year": _projects(dong, now.year - 1)[:LINES],
        },
    )


@login_not_required
@require_safe
def gatherings(request):
    """Where people meet: what comes, and what was written down of what has been."""
    dong = _looked_at(request)
    coming = _meetings(dong, request.user)
    held = Meeting.objects.visible_to(request.user).held().select_related("body__dong")
    if dong:
        held = held.filter(body__dong=dong)
    return render(
        request,
        "portal/gatherings.html",
        {
            "dong": dong,
            "meetings": coming[:LINES],
            "count": coming.count(),
            "held": held[:8],
        },
    )


def _looked_at(request):
    """The dong chosen in the head of the page, else where one lives, else none: the district."""
    if code := chosen_dong(request):
        return Dong.objects.filter(code=code).first()
    if request.user.is_authenticated and request.user.verified_standings:
        return request.user.verified_standings[0].dong
    return None


def _meetings(dong, person):
    meetings = Meeting.objects.visible_to(person).upcoming().select_related("body__dong")
    return meetings.filter(body__dong=dong) if dong else meetings


def _projects(dong, year):
    rows = Project.objects.filter(year=year).complete().order_by("dong", "title", "pk")
    return rows.filter(dong=dong) if dong else rows


def _map():
    """The district as it is drawn, or None before its boundaries are there."""
    dongs = Dong.objects.with_boundary().in_order()
    if not dongs:
        return None
    plane = Outline([dong.boundary for dong in dongs])
    return {"view_box": plane.view_box, "shapes": plane.shapes(dongs)}
