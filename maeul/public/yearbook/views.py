from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maeul.core.pages import allow, refusals_on
from maeul.ground.district.models import Dong
from maeul.public.yearbook import access, actions
from maeul.public.yearbook.book import paper_of
from maeul.public.yearbook.forms import PublishForm
from maeul.public.yearbook.gathering import gather
from maeul.public.yearbook.models import Yearbook


@login_not_required
@require_safe
def book(request, code, year):
    """The year of a dong as one page; before it is published, as the records have it today."""
    dong = get_object_or_404(Dong, code=code)
    published, paper = _paper(dong, year)
    return render(
        request,
        "yearbook/book.html",
        {
            "dong": dong,
            "year": year,
            "published": published,
            "paper": paper,
            "can_publish": published is None and access.can_publish(request.user, dong),
        },
    )


@login_not_required
@require_safe
def pdf(request, code, year):
    """The same as a PDF."""
    dong = get_object_or_404(Dong, code=code)
    _published, paper = _paper(dong, year)
    return paper.answer()


@require_http_methods(["GET", "POST"])
def publish(request, code, year):
    dong = get_object_or_404(Dong, code=code)
    allow(access.can_publish(request.user, dong))
    form = PublishForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            published = actions.publish(
                dong=dong,
                year=year,
                foreword=form.cleaned_data["foreword"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("기록물을 펴냈습니다."))
            return redirect(published)
    return render(request, "yearbook/publish.html", {"dong": dong, "year": year, "form": form})


def _paper(dong, year):
    published = Yearbook.objects.filter(dong=dong, year=year).select_related("record__dong").first()
    if published is None:
        return None, paper_of(gather(dong, year), on=timezone.localdate())
    paper = paper_of(
        published.content,
        foreword=published.foreword,
        number=published.record.name,
        on=timezone.localdate(published.published_at),
    )
    return published, paper
