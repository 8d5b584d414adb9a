from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide import pabulib
from decide.budgeting.profile import Profile
from decide.budgeting.reading import parse, read
from decide.pabulib import Flaw, PabulibError
from decide.tests.test_pabulib import HARD, POINTS, SMALL, SOFT, changed, elections
from tests.shared_data import needs_shared, shared_files


def ballots(profile):
    """What stands in a profile, whatever the order of its rows."""
    counted = Counter()
    for row, count in enumerate(profile.count.tolist()):
        part = slice(profile.starts[row], profile.starts[row + 1])
        chosen = profile.chosen[part].tolist()
        scores = [None] * len(chosen) if profile.scores is None else profile.scores[part].tolist()
        counted[frozenset(zip(chosen, scores, strict=True))] += count
    assert len(counted) == len(profile.count), "equal ballots are merged"
    return profile.projects, profile.costs, profile.budget, profile.unit, +counted


def told(read, data):
    """What a reading comes to: the ballots, or the flaw and line that refuse them."""
    try:
        return ballots(read(data))
    except PabulibError as error:
        return error.code, error.line


def assert_same(data):
    assert told(parse, data) == told(lambda all: Profile.from_election(pabulib.parse(all)), data)


@needs_shared
def test_every_real_file_is_read_as_by_the_full_reading():
    for path in shared_files("pabulib/*.pb"):
        assert ballots(read(path)) == ballots(Profile.from_election(pabulib.read(path))), path.stem


@given(elections())
def test_every_election_is_read_as_by_the_full_reading(election):
    assert_same(pabulib.write(election))


@pytest.mark.parametrize(("old", "new"), [(old, new) for old, new, _, _ in SOFT])
def test_flaws_are_treated_as_by_the_full_reading(old, new):
    assert_same(changed(old, new).encode())


@pytest.mark.parametrize(
    "votes",
    [
        "1;a,b;34\n2; b ,a ;1\n3;b,a;x\n",  # spaces, another order
        "1;a,a;34\n2;a,b,a;\n",  # twice on a ballot
        "1;;34\n2; ;\nVOTES;;\n",  # a section where none can be
        "1;a;34\n\n2;b;\n  \n3;;",  # blank lines, no last line end
        '1;a;34\n2;"a,b";3\n',
        "1;z;34\n2;z,a;3\n3;b,,a;3\n",
        "1;a;34;9\n2;a\n",
        "1;가,b;x\n",
        "",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_unusual_votes_are_read_as_by_the_full_reading(votes, end):
    head = SMALL[: SMALL.index("1;a,b;34")]
    assert_same((head + votes).replace("\n", end).encode())


@pytest.mark.parametrize(
    "votes",
    ["1;a,b;1,3\n2;a;3\n3;b,a;3,1", "1;a,b;1", "1;a;x\n2;a;1.0\n3;b;-2", "1;a,a;1,3", "1;;\n2;a;"],
)
@pytest.mark.parametrize("vote_type", ["cumulative", "scoring", "ordinal", "approval"])
def test_points_are_read_as_by_the_full_reading(votes, vote_type):
    head = POINTS[: POINTS.index("1;a,b;1,3")].replace("cumulative", vote_type)
    assert_same((head + votes + "\n").encode())


@pytest.mark.parametrize(("old", "new", "line", "flaw"), HARD)
def test_what_nobody_can_understand_is_refused_with_its_line(old, new, line, flaw):
    with pytest.raises(PabulibError) as refused:
        parse(changed(old, new).encode())
    assert (refused.value.code, refused.value.line) == (flaw, line)


def test_sections_may_stand_in_any_order():
    meta, projects, votes = SMALL.index("META"), SMALL.index("PROJECTS"), SMALL.index("VOTES")
    parts = SMALL[meta:projects], SMALL[projects:votes], SMALL[votes:]
    assert_same((parts[2] + parts[0] + parts[1]).encode())


def test_a_lone_carriage_return_among_the_columns_begins_the_ballots():
    assert_same(SMALL.replace("voter_id;vote;age", "voter_id;vote;\r;age").encode())


def test_a_strict_reading_names_line_and_reason():
    with pytest.raises(PabulibError) as refused:
        parse(changed("3;b;71", "3;b,b;71").encode(), strict=True)
    assert (refused.value.code, refused.value.line) == (Flaw.CHOSEN_TWICE, 19)


@given(st.data())
def test_a_damaged_file_is_read_or_refused_as_by_the_full_reading(data):
    text = data.draw(st.sampled_from([SMALL, POINTS]))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 20)))
    middle = data.draw(st.text('ab;,"\n-.1\r ', max_size=6))
    damaged = (text[:start] + middle + text[end:]).encode()
    assert_same(damaged)
