from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from maeul.ground.district.models import Dong
from maeul.ground.search.models import Entry
from maeul.ground.thread.models import Step, Thread
from maeul.public.portal import rules, texts, waiting


@login_not_required
@require_safe
def search(request):
    """Everything public in which all the words occur."""
    words = request.GET.get("q", "").strip()[:100]
    dong = Dong.objects.filter(code=request.GET.get("dong", "")).first()
    kind = request.GET.get("kind", "")
    found = Entry.objects.finding(words).select_related("dong")
    if dong:
        found = found.in_dong(dong)
    counts = found.count_by_kind() if words else {}
    if kind in texts.KINDS:
        found = found.of_kind(kind)
    page = Paginator(found, 20).get_page(request.GET.get("page"))
    kinds = [(known, texts.KINDS[known], counts[known]) for known in texts.KINDS if known in counts]
    for entry in page:
        entry.kind_name = texts.KINDS.get(entry.kind, entry.kind)
    return render(
        request,
        "portal/search.html",
        {"words": words, "dong": dong, "kind": kind, "kinds": kinds, "page": page},
    )


@login_not_required
@require_safe
def matter(request, thread_id):
    """The whole way of one matter, and the next act for the one who looks."""
    rows = Thread.objects.select_related("dong", "root")
    thread = get_object_or_404(rows, pk=thread_id)
    steps = Step.objects.of_matter(thread).visible_to(request.user)
    pages = Paginator(steps, 50)
    if not pages.count:
        raise Http404
    page = pages.get_page(request.GET.get("page", pages.num_pages))  # the newest, if none is named
    return render(
        request,
        "portal/matter.html",
        {
            "thread": thread.root,
            "page": page,
            "stages": _stages([*page], ends=page.number == pages.num_pages),
            "next_acts": waiting.duties_on(request.user, thread, steps),
            "origins": _seen_by(request.user, thread.origins),
            "outcomes": _seen_by(request.user, thread.outcomes),
        },
    )


def _stages(steps, *, ends):
    """The steps under the stages of the year they belong to, none of them going back; `ends`
    tells whether the last of them is where the matter stands now."""
    return [
        {
            "key": stage.value,
            "name": texts.STAGES[stage][1],
            "steps": [_knot(step, last=ends and step is steps[-1]) for _stage, step in some],
        }
        for stage, some in groupby(
            zip(rules.stages(step.step for step in steps), steps, strict=True),
            key=lambda pair: pair[0],
        )
    ]


def _knot(step, *, last):
    return {
        "at": "now" if last else "past",
        "when": step.at,
        "title": step.title,
        "text": step.text,
        "address": step.link,
    }


def _seen_by(person, threads):
    """Those of which this person may see at least one step: a draft's title is not public."""
    steps = Step.objects.visible_to(person).filter(thread__in=threads)
    return [*threads.filter(pk__in=steps.values("thread"))]
