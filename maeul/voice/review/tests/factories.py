"""Questions to departments and their answers, through the actions."""

from datetime import timedelta

from maeul.ground.district.tests.factories import department as department_called
from maeul.ground.people.tests.factories import holder
from maeul.voice.agenda.tests.factories import WHEN, item_in, staff_of
from maeul.voice.review import actions

QUESTION = "할 수 있는 일인가요? 얼마가 드나요?"


def asked(dong, *, department=None, item=None, question=QUESTION, at=WHEN, **more):
    """An open question to a department about a public item.  Needs the fixture `law`."""
    item = item or item_in(dong)
    return actions.ask(
        item=item,
        department=department or department_called(),
        question=question,
        by=staff_of(dong),
        at=at + timedelta(minutes=2),
        **more,
    )


def reviewer_of(department):
    return holder("검토자", "reviewer", department=department)


def answered(dong, verdict="feasible", *, at=WHEN, review=None, **said):
    """A review with its answer: `answered(dong, "adjust", reason="…", adjusted_cost_won=1)`."""
    review = review or asked(dong)
    return actions.answer(
        review=review,
        verdict=verdict,
        by=reviewer_of(review.department),
        at=at + timedelta(minutes=3),
        **said,
    )
