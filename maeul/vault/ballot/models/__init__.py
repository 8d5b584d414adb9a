"""The tables of the ballot box.

Nothing here leads from a choice to a person.  Poll book, envelopes, board and opened ballots
have random keys, no time, no history and no line in the trail: two rows written in one
transaction share `xmin`, rows written in turn keep their physical order, and either was
enough to find every voter's ballot again when it lay in the open.  So it lies sealed until
closing, and what is opened is written once, shuffled for each question apart.
"""

from maeul.vault.ballot.models.booth import (
    Booth,
    BoothHours,
    BoothReading,
    BoothReport,
    Clerk,
    Device,
    Line,
)
from maeul.vault.ballot.models.box import BoardEntry, Envelope
from maeul.vault.ballot.models.door import CheckIn, LateLine, Outer, OuterRuling, Ruling, Slip
from maeul.vault.ballot.models.election import (
    EVERYBODY,
    Duty,
    Election,
    ElectionOfficer,
    Lock,
    ReceiptKey,
    Rehearsal,
)
from maeul.vault.ballot.models.hall import HallTotals, TotalsReading
from maeul.vault.ballot.models.opening import OfficerAct, OpenedBallot, Opening, Tally
from maeul.vault.ballot.models.outside import OutsideTotals, OutsideWithdrawal
from maeul.vault.ballot.models.paper import (
    BatchClosing,
    BatchShare,
    BatchWithdrawal,
    BoxCount,
    EntryTurn,
    PaperBatch,
    PaperEntry,
)
from maeul.vault.ballot.models.question import Option, Question
from maeul.vault.ballot.models.result import Bundle, Outcome
from maeul.vault.ballot.models.roll import Elector, PollBookEntry
from maeul.vault.ballot.models.roll_open import RollCode, RollObjection
from maeul.vault.ballot.rules import State

__all__ = [
    "EVERYBODY",
    "BatchClosing",
    "BatchShare",
    "BatchWithdrawal",
    "BoardEntry",
    "Booth",
    "BoothHours",
    "BoothReading",
    "BoothReport",
    "BoxCount",
    "Bundle",
    "CheckIn",
    "Clerk",
    "Device",
    "Duty",
    "Election",
    "ElectionOfficer",
    "Elector",
    "EntryTurn",
    "Envelope",
    "HallTotals",
    "LateLine",
    "Line",
    "Lock",
    "OfficerAct",
    "OpenedBallot",
    "Opening",
    "Option",
    "Outcome",
    "Outer",
    "OuterRuling",
    "OutsideTotals",
    "OutsideWithdrawal",
    "PaperBatch",
    "PaperEntry",
    "PollBookEntry",
    "Question",
    "ReceiptKey",
    "Rehearsal",
    "RollCode",
    "RollObjection",
    "Ruling",
    "Slip",
    "State",
    "Tally",
    "TotalsReading",
]

SECRET_TABLES = [PollBookEntry, Envelope, BoardEntry, OpenedBallot]
"""Random keys, no time, no history, no audit line; a test holds them to it."""
