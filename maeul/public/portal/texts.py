from django.utils.translation import gettext_lazy as _

from maeul.public.portal.rules import Pile, Stage

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

STAGES = {
    Stage.AGENDA: (_("언제나, 1월~4월에 많이"), _("의제")),
    Stage.DELIBERATION: (_("3월~5월"), _("숙의")),
    Stage.ASSEMBLY: (_("5월"), _("주민총회")),
    Stage.WORK: (_("3월~10월"), _("실행")),
    Stage.SHARING: (_("11월"), _("성과공유")),
}
