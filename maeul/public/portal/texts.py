from django.utils.translation import gettext_lazy as _

from maeul.public.portal.rules import Pile

PILES = {
    Pile.LATE: (_("늦은 일"), "warn"),
    Pile.TODAY: (_("오늘"), "waiting"),
    Pile.WEEK: (_("이번 주"), "meet"),
    Pile.LATER: (_("그 뒤"), "people"),
}

KINDS = {
    "agenda": _("의제"),
    "meeting": _("회의"),
    "review": _("부서 검토"),
    "plan": _("자치계획"),
    "assembly": _("주민총회"),
    "round": _("참여예산"),
    "project": _("사업"),
    "grant": _("보조금"),
    "pledge": _("공약"),
    "yearbook": _("기록물"),
}
