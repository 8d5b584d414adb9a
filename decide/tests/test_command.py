"""The command line, as a resident types it."""

import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decide.command import main, report
from decide.command.korean import KOREAN
from decide.command.words import sentence
from decide.pabulib.flaws import Flaw, PabulibError

FILE = """META
key;value
description;Our dong
num_projects;4
num_votes;5
budget;1000.50
vote_type;approval
rule;greedy
currency;EUR
PROJECTS
project_id;cost;name;category;selected
10;600;Lamps;light;1
9;500;Benches;rest;0
8;300.25;Garden;rest,green;1
7;2000;Lake;green;0
VOTES
voter_id;vote
1;10,9
2;10,8
3;10,9
4;8
5;
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "dong.pb"
    path.write_text(FILE)
    return str(path)


@pytest.fixture
def run(capsys):
    def typed(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code
        told = capsys.readouterr()
        return code, told.out, told.err

    return typed


def test_json_has_exactly_the_keys_that_are_promised(run, file):
    code, out, err = run("tally", file, "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert list(told) == ["winners", "total_cost", "rule", "parameters", "ties", "steps"]
    assert told["winners"] == ["10", "8"]
    assert told["total_cost"] == 900.25
    assert told["rule"] == "greedy"
    assert told["parameters"]["ties"] == "ids"
    assert [(tie["options"], tie["value"]) for tie in told["ties"]] == [(["8", "9"], 2)]
    assert [step["project"] for step in told["steps"]] == ["10", "8", "9"]
    assert told["steps"][1]["remaining"] == 400.5


@pytest.mark.parametrize(
    ("ties", "winners"),
    [("ids", ["10", "8"]), ("seed:1", ["10", "8"]), ("list", ["10", "8"])],
)
def test_the_order_of_ties_is_by_id_as_text_or_a_list_or_a_seed(run, file, tmp_path, ties, winners):
    if ties == "list":
        ties = tmp_path / "ties.txt"
        ties.write_text("9\n\n10\r\n8\n7\n")
    _, out, _ = run("tally", file, "--ties", ties, "--json")
    told = json.loads(out)
    assert told["winners"] == winners
    [tie] = told["ties"]
    assert tie["options"] == (["9", "8"] if ties not in ("ids", "seed:1") else tie["options"])


def test_a_list_of_ties_has_to_name_every_project_once(run, file, tmp_path):
    ties = tmp_path / "ties.txt"
    for text, says in [
        ("9\n10\n8\n", "leaves out 7"),
        ("9\n10\n8\n7\n6\n", "no project: 6"),
        ("9\n10\n8\n7\n8\n", "a project twice: 8"),
    ]:
        ties.write_text(text)
        code, out, err = run("tally", file, "--ties", ties)
        assert (code, out) == (2, "")
        assert says in err


def test_the_report_names_winners_money_and_ties(run, file):
    code, out, _ = run("tally", file)
    assert code == 0
    assert "5 ballots, 4 projects, budget 1,000.50 EUR" in out
    assert re.search(r"1\. 10  Lamps +3 votes, costs 600 EUR", out)
    assert "Spent 900.25 EUR, left 100.25 EUR." in out
    assert "Level: 8, 9" in out


def test_the_report_can_be_korean(run, file):
    _, out, _ = run("tally", file, "--lang", "ko")
    assert "투표 5장, 사업 4개" in out
    _, out, _ = run("explain", file, "--lang", "ko", "--margins", "--entry")
    assert "뽑히지 않았습니다" in out
    assert not re.search(r"[a-z]{3,} [a-z]{3,}", out), out


def test_every_korean_sentence_has_the_facts_of_its_english_one():
    for english, korean in KOREAN.items():
        assert set(re.findall(r"{\w+}", korean)) == set(re.findall(r"{\w+}", english))
    assert set(report.VERDICTS.values()) <= KOREAN.keys()


def test_explain_says_what_was_missing(run, file):
    code, out, _ = run("explain", file, "9", "--margins", "--entry")
    assert code == 0
    assert "It lost: it costs more than was left in its turn." in out
    assert " 399.75 EUR were missing." in out
    assert "2 of its supporters also wanted 10." in out
    assert "further ballots for it alone would have made it win." in out
    assert "It enters at a budget of" in out
    _, out, _ = run("explain", file, "9", "--margins", "--json")
    assert json.loads(out)["projects"][0]["verdict"] == "does_not_fit"


def test_the_chart_is_an_svg_with_a_title(run, file, tmp_path):
    drawn = tmp_path / "chart.svg"
    assert run("explain", file, "--svg", drawn)[0] == 0
    assert drawn.read_text().startswith("<svg")
    assert "<title" in drawn.read_text()
    assert "Benches" in drawn.read_text()
    code, _, err = run("explain", file, "--svg", tmp_path / "no" / "chart.svg")
    assert code == 2
    assert "cannot be written" in err


def test_margins_count_again(run, file):
    code, out, _ = run("margins", file, "--random", "3", "--bootstrap", "20")
    assert code == 0
    assert "How near the 2 losing projects were" in out
    assert "No number of further ballots" in out  # the lake costs more than the budget
    assert "recounts of resampled ballots" in out
    _, first, _ = run("margins", file, "--bootstrap", "20", "--json", "--seed", "2")
    _, again, _ = run("margins", file, "--bootstrap", "20", "--json", "--seed", "2")
    assert first == again
    assert json.loads(first)["bootstrap"]["recounts"] == 20


def test_rules_are_compared_side_by_side(run, file):
    code, out, _ = run("compare", file, "--rules", "greedy,greedy-no-skip,greedy-per-cost")
    assert code == 0
    assert "greedy-no-skip" in out
    assert "90.0 %" in out
    _, out, _ = run("compare", file, "--rules", "greedy,greedy-per-cost", "--json")
    assert list(json.loads(out)) == ["greedy", "greedy-per-cost"]


def test_check_fails_when_winners_cost_too_much(run, file):
    code, out, _ = run("check", file, "--winners", "official")
    assert code == 0
    assert "yes  The winners cost no more" in out
    code, out, _ = run("check", file, "--winners", "10,9")
    assert code == 1
    assert "NO   The winners cost no more" in out
    assert "names others" in out


def test_limits_act_inside_the_rule(run, file):
    _, out, _ = run("tally", file, "--conflict", "10,8", "--json")
    assert json.loads(out)["winners"] == ["10"]
    _, out, _ = run("tally", file, "--ceiling", "rest=300", "--json")
    assert json.loads(out)["winners"] == ["10"]
    _, out, _ = run("tally", file, "--ceiling", "rest=300.25", "--json")
    assert json.loads(out)["winners"] == ["10", "8"]
    code, _, err = run("tally", file, "--ceiling", "sport=300")
    assert code == 2
    assert "'sport'" in err


def test_another_budget_can_be_tried(run, file):
    _, out, _ = run("tally", file, "--budget", "1,400.25", "--json")
    assert json.loads(out)["winners"] == ["10", "8", "9"]
    code, _, err = run("tally", file, "--budget", "1.001")
    assert code == 2
    assert "smallest unit" in err


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("budget;1000.50", "budget;lots"), "line 6: budget is 'lots', which is not a number"),
        (("num_votes;5", "num_votes;6"), "line 5: num_votes says 6, but there are 5"),
        (("4;8", "4;8,8"), "line 21: the ballot of 4 names 8 twice"),
        (("4;8", "4;88"), "line 21: the ballot of 4 names '88', which is no project"),
        (("VOTES", "VOICES"), "there is no section VOTES"),
    ],
)
def test_a_bad_file_is_refused_with_line_and_reason(run, tmp_path, change, says):
    bad = tmp_path / "bad.pb"
    bad.write_text(FILE.replace(*change))
    code, out, err = run("tally", bad, "--strict")
    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


def test_every_flaw_has_its_sentence():
    for flaw in Flaw:
        said = sentence(PabulibError(7, flaw))
        assert said.startswith("line 7: ")
        assert flaw.value not in said or " " in flaw.value or len(said) > 20


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["tally", "nowhere.pb"], "there is no file nowhere.pb"),
        (["tally", "."], "is a folder"),
        (["explain", "FILE", "99"], "there is no project '99'"),
        (["tally", "FILE", "--rule", "best"], "invalid choice"),
        (["tally", "FILE", "--minimum", "-1"], "invalid whole number"),
        (["compare", "FILE", "--rules", "best"], "'best' is not known"),
        (["tally"], "FILE.pb"),
        ([], "VERB"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(run, file, arguments, says):
    code, out, err = run(*[file if word == "FILE" else word for word in arguments])
    assert (code, out) == (2, "")
    assert says in err


@pytest.mark.parametrize("verb", ["tally", "explain", "margins", "compare", "check"])
def test_help_shows_an_example(run, verb):
    code, out, _ = run(verb, "--help")
    assert code == 0
    assert f"example: python -m decide {verb}" in " ".join(out.split())


def test_a_bad_file_leaves_no_traceback_in_a_process_of_its_own(tmp_path):
    bad = tmp_path / "bad.pb"
    bad.write_bytes(b"\xff\xfe\x00nothing")
    done = subprocess.run(
        [sys.executable, "-m", "decide", "tally", str(bad)],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith(f"decide: {bad}: ")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(st.tuples(st.integers(0, len(FILE)), st.text('0;,\n\r"aé-.', max_size=3)), max_size=4)
)
def test_whatever_is_in_a_file_it_is_counted_or_refused_in_a_sentence(run, tmp_path, damages):
    text = FILE
    for at, damage in damages:
        text = text[:at] + damage + text[at + len(damage) :]
    path = tmp_path / "damaged.pb"
    path.write_text(text)
    for rule in ("greedy-threshold", "equal-shares", "phragmen"):
        code, out, err = run("tally", path, "--rule", rule, "--json")
        assert code in (0, 2)
        assert bool(out) is (code == 0)
        assert err.count("\n") == (code == 2)


HOSTILE = "\x1b[2J\x1b]0;title\x07<script>\x9b31m\u202e\"'&"


@pytest.fixture
def hostile(tmp_path):
    """Names, an id and a currency that would command a terminal or a page."""
    path = tmp_path / "hostile.pb"
    text = FILE.replace("Lamps", HOSTILE).replace("10", "1\x1b[31m0").replace("EUR", "E\x1b[2JR")
    path.write_text(text.replace("1\x1b[31m00", "100"), encoding="utf-8")
    return path


@pytest.mark.parametrize("verb", ["tally", "explain", "margins", "compare", "check"])
@pytest.mark.parametrize("form", [[], ["--json"], ["--lang", "ko"]])
def test_names_in_a_file_cannot_command_the_terminal(hostile, capsys, verb, form):
    if "--lang" in form and verb not in ("tally", "explain"):
        return
    assert main([verb, str(hostile), *form]) == 0
    assert main([verb, str(hostile), "--strict", "--budget", "\x1b[2J", *form]) == 2
    told = capsys.readouterr()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", told.out + told.err)


def test_a_chart_of_hostile_names_is_xml_without_foreign_elements(hostile, tmp_path, capsys):
    drawn = tmp_path / "chart.svg"
    assert main(["explain", str(hostile), "--svg", str(drawn)]) == 0
    told = {element.tag.partition("}")[2] for element in ElementTree.parse(drawn).iter()}
    assert told == {"svg", "title", "desc", "style", "text", "rect"}


def test_add_one_that_would_climb_for_ever_says_so(tmp_path, capsys):
    path = tmp_path / "dear.pb"
    for digits, code in ((15, 0), (30, 2)):
        path.write_text(FILE.replace("2000", "2" + "0" * digits), encoding="utf-8")
        done = main(["tally", str(path), "--rule", "equal-shares", "--completion", "add1"])
        assert done == code
    assert "out of range" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["tally", "explain", "check"])
def test_numbers_beyond_counting_are_refused_in_a_sentence(run, tmp_path, verb):
    path = tmp_path / "huge.pb"
    path.write_text(FILE.replace("9;500;", f"9;{10**30};").replace("budget;1000.50", "budget;1"))
    code, _, err = run(verb, path, "--rule", "equal-shares")
    assert code in (0, 2)
    assert err.count("\n") == (code == 2)


@pytest.mark.parametrize("verb", ["tally", "explain", "margins", "compare", "check"])
def test_an_election_without_ballots_has_no_winners(run, tmp_path, verb):
    path = tmp_path / "nobody.pb"
    path.write_text(FILE.partition("voter_id;vote\n")[0] + "voter_id;vote\n")
    rule = [] if verb == "compare" else ["--rule", "equal-shares"]
    code, _, err = run(verb, path, *rule)
    assert (code, err) == (0, "")
