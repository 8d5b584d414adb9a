from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from maeul.core.sheet import BadCell, Row
from maeul.council.membership import texts
from maeul.council.membership.models.body import Body
from maeul.council.membership.rules import OfficeKind
from maeul.ground.people.models import Person
from maeul.ground.people.rules import StandingKind
from maeul.ground.people.texts import STANDINGS


@dataclass
class Member:
    """One line of a sheet of sitting members: who, since when, where, as what.  Not stored."""

    line: int
    name: str
    born_on: date
    sex: str
    from_on: date
    ground: str
    subcommittee: Body | None
    office: OfficeKind | None
    email: str
    person: Person | None  # whom we know already
    is_new: bool = False

    @property
    def office_name(self):
        return texts.OFFICES[self.office] if self.office else ""

    @classmethod
    def read(cls, row: Row, *, council, on, seen):
        """Read one row; what cannot be understood is a `BadCell`.

        `seen` remembers the lines read before, so that nobody stands in the sheet twice.
        """
        name, born_on = row.text("이름", longest=60), row.day("생년월일")
        email = _cell(row, "전자우편").lower()
        if born_on > on:
            raise BadCell(_("생년월일이 오늘보다 뒤입니다."))
        for key in {(name, born_on), *([email] if email else [])}:
            if key in seen:
                raise BadCell(_("%(line)s번째 줄과 같은 사람입니다.") % {"line": seen[key]})
            seen[key] = row.line
        office = _word(row, "직책", texts.OFFICE_WORDS)
        subcommittee = _subcommittee(row, council)
        if office == OfficeKind.SUBCOMMITTEE_CHAIR and subcommittee is None:
            raise BadCell(_("분과위원장이면 ‘분과’ 칸에 어느 분과인지 적어 주세요."))
        return cls(
            line=row.line,
            name=name,
            born_on=born_on,
            sex=_word(row, "성별", texts.SEX_WORDS, required=True),
            from_on=row.day("시작일"),
            ground=_word(row, "자격", {str(v): k for k, v in STANDINGS.items()})
            or StandingKind.RESIDENT,
            subcommittee=subcommittee,
            office=office,
            email=email,
            person=_known(name, born_on, email),
        )


def _cell(row, head):
    return row.cells.get(head, "")


def _word(row, head, words, *, required=False):
    """One of the words that may stand in this column."""
    value = "".join(_cell(row, head).split())
    known = {"".join(str(word).split()): meaning for word, meaning in words.items()}
    if not value and not required:
        return None
    if value not in known:
        raise BadCell(
            _("‘%(head)s’ 칸의 ‘%(value)s’를 알 수 없습니다. 쓸 수 있는 말: %(words)s")
            % {"head": head, "value": value[:30], "words": ", ".join(map(str, words))}
        )
    return known[value]


def _subcommittee(row, council):
    name = _cell(row, "분과")
    if not name:
        return None
    parts = {part.name: part for part in Body.objects.subcommittees_of(council)}
    if name not in parts:
        there = ", ".join(parts) or _("아직 없음")
        raise BadCell(
            _(
                "분과 ‘%(name)s’가 없습니다. 먼저 분과를 만들거나 이름을 고쳐 주세요."
                " 있는 분과: %(there)s"
            )
            % {"name": name[:30], "there": there}
        )
    return parts[name]


def _known(name, born_on, email):
    """The person this is, by e-mail or else by name and birth date; None when nobody is."""
    if email:
        person = Person.objects.filter(email__iexact=email, is_active=True).first()
        if person and person.name != name:
            raise BadCell(_("이 전자우편으로 가입한 사람의 이름이 다릅니다. 주소를 확인해 주세요."))
        if person:
            return person
    same = Person.objects.filter(name=name, born_on=born_on, is_active=True)[:2]
    if len(same) > 1:
        raise BadCell(
            _("이름과 생년월일이 같은 사람이 둘 있습니다. 전자우편을 적어 누구인지 가려 주세요.")
        )
    return same[0] if same else None
