"""Pabulib's `.pb` files: real participatory budgets, as the researchers of the field keep them.

A file has three sections, each with a header and rows of cells parted by semicolons: META (key and
value), PROJECTS, VOTES.  Format: Faliszewski et al., "Participatory Budgeting: Data, Tools, and
Analysis", IJCAI 2023, and the description at Pabulib.

    election = pabulib.read("file.pb")         what can be understood, its flaws beside it
    pabulib.read("file.pb", strict=True)       the first flaw is refused, with its line
    pabulib.write(election)                    the same bytes for the same election
"""

from decide.pabulib.election import Ballot, Election, Project, VoteType
from decide.pabulib.flaws import Finding, Flaw, PabulibError
from decide.pabulib.reading import parse, read
from decide.pabulib.writing import write

__all__ = [
    "Ballot",
    "Election",
    "Finding",
    "Flaw",
    "PabulibError",
    "Project",
    "VoteType",
    "parse",
    "read",
    "write",
]
