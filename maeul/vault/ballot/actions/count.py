"""Counting: what was opened goes through the frozen rule, and the winners are written down."""

from collections import Counter
from math import ceil, floor

from django.db import transaction
from django.db.models import Sum

from decide import approval, majority, ranking, ties
from decide.budgeting.equal_shares import SharesStep
from decide.budgeting.explain import Verdict, explain
from decide.budgeting.greedy import Form, greedy
from decide.budgeting.margins import singleton_add
from decide.budgeting.phragmen import PhragmenStep
from decide.budgeting.profile import Profile
from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.vault.ballot.actions.acts import locked, note
from maeul.vault.ballot.counting import method_of
from maeul.vault.ballot.models import Outcome, Tally
from maeul.vault.ballot.rules import BY_PROFILE, Rule, State, Why
from maeul.vault.ballot.texts import REFUSALS


@transaction.atomic
def record_tie_value(*, election, value, by, at):
    """Write down the public number that orders equal votes; nobody knew it before closing."""
    election = locked(election)
    value = value.strip()
    if election.state not in (State.CLOSED, State.OPENED):
        refuse_if(No(Why.NOT_CLOSED), REFUSALS)
    if election.tie_value:
        refuse_if(No(Why.SEED_KNOWN), REFUSALS)
    if election.tie_on and at.date() < election.tie_on:
        refuse_if(No(Why.SEED_TOO_EARLY, tie_on=election.tie_on), REFUSALS)
    if not value:
        refuse_if(No(Why.SEED_MISSING, source=election.tie_source), REFUSALS)
    election.tie_value = value
    election.save(update_fields=["tie_value"])
    note(election, "wrote_seed", by=by, at=at, value=value)
    return election


@transaction.atomic
def count(*, election, by, at) -> list[Outcome]:
    """Count every question by its frozen rule."""
    election = locked(election)
    if election.state != State.OPENED:
        refuse_if(No(Why.NOT_OPENED), REFUSALS)
    if election.tie_source and not election.tie_value:
        refuse_if(No(Why.SEED_MISSING, source=election.tie_source), REFUSALS)
    if is_counted(election):
        return list(Outcome.objects.of(election))
    outcomes = [
        outcome
        for question in election.questions.prefetch_related("options")
        for outcome in _counted(election, question, votes_of(question))
    ]
    Outcome.objects.bulk_create(outcomes)
    note(election, "counted", by=by, at=at)
    return outcomes


def is_counted(election) -> bool:
    return Outcome.objects.of(election).exists()


def votes_of(question) -> dict[str, int]:
    """Votes, or points, per option number as text: the name under which `decide` knows it."""
    votes = dict.fromkeys((str(option.number) for option in question.options.all()), 0)
    for (number, value), times in question.marks_opened().items():
        votes[str(number)] += times * question.how.worth(value, question.parameters)
    return votes


def tie_order(election, question) -> tuple[str, ...]:
    """By the drawn number, or by the number on the ballot where that was frozen."""
    numbers = [str(option.number) for option in question.options.all()]
    if question.parameters.get("ties") == "number":
        return tuple(numbers)
    return ties.by_seed(numbers, seed=f"{election.tie_value} {question.key}")


def winners_if(election, question, *, given=(), taken=()) -> set[str]:
    """Who would win with so many more or fewer ballots for one option, as text."""
    given, taken = dict(given), dict(taken)
    if Rule(question.rule) in BY_PROFILE:
        ballots = question.whole_opened()
        for number, n in taken.items():
            with_it = sorted((b for b in ballots if number in b), key=len)[:n]
            for ballot in with_it:
                ballots.remove(ballot)
        ballots += [[number] for number, n in given.items() for _ in range(n)]
        if not ballots:
            return set()
        profile, method = whole_count(election, question, ballots)
        return set(method(profile).winners)
    votes, most = votes_of(question), question.how.most(question.parameters)
    for number, n in given.items():
        votes[number] += n * most
    for number, n in taken.items():
        votes[number] = max(0, votes[number] - n * most)
    return {str(each.option.number) for each in _counted(election, question, votes) if each.won}


def _counted(election, question, votes) -> list[Outcome]:
    how = {
        Rule.MAJORITY: _majority,
        Rule.APPROVAL: _approval,
        Rule.GREEDY: _greedy,
        Rule.EQUAL_SHARES: _by_profile,
        Rule.PHRAGMEN: _by_profile,
        Rule.KNAPSACK: _by_profile,
        Rule.BORDA: _borda,
        Rule.SCORE: _score,
    }
    return how[Rule(question.rule)](election, question, votes)


def _majority(election, question, votes) -> list[Outcome]:
    yes, no = question.options.all()
    sums = Tally.objects.filter(question=question).aggregate(blank=Sum("blank"))
    abstain = sums["blank"] or 0
    threshold = question.parameters["threshold"]
    usual = "present" if threshold == "two_thirds" else "valid"
    of = majority.Base(question.parameters.get("of") or usual)
    for_, against = votes[str(yes.number)], votes[str(no.number)]
    match threshold:
        case "absolute":
            found = majority.absolute(
                for_, against, abstain=abstain, enrolled=_enrolled(election, question)
            )
        case "two_thirds":
            found = majority.two_thirds(for_, against, abstain=abstain, of=of)
        case _:
            found = majority.simple(for_, against, abstain=abstain, of=of)
    facts = {
        "base": found.base,
        "needed": found.needed,
        "missing_votes": found.missing_votes,
        "spare_votes": found.spare_votes,
    }
    why = "carried" if found.carried else "not_carried"
    return [
        Outcome(option=yes, votes=for_, won=found.carried, place=1, why=why, facts=facts),
        Outcome(option=no, votes=against, won=not found.carried, place=2, why=why, facts=facts),
    ]


def _approval(election, question, votes) -> list[Outcome]:
    found = approval.choose(
        votes,
        ties=tie_order(election, question),
        seats=question.parameters["seats"],
        minimum=question.parameters.get("minimum", 1),
    )
    drawn = _drawn(found.ties)
    by_number = {str(option.number): option for option in question.options.all()}
    return [
        Outcome(
            option=by_number[standing.option],
            votes=standing.votes,
            won=standing.won,
            place=place,
            why="most_votes" if standing.won else "fewer_votes",
            facts={
                "missing_votes": standing.missing_votes,
                "spare_votes": standing.spare_votes,
                "drawn": standing.option in drawn,
            },
        )
        for place, standing in enumerate(found.ranking, 1)
    ]


def _borda(election, question, points) -> list[Outcome]:
    """Ranked ballots: each place is worth what was frozen; places nobody got are worth nothing."""
    found = ranking.borda(
        question.whole_opened(),
        options=list(points),
        ties=tie_order(election, question),
        seats=question.parameters["seats"],
        worths=question.parameters["worths"],
        at_least=question.at_least,
        at_most=question.at_most,
    )
    own = {
        each.option: {"firsts": each.firsts, "missing_ballots": each.missing_ballots}
        for each in found.ranking
    }
    return _by_points(election, question, points, own)


def _score(election, question, points) -> list[Outcome]:
    """Points as each ballot gave them."""
    givers: Counter[str] = Counter()
    for (number, _points), times in question.marks_opened().items():
        givers[str(number)] += times
    own = {option: {"givers": givers[option]} for option in points}
    return _by_points(election, question, points, own)


def _by_points(election, question, points, own) -> list[Outcome]:
    """Most points win; `own`: what the rule has to tell of each beside its points."""
    outcomes = _approval(election, question, points)
    for outcome in outcomes:
        won = "most_points" if outcome.won else "fewer_points"
        outcome.why = f"{won}_{question.marking}"
        outcome.facts |= own[str(outcome.option.number)]
    return outcomes


def _greedy(election, question, votes) -> list[Outcome]:
    by_number = {str(option.number): option for option in question.options.all()}
    found = greedy(
        votes,
        {number: option.cost for number, option in by_number.items()},
        budget=question.parameters["budget"],
        ties=tie_order(election, question),
        form=Form(question.parameters.get("form", "skip")),
        minimum=question.parameters.get("minimum", 1),
    )
    drawn = _drawn(found.ties)
    return [
        Outcome(
            option=by_number[step.option],
            votes=step.votes,
            won=found.why[step.option].won,
            place=place,
            why=step.verdict.value,
            facts={
                "remaining": step.remaining,
                "missing_votes": found.why[step.option].missing_votes,
                "spare_votes": found.why[step.option].spare_votes,
                "missing_money": found.why[step.option].missing_money,
                "drawn": step.option in drawn,
            },
        )
        for place, step in enumerate(found.steps, 1)
    ]


def _by_profile(election, question, votes) -> list[Outcome]:
    """Rules that take all ballots at once; blank ballots have no share."""
    profile, method = whole_count(election, question)
    found = method(profile, explain=True)
    missing = singleton_add(profile, method)
    drawn = {
        found.winners[tie.after]
        for tie in found.ties
        if tie.after < len(found.winners) and found.winners[tie.after] in tie.options
    }
    kinds = {step.project: step for step in found.steps}
    by_number = {str(option.number): option for option in question.options.all()}
    return [
        Outcome(
            option=by_number[each.project],
            votes=votes[each.project],
            won=each.won,
            place=place,
            why=_why(question, each, kinds.get(each.project)),
            facts={
                "price": each.price and ceil(each.price),
                "supporters_left": None
                if each.supporters_left is None
                else floor(each.supporters_left),
                "missing_money": ceil(each.missing_money),
                "missing_votes": None if each.won else missing[each.project].enough,
                "rivals": [
                    {"title": by_number[rival.project].title, "paid": floor(rival.paid)}
                    for rival in each.rivals[:1]
                    if rival.paid
                ],
                "drawn": each.project in drawn,
            },
        )
        for place, each in enumerate(explain(profile, found), 1)
    ]


def whole_count(election, question, ballots=None):
    """The opened ballots and the frozen rule, as `decide` takes them."""
    profile = Profile.from_ballots(
        question.whole_opened() if ballots is None else ballots,
        question.costs(),
        question.budget,
        unit=10**election.minor_digits,
    )
    ties = tie_order(election, question)
    return profile, method_of(Rule(question.rule), question.parameters, ties=ties)


def _why(question, each, step) -> str:
    """`each`: what `decide` says of a project; `step`: its turn, if it had one."""
    if question.rule == Rule.KNAPSACK and each.won:
        return "in_the_best_set"
    if question.rule == Rule.KNAPSACK and each.verdict in (
        Verdict.DOES_NOT_FIT,
        Verdict.OUTWEIGHED,
    ):
        return "not_in_the_best_set"
    return _how_it_won(step) if each.won else each.verdict.value


def _how_it_won(step) -> str:
    if isinstance(step, SharesStep):
        return "shared" if step.phase == "equal-shares" else "with_the_rest"
    return "carried_together" if isinstance(step, PhragmenStep) else "with_the_rest"


def _drawn(found) -> set[str]:
    """Options between which the lot decided."""
    return {option for tie in found if tie.decisive for option in tie.options}


def _enrolled(election, question) -> int:
    """Everybody on the roll who gets this question."""
    electors = election.electors.all()
    if question.styles:
        electors = electors.filter(style__in=question.styles)
    return electors.count()
