"""The desks of those who serve or sit on a council: one link to each page that is theirs alone."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from maeul.council.membership.models import Seat
from maeul.ground.notice import access as letters
from maeul.ground.people import access as people
from maeul.ground.people.rules import RoleKind
from maeul.voice.agenda import access as agenda
from maeul.voice.review import access as review


@dataclass(frozen=True)
class Desk:
    label: str
    address: str


def of(person, year):
    """Where this person works, in the order of a matter's way."""
    named = [
        (agenda.can_work, _("의제 할 일"), "agenda:worklist"),
        (review.can_work, _("부서 검토"), "review:desk"),
        (people.can_verify_somewhere, _("참여 자격 확인"), "people:standings"),
        (_serves_a_district, _("예산의 재원"), "budget:streams"),
        (people.can_give_roles, _("역할"), "people:roles"),
        (letters.can_settle_letters, _("확인할 편지"), "notice:letters"),
        (_sits, _("내 위원 자리"), "membership:mine"),
    ]
    desks = [Desk(label, reverse(name)) for may, label, name in named if may(person)]
    for dong in _served(person):
        desks.append(
            Desk(
                _("%(dong)s 예산") % {"dong": dong},
                reverse("budget:dong_year", args=[dong.code, year]),
            )
        )
        desks.append(
            Desk(
                _("%(dong)s 보조금") % {"dong": dong},
                reverse("grant:dong_year", args=[dong.code, year]),
            )
        )
    return desks


def _serves_a_district(person):
    return any(role.kind == RoleKind.DISTRICT_OFFICER for role in person.roles_today)


def _sits(person):
    return Seat.objects.of(person).exists()


def _served(person):
    kinds = (RoleKind.DONG_OFFICER, RoleKind.SECRETARY)
    return list(dict.fromkeys(role.dong for role in person.roles_today if role.kind in kinds))
