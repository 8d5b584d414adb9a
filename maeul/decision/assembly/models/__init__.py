from maeul.decision.assembly.models.assembly import (
    COUNTED,
    STAFF,
    Assembly,
    Duty,
    Outcome,
    Question,
    Tabled,
)
from maeul.decision.assembly.models.booklet import booklet_of, how_to_vote
from maeul.decision.assembly.models.day import Helper, OrderItem
from maeul.decision.assembly.models.minutes import draft_of
from maeul.decision.assembly.models.objection import Objection
from maeul.decision.assembly.models.roll import letters_of, roll_of

__all__ = [
    "COUNTED",
    "STAFF",
    "Assembly",
    "Duty",
    "Helper",
    "Objection",
    "OrderItem",
    "Outcome",
    "Question",
    "Tabled",
    "booklet_of",
    "draft_of",
    "how_to_vote",
    "letters_of",
    "roll_of",
]
