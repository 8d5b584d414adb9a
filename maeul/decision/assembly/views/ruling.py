"""By which rule a budget is counted: tried on an earlier vote, chosen before anything is frozen."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maeul.core.pages import allow, refusals_on
from maeul.decision.assembly import access, actions
from maeul.decision.assembly.forms import RuleForm, TrialForm
from maeul.decision.assembly.models import Question
from maeul.decision.assembly.rules import IN_PREPARATION, Kind
from maeul.vault.ballot import texts
from maeul.vault.ballot.actions import tie_order
from maeul.vault.ballot.counting import VALUES, try_each
from maeul.vault.ballot.rules import SMALLEST_CELL, Rule, Shown


@require_http_methods(["GET", "HEAD", "POST"])
def choose_rule(request, question_id):
    question = get_object_or_404(
        Question.objects.in_order().select_related("assembly__dong"),
        pk=question_id,
        kind=Kind.BUDGET,
    )
    assembly = question.assembly
    allow(access.can_prepare(request.user, assembly))
    past = Question.objects.decided_budgets(assembly.dong)
    trial_form = _trial_form(request, question, past)
    form = RuleForm(request.POST or None, initial=_chosen(question, trial_form))
    if form.is_valid():
        with refusals_on(form):
            actions.choose_rule(
                question=question, **form.choice, by=request.user, at=timezone.now()
            )
            messages.success(request, _("세는 법을 정했습니다."))
            return redirect("assembly:prepare", assembly.pk)
    return render(
        request,
        "assembly/choose_rule.html",
        {
            "question": question,
            "assembly": assembly,
            "form": form,
            "trial_form": trial_form,
            "trial": _trial(trial_form),
            "may_choose": assembly.state in IN_PREPARATION,
        },
    )


def _trial_form(request, question, past):
    """Filled from the address, else with the newest vote and what holds now; None without any."""
    newest = past.first()
    if newest is None:
        return None
    now = {**VALUES[Rule.EQUAL_SHARES], **question.boxed.parameters, "past": newest.pk}
    return TrialForm({**now, **request.GET.dict()}, past=past)


def _chosen(question, trial_form):
    """What the form says at first: what was tried, or else what holds now."""
    boxed = question.boxed
    initial = {**VALUES[Rule.EQUAL_SHARES], **boxed.parameters}
    if trial_form is not None and trial_form.is_valid():
        initial |= trial_form.values
    return initial | {"rule": boxed.rule, "whole_ballots": boxed.whole_ballots}


def _trial(trial_form):
    """An earlier vote counted by each rule, or None where there is nothing to count.

    Where its whole ballots were not to be shown, a few ballots are not tried: from the winners of
    many values one could reckon what was chosen together.
    """
    if trial_form is None or not trial_form.is_valid():
        return None
    boxed = trial_form.cleaned_data["past"].boxed
    ballots = boxed.whole_opened()
    if boxed.whole_ballots != Shown.PUBLIC and len(ballots) < SMALLEST_CELL:
        return {"too_few": SMALLEST_CELL}
    tried = try_each(
        {Rule.EQUAL_SHARES: trial_form.values},
        budget=boxed.budget,
        ballots=ballots,
        costs=boxed.costs(),
        ties=tie_order(boxed.election, boxed),
    )
    return {
        "boxed": boxed,
        "ballots": len(ballots),
        "rules": [
            {
                "name": texts.RULES[each.rule],
                "spent": boxed.election.amount(each.spent),
                "contented": each.contented,
            }
            for each in tried
        ],
        "rows": [
            {
                "option": option,
                "votes": sum(str(option.number) in ballot for ballot in ballots),
                "cells": [
                    {"name": texts.RULES[each.rule], "won": str(option.number) in each.winners}
                    for each in tried
                ],
            }
            for option in boxed.options.all()
        ],
    }
