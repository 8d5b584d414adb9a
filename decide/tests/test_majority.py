from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decide.errors import Code, DecideError
from decide.majority import Base, absolute, majority, simple, two_thirds, with_quorum

few = st.integers(min_value=0, max_value=40)
shares = st.fractions(min_value=0, max_value=1, max_denominator=12)


def test_one_vote_more_carries_a_simple_majority():
    assert simple(10, 9).carried
    assert not simple(10, 10).carried
    assert simple(10, 10).tied


def test_abstentions_count_only_where_the_bylaw_takes_all_who_came():
    assert simple(10, 9, abstain=1).carried
    assert not simple(10, 9, abstain=1, of=Base.PRESENT).carried  # 10 of 20 is not more than half
    assert simple(11, 9, abstain=1, of=Base.PRESENT).carried  # 11 of 21 is


def test_an_absolute_majority_counts_those_who_stayed_at_home():
    assert absolute(13, 0, enrolled=25).carried
    outcome = absolute(12, 0, enrolled=25)
    assert (outcome.carried, outcome.needed, outcome.missing_votes) == (False, 13, 1)


def test_two_thirds_of_those_present_rounds_up():
    assert two_thirds(17, 8).carried
    assert not two_thirds(16, 9).carried
    assert not two_thirds(17, 8, abstain=1).carried  # 17 of 26


def test_without_a_vote_nothing_is_carried():
    for outcome in (simple(0, 0), two_thirds(0, 0), absolute(0, 0, enrolled=0)):
        assert not outcome.carried
    assert (simple(0, 0).missing_votes, two_thirds(0, 0).missing_votes) == (1, 1)


def test_further_votes_enlarge_the_base_so_two_thirds_needs_more_of_them():
    outcome = two_thirds(10, 10)  # 14 of 20 now; but 20 of 30 once ten more have come
    assert outcome.needed == 14
    assert outcome.missing_votes == 10


def test_unanimity_is_out_of_reach_once_somebody_is_against():
    outcome = majority(20, 1, at_least=1)
    assert outcome.missing_votes is None
    assert majority(20, 0, at_least=1).carried


@given(few, few, few, shares, st.booleans(), st.sampled_from([Base.VALID, Base.PRESENT]))
def test_margins_are_what_counting_again_finds(yes, no, abstain, share, strict, of):
    limit = {"more_than": share} if strict else {"at_least": share}

    def carried(count):
        return majority(count, no, abstain=abstain, of=of, **limit).carried

    outcome = majority(yes, no, abstain=abstain, of=of, **limit)
    if outcome.carried:
        assert outcome.missing_votes == 0
        spare = 0
        while spare < yes and carried(yes - spare - 1):
            spare += 1
        assert outcome.spare_votes == spare
    else:
        assert outcome.spare_votes == 0
        most = 12 * (yes + no + abstain) + 13  # the steepest share below 1 here is 11/12
        found = next((k for k in range(1, most) if carried(yes + k)), None)
        assert outcome.missing_votes == found


@given(few, few, few, st.integers(min_value=0, max_value=20), shares, st.booleans())
def test_margins_among_the_enrolled_keep_the_base(yes, no, abstain, absent, share, strict):
    enrolled = yes + no + abstain + absent
    limit = {"more_than": share} if strict else {"at_least": share}
    outcome = majority(yes, no, abstain=abstain, of=Base.ENROLLED, enrolled=enrolled, **limit)
    enough = [
        count
        for count in range(enrolled + 1)
        if majority(count, 0, of=Base.ENROLLED, enrolled=enrolled, **limit).carried
    ]
    assert outcome.carried == (yes in enough)
    if outcome.carried:
        assert (outcome.missing_votes, outcome.spare_votes) == (0, yes - enough[0])
    else:
        assert outcome.missing_votes == (enough[0] - yes if enough else None)


@given(few, few, shares)
def test_a_further_yes_never_hurts(yes, no, share):
    if majority(yes, no, at_least=share).carried:
        assert majority(yes + 1, no, at_least=share).carried


def test_more_votes_than_members_are_refused():
    with pytest.raises(DecideError) as refused:
        absolute(20, 6, enrolled=25)
    assert refused.value.code is Code.OUT_OF_RANGE


def test_the_enrolled_are_named_exactly_when_they_are_the_base():
    for arguments in ({"of": Base.ENROLLED}, {"of": Base.VALID, "enrolled": 25}):
        with pytest.raises(DecideError) as refused:
            majority(1, 0, more_than=Fraction(1, 2), **arguments)
        assert refused.value.code is Code.ONE_OF_TWO


def test_negative_votes_are_refused():
    with pytest.raises(DecideError) as refused:
        simple(-1, 0)
    assert refused.value.code is Code.NEGATIVE


def test_a_majority_of_too_few_carries_nothing():
    motion = with_quorum(simple(60, 20, abstain=5), present=90, quorum=91)
    assert motion.outcome.carried
    assert not motion.carried
    assert motion.missing_votes == 1
    assert with_quorum(simple(60, 20), present=91, quorum=91).carried


def test_enough_people_without_a_majority_carry_nothing():
    motion = with_quorum(simple(40, 50), present=91, quorum=91)
    assert motion.quorum.reached
    assert not motion.carried
    assert motion.missing_votes == 11


def test_no_number_of_further_votes_where_nobody_may_be_against():
    outcome = majority(9, 1, at_least=1)
    assert with_quorum(outcome, present=10, quorum=20).missing_votes is None


def test_more_votes_than_people_present_are_refused():
    with pytest.raises(DecideError) as refused:
        with_quorum(simple(60, 20), present=79, quorum=10)
    assert refused.value.code is Code.OUT_OF_RANGE
