from django.utils.translation import gettext_lazy as _

from maeul.decision.plan.rules import State, Verdict, Why

REFUSALS = {
    Why.ALREADY_DRAWN_UP: _("이 동의 그해 자치계획이 이미 있습니다. 그 계획에서 이어서 써 주세요."),
    Why.NOT_NOW: _("지금 단계에서는 할 수 없습니다. 화면을 새로 고쳐 지금 단계를 확인해 주세요."),
    Why.OTHER_DONG: _("다른 동의 의제입니다. 이 동의 의제를 골라 주세요."),
    Why.ALREADY_IN: _("이미 이 계획에 담긴 의제입니다."),
    Why.NOT_REVIEWED: _(
        "부서 검토가 끝난 의제만 담을 수 있습니다. 먼저 부서에 검토를 부탁해 주세요."
    ),
    Why.LINE_INCOMPLETE: _("산출 내역은 무엇이, 얼마씩, 몇 개인지 모두 0보다 크게 적어 주세요."),
    Why.EMPTY: _("담은 의제가 없습니다. 검토가 끝난 의제를 하나 이상 담아 주세요."),
    Why.COSTS_MISSING: _("산출 내역이 없는 사업이 있습니다. 사업마다 드는 돈을 적어 주세요."),
    Why.MOTION_NOT_CARRIED: _("통과되지 않은 안건입니다. 전체회의에서 통과된 안건을 골라 주세요."),
    Why.MOTION_OF_ANOTHER_BODY: _("이 동 주민자치회 전체회의의 의결만 쓸 수 있습니다."),
    Why.MOTION_OF_ANOTHER_MATTER: _(
        "이 계획을 두고 한 의결이 아닙니다. 전체회의 안건에 이 계획을 올려 의결해 주세요."
    ),
    Why.ASSEMBLY_OF_ANOTHER_DONG: _("다른 동의 총회입니다. 이 동의 주민총회를 골라 주세요."),
    Why.ALREADY_ASKED: _("이미 주민총회 투표에 올랐습니다. 그 총회의 결과를 기다려 주세요."),
    Why.ROUND_OF_ANOTHER_DONG: _("다른 동의 예산입니다. 이 동의 시민참여예산을 골라 주세요."),
    Why.RESULT_NOT_OUT: _("주민총회 결과가 아직 발표되지 않았습니다. 발표된 다음에 받아 주세요."),
    Why.NOT_CHOSEN: _("주민총회에서 선정되지 않은 사업이라 답할 것이 없습니다."),
    Why.ALREADY_REPLIED: _("이미 답한 사업입니다. 낸 답은 바꿀 수 없습니다."),
    Why.REASON_MISSING: _("그대로 반영하지 않을 때는 까닭을 적어 주세요. 모두에게 공개됩니다."),
    Why.STILL_IN_FORCE: _("다음 주민총회가 열리기 전까지는 이 계획이 효력을 지닙니다."),
}

STATES = {
    State.DRAFTED: _("쓰는 중"),
    State.ADOPTED: _("전체회의 의결"),
    State.TABLED: _("주민총회에 올림"),
    State.APPROVED: _("주민총회 통과"),
    State.PARTLY: _("주민총회 일부 통과"),
    State.REJECTED: _("주민총회에서 통과되지 않음"),
    State.SUBMITTED: _("구청장에게 냄"),
    State.REPLIED: _("구청장이 답함"),
    State.IN_FORCE: _("시행 중"),
    State.EXPIRED: _("기간이 끝남"),
}
FAMILIES = {
    State.DRAFTED: "waiting",
    State.ADOPTED: "waiting",
    State.TABLED: "open",
    State.APPROVED: "decided",
    State.PARTLY: "decided",
    State.REJECTED: "refused",
    State.SUBMITTED: "waiting",
    State.REPLIED: "decided",
    State.IN_FORCE: "decided",
    State.EXPIRED: "decided",
}
VERDICTS = {
    Verdict.ACCEPTED: _("반영"),
    Verdict.PARTIAL: _("일부 반영"),
    Verdict.REJECTED: _("반영 불가"),
    Verdict.LONG_TERM: _("장기 검토"),
}
VERDICT_HINTS = {
    Verdict.ACCEPTED: _("계획대로 예산과 일에 담습니다"),
    Verdict.PARTIAL: _("줄이거나 나누어 담습니다. 까닭을 적습니다"),
    Verdict.REJECTED: _("담을 수 없습니다. 까닭을 적습니다"),
    Verdict.LONG_TERM: _("여러 해에 걸쳐 살핍니다. 까닭을 적습니다"),
}
VERDICT_FAMILIES = {
    Verdict.ACCEPTED: "decided",
    Verdict.PARTIAL: "decided",
    Verdict.REJECTED: "refused",
    Verdict.LONG_TERM: "waiting",
}
# What the dong's staff does next; the mayor's office has an act of its own.
NEXT_ACTS = {
    State.DRAFTED: _("자치계획 마저 쓰기"),
    State.ADOPTED: _("주민총회에 올리기"),
    State.TABLED: _("총회 결과 받기"),
    State.APPROVED: _("구청장에게 내기"),
    State.PARTLY: _("구청장에게 내기"),
    State.REPLIED: _("시행 알리기"),
    State.IN_FORCE: _("기간이 끝난 계획 마치기"),
}
REPLY = _("사업마다 답하기")
# How far the plan has come, said of its items: (state words, title of the step).
HEADLINES = {
    State.DRAFTED: _("자치계획을 쓰고 있습니다"),
    State.ADOPTED: _("주민자치회 전체회의가 의결했습니다"),
    State.TABLED: _("주민총회에서 투표로 정합니다"),
    State.APPROVED: _("주민총회가 모두 통과시켰습니다"),
    State.PARTLY: _("주민총회가 일부를 통과시켰습니다"),
    State.REJECTED: _("주민총회에서 통과되지 않았습니다"),
    State.SUBMITTED: _("구청장의 답을 기다립니다"),
    State.REPLIED: _("구청장이 사업마다 답했습니다"),
    State.IN_FORCE: _("이 계획대로 하고 있습니다"),
    State.EXPIRED: _("다음 주민총회가 열려 기간이 끝났습니다"),
}

# By whether the mayor is asked, and whether the day is over.
REMINDERS = {
    (False, False): _("%(plan)s: %(day)s까지 구청장에게 냅니다"),
    (False, True): _("%(plan)s: 구청장에게 낼 기한이 %(days)s일 지났습니다"),
    (True, False): _("%(plan)s: %(day)s까지 사업마다 답합니다"),
    (True, True): _("%(plan)s: 구청장이 답할 기한이 %(days)s일 지났습니다"),
}
