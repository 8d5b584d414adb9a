from django.utils.translation import gettext_lazy as _

from maeul.works.grant.rules import PaymentState, State, Why

STATES = {
    State.REQUESTED: _("교부신청"),
    State.GRANTED: _("교부결정"),
    State.PAID: _("교부함"),
    State.CLOSED: _("마감"),
    State.REFUSED: _("교부하지 않음"),
    State.CANCELLED: _("결정 취소"),
}
FAMILIES = {
    State.REQUESTED: "waiting",
    State.GRANTED: "open",
    State.PAID: "open",
    State.CLOSED: "decided",
    State.REFUSED: "refused",
    State.CANCELLED: "refused",
}
PAYMENT_STATES = {
    PaymentState.PREPARED: _("확인 기다림"),
    PaymentState.PAID: _("교부함"),
    PaymentState.DROPPED: _("거둠"),
}
NEXT_ACTS = {
    "request": _("교부신청하기"),
    "decide": _("교부 결정하기"),
    "prepare": _("교부 준비하기"),
    "pay": _("교부 확인하기"),
    "close": _("보조금 마감하기"),
}
# The pages on which something is asked: title, button, what happens next.
PAGES = {
    "call": (
        _("보조금 공모하기"),
        _("공모하기"),
        _("공모문이 동네 소식에 오르고, 기간 안에 교부신청을 받습니다."),
    ),
    "request": (
        _("교부신청하기"),
        _("신청하기"),
        _("구 담당자가 살펴보고 교부를 결정합니다. 결과를 알려 드립니다."),
    ),
    "decide": (
        _("교부 결정하기"),
        _("결정하기"),
        _("금액과 조건이 공개되고, 신청한 분에게 알립니다."),
    ),
    "refuse": (_("교부하지 않기"), _("알리기"), _("신청한 분에게 까닭을 알립니다.")),
    "prepare": (
        _("교부 준비하기"),
        _("준비하기"),
        _("다른 담당자가 확인해야 돈이 나갑니다."),
    ),
    "pay": (
        _("교부 확인하기"),
        _("확인하고 교부하기"),
        _("사업비 통장에 들어온 것으로 장부에 적힙니다."),
    ),
    "drop": (_("교부 준비 거두기"), _("거두기"), _("준비한 교부를 없던 일로 합니다.")),
    "cancel": (
        _("교부결정 취소하기"),
        _("취소하기"),
        _("사업도 그만두게 되고, 정산한 뒤 남은 돈을 돌려받습니다."),
    ),
    "close": (
        _("보조금 마감하기"),
        _("마감하기"),
        _("정산과 반납을 모두 마친 보조금으로 적습니다."),
    ),
}
REFUSALS = {
    Why.CALL_TOO_SHORT: _("공모 기간은 %(days)s일 이상이어야 합니다. 닫는 날을 늦춰 주세요."),
    Why.CALL_IN_THE_PAST: _("여는 때가 지났습니다. 앞으로의 때를 골라 주세요."),
    Why.CALL_NOT_OPEN: _("지금은 이 공모의 신청 기간이 아닙니다. 공모 기간을 확인해 주세요."),
    Why.NOT_BY_GRANT: _("보조금으로 하는 사업이 아닙니다. 동에서 돈을 바로 쓰는 사업입니다."),
    Why.PROJECT_NOT_UNDER_WAY: _("실행 중인 사업이 아닙니다. 사업 화면에서 상태를 확인해 주세요."),
    Why.ALREADY_REQUESTED: _("이 사업의 교부신청이 이미 있습니다. 그 신청을 열어 주세요."),
    Why.NOT_POSITIVE: _("금액은 0원보다 커야 합니다. 금액을 다시 적어 주세요."),
    Why.ABOVE_ALLOCATED: _("배정받은 돈은 %(allocated)s원입니다. 그 안에서 신청해 주세요."),
    Why.ABOVE_REQUESTED: _("신청한 금액은 %(requested)s원입니다. 그보다 많이 줄 수 없습니다."),
    Why.ABOVE_GRANTED: _("결정한 금액 가운데 %(left)s원이 남았습니다. 금액을 줄여 주세요."),
    Why.ABOVE_SOURCE: _("이 재원에 남은 돈은 %(left)s원입니다. 금액을 줄여 주세요."),
    Why.NOT_NOW: _("지금 단계에서는 할 수 없습니다. 보조금 화면에서 상태를 확인해 주세요."),
    Why.OWN_REQUEST: _("내가 낸 신청은 내가 결정할 수 없습니다. 다른 담당자에게 부탁해 주세요."),
    Why.OWN_PAYMENT: _("내가 준비한 교부는 내가 확인할 수 없습니다. 다른 담당자가 해야 합니다."),
    Why.ALREADY_ANSWERED: _("이미 처리된 건입니다. 화면을 새로 고쳐 확인해 주세요."),
    Why.NO_REASON: _("까닭을 적어 주세요. 주민이 함께 봅니다."),
    Why.NO_NOTICE: _("은행의 이체 확인 파일을 붙여 주세요."),
    Why.NOT_SETTLED: _("아직 정산을 마치지 않았습니다. 정산서를 확인한 뒤에 마감해 주세요."),
    Why.STILL_DUE: _("아직 %(due)s원이 돌아오지 않았습니다. 반납을 확인한 뒤에 마감해 주세요."),
}
