from django.utils.translation import gettext_lazy as _

from maeul.ground.people.rules import RoleKind, StandingKind, Why

REFUSALS = {
    Why.TOO_YOUNG: _(
        "만 %(age)s세부터 가입할 수 있습니다. 보호자와 함께 동 주민센터에 오시면 의견을 대신"
        " 적어 드립니다."
    ),
    Why.NOT_CONSENTED: _("개인정보 수집에 동의해야 가입할 수 있습니다. 동의 칸에 표시해 주세요."),
    Why.ALREADY_VERIFIED: _("이미 확인이 끝난 자격입니다. 목록을 새로 고쳐 보세요."),
    Why.OWN_DOCUMENT: _("본인의 서류는 본인이 확인할 수 없습니다. 다른 담당자에게 맡겨 주세요."),
    Why.BORN_IN_THE_FUTURE: _("생년월일이 오늘보다 뒤입니다. 다시 적어 주세요."),
}

ROLES = {
    RoleKind.DONG_OFFICER: _("동 담당자"),
    RoleKind.DISTRICT_OFFICER: _("구 담당자"),
    RoleKind.REVIEWER: _("부서 검토 담당자"),
    RoleKind.MAYOR_OFFICE: _("구청장실"),
    RoleKind.SECRETARY: _("간사"),
    RoleKind.ELECTION_OFFICER: _("선거관리 담당"),
    RoleKind.OPERATOR: _("운영자"),
}

STANDINGS = {
    StandingKind.RESIDENT: _("동에 사는 주민"),
    StandingKind.WORKER: _("동에서 일하는 사람"),
    StandingKind.MEMBER: _("동의 학교·단체에 속한 사람"),
    StandingKind.PERMANENT_FOREIGNER: _("동에 등록된 영주 외국인"),
}
