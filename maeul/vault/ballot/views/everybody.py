"""Pages that need no sign-in: the election, its board, its result."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from maeul.core.pages import find_only_if
from maeul.vault.ballot import access, actions, clock, example, texts
from maeul.vault.ballot.forms import TrackerForm
from maeul.vault.ballot.models import Election, Outcome
from maeul.vault.ballot.rules import Channel, Rule, State
from maeul.vault.ballot.views.outside import in_words

SOONEST = 30  # votes that run or come; later ones move up as these are over


def visible(request, election_id, *, rows=None) -> Election:
    """Without its frozen text, which is as long as the vote has options."""
    rows = Election.objects.defer("manifest") if rows is None else rows
    election = get_object_or_404(rows, pk=election_id)
    find_only_if(access.can_see(request.user, election))
    return election


@login_not_required
@require_GET
def elections(request):
    """What is being decided by secret vote now, and what was decided."""
    now = clock.now()
    rows = Election.objects.defer("manifest")
    open_now, published = rows.open_at(now), rows.published().order_by("-closes_at", "pk")
    return render(
        request,
        "ballot/elections.html",
        {
            "open": open_now[:SOONEST],
            "open_count": open_now.count(),
            "ahead": rows.running().filter(opens_at__gt=now).order_by("opens_at", "pk")[:SOONEST],
            "page": Paginator(published, 20).get_page(request.GET.get("page")),
        },
    )


@login_not_required
@require_GET
def election(request, election_id):
    election = visible(request, election_id)
    return render(
        request,
        "ballot/election.html",
        {
            "election": election,
            "questions": election.questions.prefetch_related("options"),
            "is_open": election.is_open_now(),
            "is_open_online": election.is_open_online_now(),
            "booths": election.booths.prefetch_related("hours"),
            "is_ahead": election.opens_at is not None and clock.now() < election.opens_at,
            "elector": access.elector_for(request.user, election),
            "can_run": access.can_run(request.user, election),
            "table_of": access.booth_of_clerk(request.user, election),
            "counts_paper": election.state == State.CLOSED
            and election.takes(Channel.PAPER)
            and access.can_count(request.user, election),
            "has_result": access.can_read_result(election),
            "voted": election.turnout_on_board(),
            "void_reason": _void_reason(election),
            "hall": texts.hall(),
        },
    )


@login_not_required
@require_http_methods(["GET", "POST"])
def board(request, election_id):
    """The public board; a number is looked up by POST, so that it stands in no address."""
    election = visible(request, election_id)
    find_only_if(bool(election.chain0))
    form = TrackerForm(request.POST or None)
    found = leaf = None
    if form.is_valid():
        leaf = bytes.fromhex(form.cleaned_data["tracker"])
        found = election.board.filter(leaf=leaf).values_list("batch", flat=True).first() or 0
    return render(
        request,
        "ballot/board.html",
        {
            "election": election,
            "page": Paginator(election.batches(), 50).get_page(request.GET.get("page")),
            "form": form,
            "found": found,
            "gone": sorted(leaf.hex() for leaf in actions.gone_of(election)),
            "was_lost": found and leaf in actions.gone_of(election),
            "head": election.head().hex(),
            "address": request.build_absolute_uri(election.get_absolute_url()),
        },
    )


@login_not_required
@require_GET
def board_file(request, election_id):
    election = visible(request, election_id)
    find_only_if(bool(election.chain0))
    return _file(actions.board_file(election), "application/jsonl", "board.jsonl")


@login_not_required
@require_GET
def manifest(request, election_id):
    """The frozen bytes themselves: the ballot page reads them too."""
    election = visible(request, election_id)
    find_only_if(bool(election.chain0))
    return _file(election.manifest.encode(), "application/json", "manifest.json")


@login_not_required
@require_GET
def result(request, election_id):
    election = visible(request, election_id)
    find_only_if(access.can_read_result(election))
    outcomes = list(Outcome.objects.of(election))

    def of(outcome, question):
        return outcome.option.question_id == question.pk

    participants = election.participants()
    questions = [
        {
            "question": question,
            "whole": question.most_possible() if question.is_by_points else participants,
            "won": [o for o in outcomes if of(o, question) and o.won],
            "lost": [o for o in outcomes if of(o, question) and not o.won],
            "tally": question.sums(),
            "spent_text": election.amount(
                sum(o.option.cost or 0 for o in outcomes if of(o, question) and o.won)
            ),
            "steps": [o for o in outcomes if of(o, question)],
            "carried": any(o.won and o.option.number == 1 for o in outcomes if of(o, question)),
        }
        for question in election.questions.all()
    ]
    return render(
        request,
        "ballot/result.html",
        {
            "election": election,
            "questions": questions,
            "participants": participants,
            "channels": [
                (texts.CHANNELS[channel], number)
                for channel, number in actions.participants(election).items()
            ],
            "paper": _paper(election),
            "hall": texts.hall(),
            "outside": _outside(election),
            "bundle": getattr(election, "bundle", None),
            "acts": election.acts.select_related("by"),
        },
    )


def _outside(election):
    """What was counted elsewhere, apart from the result."""
    return [
        (totals, in_words(election, totals.said)) for totals in election.outside_totals.standing()
    ]


def _paper(election):
    """What is told of paper: how many sheets, what did not agree, and why."""
    if not election.takes(Channel.PAPER):
        return None
    told = actions.discrepancies(election)
    explained = [
        {"reason": act.facts["reason"], "is": act.facts["equation"]}
        for act in election.acts.filter(act="explained")
    ]
    for each in explained:
        name, _colon, each["numbers"] = each.pop("is").partition(": ")
        each["which"], each["what"] = texts.equation(name)
    return {
        "sheets": actions.sheets_of(election),
        "differing": told.differing,
        "withdrawn": told.withdrawn,
        "struck": told.struck,
        "explained": explained,
        **actions.blank_and_invalid(election),
    }


@login_not_required
@require_GET
def counting(request):
    """How each rule counts, on one small vote that can be followed with a pencil."""
    shares, share_rounds = example.by_shares()
    loads, load_rounds = example.by_loads()
    greedy = example.by_votes()
    votes = example.votes()
    return render(
        request,
        "ballot/counting.html",
        {
            "sentences": {rule.value: texts.RULE_SENTENCES[rule] for rule in Rule},
            "budget": example.BUDGET,
            "share": int(example.SHARE),
            "people": len(example.BALLOTS),
            "projects": [
                {"title": title, "cost": example.COSTS[number], "votes": votes[number]}
                for number, title in texts.EXAMPLE.items()
            ],
            "groups": [
                {"people": people, "chosen": [texts.EXAMPLE[number] for number in chosen]}
                for people, chosen in example.GROUPS
            ],
            "greedy": {
                "turns": [
                    {
                        "title": texts.EXAMPLE[turn.project],
                        "votes": votes[turn.project],
                        "cost": turn.cost,
                        "remaining": turn.remaining,
                        "won": turn.project in greedy.winners,
                    }
                    for turn in greedy.steps
                ],
                **_sums(greedy),
            },
            "shares": {"rounds": _rounds(share_rounds), **_sums(shares)},
            "ranked": _by_points(
                example.by_ranks(),
                [
                    (people, dict(zip(order, example.WORTHS, strict=True)))
                    for people, order in example.RANKED
                ],
            ),
            "scored": _by_points(example.by_points(), example.SCORED),
            "best_set": _sums(example.by_best_set())
            | {"votes": sum(votes[number] for number in example.by_best_set().winners)},
            "loads": {"rounds": _rounds(load_rounds), **_sums(loads)},
        },
    )


@login_not_required
@require_GET
def limits(request):
    """What no ballot box of ours can do, said before somebody has to find out."""
    return render(request, "ballot/limits.html")


def _rounds(rounds):
    """The turns of a rule that asks who pays, in won; who was not asked pays nothing."""
    return [
        {
            "title": texts.EXAMPLE[each.step.project],
            "cost": each.step.cost,
            "supporters": getattr(each.step, "supporters", None),
            "price": int(getattr(each.step, "price", 0) or 0),
            "each": [
                (people, int(won))
                for (people, _chosen), won in zip(example.GROUPS, each.each, strict=True)
            ],
        }
        for each in rounds
    ]


def _by_points(result, groups):
    """Of each project what one person of each group gave, and the sum."""
    return {
        "rows": [
            {
                "title": title,
                "each": [(people, points.get(number, 0)) for people, points in groups],
                "sum": sum(people * points.get(number, 0) for people, points in groups),
            }
            for number, title in texts.EXAMPLE.items()
        ],
        "winners": [texts.EXAMPLE[number] for number in result.winners],
    }


def _sums(outcome):
    return {
        "winners": [texts.EXAMPLE[number] for number in outcome.winners],
        "spent": outcome.total_cost,
        "left": outcome.remaining,
    }


@login_not_required
@require_GET
def bundle(request, election_id):
    election = visible(request, election_id)
    find_only_if(access.can_read_result(election))
    if not hasattr(election, "bundle"):
        raise Http404
    return _file(bytes(election.bundle.content), "application/zip", "bundle.zip")


def _file(content, kind, name):
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _void_reason(election):
    act = election.acts.filter(act="voided").first()
    return act.facts["reason"] if act else ""
