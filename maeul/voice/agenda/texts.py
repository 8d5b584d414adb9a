from django.utils.translation import gettext_lazy as _

from maeul.voice.agenda.rules import Category, Help, Outcome, Source, State, Why

REFUSALS = {
    Why.EMPTY: _("무엇을 바꾸고 싶은지 한 문장으로 적어 주세요."),
    Why.NO_AUTHOR: _("누구의 말인지 알 수 없습니다. 로그인하고 다시 보내 주세요."),
    Why.HALF_A_PLACE: _("지도의 자리가 반만 들어왔습니다. 지도에서 다시 눌러 주세요."),
    Why.OUTSIDE_THE_DONG: _(
        "고른 자리가 이 동 밖입니다. 지도에서 동 안을 누르거나, 위에서 다른 동을 골라 주세요."
    ),
    Why.NOT_NOW: _(
        "지금은 할 수 없는 일입니다. 그 사이에 상태가 바뀌었을 수 있으니 화면을 새로 고쳐 보세요."
    ),
    Why.ALREADY_TRIAGED: _(
        "이미 의제로 받아들인 문장입니다. 고칠 것이 있으면 동 주민센터에 말씀해 주세요."
    ),
    Why.ALREADY_JOINED: _("이미 다른 의제와 모인 문장입니다. 모인 의제에서 이어 가 주세요."),
    Why.ALREADY_ENDED: _("이미 답이 난 의제입니다. 새로운 이야기라면 한 문장을 새로 보내 주세요."),
    Why.IN_REVIEW: _("부서가 검토하고 있습니다. 답이 온 뒤에 다시 해 주세요."),
    Why.PAST_DRAFTED: _(
        "자치계획에 담겨 투표로 가는 의제는 모으거나 풀 수 없습니다. 결과가 난 뒤에 살펴봐 주세요."
    ),
    Why.OWN_ITEM: _("자기 의제는 자기가 처리할 수 없습니다. 다른 담당자에게 맡겨 주세요."),
    Why.CATEGORY_OPEN: _("의제로 받으려면 분야를 하나 정해 주세요."),
    Why.REASON_MISSING: _("보낸 분이 읽을 답을 적어 주세요. 까닭과 다음 길이 있으면 좋습니다."),
    Why.PARKED_INTO_THE_PAST: _("다시 꺼내 볼 날을 내일이나 그 뒤로 정해 주세요."),
    Why.OTHER_DONG: _("다른 동의 의제와는 모을 수 없습니다. 같은 동의 의제를 골라 주세요."),
    Why.NOT_PUBLIC: _("아직 공개되지 않은 문장입니다. 공개된 뒤에 다시 해 주세요."),
    Why.NOT_AN_OPEN_MATTER: _("끝난 의제에는 모을 수 없습니다. 진행 중인 의제를 골라 주세요."),
    Why.WAITS_WITH_OTHERS: _(
        "이웃의 문장이 이 의제에 모여 있어 거둘 수 없습니다. 동 주민센터에 말씀하시면 먼저"
        " 모임을 풀어 드립니다."
    ),
    Why.ALREADY_SUPPORTED: _("이미 공감하셨습니다. 한 사람이 한 번 셉니다."),
    Why.NOT_SUPPORTED: _("공감하지 않은 의제입니다. 화면을 새로 고쳐 보세요."),
    Why.ALREADY_OFFERED: _(
        "같은 도움을 이미 알려 주셨습니다. 고치려면 먼저 것을 거두고 새로 적어 주세요."
    ),
    Why.OFFER_IN_THE_PAST: _("도울 수 있는 마지막 날을 오늘이나 그 뒤로 정해 주세요."),
    Why.OFFER_OVER: _("이미 거둔 도움입니다. 화면을 새로 고쳐 보세요."),
    Why.NOT_THEIRS: _("자기가 적은 것만 거둘 수 있습니다."),
    Why.TOPIC_NOT_DECIDED: _("회의에서 아직 정하지 않은 안건입니다. 정한 뒤에 다시 해 주세요."),
    Why.TOPIC_OF_ANOTHER_MATTER: _("다른 의제를 다룬 안건입니다. 이 의제의 안건을 골라 주세요."),
    Why.ALREADY_TAKEN_UP: _("이 회의에서 정한 것은 이미 옮겨 적었습니다."),
    Why.NOT_ITS_MEETING: _("이 동의 연석회의에만 올릴 수 있습니다. 다른 회의를 골라 주세요."),
    Why.NOT_FOR_A_MEETING: _(
        "지금은 회의에 올릴 수 없는 의제입니다. 모으는 중이거나 검토를 마친 의제, 미룬 의제만"
        " 올릴 수 있습니다."
    ),
    Why.NOT_LOST: _("선정되지 않은 의제만 다음 해로 넘길 수 있습니다."),
    Why.NOBODY_WAITS: _("답을 직접 전할 분이 없습니다. 계정이 있는 분께는 알림이 갑니다."),
}

STATES = {
    State.CAPTURED: _("살펴보는 중"),
    State.TRIAGED: _("모으는 중"),
    State.IN_REVIEW: _("부서 검토 중"),
    State.REVIEWED: _("검토를 마침"),
    State.DRAFTED: _("계획에 담음"),
    State.TABLED: _("투표에 올림"),
    State.DECIDED: _("정해짐"),
    State.DECLINED: _("어려움"),
    State.FIXED: _("바로 고침"),
    State.PARKED: _("잠시 미룸"),
    State.MERGED: _("다른 의제와 모음"),
    State.WITHDRAWN: _("거둠"),
}

OUTCOMES = {
    Outcome.CHOSEN: _("선정됨"),
    Outcome.NOT_CHOSEN: _("선정되지 않음"),
    Outcome.AGAIN: _("다음 해에 다시"),
}

# Which family of colour a state wears, beside its word and icon.
FAMILIES = {
    State.CAPTURED: "waiting",
    State.TRIAGED: "open",
    State.IN_REVIEW: "waiting",
    State.REVIEWED: "waiting",
    State.DRAFTED: "open",
    State.TABLED: "open",
    State.DECIDED: "decided",
    State.DECLINED: "refused",
    State.FIXED: "decided",
    State.PARKED: "waiting",
    State.MERGED: "decided",
    State.WITHDRAWN: "refused",
}

# The knot of the year a state stands at: 의제, 숙의, 주민총회, 실행, 성과공유.
KNOTS = {
    State.TRIAGED: 1,
    State.IN_REVIEW: 2,
    State.REVIEWED: 2,
    State.DRAFTED: 2,
    State.TABLED: 3,
}

# What a resident filters by; the states behind each word.
GROUPS = {
    "gathering": (_("모으는 중"), [State.TRIAGED]),
    "review": (_("부서 검토"), [State.IN_REVIEW, State.REVIEWED]),
    "plan": (_("계획과 투표"), [State.DRAFTED, State.TABLED]),
    "decided": (_("정해짐"), [State.DECIDED]),
    "fixed": (_("바로 고침"), [State.FIXED]),
    "parked": (_("잠시 미룸"), [State.PARKED]),
    "declined": (_("어려움"), [State.DECLINED]),
}

CATEGORIES = {
    Category.ROADS: _("길과 안전"),
    Category.CARE: _("이웃 돌봄"),
    Category.GREEN: _("환경"),
    Category.LEARNING: _("배움과 놀이"),
    Category.LIVING: _("가게와 문화"),
    Category.UNSURE: _("잘 모르겠습니다"),
}

CATEGORY_HINTS = {
    Category.ROADS: _("건널목, 가로등, 주차"),
    Category.CARE: _("어르신, 아이, 혼자 사는 분"),
    Category.GREEN: _("쓰레기, 나무, 공원"),
    Category.LEARNING: _("공부, 운동, 놀이터"),
    Category.LIVING: _("시장, 축제, 마을 자랑"),
    Category.UNSURE: _("저희가 알맞은 곳에 넣습니다"),
}

SOURCES = {
    Source.PAGE: _("누리집"),
    Source.STREET: _("거리에서"),
    Source.MEETING: _("모임에서"),
    Source.DESK: _("동 주민센터에서"),
    Source.PHONE: _("전화로"),
    Source.SURVEY: _("설문으로"),
    Source.COMPLAINT: _("민원으로"),
}

HELPS = {
    Help.HANDS: _("일손"),
    Help.SKILL: _("재주나 지식"),
    Help.PLACE: _("자리나 공간"),
    Help.GOODS: _("물건"),
    Help.OTHER: _("다른 도움"),
}

NEXT_ACTS = {
    State.CAPTURED: _("살펴보고 답하기"),
    State.TRIAGED: _("회의에 올리거나 부서에 묻기"),
    State.REVIEWED: _("계획에 담거나 답하기"),
    State.PARKED: _("다시 꺼내 보기"),
}
GIVE_BACK = _("답 전하기")
TAKE_UP = _("회의에서 정한 것 옮겨 적기")

# What a meeting decided, as the thread tells it.
TAKEN_OVER = {
    "take_up": _("회의에서 함께 다루기로 했습니다"),
    "to_review": _("회의에서 부서에 묻기로 했습니다"),
    "park": _("회의에서 잠시 미루기로 했습니다"),
    "decline": _("회의에서 다루지 않기로 했습니다"),
}

# What the author hears at each turn.
NEWS = {
    State.TRIAGED: _("보내신 문장이 의제가 되었습니다"),
    State.IN_REVIEW: _("구청 부서가 의제를 검토합니다"),
    State.REVIEWED: _("부서의 답이 왔습니다"),
    State.DRAFTED: _("의제가 자치계획에 담겼습니다"),
    State.TABLED: _("의제가 투표에 올랐습니다"),
    State.DECIDED: _("의제의 결과가 나왔습니다"),
    State.DECLINED: _("보내신 문장에 답을 드립니다"),
    State.FIXED: _("말씀하신 것을 바로 고쳤습니다"),
    State.PARKED: _("의제를 잠시 미루었습니다"),
    State.MERGED: _("비슷한 이웃의 의제와 함께 모았습니다"),
}


def offer_news(offer):
    """What the author hears when a neighbour offers help."""
    return _("이웃이 도움을 알려 왔습니다: %(kind)s") % {"kind": offer.get_kind_display()}


ALL = _("모두")
NOW = _("지금")

# Where an open matter stands, as its page and the list say it.
SENTENCES = {
    State.CAPTURED: _("동 담당자가 읽고 있습니다. 아직 공개되지 않았습니다."),
    State.TRIAGED: _("이웃의 공감을 모으고, 다음 연석회의에서 함께 살펴봅니다."),
    State.IN_REVIEW: _("구청 부서가 할 수 있는 일인지 살펴보고 있습니다."),
    State.REVIEWED: _("부서의 답이 왔습니다. 자치계획에 담을지 주민자치회가 살펴봅니다."),
    State.DRAFTED: _("자치계획 안에 담겼습니다. 주민총회에 올릴 차례입니다."),
    State.TABLED: _("투표에 올랐습니다. 주민이 정합니다."),
    State.PARKED: _("잠시 미루었습니다. 정한 날에 다시 꺼냅니다."),
    State.MERGED: _("뜻이 같은 이웃의 의제에서 함께 다룹니다."),
    Outcome.CHOSEN: _("주민이 선정했습니다. 사업으로 이어집니다."),
    Outcome.NOT_CHOSEN: _("이번 투표에서는 선정되지 않았습니다."),
    Outcome.AGAIN: _("이번에는 선정되지 않았습니다. 다음 해에 다시 올릴 수 있습니다."),
}

ACTS = {
    "triage": _("살펴보고 받기"),
    "decline": _("하기 어렵다고 답하기"),
    "fix": _("바로 고쳤다고 답하기"),
    "park": _("잠시 미루기"),
    "resume": _("다시 꺼내기"),
    "merge": _("다른 의제와 모으기"),
    "unmerge": _("모임에서 풀기"),
    "split": _("둘로 나누기"),
    "give_back": _("답을 전했다고 적기"),
    "bring_again": _("새해 의제로 다시 올리기"),
}
