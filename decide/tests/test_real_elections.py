"""Cities really spent money by these counts, and published what won."""

import pytest

from decide import pabulib
from decide.budgeting.greedy import Form, greedy
from decide.budgeting.profile import Profile
from decide.budgeting.rules import RULES
from decide.pabulib import Flaw, PabulibError, VoteType
from decide.properties import is_exhaustive, never_overspends
from decide.ties import by_seed
from tests.shared_data import needs_shared, shared_files

FORMS = {"greedy": Form.SKIP, "greedy-threshold": Form.SKIP, "greedy-no-skip": Form.STOP}

# Files whose flaws a strict reading refuses; every other one is read strictly.
FLAWED = {
    # one voter named the same project four times, with a point for each
    "Poland_Czestochowa_2020": (11740, Flaw.CHOSEN_TWICE),
    # a title begins with a quoted word: "Odkupmy" i my
    "Poland_Czestochowa_2020_Grabowka": (29, Flaw.BROKEN_QUOTE),
    # one voter named a project twice, and the official number of votes counts both
    "Poland_Warszawa_2026_Brodno": (357, Flaw.CHOSEN_TWICE),
    "Poland_Warszawa_2026_Miedzylesie_Radosc": (118, Flaw.CHOSEN_TWICE),
}

# Read and written, a file comes out as it was, line ends apart, but for these: Toulouse writes
# whole euros as 4000.0, Częstochowa quotes in its own way.
REWRITTEN = ("France_Toulouse", "Poland_Czestochowa_2020", *FLAWED)

files = pytest.mark.parametrize("path", shared_files("pabulib/*.pb"), ids=lambda path: path.stem)


@needs_shared
def test_all_the_elections_are_there():
    assert len(shared_files("pabulib/*.pb")) == 146


@needs_shared
@files
def test_a_real_file_is_read_written_and_counted(path):
    data = path.read_bytes()
    election = pabulib.parse(data)
    assert (election.flaws == ()) == (path.stem not in FLAWED)
    assert len(election.ballots) == int(election.meta["num_votes"])
    assert len(election.projects) == int(election.meta["num_projects"])

    written = pabulib.write(election)
    again = pabulib.parse(written)
    assert (again.projects, again.ballots) == (election.projects, election.ballots)
    assert (again.budget, again.digits) == (election.budget, election.digits)
    assert pabulib.write(again) == written
    lines = data.decode().replace("\r\n", "\n").rstrip("\n") + "\n"
    assert written == lines.encode() or path.stem.startswith(REWRITTEN)

    rule = FORMS.get(election.meta["rule"])
    if rule:
        check_greedy(election, form=rule)


def check_greedy(election, *, form):
    """The official winners by any order of ties, for no city had a tie that mattered."""
    votes, costs, budget = election.scores(), election.costs, election.budget
    for ties in (sorted(costs), sorted(costs, reverse=True), by_seed(costs, seed="1")):
        result = greedy(votes, costs, budget=budget, ties=ties, form=form, minimum=election.minimum)
        assert never_overspends(result.winners, costs=costs, budget=budget)
        if form is Form.SKIP:
            enough = [option for option in votes if votes[option] >= election.minimum]
            assert is_exhaustive(result.winners, costs=costs, budget=budget, among=enough)
        if election.selected is not None:
            assert set(result.winners) == set(election.selected)


@needs_shared
def test_the_official_winners_are_found_in_all_92_elections_that_used_greedy():
    """Counted here, so that a file without winners cannot hide among those that agree."""
    counted = []
    for path in shared_files("pabulib/*.pb"):
        head, _, _ = path.read_text().partition("VOTES\n")
        columns = head.partition("PROJECTS\n")[2].splitlines()[0]
        rule = head.partition("\nrule;")[2].splitlines()[0]
        if "selected" in columns.split(";") and rule in FORMS:
            counted.append((rule, "vote_type;approval" in head))
    assert len(counted) == 92
    assert counted.count(("greedy", True)) == 21


@needs_shared
def test_no_file_with_official_winners_is_left_out():
    rules = []
    for path in shared_files("pabulib/*.pb"):
        head = path.read_text().partition("VOTES\n")[0]
        if "selected" in head.partition("PROJECTS\n")[2].splitlines()[0].split(";"):
            rules.append(head.partition("\nrule;")[2].splitlines()[0])
    assert len(rules) == 94
    assert {rule for rule in rules if rule not in FORMS} == {"equalshares/add1"}


@needs_shared
@pytest.mark.parametrize("stem", FLAWED)
def test_a_strict_reading_names_line_and_reason(stem):
    [path] = shared_files(f"pabulib/{stem}.pb")
    with pytest.raises(PabulibError) as refused:
        pabulib.read(path, strict=True)
    line, flaw = FLAWED[stem]
    assert refused.value.code is flaw
    assert refused.value.line == line


@needs_shared
@pytest.mark.parametrize(
    ("stem", "vote_type", "first", "most"),
    [
        ("Poland_Warszawa_2019_Wesola", VoteType.APPROVAL, ("728", "932", "1663"), 738),
        ("Netherlands_Amsterdam_643", VoteType.CHOOSE_1, ("44250",), 40),
        ("Poland_Katowice_2025_Bogucice", VoteType.CUMULATIVE, ("L13/04/XII",), 1486),
        ("Poland_Krakow_2024_Zwierzyniec", VoteType.ORDINAL, ("BO.D7.6/24", "BO.D7.23/24"), 727),
    ],
)
def test_each_vote_type_is_read_as_the_city_counted_it(stem, vote_type, first, most):
    [path] = shared_files(f"pabulib/{stem}.pb")
    election = pabulib.read(path)
    assert election.vote_type is vote_type
    assert election.ballots[0].choices[: len(first)] == first
    assert max(election.scores().values()) == most


@needs_shared
@pytest.mark.parametrize("stem", ["Netherlands_Assen_2024", "Poland_Swiecie_2023"])
@pytest.mark.parametrize("stop", ["exhaustive", "feasible"])
def test_the_two_cities_that_used_equal_shares_find_their_winners(stem, stop):
    """Cost utilities, add-one by one euro, one złoty; either stop finds the official ones."""
    [path] = shared_files(f"pabulib/{stem}.pb")
    election = pabulib.read(path)
    profile = Profile.from_election(election)
    ties = sorted(profile.projects)
    result = RULES["equal-shares"](profile, ties=ties, completion="add1", stop=stop)
    assert set(result.winners) == set(election.selected)
    climbed = RULES["equal-shares"](profile, ties=ties, completion="add1", stop=stop, leap=False)
    assert climbed == result
