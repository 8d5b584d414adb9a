from django.utils.translation import gettext_lazy as _

from maeul.decision.budget.rules import RoundState, Source, Why

SOURCES = {Source.CITY: _("시비"), Source.DISTRICT: _("구비"), Source.OWN: _("자부담")}
ROUND_STATES = {
    RoundState.OPEN: _("준비 중"),
    RoundState.ASKED: _("주민이 정하는 중"),
    RoundState.ALLOCATED: _("배정 마침"),
}
ROUND_FAMILIES = {
    RoundState.OPEN: "waiting",
    RoundState.ASKED: "open",
    RoundState.ALLOCATED: "decided",
}
NEXT_ACTS = {
    RoundState.OPEN: _("주민총회에 올리기"),
    RoundState.ASKED: _("선정된 일에 배정하기"),
}
REFUSALS = {
    Why.ENDS_BEFORE_IT_STARTS: _("끝나는 날이 시작하는 날보다 뒤여야 합니다. 날짜를 고쳐 주세요."),
    Why.STREAM_NOT_IN_FORCE: _(
        "%(year)s년에는 이 재원이 없습니다. 다른 재원이나 다른 해를 골라 주세요."
    ),
    Why.NOT_POSITIVE: _("금액은 0원보다 커야 합니다. 금액을 다시 적어 주세요."),
    Why.ALREADY_APPROPRIATED: _(
        "같은 재원, 출처, 해, 동의 예산이 이미 있습니다. 그 예산을 열어 금액을 바꿔 주세요."
    ),
    Why.NO_REASON: _("바꾸는 까닭을 적어 주세요. 주민이 함께 봅니다."),
    Why.SAME_AMOUNT: _("지금과 같은 금액입니다. 바꿀 금액을 적어 주세요."),
    Why.BELOW_WHAT_IS_BOUND: _(
        "이미 %(bound)s원이 쓰이기로 정해져 있습니다. 그보다 적게 줄일 수 없습니다."
    ),
    Why.NO_APPROPRIATION: _("쓸 예산을 하나 이상 골라 주세요."),
    Why.OTHER_ASSEMBLY: _("다른 동의 주민총회입니다. 이 동의 주민총회를 골라 주세요."),
    Why.OTHER_DONG_OR_YEAR: _("다른 동이나 다른 해의 예산이 들어 있습니다. 빼고 다시 해 주세요."),
    Why.ALREADY_IN_A_ROUND: _(
        "이미 다른 시민참여예산에 들어간 예산이 있습니다. 빼고 다시 해 주세요."
    ),
    Why.LIMIT_ABOVE_MONEY: _(
        "고른 예산은 모두 %(held)s원인데 한도를 %(limit)s원으로 적었습니다."
        " 한도를 줄이거나 예산을 더 골라 주세요."
    ),
    Why.NOT_ASKED: _("아직 주민총회에 올리지 않았습니다. 먼저 주민총회에 올려 주세요."),
    Why.ALREADY_ASKED: _("이미 주민총회에 올렸습니다. 주민총회 화면에서 확인해 주세요."),
    Why.NOT_PUBLISHED: _("주민총회 결과가 아직 발표되지 않았습니다. 발표된 뒤에 배정해 주세요."),
    Why.CHOSEN_ABOVE_LIMIT: _(
        "선정된 일의 비용 %(chosen)s원이 한도 %(limit)s원을 넘어 배정할 수 없습니다."
        " 개표 결과를 확인해 주세요."
    ),
}
