"""The assembly from convening to its minutes.  What happens inside the vote is the box's."""

from maeul.decision.assembly.actions.announce import announce, announce_result, publish_minutes
from maeul.decision.assembly.actions.ask import choose_rule, put, take_out
from maeul.decision.assembly.actions.day import begin_next, set_order, take_back
from maeul.decision.assembly.actions.help import confirm_help, offer_help, withdraw_help
from maeul.decision.assembly.actions.object import answer_objection, object_to_result
from maeul.decision.assembly.actions.prepare import (
    build_roll,
    convene,
    freeze_rules,
    name_officers,
)
from maeul.decision.assembly.actions.roll import (
    import_roll,
    issue_letters,
    lay_open_roll,
    look_over_roll,
)

__all__ = [
    "announce",
    "announce_result",
    "answer_objection",
    "begin_next",
    "build_roll",
    "choose_rule",
    "confirm_help",
    "convene",
    "freeze_rules",
    "import_roll",
    "issue_letters",
    "lay_open_roll",
    "look_over_roll",
    "name_officers",
    "object_to_result",
    "offer_help",
    "publish_minutes",
    "put",
    "set_order",
    "take_back",
    "take_out",
    "withdraw_help",
]
