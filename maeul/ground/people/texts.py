from datetime import date

from django.utils.translation import gettext_lazy as _

from maeul.ground.people.rules import RoleKind, StandingKind, Why

REFUSALS = {
    Why.TOO_YOUNG: _(
        "만 %(age)s세부터 가입할 수 있습니다. 보호자와 함께 동 주민센터에 오시면 의견을 대신"
        " 적어 드립니다."
    ),
    Why.NOT_CONSENTED: _("개인정보 수집에 동의해야 합니다. 동의 칸에 표시해 주세요."),
    Why.SEX_NOT_CONSENTED: _(
        "성별을 적으려면 통계 이용에 동의해 주세요. 동의하지 않으면 성별을 비워 두세요."
    ),
    Why.EMAIL_TAKEN: _("이미 쓰이는 전자우편 주소입니다. 다른 주소를 적어 주세요."),
    Why.ALREADY_ENTERED: _(
        "이름과 생년월일이 같은 사람이 이 동에 이미 있습니다. 사람 찾기에서 확인해 주세요."
    ),
    Why.BORN_IN_THE_FUTURE: _("생년월일이 오늘보다 뒤입니다. 다시 적어 주세요."),
    Why.NUMBER_OF_RESIDENT: _(
        "주민등록번호로 보이는 숫자가 있습니다. 주민등록번호는 받지 않으니 지우고 다시 보내 주세요."
    ),
    Why.ALREADY_STATED: _("같은 동에 같은 자격을 이미 알리셨습니다. 내 정보에서 확인해 주세요."),
    Why.ALREADY_VERIFIED: _("이미 확인이 끝난 자격입니다. 목록을 새로 고쳐 보세요."),
    Why.ALREADY_REFUSED: _("이미 거절한 자격입니다. 본인이 다시 알려야 확인할 수 있습니다."),
    Why.ALREADY_ENDED: _("이미 끝난 자격입니다. 본인이 다시 알려야 확인할 수 있습니다."),
    Why.OWN_DOCUMENT: _("본인의 서류는 본인이 확인할 수 없습니다. 다른 담당자에게 맡겨 주세요."),
    Why.NO_DOCUMENT: _("어떤 서류를 보았는지 골라 주세요."),
    Why.NO_REASON: _("거절하는 까닭을 적어 주세요. 본인에게 그대로 보입니다."),
    Why.VERIFIED_STAYS: _(
        "서류로 확인한 이름과 생년월일은 동 주민센터에서 고칩니다. 신분증을 가지고 들러 주세요."
    ),
    Why.OWN_ROLE: _("자기 자신에게는 역할을 줄 수 없습니다. 다른 구 담당자에게 맡겨 주세요."),
    Why.SCOPE_DOES_NOT_FIT: _(
        "이 역할에 맞는 범위를 하나만 골라 주세요. 동 담당자·간사·선거관리 담당은 동, 검토 담당자는"
        " 부서, 나머지는 구입니다."
    ),
    Why.HOLDS_IT_ALREADY: _("같은 기간에 같은 역할을 이미 맡고 있습니다. 기간을 확인해 주세요."),
    Why.ENDS_BEFORE_IT_STARTS: _("끝나는 날은 시작하는 날보다 뒤여야 합니다."),
    Why.ROLE_IS_OVER: _("이미 끝난 역할입니다. 목록을 새로 고쳐 보세요."),
    Why.LAST_OFFICER: _("마지막 구 담당자입니다. 먼저 다른 사람에게 구 담당자 역할을 주세요."),
    Why.OFFICER_IS_THERE: _(
        "다른 사람이 이미 구 담당자입니다. 그 사람이 ‘역할’ 화면에서 역할을 줄 수 있습니다."
    ),
    Why.HAS_LEFT: _("이미 탈퇴한 사람입니다."),
    Why.LEAVE_INSTEAD: _("이 동의가 없으면 계정을 둘 수 없습니다. 동의를 거두려면 탈퇴해 주세요."),
    Why.ONLY_IN_DEMO: _("시범 사이트에서만 할 수 있습니다."),
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

# What staff look at to verify a ground.  Only the kind is written down.
DOCUMENTS = {
    StandingKind.RESIDENT: ["주민등록증", "운전면허증", "주민등록표 등본", "모바일 신분증"],
    StandingKind.WORKER: ["사업자등록증", "재직증명서", "건강보험자격득실확인서"],
    StandingKind.MEMBER: ["재학증명서", "학생증", "회원명부", "단체의 확인서"],
    StandingKind.PERMANENT_FOREIGNER: ["영주증", "외국인등록사실증명"],
}

# The version of the texts people consent to.  A changed text gets a new day.
WORDING = "2026-11-24"
WORDING_DAY = date.fromisoformat(WORDING)

CONSENTS = {
    "privacy": _(
        "전자우편, 이름, 생년월일을 가입과 참여 자격 확인에 씁니다. 탈퇴하면 바로 지웁니다."
        " 동의하지 않을 수 있으나, 그러면 가입할 수 없습니다."
    ),
    "birth_and_sex": _(
        "성별과 나이대를 누가 참여하는지 살피는 통계에 씁니다. 한 사람을 알아볼 수 없게 묶어서만"
        " 보입니다. 동의하지 않아도 모든 일에 참여할 수 있습니다."
    ),
    "mail": _(
        "내 의견과 우리 동의 소식을 전자우편으로 보냅니다."
        " 동의하지 않아도 이 누리집에서 볼 수 있습니다."
    ),
}

ERRORS_OF_SIGN_IN = {
    "account_inactive": _("쓸 수 없는 계정입니다. 동 주민센터에 물어봐 주세요."),
    "email_password_mismatch": _(
        "전자우편이나 비밀번호가 맞지 않습니다. 다시 적거나 비밀번호를 새로 정해 주세요."
    ),
    "email_taken": _("이미 쓰이는 전자우편 주소입니다. 다른 주소를 적어 주세요."),
    "duplicate_email": _("이미 이 계정의 전자우편 주소입니다."),
    "enter_current_password": _("지금 쓰는 비밀번호를 적어 주세요."),
    "incorrect_password": _("비밀번호가 맞지 않습니다. 다시 적어 주세요."),
    "invalid_password_reset": _("비밀번호를 바꾸는 주소가 맞지 않습니다. 새로 받아 주세요."),
    "too_many_login_attempts": _(
        "여러 번 틀려서 잠시 막았습니다. 5분 뒤에 다시 해 보거나 비밀번호를 새로 정해 주세요."
    ),
    "unknown_email": _("이 주소로 가입한 사람이 없습니다. 주소를 확인해 주세요."),
    "same_as_current": _("지금 쓰는 것과 같습니다. 다른 것을 적어 주세요."),
    "rate_limited": _("너무 자주 눌렀습니다. 잠시 뒤에 다시 해 주세요."),
    "incorrect_code": _("번호가 맞지 않습니다. 앱에 지금 보이는 여섯 자리를 적어 주세요."),
    "unverified_email": _("먼저 전자우편 주소를 확인해 주세요."),
}
