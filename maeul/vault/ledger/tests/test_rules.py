import pytest

from maeul.core.no import No
from maeul.vault.ledger.rules import Why, why_not_correct, why_not_draw, why_not_post


@pytest.mark.parametrize(
    ("postings", "answer"),
    [
        ([(1, -5), (2, 5)], None),
        ([(1, -5), (2, 3), (3, 2)], None),
        ([], No(Why.NO_TWO_SIDES)),
        ([(1, 5)], No(Why.NO_TWO_SIDES)),
        ([(1, -5), (1, 5)], No(Why.SAME_ACCOUNT_TWICE)),
        ([(1, -5), (2, 6)], No(Why.NOT_BALANCED, off=1)),
        ([(1, 0), (2, 0)], No(Why.NOT_WHOLE_WON)),
        ([(1, -0.5), (2, 0.5)], No(Why.NOT_WHOLE_WON)),
        ([(1, -True), (2, True)], No(Why.NOT_WHOLE_WON)),
    ],
)
def test_an_entry_has_two_sides_of_whole_won_that_sum_to_zero(postings, answer):
    assert why_not_post(postings=postings, source="project.Expenditure:5") == answer


def test_money_does_not_move_without_a_source():
    assert why_not_post(postings=[(1, -5), (2, 5)], source=" ") == No(Why.NO_SOURCE)


def test_the_last_won_may_be_paid_and_one_more_may_not():
    assert why_not_draw(draws=[("통장", 100, 100)]) is None
    assert why_not_draw(draws=[("통장", 100, 101)]) == No(
        Why.OVERDRAWN, account="통장", held=100, wanted=101
    )


def test_an_entry_is_taken_back_once():
    assert why_not_correct(corrected=False) is None
    assert why_not_correct(corrected=True) == No(Why.ALREADY_CORRECTED)
