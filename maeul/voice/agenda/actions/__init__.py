"""Every change of an agenda item, a file per kind of verb."""

from maeul.voice.agenda.actions.answering import (
    decline,
    fix,
    give_back,
    park,
    resume,
    triage,
)
from maeul.voice.agenda.actions.capturing import (
    capture,
    correct,
    take_out_photo,
    withdraw,
    write_down,
)
from maeul.voice.agenda.actions.carrying import (
    bring_again,
    call_back,
    decide,
    draft,
    mark_again,
    mark_reviewed,
    send_to_review,
    table,
    undraft,
    untable,
)
from maeul.voice.agenda.actions.gathering import merge, split, unmerge
from maeul.voice.agenda.actions.joining_in import (
    offer_help,
    support,
    unsupport,
    withdraw_offer,
)
from maeul.voice.agenda.actions.meeting import bring_to_meeting, take_up

__all__ = [
    "bring_again",
    "bring_to_meeting",
    "call_back",
    "capture",
    "correct",
    "decide",
    "decline",
    "draft",
    "fix",
    "give_back",
    "mark_again",
    "mark_reviewed",
    "merge",
    "offer_help",
    "park",
    "resume",
    "send_to_review",
    "split",
    "support",
    "table",
    "take_out_photo",
    "take_up",
    "triage",
    "undraft",
    "unmerge",
    "unsupport",
    "untable",
    "withdraw",
    "withdraw_offer",
    "write_down",
]
