from maeul.works.pledge.models.card import Change, Pledge, Progress, Stage
from maeul.works.pledge.models.opening import opened
from maeul.works.pledge.models.table import Cell, Programme, Table, Tie

__all__ = [
    "Cell",
    "Change",
    "Pledge",
    "Programme",
    "Progress",
    "Stage",
    "Table",
    "Tie",
    "opened",
]
