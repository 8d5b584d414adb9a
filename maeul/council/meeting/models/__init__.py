"""A file per noun."""

from maeul.council.meeting.models.election import OfficerElection
from maeul.council.meeting.models.follow_up import FollowUp
from maeul.council.meeting.models.meeting import Attendance, Meeting
from maeul.council.meeting.models.minutes import Minutes, Remark
from maeul.council.meeting.models.motion import Motion
from maeul.council.meeting.models.topic import Topic

__all__ = [
    "Attendance",
    "FollowUp",
    "Meeting",
    "Minutes",
    "Motion",
    "OfficerElection",
    "Remark",
    "Topic",
]
