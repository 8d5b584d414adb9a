from django.db import transaction
from django.utils.translation import gettext as _

from maeul.decision.assembly import rules
from maeul.decision.assembly.actions.say import day, locked, refuse
from maeul.decision.assembly.models import Question, Tabled
from maeul.decision.assembly.rules import Kind, State
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision
from maeul.vault.ballot import actions as ballot
from maeul.vault.ballot.rules import Shown
from maeul.voice.agenda import actions as agenda
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.rules import State as ItemState

MOST_CHOICES = 3  # offered when the plenary said nothing else


@transaction.atomic
def put(
    *,
    assembly,
    kind,
    title,
    by,
    at,
    options=(),
    thread=None,
    limit=None,
    at_most=None,
    seats=None,
    each_at_most=None,
    total_at_most=None,
    whole_ballots=Shown.CHOICES,
    text="",
):
    """Put a question.  `options`: (thread, title, cost in won or None) each.

    YES_NO: one matter, its `thread`.  CHOOSE: up to `at_most` of them, the `seats` with most
    votes are chosen.  BUDGET: up to `at_most`, by votes as long as `limit` won last; what does
    not fit is skipped.  RANK: up to `at_most` places, the last worth one point, each before it one
    more.  SCORE: up to `each_at_most` points for each, up to `total_at_most` in all.  Of both the
    `seats` with most points are chosen.  The agenda items behind the matters are told that they
    are tabled.
    """
    assembly = locked(assembly)
    kind = Kind(kind)
    options = list(options) or [(thread, title, None)]
    at_most = at_most or (1 if kind == Kind.YES_NO else min(MOST_CHOICES, len(options)))
    if kind == Kind.SCORE:
        at_most = len(options)  # how much is given is limited, not to how many
    seats = seats or 1
    items = _items_behind(matter for matter, _title, _cost in options)
    refuse(
        rules.why_not_put(
            state=State(assembly.state),
            kind=kind,
            threads=[matter.pk for matter, _title, _cost in options if matter is not None],
            already=_tabled_in(assembly).values_list("thread", flat=True),
            drafted=all(item.state in (ItemState.DRAFTED, ItemState.TABLED) for item in items),
            costs=[cost for _matter, _title, cost in options],
            limit=limit,
            at_most=at_most,
            seats=seats,
        )
    )
    law = Provision.objects.in_force(dong=assembly.dong, at=at)
    passing = assembly.rules.get("passing") or law["assembly.pass"].value
    how = {
        Kind.YES_NO: ("majority", rules.PASSING[passing]),
        Kind.CHOOSE: ("approval", {"seats": seats, "minimum": 1}),
        Kind.BUDGET: ("greedy", {"budget": limit, "form": "skip", "minimum": 1}),
        Kind.RANK: ("borda", {"seats": seats, "worths": [*range(at_most, 0, -1)]}),
        Kind.SCORE: (
            "score",
            {"seats": seats, "each_at_most": each_at_most, "total_at_most": total_at_most},
        ),
    }
    rule, parameters = how[kind]
    boxed = ballot.put(
        election=assembly.election,
        title=title,
        text=text,
        options=_printed(kind, options),
        rule=rule,
        parameters=parameters,
        at_most=at_most,
        whole_ballots=whole_ballots,
        reference=f"assembly:{assembly.pk}",
        by=by,
        at=at,
    )
    question = Question.objects.create(
        assembly=assembly,
        boxed=boxed,
        kind=kind,
        limit_won=limit if kind == Kind.BUDGET else None,
    )
    for (matter, _title, _cost), option in zip(
        options, boxed.options.order_by("number"), strict=kind != Kind.YES_NO
    ):
        Tabled.objects.create(question=question, boxed=option, thread=matter)
    for item in items:
        if item.state == ItemState.DRAFTED:
            agenda.table(item=item, text=_when(assembly), by=by, at=at)
    audit.note("assembly.question_put", on=question, by=by, at=at, kind=kind.value)
    return question


@transaction.atomic
def choose_rule(*, question, rule, values, whole_ballots, by, at):
    """Say by which rule a budget question is counted, while nothing is announced.

    `values` are the rule's own (`vault/ballot/counting.py: VALUES`); the budget stays.
    """
    assembly = locked(question.assembly)
    question = Question.objects.select_related("boxed__election").get(pk=question.pk)
    refuse(rules.why_not_choose_rule(state=State(assembly.state), kind=Kind(question.kind)))
    ballot.set_rule(
        question=question.boxed,
        rule=rule,
        parameters={"budget": question.limit_won, **values},
        whole_ballots=whole_ballots,
        by=by,
        at=at,
    )
    audit.note("assembly.rule_chosen", on=question, by=by, at=at, rule=str(rule))
    return question


@transaction.atomic
def take_out(*, question, by, at):
    """Take a question out again while nothing is announced."""
    assembly = locked(question.assembly)
    refuse(rules.why_not_take_out(state=State(assembly.state)))
    question = Question.objects.select_related("boxed__election").get(pk=question.pk)
    items = _items_behind([row.thread for row in question.tabled.select_related("thread")])
    others = _tabled_in(assembly).exclude(question=question).select_related("thread")
    staying = _items_behind([row.thread for row in others])
    audit.note("assembly.question_taken_out", on=question, by=by, at=at)
    boxed = question.boxed
    question.delete()
    ballot.take_out(question=boxed, by=by, at=at)
    for item in items:
        if item not in staying and item.state == ItemState.TABLED:
            agenda.untable(item=item, by=by, at=at)


def _tabled_in(assembly):
    return Tabled.objects.filter(question__assembly=assembly)


def _items_behind(matters):
    """The agenda items these matters were made of, each once."""
    found = {}
    for matter in matters:
        if matter is not None:
            found.update({item.pk: item for item in AgendaItem.objects.behind(matter)})
    return [found[number] for number in sorted(found)]


def _printed(kind, options):
    """What stands on the ballot."""
    if kind == Kind.YES_NO:
        [(matter, _title, _cost)] = options
        reference = f"thread:{matter.pk}"
        return [
            ballot.OptionText(_("찬성"), reference=reference),
            ballot.OptionText(_("반대"), reference=reference),
        ]
    return [
        ballot.OptionText(title, cost=cost, reference=f"thread:{matter.pk}")
        for matter, title, cost in options
    ]


def _when(assembly):
    return _("%(day)s %(assembly)s에서 정합니다.") % {
        "day": day(assembly.held_on),
        "assembly": assembly.title,
    }
