"""Paper, from the shut box to the published bundle, with the database."""

import io
import json
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, transaction

from maeul.core.refusal import Refused
from maeul.vault.ballot import actions, verify
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.models import BoardEntry, OpenedBallot, Outcome, PaperEntry, Tally
from maeul.vault.ballot.rules import LOST_AFTER, State, Why
from maeul.vault.ballot.tests import factories
from maeul.vault.ballot.tests.test_verify import summed_up

pytestmark = pytest.mark.django_db

BOTH, BENCH, LAMPS, BLANK, UNREADABLE = (
    {"q1": [1, 3]}, {"q1": [1]}, {"q1": [2]}, {"q1": []}, {"q1": None},
)  # fmt: skip
ON_PAPER = {"channels": ["paper"]}


def refused(why):
    return pytest.raises(Refused, check=lambda refusal: refusal.why == why)


def small(at, *, number=4, **facts):
    """So many sheets in the box of one booth, counted by two; nothing else."""
    return factories.box_opened(factories.with_sheets(at=at, sheets=[number], **ON_PAPER | facts))


def files_of(election):
    with ZipFile(io.BytesIO(bytes(election.bundle.content))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tallied(election):
    rows = Tally.objects.filter(question__election=election)
    return sorted(rows.values_list("cell", "valid", "blank", "invalid"))


def test_paper_alone_goes_from_the_box_to_winners_and_a_bundle_that_verifies(at):
    election = small(at, number=5)
    factories.closed_batch(election, [BOTH, LAMPS, LAMPS, BLANK, UNREADABLE])
    election = factories.confirmed_on_paper(election)
    assert election.state == State.OPENED
    assert tallied(election) == [("전체", 3, 1, 1)]
    election = factories.published(factories.counted(election))
    won = Outcome.objects.filter(won=True).values_list("option__number", flat=True)
    assert set(won) == {2, 3}
    told = list(verify.check(files_of(election)))
    assert any("종이 묶음 1개" in sentence for sentence in told)


def test_paper_counts_beside_the_opened_ballots(at):
    online = [{"q1": [1]}] * 2
    election = factories.with_sheets(at=at, sheets=[3], online=online)
    factories.box_opened(election)
    factories.closed_batch(election, [LAMPS, LAMPS, LAMPS])
    tables = election.tables
    election = factories.opened(election)
    election.tables = tables
    assert tallied(election) == [("전체", 5, 0, 0)]
    election = factories.published(factories.counted(election))
    assert dict(Outcome.objects.values_list("option__number", "votes")) == {1: 2, 2: 3, 3: 0}
    assert list(verify.check(files_of(election)))


def test_boxes_stay_shut_until_closing_and_the_fixed_list(at):
    election = factories.with_sheets(at=at, sheets=[1], **ON_PAPER)
    [hall] = election.tables
    with refused(Why.BOX_STILL_SHUT):
        actions.count_box(booth=hall, sheets=1, by=election.clerk, at=at)
    running = factories.at_booths(at=at, channels=["paper"])
    with refused(Why.NOT_CLOSED):
        actions.count_box(booth=running.tables[0], sheets=1, by=running.clerk, at=at)


def test_a_box_holds_what_two_people_counted_alike(at):
    election = factories.with_sheets(at=at, sheets=[3], **ON_PAPER)
    [hall] = election.tables
    actions.fix_list(election=election, by=election.clerk, at=at)
    assert actions.count_box(booth=hall, sheets=3, by=election.clerk, at=at) is None
    assert actions.count_box(booth=hall, sheets=3, by=election.clerk, at=at) is None  # alone
    assert actions.count_box(booth=hall, sheets=2, by=election.chair, at=at) is None
    assert actions.count_box(booth=hall, sheets=3, by=election.chair, at=at) == 3
    with refused(Why.BOX_IS_COUNTED):
        actions.count_box(booth=hall, sheets=2, by=hall.helper, at=at)


def test_nobody_counts_who_is_neither_officer_nor_clerk(at, stranger):
    election = small(at, number=2)
    [hall] = election.tables
    with refused(Why.NOT_COUNTING):
        actions.make_batch(election=election, style="전체", shares={hall: 2}, by=stranger, at=at)
    batch = factories.batch_of(election, {hall: 2})
    with refused(Why.NOT_COUNTING):
        actions.take_turn(batch=batch, part="first", by=stranger, at=at)


def test_two_who_read_a_sheet_differently_are_settled_by_a_third(at):
    election = small(at, number=2)
    [hall] = election.tables
    batch = factories.batch_of(election, {hall: 2})
    factories.entered(batch, [BENCH, LAMPS], by=election.chair, part="first")
    factories.entered(batch, [BENCH, BENCH], by=hall.helper, part="second")
    with refused(Why.STILL_DIFFERENT):
        actions.close_batch(batch=batch, by=election.clerk, at=at)
    for known in (election.chair, hall.helper):
        with refused(Why.TURN_OF_ANOTHER):
            actions.take_turn(batch=batch, part="settling", by=known, at=at)
    turn = actions.take_turn(batch=batch, part="settling", by=election.clerk, at=at)
    with refused(Why.NOTHING_TO_SETTLE):
        actions.enter(turn=turn, sheet=1, said=LAMPS, by=election.clerk, at=at)
    actions.enter(turn=turn, sheet=2, said=LAMPS, by=election.clerk, at=at)
    actions.close_batch(batch=batch, by=election.clerk, at=at)
    election = factories.confirmed_on_paper(election)
    assert sorted(OpenedBallot.objects.values_list("choices", flat=True)) == [[1], [2]]
    [told] = actions.discrepancies(election).batches
    assert (told.sheets, told.differing) == (2, 1)


def test_an_entry_is_never_edited_and_a_retry_is_the_same_entry(at):
    election = small(at, number=2)
    batch = factories.batch_of(election, {election.tables[0]: 2})
    turn = factories.entered(batch, [BENCH], by=election.chair, part="first")
    again = actions.enter(turn=turn, sheet=1, said=BENCH, by=election.chair, at=at)
    assert PaperEntry.objects.get() == again
    with refused(Why.SHEET_ENTERED):
        actions.enter(turn=turn, sheet=1, said=LAMPS, by=election.chair, at=at)
    with refused(Why.TURN_TAKEN):
        actions.enter(turn=turn, sheet=2, said=LAMPS, by=election.clerk, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperEntry.objects.update(said=LAMPS)


def test_a_miscounted_batch_is_withdrawn_and_its_sheets_are_tied_anew(at):
    election = small(at, number=3)
    [hall] = election.tables
    wrong = factories.batch_of(election, {hall: 2})
    with refused(Why.BATCH_TOO_SMALL):
        factories.batch_of(election, {hall: 1})
    with refused(Why.NOT_AN_OFFICER):
        actions.withdraw_batch(batch=wrong, reason="한 장 더 있음", by=hall.helper, at=at)
    actions.withdraw_batch(batch=wrong, reason="한 장 더 있음", by=election.clerk, at=at)
    with refused(Why.BATCH_IS_OVER):
        actions.take_turn(batch=wrong, part="first", by=election.chair, at=at)
    factories.closed_batch(election, [BENCH, LAMPS, LAMPS])
    election = factories.published(factories.counted(factories.confirmed_on_paper(election)))
    files = files_of(election)
    assert json.loads(files["reconciliation.json"])["paper"]["withdrawn"] == [
        {"batch": 1, "reason": "한 장 더 있음"}
    ]
    assert list(verify.check(files))


def test_counts_are_confirmed_by_two_officers_and_only_when_all_paper_is_through(at):
    election = small(at, number=2)
    [hall] = election.tables
    with refused(Why.SHEETS_LEFT):
        actions.confirm_counts(election=election, by=election.clerk, at=at)
    batch = factories.batch_of(election, {hall: 2})
    with refused(Why.BATCHES_OPEN):
        actions.confirm_counts(election=election, by=election.clerk, at=at)
    factories.entered(batch, [BENCH, BENCH], by=election.chair, part="first")
    factories.entered(batch, [BENCH, BENCH], by=hall.helper, part="second")
    actions.close_batch(batch=batch, by=election.clerk, at=at)
    actions.confirm_counts(election=election, by=election.clerk, at=at)
    with refused(Why.SAME_OFFICER):
        actions.confirm_counts(election=election, by=election.clerk, at=at)
    assert not OpenedBallot.objects.exists()
    assert actions.confirm_counts(election=election, by=election.chair, at=at).state == State.OPENED


def test_envelopes_are_not_opened_before_the_paper_is_through(at):
    election = factories.box_opened(factories.with_sheets(at=at, sheets=[1], online=[{"q1": [1]}]))
    result = factories.brought(election)
    with refused(Why.SHEETS_LEFT):
        actions.confirm_opening(opened=result, by=election.clerk, at=at)
    with refused(Why.OPENED_BY_HOLDERS):
        actions.confirm_counts(election=election, by=election.clerk, at=at)


def test_the_board_takes_only_closed_batches_after_closing(at):
    election = small(at, number=1)
    with pytest.raises(DatabaseError, match="nothing is added"), transaction.atomic():
        BoardEntry.objects.create(election=election, batch=9, leaf=bytes(32), head=bytes(32))
    before = actions.board_file(election)
    batch = factories.closed_batch(election, [BENCH])
    after = actions.board_file(election)
    assert after.startswith(before)
    assert after == before + after[len(before) :]
    assert bytes(batch.closing.leaf).hex() in after[len(before) :].decode()
    assert actions.board_file(election, until=actions.closing(election)[0]) == before


def test_a_sheet_more_than_was_checked_in_is_explained_by_two_or_blocks(at):
    election = factories.with_sheets(at=at, sheets=[6], **ON_PAPER)
    factories.box_opened(election, found=[7])  # somebody slipped one in
    factories.closed_batch(election, [BOTH] * 6 + [LAMPS])
    election = factories.counted(factories.confirmed_on_paper(election))
    blocked = "b1.sheets_are_checked_in: 7 = 6"
    with refused(Why.PUBLICATION_BLOCKED):
        actions.confirm_publication(election=election, by=election.clerk, at=at)

    def explain(by, reason="투표용지 두 장이 붙어 나갔습니다"):
        return actions.explain_mismatch(
            election=election, equation=blocked, reason=reason, by=by, at=at
        )

    with refused(Why.REASON_MISSING):
        explain(election.clerk, reason="")
    assert explain(election.clerk) is False
    with refused(Why.SAME_OFFICER):
        explain(election.clerk)
    with refused(Why.PUBLICATION_BLOCKED):
        actions.confirm_publication(election=election, by=election.clerk, at=at)
    assert explain(election.chair) is True
    files = files_of(factories.published(election))
    assert any("까닭을 적은 차이" in each for each in verify.check(files))
    forged = files["acts.jsonl"].replace(b'"explained"', b'"explains"')
    with pytest.raises(verify.Wrong, match="투표소 1"):
        list(verify.check(summed_up(files | {"acts.jsonl": forged})))


def test_a_mismatch_that_could_change_an_outcome_is_not_explained(at):
    election = factories.with_sheets(at=at, sheets=[3], **ON_PAPER)
    factories.box_opened(election, found=[4])
    factories.closed_batch(election, [BENCH, BENCH, LAMPS, LAMPS])
    election = factories.counted(factories.confirmed_on_paper(election))
    with refused(Why.COULD_CHANGE_AN_OUTCOME):
        actions.explain_mismatch(
            election=election,
            equation="b1.sheets_are_checked_in: 4 = 3",
            reason="모르겠습니다",
            by=election.clerk,
            at=at,
        )


@pytest.mark.parametrize("rule", ["equal_shares", "phragmen"])
def test_whole_ballots_on_paper_are_counted_and_shown_among_the_others(at, rule):
    def question(election, *, at):
        parameters = {"budget": 1000, "utility": "cost", "completion": "add1+utilitarian"}
        return factories.budget_question(
            election, at=at, rule=rule, parameters=parameters, whole_ballots="public"
        )

    online = [{"q1": [1, 3]}, {"q1": [2]}]
    election = factories.with_sheets(at=at, sheets=[3], online=online, questions=(question,))
    factories.closed_batch(factories.box_opened(election), [BOTH, LAMPS, BLANK])
    tables, election = election.tables, factories.opened(election)
    election.tables = tables
    assert tallied(election) == [("전체", 4, 1, 0)]
    files = files_of(factories.published(factories.counted(election)))
    assert files["ballots.csv"].decode().splitlines()[1:] == [
        "q1,전체,", 'q1,전체,"1,3"', 'q1,전체,"1,3"', "q1,전체,2", "q1,전체,2",
    ]  # fmt: skip
    assert list(verify.check(files))


def test_three_people_are_needed_though_a_clerk_is_officer_as_well(at):
    election = small(at, number=1)
    batch = factories.batch_of(election, {election.tables[0]: 1})
    actions.take_turn(batch=batch, part="first", by=election.clerk, at=at)
    with refused(Why.TURN_OF_ANOTHER):
        actions.take_turn(batch=batch, part="second", by=election.clerk, at=at)
    with refused(Why.TURN_TAKEN):
        actions.take_turn(batch=batch, part="first", by=election.chair, at=at)


def test_a_lost_booth_stands_on_the_board_and_its_box_is_not_counted(at):
    election = factories.at_booths(at=at, names=[f"이웃{n}" for n in range(4)], channels=["paper"])
    hall, far = election.tables
    for elector in election.electors.order_by("number"):
        table = hall if elector.booth_id == hall.pk else far
        factories.came(elector, table, "paper", at=at)
    election = factories.closed(election)
    election.tables = [hall, far]
    factories.with_report(election, hall, signatures=2, sheets_given=2)
    later = election.closes_at + LOST_AFTER
    for officer in (election.clerk, election.chair):
        with clock_at(later):
            actions.declare_booth_lost(booth=far, reason="차가 불탔습니다", by=officer, at=later)
    factories.box_opened(election, at=later)
    with refused(Why.BOOTH_IS_LOST):
        actions.count_box(booth=far, sheets=2, by=election.clerk, at=later)
    factories.closed_batch(election, [BENCH, LAMPS])
    election = factories.published(factories.counted(factories.confirmed_on_paper(election)))
    files = files_of(election)
    assert json.loads(files["reconciliation.json"])["paper"]["lost"] == [2]
    assert list(verify.check(files))
    hidden = files["acts.jsonl"].replace(b'"booth_lost"', b'"declared_lost"')
    with pytest.raises(verify.Wrong, match="마감 뒤"):
        list(verify.check(summed_up(files | {"acts.jsonl": hidden})))


def test_an_extension_stands_on_the_board_behind_the_ballots(at):
    election = factories.frozen(at=at)
    until = election.closes_at + LOST_AFTER
    for officer in (election.clerk, election.chair):
        with clock_at(at):
            actions.extend(election=election, until=until, reason="눈", by=officer, at=at)
    elector = election.electors.first()
    factories.cast(election, elector, at=at, q1=[1])
    chair, clerk = election.chair, election.clerk
    with clock_at(until):
        election = actions.close(election=election, by="system", at=until)
    election.chair, election.clerk = chair, clerk
    batch, head = actions.closing(election)
    assert batch == 1
    assert head != election.head()
    files = files_of(factories.published(factories.counted(factories.opened(election))))
    assert list(verify.check(files))
