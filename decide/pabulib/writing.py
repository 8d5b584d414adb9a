"""From an election to the bytes of its file."""

import csv
import io
import re
from collections.abc import Iterable

from decide.pabulib.election import Election, may_be_id
from decide.pabulib.flaws import Flaw, PabulibError


def write(election: Election) -> bytes:
    """The file of an election, the same bytes for the same election: UTF-8, a line feed a row.

    What is written, read and written again is the same bytes.  Amounts and numbers of rows come
    from the election, not from its META texts.
    """
    out = io.StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\n")

    def put(cells: Iterable[str]) -> None:
        rows.writerow([_LINES.sub(" ", cell) for cell in cells])

    put(["META"])
    put(["key", "value"])
    for item in (election.meta | _counted(election)).items():
        put(item)

    put(["PROJECTS"])
    columns = election.project_columns or (
        "project_id",
        "cost",
        *dict.fromkeys(column for project in election.projects for column in project.fields),
    )
    put(columns)
    for project in election.projects:
        if not may_be_id(project.id):
            raise PabulibError(0, Flaw.BAD_ID, project=project.id)
        known = {"project_id": project.id, "cost": election.amount(project.cost)}
        cells = project.fields | known
        put(cells.get(column, "") for column in columns)

    put(["VOTES"])
    columns = election.voter_columns or (
        "voter_id",
        "vote",
        *["points"] * election.vote_type.has_points,
    )
    put(columns)
    others = [column for column in columns if column not in ("voter_id", "vote", "points")]
    for ballot in election.ballots:
        cells = dict(zip(others, ballot.cells, strict=False))
        cells["voter_id"] = ballot.voter
        cells["vote"] = ",".join(ballot.choices)
        cells["points"] = ",".join(map(str, ballot.points))
        put(cells.get(column, "") for column in columns)
    return out.getvalue().encode()


_LINES = re.compile(r"[\r\n]+")


def _counted(election: Election) -> dict[str, str]:
    return {
        "num_projects": str(len(election.projects)),
        "num_votes": str(len(election.ballots)),
        "budget": election.amount(election.budget),
        "vote_type": election.vote_type.value,
    }
