"""Every change of a meeting, a file per verb and its opposite."""

from maeul.council.meeting.actions.attend import attend, call_roll, leave
from maeul.council.meeting.actions.close import close
from maeul.council.meeting.actions.convene import cancel, convene
from maeul.council.meeting.actions.elect import elect, install_elected
from maeul.council.meeting.actions.follow_up import add_follow_up, settle_follow_up
from maeul.council.meeting.actions.minutes import (
    correct_minutes,
    publish_minutes,
    remark,
    write_minutes,
)
from maeul.council.meeting.actions.move import move, vote_on
from maeul.council.meeting.actions.open import open
from maeul.council.meeting.actions.topic import decide_topic, put_topic, withdraw_topic

__all__ = [
    "add_follow_up",
    "attend",
    "call_roll",
    "cancel",
    "close",
    "convene",
    "correct_minutes",
    "decide_topic",
    "elect",
    "install_elected",
    "leave",
    "move",
    "open",
    "publish_minutes",
    "put_topic",
    "remark",
    "settle_follow_up",
    "vote_on",
    "withdraw_topic",
    "write_minutes",
]
