"""The small program counts by whole ballots as `decide` does, and finds what was changed."""

import json
from fractions import Fraction
from hashlib import sha256
from io import BytesIO
from random import Random
from zipfile import ZipFile

import pytest

from decide.budgeting.profile import Profile
from maeul.vault.ballot import verify
from maeul.vault.ballot.counting import method_of
from maeul.vault.ballot.rules import Rule
from maeul.vault.ballot.tests.test_verify import change_json, change_text, summed_up
from maeul.vault.ballot.tests.test_whole_ballots import shared_vote


def both_counts(rule, *, ballots, costs, budget, ties, **parameters):
    """The winners of the package, and those of the program that anybody runs."""
    parameters = {"budget": budget, "utility": "cost", "completion": "none"} | parameters
    method = method_of(rule, parameters, ties=ties)
    found = method(Profile.from_ballots(ballots, costs, budget))
    question = {
        "key": "q1",
        "parameters": parameters,
        "options": [{"number": int(number), "cost": cost} for number, cost in costs.items()],
    }
    told = {"endowment": str(found.endowment or 0)}
    mine = verify.WHOLE[rule](
        question, [*map(",".join, ballots)], ties, told, {"currency": {"minor_digits": 0}}
    )
    return [int(number) for number in found.winners], mine


def test_phragmen_ends_where_one_of_two_level_projects_is_too_dear():
    decide, verify = both_counts(
        Rule.PHRAGMEN,
        ballots=[["4"], ["1", "4"], ["2"], ["2"], ["2"]],
        costs={"1": 4, "2": 7, "3": 6, "4": 8, "5": 5},
        budget=12,
        ties=["1", "4", "5", "3", "2"],
    )
    assert decide == verify == [2]


def drawn(random):
    """A small vote with many ties, or one of large amounts that differ by one."""
    numbers = [str(n) for n in range(1, random.randint(2, 7))]
    small = random.random() < 0.6
    unit, wobble = (1, (0,)) if small else (10 ** random.randint(6, 18), (-1, 0, 0, 1))
    amounts = range(13) if small else (1, 1, 1, 2, 3)
    costs = {n: max(0, random.choice(amounts) * unit + random.choice(wobble)) for n in numbers}
    ballots = [[n for n in numbers if random.random() < 0.45] for _ in range(random.randint(1, 14))]
    ballots = [ballot for ballot in ballots if ballot] or [numbers]
    budget = max(1, sum(costs.values()) * random.randint(2, 10) // 10 + random.choice((-1, 0, 1)))
    completions = ["none", "utilitarian", *(["add1", "add1+utilitarian"] if small else [])]
    return {
        "ballots": ballots,
        "costs": costs,
        "budget": budget,
        "ties": random.sample(numbers, len(numbers)),
        "utility": random.choice(["cost", "cardinality"]),
        "completion": random.choice(completions),
        "stop": random.choice(["exhaustive", "feasible"]),
    }


@pytest.mark.parametrize("rule", [Rule.EQUAL_SHARES, Rule.PHRAGMEN])
def test_both_programs_count_alike(rule):
    random = Random(2030)
    for _ in range(400):
        vote = drawn(random)
        decide, verify = both_counts(rule, **vote)
        assert decide == verify, vote


def test_a_begin_that_was_raised_once_too_often_is_found():
    vote = {
        "ballots": [["1"], ["1"], ["1"], ["2"], ["2"]],
        "costs": {"1": 5, "2": 5},
        "budget": 10,
    }
    question = {
        "key": "q1",
        "parameters": {"budget": 10, "utility": "cost", "completion": "add1"},
        "options": [{"number": 1, "cost": 5}, {"number": 2, "cost": 5}],
    }

    def counted(endowment):
        lines = [",".join(ballot) for ballot in vote["ballots"]]
        manifest = {"currency": {"minor_digits": 0}}
        return verify.by_shares(question, lines, ["1", "2"], {"endowment": endowment}, manifest)

    assert counted("3") == [1, 2]
    with pytest.raises(verify.Wrong, match="더 일찍"):
        counted("4")


def told(**facts):
    return change_json("result.json", lambda content: content["questions"]["q1"].update(facts))


def frozen_otherwise(**facts):
    """Whoever forges the manifest also makes the board anew."""

    def changed(files):
        content = json.loads(files["manifest.json"])
        question = content["questions"][0]
        question["parameters"].update(facts.get("parameters", {}))
        question["options"][0].update(facts.get("option", {}))
        question.update(facts.get("question", {}))
        raw = json.dumps(content).encode()
        head, lines = sha256(raw).digest(), []
        for line in map(json.loads, files["board.jsonl"].splitlines()):
            if line["batch"]:
                leaves = b"".join(map(bytes.fromhex, line["leaves"]))
                head = sha256(head + leaves).digest()
            lines.append(json.dumps(line | {"head": head.hex()}) + "\n")
        board = {"board.jsonl": "".join(lines).encode(), "manifest.json": raw}
        acts = files["acts.jsonl"].replace(files["heads/closing.txt"].strip(), head.hex().encode())
        heads = dict.fromkeys(("heads/closing.txt", "heads/last.txt"), head.hex().encode())
        return files | board | heads | {"acts.jsonl": acts}

    return changed


def without(name):
    return lambda files: {key: content for key, content in files.items() if key != name}


MUTANTS = {
    "a ballot dropped": change_text("ballots.csv", 'q1,전체,"1,2"\n'.encode(), b""),
    "a choice moved to another ballot": change_text("ballots.csv", b'"3,4,5"', b'"3,4,4"'),
    "a choice nobody could make": change_text("ballots.csv", b'"3,4,5"', b'"3,4,9"'),
    "a cell of a megabyte": lambda files: files | {"ballots.csv": b'a,b\nq1,"' + b"1" * 1_000_000},
    "one winner": told(winners=[1]),
    "a winner twice": told(winners=[1, 1, 3, 4, 5]),
    "other ties": told(tie_order=["5", "4", "3", "2", "1"]),
    "another rule": frozen_otherwise(question={"rule": "greedy"}),
    "a rule nobody knows": frozen_otherwise(question={"rule": "as_we_like"}),
    "ballots that are not to be shown": frozen_otherwise(question={"whole_ballots": "witnessed"}),
    "a cost below nothing": frozen_otherwise(option={"cost": -480}),
    "a cost that is not whole": frozen_otherwise(option={"cost": 480.0}),
    "a cost of 4,000 digits": frozen_otherwise(option={"cost": 10**3_999}),
    "no cost": frozen_otherwise(option={"cost": None}),
    "a budget below nothing": frozen_otherwise(parameters={"budget": -1}),
    "a budget as text": frozen_otherwise(parameters={"budget": "1000"}),
    "a budget that is no number": frozen_otherwise(parameters={"budget": float("nan")}),
    "another ballot for decide": change_text("election.pb", b"1;1,2\n", b"1;3,4\n"),
    "another cost for decide": change_text("election.pb", b"2;420;", b"2;42;"),
    "another budget for decide": change_text("election.pb", b"budget;1000", b"budget;9000"),
    "a line more for decide": change_text("election.pb", b"rule;", b"min_length;9\nrule;"),
    "nothing for decide": without("election.pb"),
    "a file for decide nobody asked for": lambda files: files | {"election-q2.pb": b"META\n"},
    "a result nested 200,000 deep": lambda files: files | {"result.json": b"[" * 200_000},
    "a result that is a list": lambda files: files | {"result.json": b"[]"},
}
OF_SHARES = {
    "another begin": told(endowment="101"),
    "a begin below nothing": told(endowment="-5"),
    "a begin by nothing": told(endowment="1/0"),
    "a begin that is reckoned for days": told(endowment="1e999999999"),
    "a begin of 4,000 digits": told(endowment="9" * 4_000),
    "a begin that is no text": told(endowment=100.0),
    "no begin": told(endowment=None),
}


def is_refused(files):
    """As its command line does, which turns each of these into a sentence."""
    try:
        list(verify.check(files))
    except (verify.Wrong, *verify.UNREADABLE):
        return True
    return False


@pytest.mark.django_db
@pytest.mark.parametrize("rule", ["equal_shares", "phragmen"])
def test_whatever_was_changed_of_whole_ballots_is_found(at, rule):
    election = shared_vote(at, rule=rule)
    with ZipFile(BytesIO(bytes(election.bundle.content))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert not is_refused(summed_up(files))
    mutants = MUTANTS | (OF_SHARES if rule == "equal_shares" else {})
    missed = [what for what, change in mutants.items() if not is_refused(summed_up(change(files)))]
    assert missed == []


def test_amounts_are_read_exactly_or_not_at_all():
    assert verify.amount("100/3") == Fraction(100, 3)
    for text in ("1e3", "-1", "nan", " 1", "1" * 61, ""):
        with pytest.raises(verify.Wrong):
            verify.amount(text)
