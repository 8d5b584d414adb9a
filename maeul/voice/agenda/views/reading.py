from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from maeul.core import upload
from maeul.core.pages import find_only_if
from maeul.ground.district.models import Dong
from maeul.ground.district.outline import Outline
from maeul.ground.search.models import Entry
from maeul.ground.thread.models import Step
from maeul.voice.agenda import access, texts
from maeul.voice.agenda.models import AgendaItem, Offer, Support
from maeul.voice.agenda.rules import Outcome, State

A_PAGE = 20
DOTS = 500
SORTS = {"moved": ("-moved_at", "-pk"), "support": ("-supporter_count", "-pk")}


@login_not_required
@require_safe
def items(request):
    """All public matters of a dong or of the district, with what became of them."""
    dong = _dong_of(request)
    words = request.GET.get("q", "").strip()[:100]
    shown = AgendaItem.objects.public().leading()
    if dong:
        shown = shown.filter(dong=dong)
    if words:
        shown = shown.finding(words)
    category = request.GET.get("category", "")
    if category in texts.CATEGORIES:
        shown = shown.filter(category=category)
    counts = dict(shown.order_by().values_list("state").annotate(Count("pk")))
    group = request.GET.get("state", "")
    listed = shown.in_group(group) if group in texts.GROUPS else shown
    sort = request.GET.get("sort", "")
    listed = listed.order_by(*SORTS.get(sort, SORTS["moved"])).complete()
    return render(
        request,
        "agenda/items.html",
        {
            "dong": dong,
            "words": words,
            "category": category if category in texts.CATEGORIES else "",
            "categories": texts.CATEGORIES.items(),
            "group": group if group in texts.GROUPS else "",
            "groups": _groups(counts),
            "sort": sort if sort in SORTS else "moved",
            "page": Paginator(listed, A_PAGE).get_page(request.GET.get("page")),
            "map": _map(dong, listed),
        },
    )


def _map(dong, listed):
    """Where the listed items of a dong are: its drawing and a dot each, or None."""
    if dong is None or not dong.boundary:
        return None
    placed = listed.exclude(longitude=None).order_by("-supporter_count", "pk")
    rows = placed.values_list("longitude", "latitude", "supporter_count")[:DOTS]
    outline = Outline([dong.boundary])
    dots = [(*outline.to_xy(x, y), _radius(supporters)) for x, y, supporters in rows]
    return {"outline": outline, "path": outline.path(dong.boundary), "dots": dots}


def _radius(supporters):
    """The more people stand behind it, the larger: the area grows with their number."""
    return round(min(8 + 3 * supporters**0.5, 32), 1)


def _dong_of(request):
    """The dong asked for; without one, the dong one looks at; `dong=all` is the district."""
    asked = request.GET.get("dong")
    if asked is not None:
        return Dong.objects.filter(code=asked).first()
    chosen = request.COOKIES.get("dong", "")
    return Dong.objects.filter(code=chosen).first() if chosen else None


def _groups(counts):
    """(value, word, how many) of every group that has something, "all" first."""
    yield "", texts.ALL, sum(counts.values())
    for value, (word, states) in texts.GROUPS.items():
        if many := sum(counts.get(state, 0) for state in states):
            yield value, word, many


@login_not_required
@require_safe
def item(request, number):
    """One item: what was said, what became of it, what one can do."""
    found = get_object_or_404(AgendaItem.objects.complete(), number=number)
    find_only_if(access.can_see(request.user, found))
    family = list(AgendaItem.objects.of_matter(found.thread).complete())
    leading = next((one for one in family if one.thread_id == found.thread.root_id), found)
    return render(
        request,
        "agenda/item.html",
        {
            "item": found,
            "leading": leading,
            "gathered": [
                one for one in family if one.pk != leading.pk and access.can_see(request.user, one)
            ],
            "photos": found.photos.select_related("item").order_by("pk"),
            "can_take_out_photo": access.can_take_out_photo(request.user, found),
            "steps": _steps(found, leading, request.user),
            "similar": [
                entry
                for entry in Entry.objects.resembling(found.title, count=4)
                if entry.thread_number not in {one.thread_id for one in family}
            ][:3],
            **_for_whoever_looks(request.user, found, leading),
        },
    )


@login_not_required
@require_safe
def photo(request, number, photo_id):
    """A picture of an item, large or small, for whoever may see the item."""
    found = get_object_or_404(AgendaItem.objects.complete(), number=number)
    find_only_if(access.can_see(request.user, found))
    shown = get_object_or_404(found.photos.select_related("upload"), pk=photo_id)
    return upload.serve(shown.upload, small="small" in request.GET)


def _for_whoever_looks(person, found, leading):
    """What this person did and may do with the item."""
    today = timezone.localdate()
    offers = Offer.objects.of_matter(found.thread).standing(today)
    signed_in = person.is_authenticated
    return {
        "is_staff": access.can_triage(person, found),
        "acts": list(_acts(found)) if access.can_triage(person, found) else [],
        "can_correct": access.can_correct(person, found) and found.state == State.CAPTURED,
        "can_withdraw": access.can_withdraw(person, found)
        and found.state in (State.CAPTURED, State.TRIAGED, State.PARKED),
        "supported": signed_in
        and Support.objects.of_matter(found.thread).filter(person=person).exists(),
        "offer_count": offers.count(),
        "offers": offers.select_related("person", "item")
        if access.can_see_offers(person, leading)
        else [],
        "own_offers": offers.filter(person=person) if signed_in else [],
    }


# What staff may do with an item where it stands; whether a page asks for words first.
ACTS = {
    "triage": ({State.CAPTURED}, True),
    "fix": ({State.CAPTURED, State.TRIAGED, State.REVIEWED}, True),
    "merge": ({State.CAPTURED, State.TRIAGED, State.REVIEWED, State.PARKED}, True),
    "split": ({State.TRIAGED, State.REVIEWED}, True),
    "park": ({State.TRIAGED, State.REVIEWED}, True),
    "decline": ({State.CAPTURED, State.TRIAGED, State.REVIEWED}, True),
    "resume": ({State.PARKED}, False),
    "unmerge": ({State.MERGED}, False),
}


def _acts(found):
    """(label, address, whether it asks for words) of what staff may do now."""
    names = [name for name, (states, _asks) in ACTS.items() if found.state in states]
    if found.owes_an_answer_by_mouth:
        names.append("give_back")
    if found.outcome == Outcome.AGAIN:
        names.append("bring_again")
    for name in names:
        asks = ACTS.get(name, (None, name == "give_back"))[1]
        yield texts.ACTS[name], reverse(f"agenda:{name}", args=[found.number]), asks


BROKEN = {"agenda.declined", "agenda.withdrawn"}


def _steps(found, leading, person):
    """The matter's way as a line of knots, the last one being now while it is open."""
    here = found.get_absolute_url()
    steps = [
        {
            "at": "broken" if step.step in BROKEN else "past",
            "when": step.at,
            "title": step.title,
            "text": step.text,
            "address": "" if step.link == here else step.link,
        }
        for step in Step.objects.of_matter(found.thread).visible_to(person).newest()
    ]
    if leading.is_open or leading.state == State.CAPTURED:
        sentence = texts.SENTENCES[leading.state]
        now = {"at": "now", "when": texts.NOW, "title": sentence, "text": "", "address": ""}
        steps.append(now)
    return steps
