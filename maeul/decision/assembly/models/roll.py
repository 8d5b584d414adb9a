"""The roll on paper: as it lies open at the office, and letters to those without an account."""

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core.paper import Facts, Heading, PageBreak, Paper, Table, Text
from maeul.core.templatetags.look import day_text, num
from maeul.decision.assembly import texts


def roll_of(assembly) -> Paper:
    electors = assembly.election.electors.select_related("booth").order_by("roll", "number")
    rows = [
        [num(row.number), row.name, row.proof, row.booth.name if row.booth else ""]
        for row in electors
    ]
    until = assembly.election.roll_open_until
    facts = [(_("선거인"), _("%(people)s명") % {"people": num(len(rows))})]
    if until:
        facts.append((_("열람 마지막 날"), day_text(until)))
    return Paper(
        title=_("%(assembly)s 선거인명부") % {"assembly": assembly.title},
        on=timezone.localdate(),
        publisher=_("%(dong)s 주민자치회") % {"dong": assembly.dong},
        parts=[
            Text(str(texts.ROLL_AT_THE_OFFICE)),
            Facts(facts),
            Table(
                heads=[_("번호"), _("이름"), _("자격 확인"), _("투표소")],
                rows=rows,
                numbers={0},
                widths=[1, 2, 3, 2],
            ),
        ],
    )


def letters_of(assembly, issued) -> Paper:
    """One page for each, with the code to type once."""
    address = settings.SITE_ADDRESS + assembly.election.address_of_roll()
    parts = []
    for number, (elector, code) in enumerate(issued):
        parts += [PageBreak()] if number else []
        parts += [
            Heading(_("%(name)s 님께") % {"name": elector.name}),
            Text(_("%(assembly)s의 선거인명부에 올라 계십니다.") % {"assembly": assembly.title}),
            Text(str(texts.LETTER)),
            Facts([(_("번호"), code), (_("적는 곳"), address)]),
            Text(str(texts.LETTER_IS_YOURS)),
        ]
    return Paper(
        title=_("%(assembly)s 명부 편지") % {"assembly": assembly.title},
        on=timezone.localdate(),
        publisher=_("%(dong)s 주민자치회") % {"dong": assembly.dong},
        parts=parts,
    )
