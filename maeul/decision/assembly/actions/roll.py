from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core.sheet import BadCell, Problems
from maeul.decision.assembly import texts
from maeul.decision.assembly.actions.say import locked, say
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision
from maeul.ground.people.rules import age_on
from maeul.vault.ballot import actions as ballot
from maeul.vault.ballot.models import EVERYBODY

LONGEST_NAME = 60


def look_over_roll(*, assembly, rows, at):
    """What a sheet would add to the roll, laid beside it, in the order of its lines.

    Every wrong line is named with its reason; of a sheet with one nothing is taken.
    """
    problems, today = Problems(), timezone.localdate(at)
    lines, read = [], []
    election = assembly.election
    booths = {booth.name: booth for booth in election.booths.all()}
    age = Provision.objects.in_force(dong=assembly.dong, at=at)["assembly.voting_age"].value
    for row in rows:
        with problems.of(row):
            read.append(_elector(row, assembly, booths=booths, age=age, today=today))
            lines.append(row.line)
    compared = ballot.compare(election=election, electors=read)
    for line, found in zip(lines, compared, strict=True):
        found.line = line
        if found.same_as is not None:
            problems.add(
                line,
                _("%(other)s번째 줄과 같은 사람입니다(이름과 생년월일).")
                % {"other": lines[found.same_as]},
            )
        found.near_names = [f"{each.name} ({each})" for each in found.near] + [
            _("%(line)s번째 줄 %(name)s") % {"line": lines[place], "name": read[place].name}
            for place in found.near_lines
        ]
    problems.raise_if_any()
    return compared


@transaction.atomic
def import_roll(*, assembly, rows, by, at):
    """Add the people of a sheet to the roll, all or none.  Of a birth date only hashes stay."""
    assembly = locked(assembly)
    compared = look_over_roll(assembly=assembly, rows=rows, at=at)
    added = ballot.enrol(
        election=assembly.election, electors=[row.text for row in compared], by=by, at=at
    )
    audit.note("assembly.roll_imported", on=assembly, by=by, at=at, lines=len(rows), added=added)
    return added


@transaction.atomic
def lay_open_roll(*, assembly, by, at):
    """Let residents see whether they are on the roll, and object, for as long as the law says."""
    assembly = locked(assembly)
    law = Provision.objects.in_force(dong=assembly.dong, at=at)
    until = timezone.localdate(at) + law["assembly.roll_days"].days()
    ballot.lay_open(election=assembly.election, until=until, by=by, at=at)
    title = _("선거인명부를 %(day)s까지 열람합니다") % {"day": f"{until.month}월 {until.day}일"}
    say(assembly, "lay_open_roll", title, by=by, at=at)
    return until


@transaction.atomic
def issue_letters(*, assembly, by, at):
    """A code for everybody on the roll without an account; former letters end."""
    assembly = locked(assembly)
    issued = ballot.issue_codes(election=assembly.election, by=by, at=at)
    audit.note("assembly.letters_issued", on=assembly, by=by, at=at, letters=len(issued))
    return issued


def _elector(row, assembly, *, booths, age, today):
    name, born_on = row.text(texts.NAME_HEAD, longest=LONGEST_NAME), row.day(texts.BORN_HEAD)
    if not date(1900, 1, 1) <= born_on <= today:
        raise BadCell(_("생년월일이 맞지 않습니다. 1990-05-14처럼 적어 주세요."))
    if age_on(born_on, assembly.held_on) < age:
        raise BadCell(_("총회 날 %(age)s세가 되지 않습니다.") % {"age": age})
    proof, style, booth = (row.cells.get(head, "") for head in texts.OPTIONAL_ROLL_HEADS)
    if style and style not in assembly.election.styles:
        raise BadCell(_("‘%(style)s’ 투표지는 이 투표에 없습니다.") % {"style": style[:30]})
    if booth and booth not in booths:
        raise BadCell(_("‘%(booth)s’ 투표소는 이 투표에 없습니다.") % {"booth": booth[:30]})
    return ballot.ElectorText(
        name,
        born_on=born_on,
        proof=proof[:60],
        style=style or EVERYBODY,
        booth=booths.get(booth),
    )
