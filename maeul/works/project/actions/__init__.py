from maeul.works.project.actions.changing import (
    approve_change,
    ask_change,
    return_change,
)
from maeul.works.project.actions.ending import (
    approve_settlement,
    ask_settlement,
    cancel,
    complete,
    refund,
    return_settlement,
    share,
)
from maeul.works.project.actions.receiving import note_interest, pay_in_own, receive
from maeul.works.project.actions.spending import (
    approve_spending,
    ask_spending,
    return_spending,
    take_back_spending,
)
from maeul.works.project.actions.working import (
    finish_step,
    plan_line,
    plan_step,
    resume,
    start,
    suspend,
    take_in,
    work,
)

__all__ = [
    "approve_change",
    "approve_settlement",
    "approve_spending",
    "ask_change",
    "ask_settlement",
    "ask_spending",
    "cancel",
    "complete",
    "finish_step",
    "note_interest",
    "pay_in_own",
    "plan_line",
    "plan_step",
    "receive",
    "refund",
    "resume",
    "return_change",
    "return_settlement",
    "return_spending",
    "share",
    "start",
    "suspend",
    "take_back_spending",
    "take_in",
    "work",
]
