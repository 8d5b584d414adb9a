"""What was counted elsewhere: brought in by an officer, looked over first, told apart."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maeul.core import sheet
from maeul.core.pages import act_page, refusals_on
from maeul.core.sheet import SheetErrors
from maeul.vault.ballot import actions, outside, texts
from maeul.vault.ballot.forms import OutsideConfirmForm, OutsideForm, ReasonForm
from maeul.vault.ballot.rules import State
from maeul.vault.ballot.views.desk import run_by


@require_http_methods(["GET", "POST"])
def totals(request, election_id):
    """What is there, and a sheet more: first it is read and shown, then it is confirmed."""
    election = run_by(request, election_id)
    page = {"election": election, "form": OutsideForm()}
    if "checked" in request.POST:
        form = page["form"] = OutsideConfirmForm(request.POST)
        if form.is_valid() and _imported(request, election, form):
            messages.success(request, _("올렸습니다. 발표한 결과에 따로 보입니다."))
            return redirect("ballot:outside", election.pk)
    elif request.method == "POST":
        form = page["form"] = OutsideForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                said = actions.look_over_outside(election=election, rows=form.cleaned_data["file"])
                page["looked"] = in_words(election, said)
                page["confirm"] = OutsideConfirmForm(initial=form.looked_over)
            except SheetErrors as errors:
                form.add_error("file", errors.sentences)
    return render(
        request,
        "ballot/outside.html",
        page
        | {
            "there": [
                (each, in_words(election, each.said), getattr(each, "withdrawal", None))
                for each in election.outside_totals.select_related("withdrawal")
            ],
            "may_add": State(election.state) in outside.OPEN_TO_IT,
        },
    )


def _imported(request, election, form) -> bool:
    with refusals_on(form):
        try:
            actions.import_outside(
                election=election, **form.facts, by=request.user, at=timezone.now()
            )
            return True
        except SheetErrors as errors:
            form.add_error(None, errors.sentences)
    return False


def in_words(election, said):
    """Per question its title, the votes of each option, and how many these are."""
    return [
        {
            "question": question,
            "votes": [
                (option.title, said[question.key][str(option.number)])
                for option in question.options.all()
            ],
            "sum": sum(said[question.key].values()),
        }
        for question in election.questions.prefetch_related("options")
        if question.key in said
    ]


@require_GET
def empty(request, election_id):
    """A sheet with every option, to be filled in."""
    election = run_by(request, election_id)
    rows = [
        [question.position, option.number, "", option.title]
        for question in election.questions.prefetch_related("options")
        for option in question.options.all()
    ]
    heads = [*texts.OUTSIDE_HEADS, *texts.OUTSIDE_OPTIONAL]
    return sheet.download(_("%(title)s 바깥에서 센 합계") % {"title": election.title}, heads, rows)


@require_http_methods(["GET", "POST"])
def withdraw(request, election_id, number):
    election = run_by(request, election_id)
    totals = get_object_or_404(election.outside_totals, number=number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.withdraw_outside(
                totals=totals,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("거두었습니다. 결과에 보이지 않습니다."))
            return redirect("ballot:outside", election.pk)
    return act_page(
        request,
        form,
        heading=_("‘%(source)s’의 합계를 거둡니다") % {"source": totals.source},
        lead=_("잘못 올렸을 때 거둡니다. 고친 것은 새로 올립니다."),
        button=_("거두기"),
        after=_("까닭은 공개되는 기록에 남습니다."),
        back=reverse("ballot:outside", args=[election.pk]),
        back_label=_("바깥에서 센 합계"),
    )
