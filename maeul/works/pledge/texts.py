from django.utils.translation import gettext_lazy as _

from maeul.works.pledge.rules import Status, Why

STATUSES = {
    Status.NORMAL: _("정상 추진"),
    Status.PARTIAL: _("일부 추진"),
    Status.LATE: _("지연"),
    Status.DONE: _("완료"),
    Status.CONTINUING: _("이행 후 계속"),
    Status.ON_HOLD: _("보류"),
    Status.DROPPED: _("폐기"),
}
FAMILIES = {
    Status.NORMAL: "open",
    Status.PARTIAL: "waiting",
    Status.LATE: "waiting",
    Status.DONE: "decided",
    Status.CONTINUING: "decided",
    Status.ON_HOLD: "waiting",
    Status.DROPPED: "refused",
}
NO_EXECUTION = _("이 해의 집행 자료는 가져오지 않았습니다. 예산만 보여 드립니다.")
MADE_UP = _("시범: 이 해의 금액과 사업은 지어낸 것입니다.")
REFUSALS = {
    Why.NOT_A_SOURCE: _(
        "재원 ‘%(source)s’을 알 수 없습니다. 시비, 구비, 자부담 가운데 하나로 적어 주세요."
    ),
    Why.NOT_A_YEAR: _("연도 ‘%(year)s’을 읽을 수 없습니다. 2026처럼 네 자리로 적어 주세요."),
    Why.CELL_TWICE: _("%(line)s번째 줄과 같은 칸입니다. 둘 가운데 하나를 지워 주세요."),
    Why.CELL_MISSING: _(
        "‘%(programme)s’ %(source)s의 %(year)s년 칸이 없습니다. 돈이 없으면 0을 적어 주세요."
    ),
    Why.SUM_OFF: _(
        "적힌 합은 %(written)s원인데 칸을 더하면 %(right)s원입니다. 어느 쪽이 맞는지 고쳐 주세요."
    ),
    Why.TOTAL_OFF: _(
        "모든 칸을 더하면 %(cells)s원인데 총사업비는 %(total)s원입니다. 표를 확인해 주세요."
    ),
    Why.NO_CELLS: _("금액이 적힌 칸이 없습니다. 사업, 재원, 연도, 금액을 한 줄씩 적어 주세요."),
    Why.ANOTHER_TABLE: _(
        "이 해의 표는 이미 가져왔고 금액이 다릅니다. 바꾸려면 공약 변경으로 까닭을 적어 주세요."
    ),
    Why.OTHER_YEAR_OR_SOURCE: _(
        "해나 재원이 다른 예산입니다. 이 칸과 같은 해, 같은 재원의 예산을 골라 주세요."
    ),
    Why.ALREADY_TIED: _("이미 다른 칸에 이어진 예산입니다. 다른 예산을 골라 주세요."),
    Why.ABOVE_CELL: _(
        "이 칸에 남은 금액은 %(left)s원입니다. 예산을 줄이거나 공약을 먼저 변경해 주세요."
    ),
    Why.NO_REASON: _("바꾸는 까닭을 적어 주세요. 주민이 함께 봅니다."),
    Why.NO_TEXT: _("내용을 적어 주세요."),
    Why.FUTURE_QUARTER: _("아직 오지 않은 분기입니다. 시작한 분기를 골라 주세요."),
}
