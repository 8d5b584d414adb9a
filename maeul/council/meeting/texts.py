from django.utils.translation import gettext_lazy as _

from maeul.council.meeting.rules import Asker, FollowUpState, Kind, State, TopicOutcome, Why

KINDS = {
    Kind.JOINT: _("연석회의"),
    Kind.PLENARY: _("정기 전체회의"),
    Kind.PLENARY_EXTRA: _("임시 전체회의"),
    Kind.SUBCOMMITTEE: _("분과위원회 회의"),
}

STATES = {
    State.CALLED: _("열릴 예정"),
    State.OPENED: _("회의 중"),
    State.CLOSED: _("회의록 쓰는 중"),
    State.MINUTES_PUBLISHED: _("회의록 공개"),
    State.CANCELLED: _("취소"),
}

OUTCOMES = {
    TopicOutcome.TAKE_UP: _("의제로 다루기로 함"),
    TopicOutcome.TO_REVIEW: _("부서 검토로 보내기로 함"),
    TopicOutcome.PARK: _("잠시 두기로 함"),
    TopicOutcome.DECLINE: _("다루지 않기로 함"),
    TopicOutcome.CARRY_OVER: _("다음 회의로 넘김"),
    TopicOutcome.HEARD: _("듣고 확인함"),
}

ASKERS = {
    Asker.CHAIR: _("자치회장"),
    Asker.MEMBERS: _("위원 3분의 1 이상"),
    Asker.DONG_HEAD: _("동장"),
}

FOLLOW_UPS = {
    FollowUpState.OPEN: _("하는 중"),
    FollowUpState.DONE: _("마침"),
    FollowUpState.DROPPED: _("그만둠"),
}

# How a state looks: the family of colour, icon and word of the look.
STATE_FAMILIES = {
    State.CALLED: "waiting",
    State.OPENED: "open",
    State.CLOSED: "waiting",
    State.MINUTES_PUBLISHED: "decided",
    State.CANCELLED: "refused",
}
FOLLOW_UP_FAMILIES = {
    FollowUpState.OPEN: "waiting",
    FollowUpState.DONE: "decided",
    FollowUpState.DROPPED: "refused",
}
OUTCOME_FAMILIES = {
    TopicOutcome.TAKE_UP: "decided",
    TopicOutcome.TO_REVIEW: "decided",
    TopicOutcome.PARK: "waiting",
    TopicOutcome.DECLINE: "refused",
    TopicOutcome.CARRY_OVER: "waiting",
    TopicOutcome.HEARD: "decided",
}

ON_THE_LIST = _("안건으로 올라감")
WITHDRAWN = _("거둠")
TITLE = _("%(month)s월 %(kind)s")
OUT_OF_TIME = _("시간이 모자라 다음 회의에서 다룹니다.")
CALLED_LETTER = _("%(when)s, %(place)s\n\n다룰 일\n%(topics)s")
CANCELLED_LETTER = _("회의가 취소되었습니다. 까닭: %(because)s")
FOLLOW_UP_LETTER = _("%(meeting)s에서 맡은 일입니다. %(due)s까지 해 주세요.")

# The lines of the minutes, as they are written from what was recorded.
MINUTES = {
    "opened": _("재적 위원 %(in_office)s명 가운데 %(present)s명이 와서 회의를 열었습니다."),
    "opened_joint": _("%(present)s명이 모여 회의를 열었습니다."),
    "came": _("%(who)s 왔습니다."),
    "left": _("%(who)s 나갔습니다."),
    "decided": _("‘%(title)s’: %(outcome)s. %(text)s"),
    "withdrawn": _("‘%(title)s’ 안건을 거두었습니다. %(text)s"),
    "moved": _("%(mover)s 표결안을 냈습니다: %(text)s"),
    "voted": _(
        "‘%(text)s’: 출석 위원 %(present)s명 가운데 찬성 %(yes)s명, 반대 %(no)s명,"
        " 기권 %(abstain)s명으로 %(result)s."
    ),
    "carried": _("정했습니다"),
    "not_carried": _("정하지 않았습니다"),
    "follow_up": _("맡은 일: %(text)s (%(owner)s, %(due)s까지)"),
    "settled": _("맡은 일 ‘%(text)s’: %(state)s. %(result)s"),
    "elects": _("‘%(title)s’를 비밀투표로 시작했습니다. 후보: %(candidates)s."),
    "installed": _("%(who)s %(office)s에 뽑혔습니다."),
    "closed": _("회의를 마쳤습니다."),
}

ELECTION_TITLE = _("%(body)s %(office)s 선거")
ELECTION_LEAD = _("%(meeting)s에서 하는 회의장 투표입니다. 표가 가장 많은 한 분이 뽑힙니다.")
BALLOT_BOX = _("회의장")
LOT = _("표가 같으면 그 자리에서 뽑은 제비의 숫자")
HEAD_PLACES = [_("회의록"), _("주민센터 게시판")]

REFUSALS = {
    Why.ELECTED_IN_PLENARY: _("임원은 주민자치회 전체회의에서 뽑습니다. 전체회의에서 해 주세요."),
    Why.NOT_ELECTED_HERE: _(
        "비밀투표와 다수결로 뽑는 임원이 아닙니다. 자치회장이나 자치부회장을 골라 주세요."
    ),
    Why.TWO_CANDIDATES: _(
        "후보가 두 명 이상일 때 투표합니다. 후보가 한 명이면 표결안으로 물어 주세요."
    ),
    Why.CANDIDATE_NO_MEMBER: _("후보는 오늘의 주민자치회 위원이어야 합니다. 다시 골라 주세요."),
    Why.OFFICER_APART: _(
        "선거관리인 두 사람은 서로 다르고 후보가 아니어야 합니다. 한 사람은 위원입니다."
    ),
    Why.BELOW_ELECTION_QUORUM: _(
        "재적 위원의 3분의 2인 %(needed)s명이 있어야 하는데 %(present)s명이 있습니다."
        " %(missing)s명이 더 오면 할 수 있습니다."
    ),
    Why.ELECTION_RUNS: _("이 임원의 선거를 이미 하고 있습니다. 그 투표의 화면을 열어 주세요."),
    Why.ENDS_TODAY: _("마치는 때는 지금보다 늦고 하루 안이어야 합니다. 다시 적어 주세요."),
    Why.NOBODY_ELECTED: _("발표된 결과에 뽑힌 사람이 없습니다. 발표한 다음에 해 주세요."),
    Why.INSTALLED_ALREADY: _("이미 임원으로 올렸습니다."),
    Why.NOT_ITS_MEETING: _("이 조직이 여는 회의가 아닙니다. 회의 종류나 조직을 다시 골라 주세요."),
    Why.IN_THE_PAST: _("지난 시각입니다. 앞으로 열릴 날짜와 시각을 적어 주세요."),
    Why.NOTICE_TOO_SHORT: _(
        "전체회의는 %(days)s일 전까지 알려야 합니다. 날짜를 뒤로 미루거나, 급한 까닭을 적어 주세요."
    ),
    Why.NOBODY_ASKED: _("임시 전체회의는 누가 요청했는지 골라 주세요."),
    Why.MAY_NOT_ASK: _("임시 전체회의를 요청할 수 있는 사람이 아닙니다. 다시 골라 주세요."),
    Why.NO_TITLE: _("내용을 한 줄 이상 적어 주세요."),
    Why.MATTER_IS_ON_THE_LIST: _("이 일은 이미 이 회의의 안건입니다. 안건 목록을 보아 주세요."),
    Why.MOVED_ON: _(
        "회의가 이미 다음 단계로 넘어갔습니다. 화면을 새로 고쳐 지금 상태를 보아 주세요."
    ),
    Why.TOPIC_DONE: _("이미 결과를 적은 안건입니다. 더 정할 것이 있으면 새 안건으로 올려 주세요."),
    Why.DONE_ALREADY: _("이미 끝난 일입니다. 화면을 새로 고쳐 보세요."),
    Why.NOT_ITS_DAY: _("회의 날은 %(on)s입니다. 그날부터 적을 수 있습니다."),
    Why.BELOW_QUORUM: _(
        "재적 위원의 절반을 넘는 %(needed)s명이 있어야 하는데 %(present)s명이 있습니다."
        " %(missing)s명이 더 오면 할 수 있습니다."
    ),
    Why.NOT_RUNNING: _("회의가 열려 있을 때만 할 수 있습니다. 먼저 회의를 열어 주세요."),
    Why.ALREADY_HERE: _("이미 출석으로 적힌 사람입니다."),
    Why.NOT_HERE: _("출석으로 적혀 있지 않은 사람입니다. 먼저 출석을 적어 주세요."),
    Why.LEFT_BEFORE_COMING: _("나간 때가 온 때보다 앞섭니다. 시각을 고쳐 주세요."),
    Why.JOINT_VOTES_ON_NOTHING: _(
        "연석회의에서는 표결하지 않습니다. 주제마다 함께 정한 결과를 적어 주세요."
    ),
    Why.NOT_A_MEMBER: _("이 회의의 위원만 표결안을 낼 수 있습니다. 낸 사람을 다시 골라 주세요."),
    Why.ALREADY_VOTED: _("이미 표결이 끝났습니다. 다시 물으려면 새 표결안으로 내 주세요."),
    Why.MORE_VOTES_THAN_PEOPLE: _(
        "손을 든 사람(%(hands)s명)이 지금 있는 위원(%(present)s명)보다 많습니다. 다시 세어 주세요."
    ),
    Why.NOBODY_VOTED: _("찬성, 반대, 기권 가운데 하나는 1명 이상이어야 합니다. 다시 세어 주세요."),
    Why.MOTION_OPEN: _("아직 표결하지 않은 표결안이 있습니다. 먼저 표결을 마쳐 주세요."),
    Why.NO_OWNER: _("누가 할지 고르거나 적어 주세요."),
    Why.NO_REASON: _("까닭을 적어 주세요."),
    Why.DUE_IN_THE_PAST: _("기한은 회의 날(%(on)s)이나 그 뒤여야 합니다. 날짜를 고쳐 주세요."),
    Why.NOTHING_TO_WRITE: _("적을 내용을 써 주세요."),
}
