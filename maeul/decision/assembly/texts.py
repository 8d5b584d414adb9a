from django.utils.translation import gettext_lazy as _

from maeul.decision.assembly.rules import Help, Kind, Method, State, Why, WithoutQuorum
from maeul.vault.ballot.rules import State as Poll

REFUSALS = {
    Why.ALREADY_CONVENED: _(
        "이 동의 올해 주민총회는 이미 잡혀 있습니다(한 해 %(times)s번)."
        " 그 총회에서 이어서 해 주세요."
    ),
    Why.OTHER_YEAR: _("%(year)s년 총회입니다. 총회 날을 그해 안에서 골라 주세요."),
    Why.IN_THE_PAST: _("총회 날은 오늘보다 뒤여야 합니다. 다른 날을 골라 주세요."),
    Why.NO_POPULATION: _(
        "정족수를 셀 인구가 아직 없습니다. 먼저 동 인구를 올려 주세요(행정구역 › 인구 올리기)."
    ),
    Why.NOT_NOW: _("지금 단계에서는 할 수 없습니다. 화면을 새로 고쳐 지금 단계를 확인해 주세요."),
    Why.MOTION_NOT_CARRIED: _("의결되지 않은 안건입니다. 전체회의에서 의결한 안건을 골라 주세요."),
    Why.MOTION_OF_ANOTHER_BODY: _("이 동 주민자치회 전체회의의 의결만 쓸 수 있습니다."),
    Why.TIMES_OUT_OF_ORDER: _(
        "투표는 지금보다 뒤에 열고, 여는 시각보다 뒤에 닫아야 합니다. 시각을 다시 적어 주세요."
    ),
    Why.VOTE_AFTER_THE_DAY: _("투표 마감은 총회 날을 넘길 수 없습니다. 마감을 앞당겨 주세요."),
    Why.NO_EARLY_VOTE: _(
        "사전투표를 하지 않는 동입니다. 투표를 총회 날에 열도록 시각을 다시 적어 주세요."
    ),
    Why.METHOD_FIXED: _(
        "투표하는 방법이 동 운영세칙에 정해져 있습니다. 세칙과 같은 방법을 고르거나 세칙을 먼저"
        " 고쳐 주세요."
    ),
    Why.WEIGHT_NOT_COUNTED: _(
        "운영세칙의 사전투표 반영비율(%(weight)s)로는 셀 수 없습니다. 모든 표를 똑같이 셉니다."
        " 세칙에서 반영비율을 비우거나, 사전투표 없이 총회 날에 열도록 시각을 다시 적어 주세요."
    ),
    Why.QUORUM_BELOW_THE_LAW: _(
        "정족수는 조례와 세칙이 정한 %(least)s명보다 적을 수 없습니다. 다시 적어 주세요."
    ),
    Why.NO_OPTIONS: _("고를 것이 모자랍니다. 두 가지 이상을 올려 주세요."),
    Why.TOO_MANY_CHOICES: _("고를 수 있는 수는 1부터 %(options)s까지입니다. 다시 적어 주세요."),
    Why.TOO_MANY_SEATS: _("뽑는 수는 1부터 %(most)s까지입니다. 다시 적어 주세요."),
    Why.LIMIT_MISSING: _("예산 투표에는 쓸 수 있는 돈과 의제마다 비용이 있어야 합니다."),
    Why.OPTION_TWICE: _("같은 일이 두 번 올라 있습니다. 하나를 빼 주세요."),
    Why.COST_OVER_LIMIT: _(
        "비용 %(cost)s원은 쓸 수 있는 돈 %(limit)s원보다 큽니다. 비용을 조정하거나 빼 주세요."
    ),
    Why.NOT_DRAFTED: _(
        "아직 자치계획 안에 담기지 않은 의제가 있습니다. 자치계획에 먼저 담은 다음 올려 주세요."
    ),
    Why.OFFICERS_UNFIT: _(
        "선거관리인은 주민자치회가 정한 선거관리 담당 한 사람과 동 담당자 한 사람이어야 합니다."
        " 다른 두 사람을 골라 주세요."
    ),
    Why.NO_QUESTIONS: _("투표에 부칠 것이 아직 없습니다. 먼저 안건을 올려 주세요."),
    Why.ANNOUNCED_TOO_LATE: _(
        "총회 %(days)s일 전인 %(latest)s까지 알려야 합니다. 총회 날을 늦춰 다시 잡아 주세요."
    ),
    Why.NOT_PUBLISHED: _(
        "개표 결과가 아직 발표되지 않았습니다. 선거관리인 두 사람이 발표한 다음에 알릴 수 있습니다."
    ),
    Why.ONE_WAY_TO_COUNT: _("세는 법은 예산 안에서 고르는 안건에서만 고릅니다."),
    Why.GAP_LEFT: _(
        "아직 비어 있는 곳이 있습니다. %(gap)s 자리에 오간 이야기를 적거나 그 줄을 지워 주세요."
    ),
    Why.TEXT_MISSING: _("총회에서 오간 이야기를 적어 주세요."),
    Why.ORDER_BEGUN: _(
        "이미 시작한 순서는 고치거나 옮길 수 없습니다. 그대로 두고 그 뒤부터 고쳐 주세요."
    ),
    Why.ORDER_TOO_LONG: _("순서는 %(most)s가지까지 적을 수 있습니다. 합쳐서 줄여 주세요."),
    Why.ORDER_OVER: _("남은 순서가 없습니다. 더 있으면 식순을 고쳐 적어 주세요."),
    Why.NOT_THE_DAY: _("총회 날인 %(day)s에만 할 수 있습니다. 그날 다시 눌러 주세요."),
    Why.NOTHING_BEGUN: _("아직 시작한 순서가 없습니다."),
    Why.HELP_OVER: _("총회가 끝나 도우미를 더 받지 않습니다. 다음 총회에서 함께해 주세요."),
    Why.HELPS_ALREADY: _("이미 이 일을 돕기로 했습니다. 바꾸려면 먼저 거두어 주세요."),
    Why.HELP_CONFIRMED: _("이미 확인한 도움이라 바꿀 수 없습니다."),
    Why.HELP_NOT_YET: _("총회 날인 %(day)s부터 확인할 수 있습니다."),
    Why.HELP_MINUTES: _("도운 시간은 10분에서 %(most)s분 사이로 적어 주세요."),
    Why.RESULT_NOT_ANNOUNCED: _(
        "아직 결과를 알리지 않아 이의를 받지 않습니다. 결과가 나온 다음 다시 와 주세요."
    ),
    Why.OBJECTIONS_OVER: _(
        "이의는 %(until)s까지 받았습니다. 그 뒤에 알게 된 일은 동 주민센터나 구청 자치행정 부서에"
        " 알려 주세요."
    ),
    Why.OBJECTION_WAITING: _(
        "먼저 낸 이의의 답을 기다리고 있습니다. 답이 나온 뒤에 더 낼 수 있습니다."
    ),
    Why.OBJECTION_EMPTY: _("무엇이 왜 잘못되었다고 보는지 적어 주세요."),
    Why.ALREADY_ANSWERED: _("이미 답한 이의입니다. 목록에서 답을 확인해 주세요."),
    Why.ANSWER_EMPTY: _("답과 까닭을 적어 주세요."),
}

STATES = {
    State.PLANNED: _("준비 중"),
    State.RULES_FROZEN: _("규칙 확정"),
    State.ANNOUNCED: _("공고됨"),
    State.RESULT_ANNOUNCED: _("결과 발표"),
    State.MINUTES_PUBLISHED: _("회의록 공개"),
}

# What the thread of a matter hears of its outcome, by whether it was chosen.
VOTES = _("%(got)s 받았습니다.")
TOLD = {
    True: _("%(got)s 받아 선정되었습니다"),
    False: _("%(got)s 받았고 이번에는 선정되지 않았습니다"),
}
YES_NO_TOLD = {
    True: _("찬성 %(votes)s표로 통과되었습니다"),
    False: _("찬성 %(votes)s표로 통과되지 않았습니다"),
}

KINDS = {
    Kind.YES_NO: _("찬성·반대"),
    Kind.CHOOSE: _("여럿 고르기"),
    Kind.BUDGET: _("예산 안에서 고르기"),
    Kind.RANK: _("순위 정하기"),
    Kind.SCORE: _("점수 주기"),
}

BOOKLET_MOST = {
    Kind.CHOOSE: _("한 사람이 %(most)s가지까지 고릅니다."),
    Kind.BUDGET: _("한 사람이 %(most)s가지까지 고릅니다."),
    Kind.RANK: _("한 사람이 %(most)s순위까지 정합니다(%(worths)s)."),
    Kind.SCORE: _("한 사람이 하나에 0점에서 %(each)s점까지 줍니다."),
}
BOOKLET_TOTAL = _("모두 더해 %(total)s점까지입니다.")

# State family and word, as pages show them.
PHASES = {
    State.PLANNED: ("waiting", _("준비 중")),
    State.RULES_FROZEN: ("waiting", _("투표 규칙을 정함")),
    State.ANNOUNCED: ("open", _("공고 중")),
    State.RESULT_ANNOUNCED: ("decided", _("정해짐")),
    State.MINUTES_PUBLISHED: ("decided", _("정해짐")),
}

ELECTION_PHASES = {
    Poll.FROZEN: ("open", _("곧 투표")),
    Poll.OPEN: ("open", _("투표 중")),
    Poll.CLOSED: ("waiting", _("투표 마감, 개표 준비 중")),
    Poll.OPENED: ("waiting", _("개표 중")),
    Poll.PUBLISHED: ("waiting", _("개표함, 결과 발표 준비 중")),
    Poll.DESTROYED: ("waiting", _("개표함, 결과 발표 준비 중")),
    Poll.VOID: ("refused", _("투표 무효")),
}

NEXT_ACTS = {
    State.PLANNED: _("투표 규칙 정하기"),
    State.RULES_FROZEN: _("안건 올리고 공고하기"),
    State.ANNOUNCED: _("결과 알리기"),
    State.RESULT_ANNOUNCED: _("회의록 공개하기"),
}
PREPARE_VOTE = _("투표 준비 마치기")
ANSWER = _("이의에 답하기")
OBJECTION_PHASES = {
    None: ("waiting", _("답을 기다림")),
    True: ("decided", _("받아들임")),
    False: ("refused", _("받아들이지 않음")),
}
USUAL_ORDER = _(
    "여는 말\n"
    "지난해에 한 일\n"
    "올해 자치계획 설명\n"
    "의제 발표\n"
    "함께 이야기하기\n"
    "투표와 개표\n"
    "협약식\n"
    "결과 알리기"
)
METHODS = {
    Method.ONLINE: _("온라인으로"),
    Method.BOTH: _("온라인과 총회장에서"),
    Method.HALL: _("총회장에서"),
}
PASSING = {
    "majority": _("찬성이 투표한 사람의 과반수이면 통과합니다."),
    "majority_present": _("찬성이 투표한 사람의 과반수이면 통과합니다."),
    "plurality": _("기권을 뺀 표에서 찬성이 과반수이면 통과합니다."),
    "two_thirds": _("찬성이 투표한 사람의 3분의 2 이상이면 통과합니다."),
}
WITHOUT_QUORUM = {
    WithoutQuorum.CONSULT: _("정하지 않고, 표를 주민 의견으로 남깁니다"),
    WithoutQuorum.RECONVENE: _("정하지 않고, 올해 총회를 다시 열어 묻습니다"),
    WithoutQuorum.EXTEND: _("마감 전에 두 선거관리인이 한 번 늘립니다"),
}
NO_QUORUM = {
    WithoutQuorum.CONSULT: _(
        "투표한 사람이 정족수에 이르지 못해 정하지 않았습니다. 표는 주민 의견으로 남기고 다음 해에"
        " 다시 올릴 수 있습니다."
    ),
    WithoutQuorum.RECONVENE: _(
        "투표한 사람이 정족수에 이르지 못해 정하지 않았습니다. 미리 정한 대로 올해 총회를 다시"
        " 열어 묻습니다."
    ),
    WithoutQuorum.EXTEND: _(
        "투표한 사람이 정족수에 이르지 못해 정하지 않았습니다. 다음 해에 다시 올릴 수 있습니다."
    ),
}
SETTLED = {
    "method": _("투표하는 곳"),
    "early_vote": _("사전투표"),
    "weight": _("사전투표 한 표의 무게"),
    "quorum": _("정족수"),
    "passing": _("찬성·반대를 정하는 기준"),
    "without_quorum": _("정족수를 채우지 못하면"),
}
EARLY = {True: _("합니다"), False: _("하지 않고 총회 날에만 투표합니다")}
SAME_WEIGHT = _("총회 날의 표와 똑같습니다")
PEOPLE = _("%(people)s명")

BOOKLET_LEAD = _(
    "우리 동네 일을 우리가 정하는 날입니다. 무엇을 두고 투표하는지, 돈은 얼마가 드는지, 구청 부서는"
    " 뭐라고 했는지 모았습니다."
)
BOOKLET_LIMITS = _(
    "온라인 투표는 옆에서 지켜보는 사람이나 화면을 몰래 바꾸는 운영자까지 막지는 못합니다. 무엇을"
    " 막지 못하고 그 대신 무엇을 하는지 아래 주소에 적었습니다."
)
HOW_ONLINE = (
    _("누리집에 들어와 ‘지금’에서 우리 동 주민총회를 엽니다."),
    _("‘투표하기’를 누르고 물음마다 고릅니다. 고르지 않으면 기권입니다."),
    _("고른 것을 한 번 더 보고 ‘투표함에 넣기’를 누릅니다."),
    _("확인 번호를 간직합니다. 마감 전에는 다시 할 수 있고 마지막 것만 셉니다."),
    _("혼자 하기 어려우면 동 주민센터에 오세요. 도와드립니다."),
)
HOW_IN_THE_HALL = (
    _("총회장에 올 때는 사진이 있는 신분증을 가져옵니다."),
    _("접수대에서 명부를 확인하고 투표합니다. 명부에 없어도 그 자리에서 올릴 수 있습니다."),
)
HELPS = {
    Help.CHECK_IN: _("접수와 안내"),
    Help.GUIDE: _("투표 돕기"),
    Help.CARRY: _("의자와 짐 나르기"),
    Help.CHILDREN: _("아이 돌보기"),
    Help.CLEAN: _("정리와 청소"),
}
HELP_HINTS = {
    Help.CHECK_IN: _("오는 분을 맞고 명부에서 찾아 드립니다"),
    Help.GUIDE: _("기기나 투표지가 어려운 분 곁에 있습니다. 고르는 것은 보지 않습니다"),
    Help.CARRY: _("아침에 놓고 저녁에 거둡니다"),
    Help.CHILDREN: _("총회하는 동안 아이들과 놀아 줍니다"),
    Help.CLEAN: _("끝난 뒤 함께 치웁니다"),
}
CONFIRM_HELP = _("도운 시간 확인하기")

SLOGAN = _("우리 동네 일, 우리가 정합니다")

NAME_HEAD, BORN_HEAD = "이름", "생년월일"
PROOF_HEAD, STYLE_HEAD, BOOTH_HEAD = "자격", "투표지", "투표소"
ROLL_HEADS = (NAME_HEAD, BORN_HEAD)
OPTIONAL_ROLL_HEADS = (PROOF_HEAD, STYLE_HEAD, BOOTH_HEAD)
ROLL_AT_THE_OFFICE = _(
    "주민센터에서만 봅니다. 베끼거나 사진을 찍지 말아 주세요. 빠지거나 틀린 것이 있으면 창구에 알려"
    " 주세요."
)
LETTER = _(
    "집에서 온라인으로 투표하려면 누리집에 가입한 다음 아래 번호를 적어 주세요. 번호는 한 번만 쓸"
    " 수 있고 투표를 확정하면 끝납니다. 번호를 쓰지 않아도 총회장에서 투표할 수 있습니다."
)
LETTER_IS_YOURS = _(
    "이 편지는 받는 분 본인의 것입니다. 잘못 받으셨다면 동 주민센터로 돌려보내 주세요."
)
EXTEND = _("정족수가 모자라니 투표 늘리기")
