from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.pabulib import (
    Ballot,
    Election,
    Flaw,
    PabulibError,
    Project,
    VoteType,
    parse,
    write,
)

SMALL = """\
META
key;value
num_projects;2
num_votes;3
budget;1000.5
vote_type;approval
rule;greedy
min_length;1
max_length;2
currency;PLN
PROJECTS
project_id;cost;votes;name;selected
a;600;2;Lamps;1
b;400.25;2;"Garden; with ""roses""\";0
VOTES
voter_id;vote;age
1;a,b;34
2;a;
3;b;71
"""


def changed(old, new, *, text=SMALL):
    assert old in text
    return text.replace(old, new)


def findings(text):
    return [(finding.line, finding.flaw) for finding in parse(text).flaws]


def test_a_file_becomes_an_election_with_exact_amounts():
    election = parse(SMALL, strict=True)
    assert (election.budget, election.digits) == (100050, 2)
    assert election.costs == {"a": 60000, "b": 40025}
    assert election.approvals() == {"a": 2, "b": 2}
    assert election.selected == ("a",)
    assert election.projects[1].fields["name"] == 'Garden; with "roses"'
    assert election.ballots[0] == Ballot("1", ("a", "b"), (), ("34",))


def test_what_was_read_is_written_as_the_same_bytes():
    assert write(parse(SMALL)) == SMALL.encode()


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + SMALL.encode(),
        SMALL.replace("\n", "\r\n").encode(),
        SMALL.replace("\n", "\r").encode(),
        SMALL.replace("\n", "\n\n").encode(),
        SMALL.replace("META", "Meta").replace("VOTES", "votes;;").encode(),
    ],
    ids=["byte order mark", "windows", "old mac", "blank lines", "spelling of sections"],
)
def test_ways_of_writing_that_mean_the_same(data):
    assert write(parse(data, strict=True)) == SMALL.encode()


def test_korean_from_an_old_spreadsheet_is_read():
    data = changed("Lamps", "가로등").encode("cp949")
    assert parse(data, strict=True).projects[0].fields["name"] == "가로등"


def test_a_won_has_no_hundredths():
    won = changed("PLN", "KRW")
    assert parse(changed("1000.5", "1000", text=won).replace("400.25", "400.00")).digits == 0
    with pytest.raises(PabulibError) as refused:
        parse(won, strict=True)
    assert (refused.value.code, refused.value.line) == (Flaw.TOO_FINE, 5)
    lenient = parse(won)
    assert (lenient.digits, lenient.budget) == (2, 100050)


def test_more_decimals_than_the_currency_has_are_kept_exact():
    election = parse(changed("400.25", "400.12345"))
    assert (election.digits, election.budget) == (5, 100050000)
    assert election.costs == {"a": 60000000, "b": 40012345}


def test_amounts_beyond_every_float_and_decimal_context_stay_exact():
    digits = "9" * 40
    assert parse(changed("1000.5", digits + ".01")).budget == int(digits + "01")


# Each flaw: what is changed, the line and the flaw that a strict reading names.
SOFT = [
    ("META\n", "hello\nMETA\n", 1, Flaw.STRAY_LINE),
    ("a;600;2;Lamps;1", 'a;600;2;"Lamps" on;1', 13, Flaw.BROKEN_QUOTE),
    ("a;600;2;Lamps;1", 'a;600;2;"Lamps;1', 13, Flaw.BROKEN_QUOTE),
    ("2;a;\n", "2;a\n", 18, Flaw.WRONG_WIDTH),
    ("2;a;\n", "2;a;;x\n", 18, Flaw.WRONG_WIDTH),
    ("rule;greedy\n", "", 0, Flaw.NO_KEY),
    ("rule;greedy\n", "rule;greedy\nrule;other\n", 8, Flaw.KEY_TWICE),
    ("1000.5", "1000.505", 5, Flaw.TOO_FINE),
    ("max_length;2", "max_length;2\nmin_sum_cost;x", 10, Flaw.NO_NUMBER),
    ("3;b;71", "1;b;71", 19, Flaw.VOTER_TWICE),
    ("3;b;71", "3;b,z;71", 19, Flaw.UNKNOWN_PROJECT),
    ("3;b;71", "3;b,b;71", 19, Flaw.CHOSEN_TWICE),
    ("min_length;1", "min_length;2", 18, Flaw.TOO_FEW_CHOICES),
    ("max_length;2", "max_length;1", 17, Flaw.TOO_MANY_CHOICES),
    ("max_length;2", "max_sum_cost;1000", 17, Flaw.TOO_DEAR),
    ("max_length;2", "min_sum_cost;401", 19, Flaw.TOO_CHEAP),
    ("num_projects;2", "num_projects;3", 3, Flaw.NUMBER_DIFFERS),
    ("num_votes;3", "num_votes;4", 4, Flaw.NUMBER_DIFFERS),
    ("a;600;2", "a;600;3", 13, Flaw.VOTES_DIFFER),
]
HARD = [
    ("VOTES\n", "", 0, Flaw.NO_SECTION),
    ("VOTES\n", "META\n", 15, Flaw.SECTION_TWICE),
    ("project_id;cost", "id;cost", 12, Flaw.NO_COLUMN),
    ("voter_id;vote", "voter_id;voice", 16, Flaw.NO_COLUMN),
    ("voter_id;vote;age", "voter_id;vote;vote", 16, Flaw.COLUMN_TWICE),
    ("vote_type;approval", "vote_type;cumulative", 16, Flaw.NO_COLUMN),
    ("budget;1000.5\n", "", 0, Flaw.NO_KEY),
    ("vote_type;approval", "vote_type;shouting", 6, Flaw.UNKNOWN_VOTE_TYPE),
    ("1000.5", "1,000.5", 5, Flaw.NO_NUMBER),
    ("1000.5", "1e3", 5, Flaw.NO_NUMBER),
    ("1000.5", "9" * 61, 5, Flaw.NO_NUMBER),
    ("1000.5", "1." + "0" * 31, 5, Flaw.NO_NUMBER),
    ("1000.5", "9" * 1_000_000, 5, Flaw.NO_NUMBER),
    ("1000.5", "١٠", 5, Flaw.NO_NUMBER),
    ("max_length;2", "max_length;two", 9, Flaw.NO_NUMBER),
    ("max_length;2", "max_length;1000000000", 9, Flaw.NO_NUMBER),
    ("a;600", "a;=600", 13, Flaw.NO_NUMBER),
    ("a;600", "a;-600", 13, Flaw.NEGATIVE),
    ("a;600", ";600", 13, Flaw.BAD_ID),
    ("a;600", '"a,c";600', 13, Flaw.BAD_ID),
    ("a;600", "b;600", 14, Flaw.PROJECT_TWICE),
]


@pytest.mark.parametrize(("old", "new", "line", "flaw"), [*SOFT, *HARD])
def test_a_strict_reading_names_line_and_reason(old, new, line, flaw):
    with pytest.raises(PabulibError) as refused:
        parse(changed(old, new), strict=True)
    assert (refused.value.code, refused.value.line) == (flaw, line)


@pytest.mark.parametrize(("old", "new", "line", "flaw"), SOFT)
def test_a_lenient_reading_goes_on_and_tells_the_same(old, new, line, flaw):
    assert (line, flaw) in findings(changed(old, new))


@pytest.mark.parametrize(("old", "new", "line", "flaw"), HARD)
def test_what_nobody_can_understand_is_refused_by_a_lenient_reading_too(old, new, line, flaw):
    with pytest.raises(PabulibError) as refused:
        parse(changed(old, new))
    assert (refused.value.code, refused.value.line) == (flaw, line)


def test_bytes_that_are_no_text_are_refused_with_their_line():
    with pytest.raises(PabulibError) as refused:
        parse(changed("Lamps", "\x00").encode().replace(b"\x00", b"\xff\xff"))
    assert (refused.value.code, refused.value.line) == (Flaw.NOT_TEXT, 13)


def test_a_project_named_twice_on_a_ballot_counts_once():
    election = parse(changed("3;b;71", "3;b,b;71"))
    assert election.approvals() == {"a": 2, "b": 2}


POINTS = """\
META
key;value
num_projects;2
num_votes;2
budget;10
vote_type;cumulative
rule;greedy
max_sum_points;4
PROJECTS
project_id;cost;score
a;6;4
b;4;3
VOTES
voter_id;vote;points
1;a,b;1,3
2;a;3
"""


def test_points_are_added_up():
    election = parse(POINTS, strict=True)
    assert election.scores() == {"a": 4, "b": 3}
    assert election.digits == 0
    assert write(election) == POINTS.encode()


@pytest.mark.parametrize(
    ("old", "new", "line", "flaw"),
    [
        ("1;a,b;1,3", "1;a,b;1", 15, Flaw.POINTS_DO_NOT_PAIR),
        ("1;a,b;1,3", "1;a,b;1,x", 15, Flaw.NO_NUMBER),
        ("1;a,b;1,3", "1;a,b;1,1.5", 15, Flaw.NO_NUMBER),
        ("1;a,b;1,3", "1;a,b;1,9999999999", 15, Flaw.NO_NUMBER),
        ("1;a,b;1,3", "1;a,b;1,4", 15, Flaw.TOO_MANY_POINTS),
        ("max_sum_points;4", "min_sum_points;4", 16, Flaw.TOO_FEW_POINTS),
        ("a;6;4", "a;6;5", 11, Flaw.SCORE_DIFFERS),
    ],
)
def test_flaws_of_points(old, new, line, flaw):
    text = changed(old, new, text=POINTS)
    with pytest.raises(PabulibError) as refused:
        parse(text, strict=True)
    assert (refused.value.code, refused.value.line) == (flaw, line)
    assert (line, flaw) in findings(text)


def test_a_ballot_whose_points_do_not_pair_is_left_out():
    election = parse(changed("1;a,b;1,3", "1;a,b;1", text=POINTS))
    assert [ballot.voter for ballot in election.ballots] == ["2"]


def test_points_given_twice_to_a_project_are_added():
    election = parse(changed("1;a,b;1,3", "1;a,a;1,3", text=POINTS))
    assert election.ballots[0] == Ballot("1", ("a",), (4,))


def test_ranks_are_worth_three_two_one():
    text = POINTS.replace("cumulative", "ordinal").replace("max_sum_points;4", "max_length;3")
    text = text.replace(";points", "").replace("1;a,b;1,3", "1;b,a").replace("2;a;3", "2;a")
    assert parse(text).scores() == {"a": 2 + 3, "b": 3}
    assert parse(text.replace("length;3", "length;1")).scores() == {"a": 0 + 1, "b": 1}
    beyond = text.replace("length;3", "length;1").replace("1;b,a", "1;b,a,c")
    assert parse(beyond.replace("b;4;3", "b;4;3\nc;1;0")).scores() == {"a": 1, "b": 1, "c": 0}


def test_choose_1_allows_one_choice():
    assert (17, Flaw.TOO_MANY_CHOICES) in findings(
        changed("vote_type;approval", "vote_type;choose-1")
    )


def test_the_minimum_is_a_whole_number_of_votes():
    assert parse(SMALL).minimum == 0
    text = changed("rule;greedy", "rule;greedy-threshold\nmin_project_score_threshold;97.5")
    assert parse(text).minimum == 98


def test_a_project_paid_from_other_money_is_no_winner():
    assert parse(changed("Lamps;1", "Lamps;2")).selected == ()
    assert parse(changed("selected", "chosen")).selected is None


def test_an_id_that_no_ballot_could_name_is_not_written():
    election = parse(SMALL)
    for bad in ("", "a,b", " a", "a\nb"):
        with pytest.raises(PabulibError) as refused:
            write(replace(election, projects=(Project(bad, 1),)))
        assert refused.value.code is Flaw.BAD_ID


names = st.text("abc123/.-", min_size=1, max_size=4)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@st.composite
def elections(draw):
    ids = draw(st.lists(names, unique=True, max_size=4))
    vote_type = draw(st.sampled_from(VoteType))
    digits = draw(st.sampled_from([0, 2]))
    amounts = st.integers(min_value=0, max_value=10**15)
    ballots = []
    for number in range(draw(st.integers(0, 5))):
        choices = draw(st.lists(st.sampled_from(ids), unique=True)) if ids else []
        points = [draw(st.integers(0, 9)) for _ in choices] if vote_type.has_points else []
        ballots.append(Ballot(f"{number}", tuple(choices), tuple(points), (draw(words),)))
    points = ["points"] if vote_type.has_points else []
    return Election(
        meta={"description": draw(words), "rule": "greedy", "currency": "EUR" if digits else "KRW"},
        vote_type=vote_type,
        budget=draw(amounts),
        projects=tuple(Project(id, draw(amounts), {"name": draw(words)}) for id in ids),
        ballots=tuple(ballots),
        digits=digits,
        project_columns=("project_id", "cost", "name"),
        voter_columns=("voter_id", "vote", *points, "note"),
    )


@given(elections())
def test_every_election_comes_back_from_its_file(election):
    written = write(election)
    again = parse(written)
    assert write(again) == written
    assert (again.budget, again.costs) == (election.budget, election.costs)
    assert [b.choices for b in again.ballots] == [b.choices for b in election.ballots]
    assert again.scores() == election.scores()


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_for_a_reason(text):
    with suppress(PabulibError):
        parse(text)


@given(st.data())
def test_a_damaged_file_is_read_or_refused_for_a_reason(data):
    start = data.draw(st.integers(0, len(SMALL)))
    end = data.draw(st.integers(start, min(len(SMALL), start + 20)))
    middle = data.draw(st.text('ab;,"\n-.1', max_size=6))
    try:
        election = parse((SMALL[:start] + middle + SMALL[end:]).encode())
    except PabulibError:
        return
    assert write(parse(write(election))) == write(election)
