"""The rules of paper by value."""

import json
from hashlib import sha256

import pytest

from maeul.vault.ballot import manifest, paper, rules
from maeul.vault.ballot.paper import BatchNow, Part
from maeul.vault.ballot.rules import BoothFigures, Channel, Figures, Shown, State, Why
from maeul.vault.ballot.tests import frozen

ASKED = manifest.read(frozen.raw()).questions_of("전체")
"""q1: 11 options, up to 3; q2: 3 options, up to 2."""


def why(no):
    return no and no.why


def said(q1=(), q2=()):
    return {"q1": q1 if q1 is None else list(q1), "q2": q2 if q2 is None else list(q2)}


def entries(*sheets):
    return {number: paper.judged(ASKED, each) for number, each in enumerate(sheets, 1)}


def now(*, sheets=2, is_over=False, clerks=None, **entered):
    return BatchNow(
        sheets=sheets,
        is_over=is_over,
        clerks={Part(part): who for part, who in (clerks or {}).items()},
        entered={Part(part): sheets for part, sheets in entered.items()},
    )


@pytest.mark.parametrize(
    ("counts", "number"),
    [
        ({}, None),
        ({1: 40}, None),
        ({1: 40, 2: 41}, None),
        ({1: 40, 2: 40}, 40),
        ({1: 40, 2: 41, 3: 41}, 41),
        ({1: 40, 2: 40, 3: 41, 4: 41}, None),
        ({1: 0, 2: 0}, 0),
    ],
)
def test_a_box_is_counted_when_two_people_have_the_same_number(counts, number):
    assert paper.agreed(counts) == number


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, None),
        ({"state": State.OPEN}, Why.NOT_CLOSED),
        ({"is_fixed": False}, Why.BOX_STILL_SHUT),
        ({"is_lost": True}, Why.BOOTH_IS_LOST),
        ({"is_counted": True}, Why.BOX_IS_COUNTED),
        ({"sheets": -1}, Why.NO_NUMBER_OF_SHEETS),
        ({"sheets": 0}, None),
    ],
)
def test_boxes_stay_shut_until_it_is_decided_what_lies_in_them(facts, expected):
    usual = {
        "state": State.CLOSED,
        "is_fixed": True,
        "is_lost": False,
        "is_counted": False,
        "sheets": 5,
    }
    facts = usual | facts
    assert why(paper.why_not_count_box(facts.pop("state"), **facts)) == expected


def made(shares, *, left=None, same_style=(), style="전체", state=State.CLOSED):
    left = left or dict.fromkeys(shares, 100)
    return why(
        paper.why_not_make_batch(
            state,
            style=style,
            styles=["전체"],
            shares=shares,
            left=left,
            same_style=list(same_style),
        )
    )


def test_a_batch_holds_no_more_than_is_left_in_the_box():
    assert made({"강당": 30}, left={"강당": 30}) is None
    assert made({"강당": 31}, left={"강당": 30}) == Why.MORE_THAN_IN_THE_BOX
    assert made({"강당": 5}, left={"강당": None}) == Why.BOX_NOT_COUNTED
    assert made({"강당": 0}) == made({}) == Why.NO_NUMBER_OF_SHEETS
    assert made({"강당": 30}, style="통") == Why.UNKNOWN_STYLE
    assert made({"강당": 30}, state=State.OPEN) == Why.NOT_CLOSED


def test_fewer_than_twenty_sheets_are_mixed_with_another_booths():
    assert made({"강당": 20}, same_style=[20]) is None
    assert made({"강당": 19}, same_style=[20]) == Why.BATCH_TOO_SMALL
    assert made({"강당": 20}, same_style=[19]) == Why.BATCH_TOO_SMALL
    assert made({"강당": 12, "분관": 8}, same_style=[20]) is None
    assert made({"강당": 3}) is None  # there are no more of this style at all


def test_each_part_of_a_batch_is_another_persons():
    assert paper.why_not_take_turn(now(), part=Part.FIRST, by=1) is None
    begun = now(clerks={"first": 1})
    assert paper.why_not_take_turn(begun, part=Part.FIRST, by=1) is None
    assert why(paper.why_not_take_turn(begun, part=Part.FIRST, by=2)) == Why.TURN_TAKEN
    assert why(paper.why_not_take_turn(begun, part=Part.SECOND, by=1)) == Why.TURN_OF_ANOTHER
    assert paper.why_not_take_turn(begun, part=Part.SECOND, by=2) is None
    assert why(paper.why_not_take_turn(begun, part=Part.SETTLING, by=3)) == Why.NOTHING_TO_SETTLE
    both = now(
        clerks={"first": 1, "second": 2},
        first=entries(said([1]), said([2])),
        second=entries(said([1]), said([3])),
    )
    assert why(paper.why_not_take_turn(both, part=Part.SETTLING, by=1)) == Why.TURN_OF_ANOTHER
    assert paper.why_not_take_turn(both, part=Part.SETTLING, by=3) is None
    over = now(is_over=True)
    assert why(paper.why_not_take_turn(over, part=Part.FIRST, by=1)) == Why.BATCH_IS_OVER


def entered(batch, sheet, said, part=Part.FIRST):
    return why(paper.why_not_enter(batch, part=part, sheet=sheet, said=said, asked=ASKED))


def test_a_sheet_is_entered_once_and_within_the_hand_count():
    begun = now(sheets=2, first=entries(said([1])))
    assert entered(begun, 2, said([2])) is None
    assert entered(begun, 1, said([1])) == Why.SHEET_ENTERED
    assert entered(begun, 0, said()) == entered(begun, 3, said()) == Why.MORE_THAN_COUNTED
    assert entered(begun, 2, said([12])) == Why.NOT_ON_THE_SHEET
    assert entered(begun, 2, {"q1": [1]}) == Why.NOT_ON_THE_SHEET
    assert entered(begun, 2, said(None, [1])) is None
    assert entered(now(is_over=True), 1, said()) == Why.BATCH_IS_OVER


def test_the_third_person_enters_only_what_differs():
    both = now(
        sheets=2,
        first=entries(said([1]), said([2])),
        second=entries(said([1]), said([3])),
    )
    assert both.differing == both.unsettled == [2]
    assert entered(both, 1, said([1]), Part.SETTLING) == Why.NOTHING_TO_SETTLE
    assert entered(both, 2, said([3]), Part.SETTLING) is None
    assert why(paper.why_not_close_batch(both)) == Why.STILL_DIFFERENT
    settled = now(
        sheets=2,
        first=both.of(Part.FIRST),
        second=both.of(Part.SECOND),
        settling={2: paper.judged(ASKED, said([3]))},
    )
    assert paper.why_not_close_batch(settled) is None
    assert [sheet["q1"] for sheet in settled.final()] == [(1,), (3,)]


def test_a_batch_is_closed_only_when_both_are_through_all_sheets():
    half = now(sheets=2, first=entries(said(), said()), second=entries(said()))
    assert why(paper.why_not_close_batch(half)) == Why.ENTRIES_MISSING
    assert half.differing == []  # nothing is told of the other's entries before
    whole = now(sheets=2, first=entries(said(), said()), second=entries(said(), said()))
    assert paper.why_not_close_batch(whole) is None


def test_a_broken_limit_is_invalid_for_its_question_alone():
    assert paper.judged(ASKED, said([1, 2, 3], [1, 2])) == {"q1": (1, 2, 3), "q2": (1, 2)}
    assert paper.judged(ASKED, said([1, 2, 3, 4], [2])) == {"q1": None, "q2": (2,)}
    assert paper.judged(ASKED, said(None, [])) == {"q1": None, "q2": ()}
    assert paper.judged(ASKED, said([3, 1])) == {"q1": (1, 3), "q2": ()}


def test_two_ways_to_say_invalid_do_not_differ():
    both = now(sheets=1, first=entries(said([1, 2, 3, 4])), second=entries(said(None)))
    assert both.differing == []


def test_a_batch_is_withdrawn_before_it_is_closed_and_with_a_reason():
    facts = {"is_withdrawn": False, "is_closed": False, "reason": "한 장 더 있음"}
    assert paper.why_not_withdraw(**facts) is None
    assert why(paper.why_not_withdraw(**facts | {"reason": " "})) == Why.REASON_MISSING
    assert why(paper.why_not_withdraw(**facts | {"is_closed": True})) == Why.BATCH_IS_OVER
    assert why(paper.why_not_withdraw(**facts | {"is_withdrawn": True})) == Why.BATCH_IS_OVER


@pytest.mark.parametrize(
    ("boxes", "expected"),
    [
        (paper.Boxes(), None),
        (paper.Boxes(uncounted=["강당"]), Why.BOX_NOT_COUNTED),
        (paper.Boxes(unbatched={"강당": 0, "분관": 1}), Why.SHEETS_LEFT),
        (paper.Boxes(unbatched={"강당": 0}), None),
        (paper.Boxes(unclosed=[2]), Why.BATCHES_OPEN),
    ],
)
def test_counts_are_confirmed_when_every_box_is_counted_batched_and_closed(boxes, expected):
    assert why(paper.why_not_ready(boxes)) == expected


def test_the_leaf_promises_the_sums_and_of_shown_ballots_only_a_hash():
    sheets = [{"q1": (1,), "q2": (1, 2)}, {"q1": None, "q2": ()}, {"q1": (), "q2": (1,)}]
    nonce = bytes(32)
    content = paper.content_of(
        number=3,
        booths=[2, 1],
        style="전체",
        sheets=sheets,
        asked=ASKED,
        shown={"q1": Shown.CHOICES, "q2": Shown.PUBLIC},
        nonce=nonce,
    )
    told = json.loads(content)
    assert told["questions"]["q1"] == {"valid": 1, "blank": 1, "invalid": 1, "votes": {"1": 1}}
    assert told["questions"]["q2"] == {"ballots": sha256(nonce + b"\n1\n1,2").hexdigest()}
    assert (told["booths"], told["sheets"]) == ([1, 2], 3)
    assert paper.leaf_of(nonce, content) == sha256(nonce + content).digest()


def cell(opened, invalid=0):
    return {"opened": opened, "invalid": invalid}


def together(cells, sheets, smallest=3):
    return paper.with_paper(cells, sheets, smallest=smallest, fallback="합계")


def test_paper_joins_the_cell_of_its_style():
    found = together({"가": cell([[1], [2]])}, {"가": [(1,), None]})
    assert sorted(found["가"]["opened"]) == [[1], [1], [2]]
    assert found["가"]["invalid"] == 1


def test_cells_that_the_opener_merged_stay_merged():
    found = together({"합계": cell([[1], [2], [1]])}, {"가": [(1,)], "나": [(2,)]})
    assert list(found) == ["합계"]
    assert len(found["합계"]["opened"]) == 5


@pytest.mark.parametrize(
    ("of_b", "cells"),
    [
        ([(1,), (2,), (1,)], {"가", "나"}),  # three, of two minds
        ([(1,), (2,)], {"합계"}),  # too few
        ([(1,), (1,), (1,)], {"합계"}),  # of one mind
    ],
)
def test_a_cell_of_paper_that_is_too_small_or_of_one_mind_is_merged(of_b, cells):
    found = together({"가": cell([[1], [2], [1]])}, {"나": of_b})
    assert set(found) == cells


def test_one_cell_alone_is_never_merged():
    assert list(together({}, {"전체": [(1,)]})) == ["전체"]


@pytest.mark.parametrize(
    ("batches", "asked", "told"),
    [
        ([(1, 20)], 20, {1}),
        ([(1, 19)], 19, set()),
        ([(1, 20)], 39, set()),  # nineteen would be left over
        ([(1, 20)], 40, {1}),
        ([(1, 20), (2, 50)], 75, {2}),  # five online: the smallest batch joins them
        ([(1, 20), (2, 20)], 41, {2}),
        ([(1, 12), (2, 50)], 62, set()),  # twelve alone would be found by subtraction
    ],
)
def test_sums_of_a_batch_are_told_when_neither_it_nor_the_rest_is_small(batches, asked, told):
    rows = [(number, {"q1"}, sheets) for number, sheets in batches]
    assert paper.batches_told(rows, asked={"q1": asked}) == told


def test_sheets_taken_away_are_what_is_left_over_and_never_below_nothing():
    left = paper.not_handed_in
    assert left(given=50, back=2, refused=1, in_box=45) == 2
    assert left(given=50, back=2, refused=0, in_box=49) == 0


def test_the_audit_sample_is_drawn_by_the_public_seed():
    assert paper.sample(50, size=5, seed="3 11 19") == paper.sample(50, size=5, seed="3 11 19")
    assert paper.sample(50, size=5, seed="3 11 19") != paper.sample(50, size=5, seed="3 11 20")
    assert paper.sample(3, size=5, seed="x") == [1, 2, 3]


def figures(**booth):
    usual = {
        "number": 1,
        "in_box": 38,
        "not_handed_in": 2,
        "sheets": 40,
        "signatures": 45,
        "in_person": 45,
        "batched": 38,
    }
    return Figures(
        roll=100,
        participants={Channel.PAPER: 40, Channel.KIOSK: 5},
        opened=5,
        board_is_whole=True,
        roll_is_as_frozen=True,
        list_is_as_fixed=True,
        poll_book_is_as_derived=True,
        questions=[],
        booths=[BoothFigures(**usual | booth)],
    )


@pytest.mark.parametrize(
    ("booth", "fails"),
    [
        ({}, set()),
        ({"sheets": 39}, {"b1.sheets_are_checked_in"}),
        ({"in_box": 39, "batched": 39}, {"b1.sheets_are_checked_in"}),
        ({"in_box": 39, "not_handed_in": 1, "batched": 39}, set()),
        ({"signatures": 44}, {"b1.signatures"}),
        ({"batched": 37}, {"b1.every_sheet_in_a_batch"}),
    ],
)
def test_the_equations_of_a_booth(booth, fails):
    assert {each.name for each in rules.equations(figures(**booth)) if not each.holds} == fails


def publish(found, explained=()):
    return why(
        rules.why_not_publish(State.OPENED, counted=True, figures=found, explained=explained)
    )


def test_a_mismatch_blocks_publication_until_two_published_a_reason():
    assert publish(figures()) is None
    wrong = figures(signatures=44)
    assert publish(wrong) == Why.PUBLICATION_BLOCKED
    assert publish(wrong, {"b1.signatures: 44 = 45"}) is None
    assert publish(wrong, {"b1.signatures: 43 = 45"}) == Why.PUBLICATION_BLOCKED


def explain(equation, *, could_change=False, reason="서명 한 줄이 빠졌습니다"):
    return why(
        rules.why_not_explain(
            State.OPENED,
            counted=True,
            equation=equation,
            could_change=could_change,
            reason=reason,
        )
    )


def test_only_what_people_counted_is_explained_and_only_where_it_decides_nothing():
    signatures = rules.Equation("b1.signatures", 44, "=", 45)
    assert signatures.gap == 1
    assert explain(signatures) is None
    assert explain(signatures, reason=" ") == Why.REASON_MISSING
    assert explain(signatures, could_change=True) == Why.COULD_CHANGE_AN_OUTCOME
    assert explain(rules.Equation("b1.signatures", 45, "=", 45)) == Why.NOTHING_TO_EXPLAIN
    assert explain(rules.Equation("list_is_as_fixed", 0, "=", 1)) == Why.NOTHING_TO_EXPLAIN
    assert explain(None) == Why.NOTHING_TO_EXPLAIN
