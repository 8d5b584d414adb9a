from django.utils.translation import gettext_lazy as _

from maeul.voice.review.rules import Criterion, State, Verdict, Why

REFUSALS = {
    Why.NOT_UP_FOR_REVIEW: _(
        "지금은 부서에 물을 수 없는 의제입니다. 의제로 받은 뒤부터 계획에 담기 전까지 물을 수"
        " 있습니다."
    ),
    Why.ALREADY_ASKED: _(
        "이 부서에는 이미 물었고 답을 기다리고 있습니다. 다른 부서를 고르거나 답을 기다려 주세요."
    ),
    Why.QUESTION_MISSING: _("부서에 무엇을 묻는지 적어 주세요."),
    Why.ALREADY_ANSWERED: _("이미 답이 난 검토입니다. 더 물을 것이 있으면 새로 물어 주세요."),
    Why.TAKEN_BACK: _("거둔 물음입니다. 답하지 않아도 됩니다."),
    Why.OWN_ITEM: _("자기가 보낸 의제는 자기가 검토할 수 없습니다. 다른 담당자에게 맡겨 주세요."),
    Why.REASON_MISSING: _("주민이 읽을 까닭을 적어 주세요. 안 되는 일이면 다른 길도 적어 주세요."),
    Why.COST_MISSING: _(
        "고쳐서 할 때 드는 비용을 적어 주세요. 돈이 들지 않으면 0을 적으면 됩니다."
    ),
    Why.DEPARTMENT_MISSING: _("어느 부서로 보낼지 골라 주세요."),
    Why.SAME_DEPARTMENT: _("같은 부서로는 보낼 수 없습니다. 다른 부서를 골라 주세요."),
    Why.THERE_ALREADY: _("그 부서는 이미 이 의제를 검토하고 있습니다. 다른 부서를 골라 주세요."),
    Why.NOT_LATE_YET: _("아직 답할 날이 남았습니다. %(due_on)s까지 기다려 주세요."),
    Why.REMINDED_TODAY: _("오늘 이미 재촉했습니다. 내일 다시 할 수 있습니다."),
}

STATES = {
    State.ASKED: _("검토 중"),
    State.ANSWERED: _("답함"),
    State.TRANSFERRED: _("다른 부서로 보냄"),
    State.WITHDRAWN: _("물음을 거둠"),
}

VERDICTS = {
    Verdict.FEASIBLE: _("할 수 있음(적정)"),
    Verdict.INFEASIBLE: _("하기 어려움(부적정)"),
    Verdict.ADJUST: _("고쳐서 할 수 있음(조정)"),
    Verdict.DUPLICATE: _("이미 하고 있음(중복)"),
    Verdict.TRANSFER: _("다른 부서의 일(이관)"),
}

VERDICT_HINTS = {
    Verdict.FEASIBLE: _("그대로 할 수 있습니다"),
    Verdict.INFEASIBLE: _("까닭과 다른 길을 적습니다"),
    Verdict.ADJUST: _("무엇을 고치고 얼마가 드는지 적습니다"),
    Verdict.DUPLICATE: _("어느 사업에서 하고 있는지 적습니다"),
    Verdict.TRANSFER: _("맡을 부서를 고르면 그 부서의 검토가 시작됩니다"),
}

# How the thread says it: “도로과가 …”
SAID = {
    Verdict.FEASIBLE: _("‘할 수 있다’고 답했습니다"),
    Verdict.INFEASIBLE: _("‘하기 어렵다’고 답했습니다"),
    Verdict.ADJUST: _("‘고쳐서 할 수 있다’고 답했습니다"),
    Verdict.DUPLICATE: _("‘이미 하고 있다’고 답했습니다"),
    Verdict.TRANSFER: _("맡을 부서로 보냈습니다"),
}

FAMILIES = {
    Verdict.FEASIBLE: "decided",
    Verdict.INFEASIBLE: "refused",
    Verdict.ADJUST: "decided",
    Verdict.DUPLICATE: "decided",
    Verdict.TRANSFER: "waiting",
}

CRITERIA = {
    Criterion.LAW: _("법과 조례에 맞는가"),
    Criterion.LAND: _("땅이나 건물이 누구 것인가"),
    Criterion.AUTHORITY: _("구가 할 수 있는 일인가(구·시·국가)"),
    Criterion.DUPLICATION: _("이미 하고 있는 일과 겹치는가"),
    Criterion.COST: _("비용이 알맞은가"),
    Criterion.WITHIN_THE_YEAR: _("그해 안에 할 수 있는가"),
    Criterion.UPKEEP: _("돌보는 데 드는 돈과 손이 있는가"),
    Criterion.PRIVATE_GAIN: _("몇 사람만의 이익이 아닌가"),
    Criterion.SAFETY: _("안전한가"),
}

ANSWER = _("검토하고 답하기")
REMIND = _("답 재촉하기")
