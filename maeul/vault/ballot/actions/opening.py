"""From the sealed list to opened ballots: fixed, carried out, opened elsewhere, brought back."""

from hashlib import sha256
from secrets import SystemRandom

from django.db import transaction

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.vault.ballot import bundling, door, gate, marks, opening, paper, rules
from maeul.vault.ballot.actions.acts import confirmed_by, locked, note, officers_of
from maeul.vault.ballot.actions.board import board_file, closing
from maeul.vault.ballot.actions.paper_count import said_on_paper, why_not_ready
from maeul.vault.ballot.actions.pending import what_is_pending
from maeul.vault.ballot.models import OfficerAct, OpenedBallot, Opening, Tally
from maeul.vault.ballot.rules import State, Why
from maeul.vault.ballot.texts import REFUSALS

CONFIRMED = "confirmed_opening"


@transaction.atomic
def fix_list(*, election, by, at) -> str:
    """Fix which sealed ballots are opened.  Its hash is read aloud before any key appears."""
    gate.shut(election.pk)  # nobody is at a table any more
    election = locked(election)
    refuse_if(_why_not_closed(election), REFUSALS)
    fixed = fixed_hash(election)
    if fixed:
        return fixed
    refuse_if(door.why_not_fix(what_is_pending(election)), REFUSALS)
    fixed = sha256(list_file(election)).hexdigest()
    note(election, "fixed_list", by=by, at=at, subject=fixed, ballots=_counting(election).count())
    return fixed


@transaction.atomic
def export_list(*, election, by, at) -> bytes:
    """The fixed list for the holders' computer.  It is handed to nobody else."""
    election = locked(election)
    refuse_if(_why_not_closed(election), REFUSALS)
    content = list_file(election)
    if sha256(content).hexdigest() != fixed_hash(election):
        refuse_if(No(Why.LIST_NOT_FIXED), REFUSALS)
    note(election, "list_taken", by=by, at=at)
    return content


@transaction.atomic
def parcel(*, election, by, at) -> bytes:
    """What the holders carry to their computer: manifest, board and the fixed list, zipped."""
    return bundling.pack(
        {
            "manifest.json": election.manifest.encode(),
            "board.jsonl": board_file(election, until=closing(election)[0]),
            "list.jsonl": export_list(election=election, by=by, at=at),
        }
    )


@transaction.atomic
def record_opening(*, election, content, by, at) -> Opening:
    """Take in a result file of an opener, if it fits the fixed list to the last ballot."""
    election = locked(election)
    refuse_if(_why_not_closed(election), REFUSALS)
    try:
        result = opening.read_result(content)
    except opening.CannotOpen:
        refuse_if(No(Why.RESULT_UNREADABLE), REFUSALS)
    refuse_if(_why_not_this_result(election, result), REFUSALS)
    digest = sha256(content).hexdigest()
    known = election.openings.filter(content_hash=digest).first()
    if known:
        return known
    like = next((each for each in brought(election) if opening.same_outcome(each[1], result)), None)
    opened = Opening.objects.create(
        election=election, content=content, content_hash=digest, by=by, at=at
    )
    note(
        election,
        "brought_opening",
        by=by,
        at=at,
        subject=digest,
        program=result["program"],
        equals=like[0].content_hash if like else digest,
    )
    return opened


@transaction.atomic
def confirm_opening(*, opened, by, at):
    """An officer confirms what two programs opened alike; with the second officer the ballots are
    written down.  Where openings differ, a third one decides: nobody chooses a result."""
    election = locked(opened.election)
    refuse_if(_why_not_closed(election) or why_not_ready(election), REFUSALS)
    holding = openings_that_hold(election)
    subject = holding[0][0].content_hash if holding else ""
    refuse_if(
        rules.why_not_this_opening(
            outcomes=len(opening.alike([result for _, result in brought(election)])),
            holding=[each.pk for each, _ in holding],
            wanted=opened.pk,
        )
        or rules.why_not_confirm(
            officers=officers_of(election),
            confirmed=confirmed_by(election, CONFIRMED, subject),
            by=by.pk,
        ),
        REFUSALS,
    )
    note(election, CONFIRMED, by=by, at=at, subject=subject)
    if len(confirmed_by(election, CONFIRMED, subject)) >= 2:
        write_down(election, holding[0][1])
        election.state = State.OPENED
        election.save(update_fields=["state"])
        audit.note("ballot.opened", on=election, by=by, at=at)
    return election


def brought(election) -> list[tuple[Opening, dict]]:
    """Every opening with what its file says, in the order in which they came."""
    return [
        (each, opening.read_result(bytes(each.content)))
        for each in election.openings.order_by("pk")
    ]


def openings_that_hold(election) -> list[tuple[Opening, dict]]:
    """Those on which both programs agree.  Officers confirm the first of them."""
    every = brought(election)
    return [every[place] for place in opening.that_hold([result for _, result in every])]


def list_file(election) -> bytes:
    """`list.jsonl`: what counts now, by tracker, without anything of a person."""
    rows = _counting(election).values_list("elector__style", "tracker", "sealed")
    return opening.write_list(
        bytes(election.chain0),
        (
            opening.Line(cell=style, style=style, tracker=bytes(tracker), sealed=bytes(sealed))
            for style, tracker, sealed in rows
        ),
    )


def fixed_hash(election) -> str:
    act = OfficerAct.objects.filter(election=election, act="fixed_list").first()
    return act.subject if act else ""


def confirmed_result(election) -> dict | None:
    """The result that two officers confirmed."""
    for opened in election.openings.all():
        if len(confirmed_by(election, CONFIRMED, opened.content_hash)) >= 2:
            return opening.read_result(bytes(opened.content))
    return None


def _counting(election):
    return election.envelopes.counting().order_by("tracker")


def _why_not_closed(election) -> No | None:
    return None if election.state == State.CLOSED else No(Why.NOT_CLOSED)


def _why_not_this_result(election, result) -> No | None:
    fixed = fixed_hash(election)
    if not fixed:
        return No(Why.LIST_NOT_FIXED)
    same = (election.chain0, fixed, closing(election)[1].hex())
    if (bytes.fromhex(result["chain0"]), result["list"], result["head"]) != (
        bytes(same[0]),
        *same[1:],
    ):
        return No(Why.RESULT_OF_ANOTHER_LIST)
    frozen = election.frozen()
    asked = asked_electronically(election, frozen)
    if result["questions"].keys() != asked.keys():
        return No(Why.RESULT_DOES_NOT_ADD_UP, detail=", ".join(sorted(asked)))
    for question in frozen.questions:
        cells = result["questions"][question.key]
        found = sum(len(cell["opened"]) + cell["invalid"] for cell in cells.values())
        if found != asked[question.key]:
            detail = f"{question.key}: {found} ≠ {asked[question.key]}"
            return No(Why.RESULT_DOES_NOT_ADD_UP, detail=detail)
        if not cells.keys() <= {*frozen.styles, frozen.fallback_cell}:
            return No(Why.RESULT_DOES_NOT_ADD_UP, detail=question.key)
        for cell in cells.values():
            for choices in cell["opened"]:
                answer = marks.answer(choices)
                if not question.is_answer(answer) or not question.keeps_limits(answer):
                    return No(Why.RESULT_DOES_NOT_ADD_UP, detail=f"{question.key}={choices}")
    return None


def asked_electronically(election, frozen) -> dict[str, int]:
    """Sealed ballots on the list whose style has the question."""
    asked = dict.fromkeys((question.key for question in frozen.questions), 0)
    for style in _counting(election).values_list("elector__style", flat=True):
        for key in frozen.styles[style]:
            asked[key] += 1
    return asked


def write_down(election, result) -> None:
    """Opened ballots and counted sheets, once, together, and in an order that says nothing."""
    frozen = election.frozen()
    on_paper = said_on_paper(election)
    opened_cells = result["questions"] if result else {}
    ballots, tallies = [], []
    for question in election.questions.all():
        cells = paper.with_paper(
            opened_cells.get(question.key, {}),
            on_paper.get(question.key, {}),
            smallest=frozen.smallest_cell,
            fallback=frozen.fallback_cell,
        )
        for cell, content in cells.items():
            opened = content["opened"]
            blank = sum(not answer for answer in opened)
            ballots += [
                OpenedBallot(
                    question=question,
                    cell=cell,
                    choices=marks.numbers(answer),
                    points=marks.points(answer),
                )
                for answer in map(marks.answer, opened)
            ]
            tallies.append(
                Tally(
                    question=question,
                    cell=cell,
                    valid=len(opened) - blank,
                    blank=blank,
                    invalid=content["invalid"],
                )
            )
    SystemRandom().shuffle(ballots)
    OpenedBallot.objects.bulk_create(ballots, batch_size=2000)
    Tally.objects.bulk_create(tallies)
