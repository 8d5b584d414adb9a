"""A plan from its first item to the day it expires."""

from maeul.decision.plan.actions.carry import (
    adopt,
    ask_for_money,
    bring_to_plenary,
    table,
    take_result,
)
from maeul.decision.plan.actions.hold import expire, take_effect
from maeul.decision.plan.actions.remind import remind
from maeul.decision.plan.actions.reply import reply, submit
from maeul.decision.plan.actions.write import (
    add_item,
    describe,
    draw_up,
    drop_item,
    set_lines,
    set_text,
)

__all__ = [
    "add_item",
    "adopt",
    "ask_for_money",
    "bring_to_plenary",
    "describe",
    "draw_up",
    "drop_item",
    "expire",
    "remind",
    "reply",
    "set_lines",
    "set_text",
    "submit",
    "table",
    "take_effect",
    "take_result",
]
