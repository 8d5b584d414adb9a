"""Ranks and points on paper: entered blind by two, told as sums, counted with the rest."""

from functools import partial

import pytest
from django.urls import reverse

from maeul.core.refusal import Refused
from maeul.vault.ballot import actions, paper, verify
from maeul.vault.ballot.marks import MARKINGS
from maeul.vault.ballot.models import Outcome, PaperEntry
from maeul.vault.ballot.rules import Why
from maeul.vault.ballot.tests import factories
from maeul.vault.ballot.tests.test_marking import files_of, ranked_question, scored_question
from maeul.vault.ballot.tests.test_paper import ON_PAPER
from maeul.vault.ballot.tests.test_paper_pages import press, read
from maeul.vault.ballot.tests.test_verify import in_browser, summed_up
from maeul.vault.ballot.tests.test_verify_paper import batch as changed
from maeul.vault.ballot.tests.test_verify_paper import rehung
from maeul.vault.ballot.tests.test_verify_whole import is_refused

pytestmark = pytest.mark.django_db

FIRST = {"q1": [2, 1], "q2": [[1, 5], [2, 5]]}
SECOND = {"q1": [3, 2, 4], "q2": [[4, 2]]}
NOTHING = {"q1": [], "q2": []}
SPOILT = {"q1": None, "q2": None}


def questions(shown):
    return (partial(ranked_question, whole_ballots=shown), scored_question)


def small(at, sheets):
    election = factories.with_sheets(
        at=at, sheets=[sheets], questions=questions("witnessed"), **ON_PAPER
    )
    return factories.box_opened(election)


def paper_vote(at, shown="witnessed"):
    """A booth of 23 sheets and twenty who voted online."""
    online = [{"q1": [1], "q2": [(1, 3)]}] * 20
    election = factories.with_sheets(at=at, sheets=[23], online=online, questions=questions(shown))
    factories.box_opened(election)
    factories.closed_batch(election, [FIRST] * 12 + [SECOND] * 9 + [NOTHING, SPOILT])
    election = factories.opened(election)
    return factories.published(factories.counted(election))


@pytest.mark.parametrize("shown", ["witnessed", "public"])
def test_sheets_count_beside_opened_ballots_and_can_be_counted_again(at, shown):
    election = paper_vote(at, shown)
    outcomes = Outcome.objects.of(election)
    points = [(o.option.question.key, o.option.number, o.votes) for o in outcomes]
    # first place 3, second 2, third 1: 20 × [1], 12 × [2 1], 9 × [3 2 4]
    assert sorted(points) == [
        ("q1", 1, 84), ("q1", 2, 54), ("q1", 3, 27), ("q1", 4, 9),
        ("q2", 1, 120), ("q2", 2, 60), ("q2", 3, 0), ("q2", 4, 18),
    ]  # fmt: skip
    files = files_of(election)
    told = files["paper_batches.csv"].decode()
    assert ('""2:1"":12' in told) is (shown == "witnessed")  # option 2 in first place
    assert '""1:5"":12' in told
    said = list(verify.check(files))
    assert any(line.startswith("q1: 다시 세었습니다. 선정 1, 2") for line in said)
    assert any(line.startswith("q2: 다시 세었습니다. 선정 1, 2") for line in said)


def place_moved(said):
    said["questions"]["q1"]["votes"] |= {"1:2": 0, "1:3": 12}


MUTANTS = {
    "a place moved down": rehung(place_moved),
    "a first place more": rehung(lambda said: said["questions"]["q1"]["votes"].update({"2:1": 13})),
    "an option nobody offered": rehung(
        lambda said: said["questions"]["q1"]["votes"].update({"9:1": 1})
    ),
    "more points than may be given": rehung(
        lambda said: said["questions"]["q2"]["votes"].update({"1:6": 1})
    ),
    "points of a batch raised": rehung(
        lambda said: said["questions"]["q2"]["votes"].update({"4:2": 0, "4:3": 9})
    ),
    "a mark that is none": rehung(lambda said: said["questions"]["q2"]["votes"].update({"1": 1})),
    "a sheet less": changed(1, lambda row: row.update(sheets="22")),
}


def test_whatever_was_changed_of_ranks_and_points_on_paper_is_found(at):
    files = files_of(paper_vote(at))
    assert not is_refused(summed_up(files))
    missed = [what for what, change in MUTANTS.items() if not is_refused(summed_up(change(files)))]
    assert missed == []


@pytest.mark.browser
def test_the_browser_finds_the_same(at, check_page):
    files = files_of(paper_vote(at))
    [honest] = in_browser(check_page, files)
    assert isinstance(honest, list), honest
    found = in_browser(check_page, *[summed_up(change(files)) for change in MUTANTS.values()])
    missed = [what for what, said in zip(MUTANTS, found, strict=True) if isinstance(said, list)]
    assert missed == []


def test_places_and_points_are_typed_sheet_after_sheet(client, at):
    election = small(at, 4)
    factories.batch_of(election, {election.tables[0]: 4})
    helper = election.tables[0].helper
    page = press(client, helper, reverse("ballot:take_turn", args=[election.pk, 1, "first"]))
    assert "같은 순위가 둘이거나 건너뛴 순위가 있으면 무효입니다" in page
    assert "2. 조명" in page
    enter = reverse("ballot:enter", args=[election.pk, 1])
    page = press(client, helper, enter, sheet=1, q1_0="2", q1_1="1", q2_0="5", q2_3="1")
    assert "무엇부터 할까요? 1순위 2, 2순위 1" in page
    assert "몇 점인가요? 1번 5점, 4번 1점" in page
    page = press(client, helper, enter, sheet=2, q1_0="1", q1_1="3")  # no second place
    assert "무엇부터 할까요? 무효 · 몇 점인가요? 기권" in page
    page = press(client, helper, enter, sheet=3, q1_0="1", q1_4="on", q2_0="-1")
    assert "가운데 하나만 골라 주세요" in page
    assert 'value="-1"' in page  # nothing typed is lost
    press(client, helper, enter, sheet=3, q1_4="on", q2_0="6")  # more than may be given to one
    said = PaperEntry.objects.filter(turn__clerk=helper).order_by("sheet")
    assert [each.said for each in said] == [
        {"q1": [2, 1], "q2": [[1, 5], [4, 1]]},
        {"q1": None, "q2": []},
        {"q1": None, "q2": [[1, 6]]},
    ]
    asked = election.frozen().questions_of("전체")
    assert paper.judged(asked, said[0].said) == {"q1": (2, 1), "q2": ((1, 5), (4, 1))}
    assert paper.judged(asked, said[2].said) == {"q1": None, "q2": None}


def test_an_entry_that_no_sheet_can_say_is_refused(at):
    election = small(at, 1)
    batch = factories.batch_of(election, {election.tables[0]: 1})
    turn = actions.take_turn(batch=batch, part="first", by=election.clerk, at=at)
    for wrong in ({"q1": [9], "q2": []}, {"q1": [1, 1], "q2": []}, {"q1": [], "q2": [[9, 1]]}):
        with pytest.raises(Refused, check=lambda no: no.why == Why.NOT_ON_THE_SHEET):
            actions.enter(turn=turn, sheet=1, said=wrong, by=election.clerk, at=at)


def test_sheets_are_printed_with_how_they_are_marked(client, at):
    election = factories.at_booths(at=at, questions=questions("witnessed"), **ON_PAPER)
    client.force_login(election.clerk)
    answer = client.get(reverse("ballot:sheets", args=[election.pk]), {"copies": 1})
    assert answer["Content-Type"] == "application/pdf"
    assert read(client, election.clerk, reverse("ballot:election", args=[election.pk]))


@pytest.mark.parametrize(
    ("marking", "marks", "answer"),
    [
        ("choose", [(1, 1), (3, 1)], [1, 3]),
        ("rank", [(1, 2), (3, 1)], [3, 1]),
        ("rank", [(1, 1), (3, 1)], None),
        ("rank", [(1, 2)], None),
        ("rank", [], []),
        ("score", [(1, 2), (3, 5)], [[1, 2], [3, 5]]),
    ],
)
def test_what_the_boxes_of_a_sheet_say(marking, marks, answer):
    assert MARKINGS[marking].of_sheet(marks) == answer
