from maeul.works.project.models.change import Change
from maeul.works.project.models.money import (
    BankNotice,
    Evidence,
    Expenditure,
    Line,
    Purse,
)
from maeul.works.project.models.project import Participant, Project, Step
from maeul.works.project.models.settlement import Settlement, SettlementRow

__all__ = [
    "BankNotice",
    "Change",
    "Evidence",
    "Expenditure",
    "Line",
    "Participant",
    "Project",
    "Purse",
    "Settlement",
    "SettlementRow",
    "Step",
]
