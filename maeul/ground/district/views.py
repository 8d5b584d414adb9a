from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Max, Sum
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maeul.core.pages import allow, refusals_on
from maeul.core.sheet import SheetErrors
from maeul.ground.district import access, actions
from maeul.ground.district.forms import PopulationForm, pack
from maeul.ground.district.models import Department, District, Dong, Population
from maeul.ground.district.outline import Outline


@login_not_required
@require_safe
def index(request):
    """The dongs as a map with links, and the same as a list with their population."""
    dongs = list(Dong.objects.in_order().select_related("drawn"))
    year = Population.objects.aggregate(year=Max("year"))["year"]
    counted = dict(
        Population.objects.filter(year=year)
        .values_list("dong")
        .annotate(people=Sum("people"))
        .order_by("dong")
    )
    return render(
        request,
        "district/index.html",
        {
            "district": District.objects.order_by("pk").first(),
            "rows": [(dong, counted.get(dong.pk)) for dong in dongs],
            "year": year,
            "rough": Population.objects.filter(year=year, rough=True).exists(),
            **drawn([dong for dong in dongs if dong.boundary]),
        },
    )


@login_not_required
@require_safe
def dong_facts(request, code):
    """What is known about one dong: names, codes, boundary, people by age."""
    dong = get_object_or_404(Dong.objects.select_related("district"), code=code)
    year = Population.objects.latest_year(dong, until=timezone.localdate().year)
    rows = list(Population.objects.of(dong, year=year).order_by("age_from", "sex")) if year else []
    return render(
        request,
        "district/dong_facts.html",
        {
            "dong": dong,
            "year": year,
            "bands": _bands(rows),
            "people": sum(row.people for row in rows),
            "count": rows[0] if rows else None,
            **drawn(Dong.objects.with_boundary().in_order(), here=dong),
        },
    )


def drawn(dongs, here=None):
    """What the map fragment needs."""
    outline = Outline(dong.boundary for dong in dongs) if dongs else None
    return {
        "outline": outline,
        "shapes": outline.shapes(dongs) if outline else [],
        "here": here,
    }


def _bands(rows):
    """Women and men beside each other, band by band."""
    bands = {}
    for row in rows:
        band = bands.setdefault((row.age_from, row.age_until), {"label": row.ages, "F": 0, "M": 0})
        band[row.sex] = row.people
    return [{**band, "all": band["F"] + band["M"]} for band in bands.values()]


@login_not_required
@require_safe
def departments(request):
    rows = Department.objects.prefetch_related("names").order_by("code")
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    return render(request, "district/departments.html", {"page": page})


@require_http_methods(["GET", "POST"])
def population(request):
    """Bring a count: first the sheet is read and shown, then it is taken in as a whole."""
    allow(access.can_import_somewhere(request.user))
    form = PopulationForm(request.POST or None, request.FILES or None)
    counts = []
    if form.is_valid():
        typed, now = form.cleaned_data, timezone.now()
        told = {"source": typed["source"], "counted_on": typed["counted_on"]}
        if typed["packed"]:
            allow(access.can_import_population(request.user, {one.dong for one in typed["packed"]}))
            with refusals_on(form):
                rows = actions.import_population(
                    counts=typed["packed"], **told, by=request.user, at=now
                )
                messages.success(request, _("인구 %(rows)s줄을 넣었습니다.") % {"rows": rows})
                return redirect("district:index")
        else:
            try:
                counts = actions.read_population(typed["file"], at=now)
            except SheetErrors as errors:
                form.add_error("file", errors.sentences)
    return render(
        request,
        "district/population.html",
        {
            "form": form,
            "packed": pack(counts) if counts else "",
            "sums": _sums(counts),
            "lines": len(counts),
        },
    )


def _sums(counts):
    sums = {}
    for count in counts:
        key = (count.dong.name, count.year)
        sums[key] = sums.get(key, 0) + count.people
    return [(name, year, people) for (name, year), people in sums.items()]
