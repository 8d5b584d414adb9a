"""Ranking and points, from the ballot's text to the count that strangers make again."""

from io import BytesIO
from random import Random
from zipfile import ZipFile

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from decide import approval, ranking, scoring
from maeul.core.refusal import Refused
from maeul.vault.ballot import actions, manifest, sealing, verify
from maeul.vault.ballot.actions.draft import OptionText
from maeul.vault.ballot.models import OpenedBallot, Outcome
from maeul.vault.ballot.rules import Why
from maeul.vault.ballot.tests import factories, frozen
from maeul.vault.ballot.tests.test_verify import change_json, change_text, summed_up
from maeul.vault.ballot.tests.test_verify_whole import frozen_otherwise, is_refused, told

FOUR = tuple(OptionText(title=title) for title in ("의자", "조명", "화분", "텃밭"))


def refused(why):
    return pytest.raises(Refused, check=lambda refusal: refusal.why == why)


def marked(marking, **facts):
    """A manifest whose first of two questions is ranked or scored."""
    questions = frozen.content()["questions"]
    questions[0] |= {"marking": marking} | facts
    return manifest.read(frozen.raw(questions=questions))


RANKED = marked("rank", rule="borda", at_most=3, parameters={"seats": 1, "worths": [3, 2, 1]})
SCORED = marked(
    "score",
    rule="score",
    at_most=4,
    parameters={"seats": 1, "each_at_most": 5, "total_at_most": 9},
)


def read(shape, line):
    """What a ballot with this line for its first question says there; None for none at all."""
    text = f"{shape.chain0.hex()}\n전체\nq1={line}\nq2=\n".encode()
    answers = sealing.parse(shape, "전체", sealing.pad(text, shape.plaintext_bytes))
    return answers and answers["q1"]


@given(st.lists(st.integers(1, 11), max_size=3, unique=True))
def test_every_ranking_comes_back_in_the_order_in_which_it_was_wanted(order):
    plaintext = sealing.compose(RANKED, "전체", {"q1": order})
    assert f"q1={'>'.join(map(str, order))}\n".encode() in plaintext
    assert sealing.parse(RANKED, "전체", plaintext) == {"q1": tuple(order), "q2": ()}


@given(st.dictionaries(st.integers(1, 11), st.integers(0, 5), max_size=4))
def test_all_points_come_back_and_no_points_are_not_written(points):
    plaintext = sealing.compose(SCORED, "전체", {"q1": list(points.items())})
    found = sealing.parse(SCORED, "전체", plaintext)["q1"]
    given = tuple(sorted((number, n) for number, n in points.items() if n))
    assert found == (given if sum(points.values()) <= 9 else None)


@pytest.mark.parametrize("line", ["7>7", "12", "7,3", "7>", ">7", "7>03", "7> 3", "7:1", "７"])
def test_a_ranking_that_no_honest_device_writes_spoils_the_whole_ballot(line):
    assert read(RANKED, line) is None
    assert sealing.parse(RANKED, "전체", sealing.compose(RANKED, "전체", {})) is not None


@pytest.mark.parametrize(
    "line",
    ["3:0", "7:2,3:5", "3:5,3:5", "3", "3:5:1", "3:-1", "3:05", "12:1", "3:1_0", "3:9999999999"],
)
def test_points_that_no_honest_device_writes_spoil_the_whole_ballot(line):
    text = f"{SCORED.chain0.hex()}\n전체\nq1={line}\nq2=1\n".encode()
    padded = sealing.pad(text, SCORED.plaintext_bytes)
    assert sealing.parse(SCORED, "전체", padded) is None


@pytest.mark.parametrize(
    ("shape", "line", "good"),
    [
        (RANKED, "3>2>1", True),
        (RANKED, "4>3>2>1", False),  # one place too many
        (SCORED, "1:5", True),
        (SCORED, "1:6", False),
        (SCORED, "1:5,2:4", True),
        (SCORED, "1:5,2:5", False),  # in all
        (SCORED, "1:1,2:1,3:1,4:1", True),
        (SCORED, "1:1,2:1,3:1,4:1,5:1", False),
    ],
)
def test_both_edges_of_a_limit_spoil_one_question_alone(shape, line, good):
    text = f"{shape.chain0.hex()}\n전체\nq1={line}\nq2=1\n".encode()
    answers = sealing.parse(shape, "전체", sealing.pad(text, shape.plaintext_bytes))
    assert (answers["q1"] is not None, answers["q2"]) == (good, (1,))


def test_the_longest_ballot_with_points_fits_into_the_frozen_length():
    options = [{"number": n, "title": "", "cost": 1} for n in range(1, 201)]
    facts = {"options": options, "rule": "score", "at_most": 200}
    shape = marked("score", parameters={"seats": 1, "each_at_most": 1000}, **facts)
    length = manifest.plaintext_bytes_for(shape.questions, shape.styles)
    questions = frozen.content()["questions"]
    questions[0] |= {"marking": "score", "parameters": {"seats": 1, "each_at_most": 1000}} | facts
    grown = manifest.read(frozen.raw(questions=questions, plaintext_bytes=length))
    everything = {"q1": [(n, 1000) for n in range(1, 201)], "q2": [1, 2, 3]}
    assert len(sealing.compose(grown, "전체", everything)) == length


# Drafting


def ranked_question(election, *, at, **facts):
    facts = {
        "rule": "borda",
        "parameters": {"seats": 2, "worths": [3, 2, 1]},
        "at_most": 3,
        "whole_ballots": "public",
    } | facts
    return actions.put(
        election=election, title="무엇부터 할까요?", options=FOUR, by=election.clerk, at=at, **facts
    )


def scored_question(election, *, at, **facts):
    facts = {
        "rule": "score",
        "parameters": {"seats": 2, "each_at_most": 5, "total_at_most": 10},
        "at_most": 4,
    } | facts
    return actions.put(
        election=election, title="몇 점인가요?", options=FOUR, by=election.clerk, at=at, **facts
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("put", "facts", "why"),
    [
        (ranked_question, {"whole_ballots": "choices"}, Why.WHOLE_BALLOTS_NEEDED),
        (ranked_question, {"parameters": {"seats": 2, "worths": [3, 2]}}, Why.WORTHS_MISSING),
        (ranked_question, {"parameters": {"seats": 2, "worths": [1, 2, 3]}}, Why.WORTHS_MISSING),
        (ranked_question, {"parameters": {"seats": 2, "worths": [0, 0, 0]}}, Why.WORTHS_MISSING),
        (ranked_question, {"parameters": {"worths": [3, 2, 1]}}, Why.SEATS_MISSING),
        (scored_question, {"parameters": {"seats": 2}}, Why.POINTS_MISSING),
        (scored_question, {"parameters": {"seats": 2, "each_at_most": 0}}, Why.POINTS_MISSING),
        (scored_question, {"parameters": {"seats": 2, "each_at_most": 1001}}, Why.POINTS_MISSING),
        (
            scored_question,
            {"parameters": {"seats": 2, "each_at_most": 5, "total_at_most": 21}},
            Why.TOTAL_OF_POINTS,
        ),
    ],
)
def test_a_ranking_or_scoring_without_its_limits_is_refused(at, put, facts, why):
    with refused(why):
        put(factories.drafted(at=at), at=at, **facts)


@pytest.mark.django_db
def test_where_marks_are_told_apart_none_is_so_rare_that_it_could_be_paid(at):
    """“Give the third 737 points” would be a receipt: the bundle holds each mark."""
    election = factories.drafted(at=at)
    scored_question(election, at=at, parameters={"seats": 1, "each_at_most": 10})
    with refused(Why.MARK_TELLS_WHO):
        scored_question(election, at=at, parameters={"seats": 1, "each_at_most": 11})


@pytest.mark.django_db
def test_the_edges_of_those_limits_are_taken(at):
    election = factories.drafted(at=at)
    ranked_question(election, at=at, parameters={"seats": 4, "worths": [1000, 0, 0]})
    facts = {"seats": 1, "each_at_most": 1000, "total_at_most": 4000}
    scored_question(election, at=at, parameters=facts, whole_ballots="public")
    assert [question.marking for question in election.questions.all()] == ["rank", "score"]


@pytest.mark.django_db
def test_a_question_that_is_ranked_does_not_become_one_that_is_chosen_from(at):
    election = factories.drafted(at=at)
    question = ranked_question(election, at=at)
    with refused(Why.MARKED_OTHERWISE):
        actions.set_rule(
            question=question,
            rule="approval",
            parameters={"seats": 1},
            whole_ballots="choices",
            by=election.clerk,
            at=at,
        )


# From the cast to the bundle

BALLOTS = [
    {"q1": [1, 2, 3], "q2": [(1, 5), (2, 5)]},
    {"q1": [1, 2], "q2": [(2, 3), (3, 1)]},
    {"q1": [3, 2, 4], "q2": [(4, 5)]},
    {"q1": [2], "q2": []},
    {},
]


def voted(at, *, whole_ballots="public", score_shown="choices", ballots=BALLOTS):
    def ranked(election, *, at):
        ranked_question(election, at=at, whole_ballots=whole_ballots)

    def scored(election, *, at):
        scored_question(election, at=at, whole_ballots=score_shown)

    election = factories.frozen(
        at=at, electors=factories.walk_ins(len(ballots)), questions=(ranked, scored)
    )
    for elector, said in zip(election.electors.order_by("number"), ballots, strict=True):
        factories.cast(election, elector, at=at, **said)
    return factories.opened(factories.closed(election))


def files_of(election):
    with ZipFile(BytesIO(bytes(election.bundle.content))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.django_db
def test_ranks_and_points_are_opened_as_they_were_given(at):
    election = voted(at)
    ranked, scored = election.questions.order_by("position")
    assert sorted(ballot.answer for ballot in ranked.ballots.all()) == [
        (), (1, 2), (1, 2, 3), (2,), (3, 2, 4),
    ]  # fmt: skip
    assert sorted(ballot.answer for ballot in scored.ballots.all()) == [
        (), (), ((1, 5), (2, 5)), ((2, 3), (3, 1)), ((4, 5),),
    ]  # fmt: skip


@pytest.mark.django_db
def test_points_stand_beside_every_choice_or_beside_none(at):
    election = factories.closed(factories.frozen(at=at))
    question = election.questions.first()
    for points in ([], [5, 1]):
        OpenedBallot.objects.create(question=question, cell="전체", choices=[1, 2], points=points)
    with pytest.raises(IntegrityError, match="ballot_points_for_each_choice"), transaction.atomic():
        OpenedBallot.objects.create(question=question, cell="전체", choices=[1, 2], points=[3])


@pytest.mark.django_db
def test_the_count_says_how_many_points_and_first_places_each_has_and_what_was_lacking(at):
    election = factories.counted(voted(at))
    outcomes = list(Outcome.objects.of(election))
    ranked = [(o.option.number, o.votes, o.won) for o in outcomes[:4]]
    assert ranked == [(2, 9, True), (1, 6, True), (3, 4, False), (4, 1, False)]
    assert outcomes[0].sentence == (
        "1순위로 적은 분이 1명이고, 점수가 많은 차례로 1번째라 선정되었습니다."
    )
    missing = outcomes[2].facts["missing_ballots"]
    assert outcomes[2].sentence == (
        f"1순위로 적은 분이 1명입니다. {missing}명이 더 1순위로 적었다면 선정되었습니다."
    )
    assert (4 + 3 * missing > 6, 4 + 3 * (missing - 1) > 6) == (True, False)
    scored = {o.option.number: (o.votes, o.won, o.facts["drawn"]) for o in outcomes[4:]}
    assert scored[2] == (8, True, False)
    assert scored[3] == (1, False, False)
    assert sorted(scored[n][1] for n in (1, 4)) == [False, True]  # five points each
    assert scored[1][2] is scored[4][2] is True


@pytest.mark.django_db
@pytest.mark.parametrize("whole_ballots", ["public", "witnessed"])
@pytest.mark.parametrize("score_shown", ["choices", "public"])
def test_the_bundle_can_be_counted_again(at, whole_ballots, score_shown):
    ready = voted(at, whole_ballots=whole_ballots, score_shown=score_shown)
    files = files_of(factories.published(factories.counted(ready)))
    rows = files["ballots.csv"].decode().splitlines()
    if whole_ballots == "public":
        assert "q1,전체,3>2>4" in rows
    else:
        assert "q1,전체,4:3" in rows
        assert not any(">" in row for row in rows)
    together = 'q2,전체,"1:5,2:5"'
    assert (together in rows) is (score_shown == "public")
    said = list(verify.check(files))
    assert any(line.startswith("q1: 다시 세었습니다. 선정 2, 1") for line in said)
    assert any(line.startswith("q2: 다시 세었습니다. 선정 2, ") for line in said)


def manifest_json(key, change):
    return change_json("manifest.json", lambda content: change(content["questions"][key]))


def worth_more(files):
    return frozen_otherwise(parameters={"worths": [9, 2, 1]})(files)


MUTANTS = {
    "two places exchanged": change_text("ballots.csv", b"3>2>4", b"4>2>3"),
    "an option twice on a ballot": change_text("ballots.csv", b"3>2>4", b"3>2>3"),
    "a ranking of another kind": change_text("ballots.csv", b"3>2>4", b"3:2"),
    "an option nobody offered": change_text("ballots.csv", b"3>2>4", b"3>2>9"),
    "a place too many": change_text("ballots.csv", b"3>2>4", b"3>2>4>1"),
    "a first place worth more": worth_more,
    "places worth nothing that can be counted": frozen_otherwise(parameters={"worths": [3, 2]}),
    "places worth half a point": frozen_otherwise(parameters={"worths": [3, 1.5, 1]}),
    "ballots marked in another way": frozen_otherwise(question={"marking": "choose"}),
    "counted in another way": frozen_otherwise(question={"rule": "approval"}),
    "more points for one": change_text("ballots.csv", b"4:5", b"4:4"),
    "more points than may be given": change_text("ballots.csv", b"4:5", b"4:6"),
    "no points": change_text("ballots.csv", b"4:5", b"4:0"),
    "points for another": change_text("ballots.csv", b"4:5", b"3:5"),
    "points for nobody": change_text("ballots.csv", b"4:5", b"9:5"),
    "points that are no number": change_text("ballots.csv", b"4:5", b"4:x"),
    "points left out": change_text("ballots.csv", "q2,전체,4:5\n".encode(), b""),
    "another winner": told(winners=[1, 3]),
    "other points in the result": told(votes={"1": 6, "2": 9, "3": 5, "4": 1}),
}


def places_that_skip(files):
    """As if somebody had a third place without a second one."""
    return change_text("ballots.csv", "q1,전체,2:2".encode(), "q1,전체,2:3".encode())(files)


@pytest.mark.django_db
def test_whatever_was_changed_of_ranks_and_points_is_found(at):
    files = files_of(factories.published(factories.counted(voted(at))))
    assert not is_refused(summed_up(files))
    missed = [what for what, change in MUTANTS.items() if not is_refused(summed_up(change(files)))]
    assert missed == []


@pytest.mark.django_db
def test_a_place_without_the_places_before_it_is_found(at):
    ready = voted(at, whole_ballots="witnessed")
    files = files_of(factories.published(factories.counted(ready)))
    with pytest.raises(verify.Wrong, match="앞 순위 없이"):
        list(verify.check(summed_up(places_that_skip(files))))


# As `decide` counts


def question_of(rule, options, **facts):
    marking = {"borda": "rank", "score": "score"}[rule]
    return {
        "key": "q1", "rule": rule, "marking": marking, "whole_ballots": "public", "at_least": 0,
        "ballot_limit": None, "options": [{"number": n, "cost": None} for n in options],
    } | facts  # fmt: skip


def counted_again(question, lines, ties):
    filled = [line for line in lines if line]
    choices = sum(len(verify.marks_of(question, line)) for line in filled)
    figures = {"valid": len(filled), "blank": len(lines) - len(filled), "choices": choices}
    votes = verify.count_votes(question, lines, figures, verify.sums_of(question, []))
    return votes, verify.winners_of(question, votes, ties, figures, {})


@settings(deadline=None)
@given(st.integers(2, 6), st.integers(0, 2**32))
def test_the_small_program_counts_rankings_as_decide_does(options, seed):
    random = Random(seed)
    numbers = [str(n) for n in range(1, options + 1)]
    at_most, seats = random.randint(1, options), random.randint(1, options)
    worths = sorted((random.randint(0, 4) for _ in range(at_most)), reverse=True)
    worths[0] = max(1, worths[0])
    ballots = [
        random.sample(numbers, random.randint(0, at_most)) for _ in range(random.randint(0, 12))
    ]
    ties = random.sample(numbers, options)
    question = question_of(
        "borda", range(1, options + 1), at_most=at_most,
        parameters={"seats": seats, "worths": worths},
    )  # fmt: skip
    votes, winners = counted_again(question, list(map(">".join, ballots)), ties)
    found = ranking.borda(ballots, options=numbers, ties=ties, seats=seats, worths=worths)
    assert votes == {each.option: each.points for each in found.ranking}
    assert winners == [int(each) for each in found.winners if votes[each]]


@settings(deadline=None)
@given(st.integers(2, 6), st.integers(0, 2**32))
def test_the_small_program_adds_points_as_decide_does(options, seed):
    random = Random(seed)
    numbers = [str(n) for n in range(1, options + 1)]
    each, seats = random.randint(1, 5), random.randint(1, options)
    total = random.choice([None, random.randint(each, each * options)])
    ballots = []
    for _ in range(random.randint(0, 12)):
        points = {n: random.randint(0, each) for n in numbers}
        while total is not None and sum(points.values()) > total:
            points[max(points, key=points.get)] -= 1
        ballots.append({n: given for n, given in points.items() if given})
    ties = random.sample(numbers, options)
    question = question_of(
        "score", range(1, options + 1), at_most=options,
        parameters={"seats": seats, "each_at_most": each, "total_at_most": total},
    )  # fmt: skip
    lines = [",".join(f"{n}:{given}" for n, given in ballot.items()) for ballot in ballots]
    votes, winners = counted_again(question, lines, ties)
    sums = scoring.count(ballots, options=numbers, each_at_most=each, total_at_most=total)
    assert votes == sums.votes
    assert winners == [int(n) for n in approval.choose(votes, ties=ties, seats=seats).winners]
