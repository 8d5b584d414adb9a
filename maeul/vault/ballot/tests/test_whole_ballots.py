"""Budgets whose rule must know what was chosen together: Equal Shares, Phragmén."""

import subprocess
import sys
from functools import partial
from zipfile import ZipFile

import pytest

from decide import pabulib
from decide.budgeting.profile import Profile
from maeul.core.refusal import Refused
from maeul.vault.ballot import actions, verify
from maeul.vault.ballot.actions.draft import OptionText
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.counting import method_of
from maeul.vault.ballot.models import Outcome
from maeul.vault.ballot.rules import Rule, Why
from maeul.vault.ballot.tests import factories

pytestmark = pytest.mark.django_db

COSTS = (480, 420, 280, 100, 120)
TWO_GROUPS = [{"q1": [1, 2]}] * 6 + [{"q1": [3, 4, 5]}] * 4


def refused(why):
    return pytest.raises(Refused, check=lambda refusal: refusal.why == why)


def run_verify(parcel):
    checked = subprocess.run(
        [sys.executable, "-I", verify.__file__, parcel], capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr
    return checked.stdout


def shared_budget(election, *, at, **facts):
    """The small vote of the page on counting, its ten electors in two groups."""
    options = [
        OptionText(title=title, cost=cost)
        for title, cost in zip(("가로등", "쉼터", "그늘막", "텃밭", "책"), COSTS, strict=True)
    ]
    facts = {"rule": "equal_shares", "whole_ballots": "public"} | facts
    parameters = {"budget": 1000, "utility": "cost", "completion": "utilitarian", "ties": "number"}
    return factories.budget_question(
        election, at=at, options=options, at_most=5, parameters=parameters, **facts
    )


def shared_vote(at, **facts):
    """Counted by whole ballots and published."""
    questions = (partial(shared_budget, **facts),)
    election = factories.frozen(at=at, electors=factories.walk_ins(10), questions=questions)
    for elector, choices in zip(election.electors.order_by("number"), TWO_GROUPS, strict=True):
        factories.cast(election, elector, at=at, **choices)
    election = factories.opened(factories.closed(election))
    return factories.published(factories.counted(election))


def test_with_equal_shares_each_reads_who_paid_and_who_could_not(at):
    election = shared_vote(at)
    told = {row.option.number: row for row in Outcome.objects.of(election)}
    assert [number for number, row in told.items() if row.won] == [1, 3, 4, 5]
    assert told[1].sentence == (
        "값이 같아 미리 정한 추첨 숫자로 1번째 차례가 되었고,"  # level with the second
        " 고른 분들이 한 사람에 많아야 80원씩 내어 선정되었습니다."
    )
    assert told[5].sentence == "몫으로 살 수 있는 것을 다 산 다음, 남은 예산으로 선정되었습니다."
    assert told[2].sentence.startswith(
        "고른 분들에게 남은 몫이 모두 120원이라 300원 모자랐습니다."
        " 이분들의 몫은 먼저 ‘가로등’에 480원 쓰였습니다."
    )
    assert (told[2].gathered, told[1].gathered) == (120, 480)


def test_the_votes_that_a_loser_of_equal_shares_lacked_would_have_been_enough(at):
    election = shared_vote(at)
    [loser] = Outcome.objects.of(election).filter(won=False)
    missing = loser.facts["missing_votes"]

    def wins(more):
        ballots = [["1", "2"]] * 6 + [["3", "4", "5"]] * 4 + [["2"]] * more
        costs = {str(n): cost for n, cost in enumerate(COSTS, 1)}
        method = method_of(
            Rule.EQUAL_SHARES, {"utility": "cost", "completion": "utilitarian"}, ties="12345"
        )
        return "2" in method(Profile.from_ballots(ballots, costs, 1000)).winners

    assert wins(missing)
    assert not any(wins(fewer) for fewer in range(missing))


@pytest.mark.parametrize("rule", ["equal_shares", "phragmen"])
def test_what_is_counted_by_whole_ballots_can_be_counted_again_from_the_bundle(at, tmp_path, rule):
    election = shared_vote(at, rule=rule)
    parcel = tmp_path / "bundle.zip"
    parcel.write_bytes(bytes(election.bundle.content))
    assert "q1: 다시 세었습니다. 선정 " in run_verify(parcel)
    with ZipFile(parcel) as archive:
        told = pabulib.parse(archive.read("election.pb").decode(), strict=True)
    assert len(told.ballots) == 10


def test_before_observers_only_sums_are_handed_out(at, tmp_path):
    election = shared_vote(at, whole_ballots="witnessed")
    parcel = tmp_path / "bundle.zip"
    parcel.write_bytes(bytes(election.bundle.content))
    with ZipFile(parcel) as archive:
        names = archive.namelist()
        rows = archive.read("ballots.csv").decode().splitlines()[1:]
    assert "election.pb" not in names
    assert len(rows) == 6 * 2 + 4 * 3  # a line for each choice
    assert "표를 통째로 공개하지 않아 선정은 볼 수 없습니다" in run_verify(parcel)


def test_a_rule_that_needs_whole_ballots_is_refused_where_they_are_not_told(at):
    election = factories.drafted(at=at)
    with refused(Why.WHOLE_BALLOTS_NEEDED):
        shared_budget(election, at=at, whole_ballots="choices")


def test_the_rule_changes_in_a_draft_and_in_nothing_else(at):
    election = factories.drafted(at=at, electors=factories.walk_ins(5))
    question = factories.budget_question(election, at=at)
    shares = {
        "rule": "equal_shares",
        "parameters": {"budget": 1000, "utility": "cost", "completion": "none"},
        "whole_ballots": "public",
    }
    changed = actions.set_rule(question=question, **shares, by=election.clerk, at=at)
    assert (changed.rule, changed.whole_ballots) == ("equal_shares", "public")
    with refused(Why.PARAMETER_UNKNOWN):
        actions.set_rule(
            question=question,
            **shares | {"parameters": {"budget": 1000, "utility": "joy", "completion": "none"}},
            by=election.clerk,
            at=at,
        )
    with clock_at(at):
        actions.freeze(election=election, by=election.clerk, at=at)
    with refused(Why.NOT_A_DRAFT):
        actions.set_rule(question=question, **shares, by=election.clerk, at=at)
