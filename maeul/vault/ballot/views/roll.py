"""The roll before it is frozen: a resident's own line, objections, and the code of a letter."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maeul.core.pages import act_page, allow, find_only_if, refusals_on
from maeul.core.templatetags.look import day_text
from maeul.vault.ballot import access, actions
from maeul.vault.ballot.forms import DecisionForm, LetterForm, RollObjectionForm
from maeul.vault.ballot.models import Election, RollObjection
from maeul.vault.ballot.rules import State
from maeul.vault.ballot.views.desk import run_by

EITHER = ["GET", "HEAD", "POST"]


@require_http_methods(EITHER)
def roll(request, election_id):
    """Am I on the roll?  The own line alone; a letter's code is given in here too."""
    election = _laid_open(request, election_id)
    form = LetterForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.redeem_code(
                election=election,
                code=form.cleaned_data["code"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("편지의 번호를 확인했습니다. 이제 명부에서 나를 찾습니다."))
            return redirect("ballot:roll", election.pk)
    elector = access.elector_for(request.user, election)
    is_draft = election.state == State.DRAFT
    return render(
        request,
        "ballot/roll.html",
        {
            "election": election,
            "elector": elector,
            "form": form,
            "is_draft": is_draft,
            "may_object": is_draft and timezone.localdate() <= election.roll_open_until,
            "mine": election.roll_objections.in_order().filter(person=request.user),
        },
    )


@require_http_methods(EITHER)
def object_to_roll(request, election_id):
    election = _laid_open(request, election_id)
    form = RollObjectionForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.object_to_roll(
                election=election, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("이의를 냈습니다. 두 사람이 살펴 알려 드립니다."))
            return redirect("ballot:roll", election.pk)
    return act_page(
        request,
        form,
        back=election.address_of_roll(),
        back_label=_("선거인명부"),
        heading=_("명부에 이의 내기"),
        lead=_("%(until)s까지 받습니다. 확정한 다음에는 명부를 바꾸지 못합니다.")
        % {"until": day_text(election.roll_open_until)},
        button=_("이의 내기"),
        after=_("두 선거관리인이 함께 정하고, 까닭을 받은 소식으로 알려 드립니다."),
    )


@require_safe
def roll_objections(request, election_id):
    """For the officers of this election."""
    election = run_by(request, election_id)
    return render(
        request,
        "ballot/roll_objections.html",
        {"election": election, "objections": election.roll_objections.in_order()},
    )


@require_http_methods(EITHER)
def decide_roll_objection(request, objection_id):
    objection = get_object_or_404(
        RollObjection.objects.select_related("election", "person", "decided_by"), pk=objection_id
    )
    election = objection.election
    allow(access.can_run(request.user, election))
    said = {"upheld": int(objection.upheld), "reason": objection.reason} if objection.reason else {}
    form = DecisionForm(request.POST or None, initial=said)
    if form.is_valid():
        with refusals_on(form):
            objection = actions.decide_roll_objection(
                objection=objection, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(
                request,
                _("두 사람이 정했습니다. 낸 분께 알렸습니다.")
                if objection.confirmed_at
                else _("적었습니다. 다른 선거관리인이 같게 정하면 끝납니다."),
            )
            return redirect("ballot:roll_objections", election.pk)
    return act_page(
        request,
        form,
        back=reverse("ballot:roll_objections", args=[election.pk]),
        back_label=_("명부 이의"),
        heading=_("%(person)s 님의 이의 정하기") % {"person": objection.person},
        lead=f"{objection}. {objection.text}",
        button=_("이렇게 정하기"),
        after=_("두 선거관리인이 같게 정해야 명부에 반영됩니다."),
    )


def _laid_open(request, election_id) -> Election:
    election = get_object_or_404(Election.objects.defer("manifest"), pk=election_id)
    find_only_if(access.can_read_own_line(request.user, election))
    return election
