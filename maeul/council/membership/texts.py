from django.utils.translation import gettext_lazy as _

from maeul.council.membership.rules import BodyKind, EndReason, OfficeKind, Why

BODIES = {
    BodyKind.COUNCIL: _("주민자치회"),
    BodyKind.SUBCOMMITTEE: _("분과위원회"),
    BodyKind.JOINT: _("연석회의"),
}

OFFICES = {
    OfficeKind.CHAIR: _("자치회장"),
    OfficeKind.VICE_CHAIR: _("자치부회장"),
    OfficeKind.AUDITOR: _("감사"),
    OfficeKind.SUBCOMMITTEE_CHAIR: _("분과위원장"),
    OfficeKind.SECRETARY_GENERAL: _("사무국장"),
}

END_REASONS = {
    EndReason.LOST_ELIGIBILITY: _("자격을 잃음"),
    EndReason.RESIGNED: _("스스로 물러남"),
    EndReason.TWO_COUNCILS: _("다른 주민자치회에도 뽑힘"),
    EndReason.NOT_NEUTRAL: _("정치적 중립을 어김"),
    EndReason.DISMISSED: _("전체회의 의결로 위촉 해제"),
}

REFUSALS = {
    Why.NAME_TAKEN: _("이 동에 ‘%(name)s’가 이미 있습니다. 다른 이름을 적어 주세요."),
    Why.ONE_OF_ITS_KIND: _(
        "한 동에는 하나만 둘 수 있는데 이미 있습니다. 조직 목록에서 골라 주세요."
    ),
    Why.NO_NAME: _("조직의 이름을 적어 주세요."),
    Why.NO_SEATS_HERE: _(
        "연석회의에는 정해진 위원이 없습니다. 회의 때 온 사람을 출석으로 적어 주세요."
    ),
    Why.COUNCIL_FULL: _(
        "주민자치회 위원은 %(most)s명까지입니다. 먼저 물러난 위원의 자리를 끝내 주세요."
    ),
    Why.ALREADY_SITS: _("이미 이 조직의 위원입니다. 같은 기간에 두 번 위촉할 수 없습니다."),
    Why.SITS_IN_OTHER_COUNCIL: _(
        "다른 동 주민자치회의 위원입니다. 그 자리가 끝난 뒤에 위촉해 주세요."
    ),
    Why.NO_COUNCIL_YET: _("주민자치회가 아직 없습니다. 먼저 주민자치회를 만들어 주세요."),
    Why.NO_TERM: _(
        "%(on)s이 들어 있는 임기가 없습니다. 먼저 그 임기를 적거나 시작일을 고쳐 주세요."
    ),
    Why.TERM_ENTERED: _("%(number)s기는 이미 적혀 있습니다. 다른 기를 적어 주세요."),
    Why.TERM_OVERLAPS: _("다른 기의 임기와 겹칩니다. 시작일을 고쳐 주세요."),
    Why.SEAT_OVER: _("%(on)s에 이미 끝난 자리입니다. 화면을 새로 고쳐 보세요."),
    Why.ENDS_BEFORE_IT_BEGAN: _("끝나는 날이 시작하는 날보다 앞섭니다. 날짜를 고쳐 주세요."),
    Why.NOT_YOUR_SEAT: _("본인의 자리만 내려놓을 수 있습니다. 담당자에게 말씀해 주세요."),
    Why.OFFICE_HELD: _("그 기간에 같은 직책을 맡은 사람이 있습니다. 먼저 그 직책을 끝내 주세요."),
    Why.HOLDS_IT_ALREADY: _("그 기간에 이미 같은 직책을 맡고 있습니다."),
    Why.OFFICE_NOT_HERE: _("이 조직에 없는 직책입니다. 직책을 다시 골라 주세요."),
    Why.NO_COUNCIL_MEMBER: _(
        "주민자치회 위원만 맡을 수 있는 직책입니다. 위원 가운데에서 골라 주세요."
    ),
}

# The sheet of sitting members: its columns, and the words that may stand in them.
HEADS = ["이름", "생년월일", "성별", "시작일"]
OPTIONAL_HEADS = ["전자우편", "분과", "직책", "자격"]
SEX_WORDS = {"여": "F", "여성": "F", "남": "M", "남성": "M"}
OFFICE_WORDS = {
    "자치회장": OfficeKind.CHAIR,
    "회장": OfficeKind.CHAIR,
    "자치부회장": OfficeKind.VICE_CHAIR,
    "부회장": OfficeKind.VICE_CHAIR,
    "감사": OfficeKind.AUDITOR,
    "분과위원장": OfficeKind.SUBCOMMITTEE_CHAIR,
    "분과장": OfficeKind.SUBCOMMITTEE_CHAIR,
    "사무국장": OfficeKind.SECRETARY_GENERAL,
}
SEEN_DOCUMENT = _("위촉 명단")
