from django.utils.translation import gettext_lazy as _

from maeul.decision.assembly.rules import Kind, State, Why
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
    Why.TEXT_MISSING: _("총회에서 오간 이야기를 적어 주세요."),
}

STATES = {
    State.PLANNED: _("준비 중"),
    State.RULES_FROZEN: _("규칙 확정"),
    State.ANNOUNCED: _("공고됨"),
    State.RESULT_ANNOUNCED: _("결과 발표"),
    State.MINUTES_PUBLISHED: _("회의록 공개"),
}

# What the thread of a matter hears of its outcome, by whether it was chosen.
VOTES = _("%(votes)s표를 받았습니다.")
TOLD = {
    True: _("%(votes)s표를 받아 선정되었습니다"),
    False: _("%(votes)s표를 받았고 이번에는 선정되지 않았습니다"),
}
YES_NO_TOLD = {
    True: _("찬성 %(votes)s표로 통과되었습니다"),
    False: _("찬성 %(votes)s표로 통과되지 않았습니다"),
}

KINDS = {
    Kind.YES_NO: _("찬성·반대"),
    Kind.CHOOSE: _("여럿 고르기"),
    Kind.BUDGET: _("예산 안에서 고르기"),
}

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
NO_QUORUM = _(
    "투표한 사람이 정족수에 이르지 못해 정하지 않았습니다. 다음 해에 다시 올릴 수 있습니다."
)
