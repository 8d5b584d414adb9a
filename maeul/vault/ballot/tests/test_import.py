"""Budgets that cities really held go through the box: same winners as the city announced."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from decide import pabulib
from maeul.vault.ballot.management.commands import import_election
from maeul.vault.ballot.models import Election, Outcome
from maeul.vault.ballot.rules import State
from tests.shared_data import needs_shared, shared_files

pytestmark = pytest.mark.django_db


def plain_greedy(path) -> bool:
    told = pabulib.read(path)
    return (
        told.vote_type == pabulib.VoteType.APPROVAL
        and told.meta.get("rule") == "greedy"
        and told.selected is not None
    )


def imported(path, tmp_path, settings, **options):
    settings.VAR = tmp_path
    said = io.StringIO()
    call_command("import_election", path, stdout=said, **options)
    return said.getvalue()


def smallest(number):
    """The smallest of the approval elections counted by plain greedy, official winners known."""
    found = []
    for path in sorted(shared_files("pabulib/*.pb"), key=lambda path: path.stat().st_size):
        if len(found) < number and plain_greedy(path):
            found.append(path)
    return found


@needs_shared
@pytest.mark.parametrize("path", smallest(3), ids=lambda path: path.stem[:40])
def test_a_real_budget_goes_through_the_box_and_has_the_citys_winners(path, tmp_path, settings):
    said = imported(path, tmp_path, settings, cast=True)
    told = pabulib.read(path)
    election = Election.objects.get()
    won = {outcome.option.reference for outcome in Outcome.objects.of(election).won()}
    assert "도시가 발표한 결과와 같습니다" in said
    assert won == set(told.selected)
    assert election.state == State.PUBLISHED
    assert election.envelopes.count() == len(told.ballots)
    with ZipFile(io.BytesIO(bytes(election.bundle.content))) as archive:
        again = pabulib.parse(archive.read("election.pb"))
    assert sorted(again.approvals().values()) == sorted(told.approvals().values())
    assert again.budget == told.budget


@needs_shared
@pytest.mark.proof
def test_all_twenty_one_real_budgets_have_their_cities_winners(tmp_path, settings):
    files = [path for path in shared_files("pabulib/*.pb") if plain_greedy(path)]
    assert len(files) == 21
    ballots = 0
    for path in files:
        imported(path, tmp_path, settings, cast=True)
        ballots += len(pabulib.read(path).ballots)
    assert ballots == 21_787
    assert Election.objects.filter(state=State.PUBLISHED).count() == 21


SMALL = """META
key;value
description;작은 예산
budget;10.50
vote_type;approval
rule;greedy
max_length;2
currency;EUR
PROJECTS
project_id;cost;name;selected
a;6.25;의자;1
b;4.25;화분;1
c;9;조명;0
VOTES
voter_id;vote
1;a,b
2;a
3;b,a
4;c
5;a
"""


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "small.pb"
    path.write_text(SMALL)
    return path


def test_defining_casts_nothing_and_doing_it_again_defines_nothing_more(small, tmp_path, settings):
    imported(small, tmp_path, settings)
    imported(small, tmp_path, settings)
    election = Election.objects.get()
    assert election.state == State.DRAFT
    assert election.electors.count() == 5
    assert [option.cost for option in election.questions.get().options.all()] == [625, 425, 900]
    assert election.questions.get().budget_text == "10.50 EUR"


def test_a_stopped_import_goes_on_where_it_stopped(small, tmp_path, settings):
    said = imported(small, tmp_path, settings, cast=True, most=2)
    election = Election.objects.get()
    assert election.envelopes.count() == 2
    assert "선정" not in said
    said = imported(small, tmp_path, settings, cast=True)
    assert election.envelopes.count() == 5
    assert "5 / 5표" in said
    assert "선정: a, b" in said
    assert "선정: a, b" in imported(small, tmp_path, settings, cast=True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("budget;10.50\n", ""), "예산(budget)"),
        (("a;6.25", "a;-6"), "11째 줄: 0보다 작은"),
        (("a;6.25", "a;많이"), "11째 줄: 숫자가"),
        (("b;4.25", "a;4.25"), "12째 줄: 같은 사업이"),
        (("rule;greedy", "rule;equalshares"), "세는 법 'equalshares'"),
        (("vote_type;approval", "vote_type;ordinal"), "고르기 투표"),
        (("VOTES", "VOTE"), "빠진 부분이"),
    ],
)
def test_a_broken_file_is_refused_with_line_and_reason_and_changes_nothing(
    small, tmp_path, settings, change, sentence
):
    small.write_text(SMALL.replace(*change))
    with pytest.raises(CommandError) as refused:
        imported(small, tmp_path, settings)
    assert sentence in str(refused.value)
    assert not Election.objects.exists()


def test_a_file_over_twenty_megabytes_is_refused(small, tmp_path, settings, monkeypatch):
    monkeypatch.setattr(import_election, "LARGEST", len(SMALL.encode()) - 1)
    with pytest.raises(CommandError, match="20MB"):
        imported(small, tmp_path, settings)


def test_a_file_that_is_not_there_is_named(tmp_path, settings):
    with pytest.raises(CommandError, match=r"nowhere\.pb"):
        imported(Path(tmp_path, "nowhere.pb"), tmp_path, settings)


def test_in_a_database_of_real_votes_nothing_is_cast(small, tmp_path, settings, monkeypatch):
    monkeypatch.setattr(import_election.clock, "is_played", lambda: False)
    with pytest.raises(CommandError, match="시범 데이터베이스"):
        imported(small, tmp_path, settings, cast=True)
    assert not Election.objects.exists()
