"""The assembly from convening to its minutes.  What happens inside the vote is the box's."""

from maeul.decision.assembly.actions.announce import announce, announce_result, publish_minutes
from maeul.decision.assembly.actions.ask import choose_rule, put, take_out
from maeul.decision.assembly.actions.prepare import (
    build_roll,
    convene,
    freeze_rules,
    name_officers,
)

__all__ = [
    "announce",
    "announce_result",
    "build_roll",
    "choose_rule",
    "convene",
    "freeze_rules",
    "name_officers",
    "publish_minutes",
    "put",
    "take_out",
]
