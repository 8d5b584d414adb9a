from django.utils.translation import gettext_lazy as _

from maeul.vault.ledger.rules import AccountKind, Why

ACCOUNT_KINDS = {
    AccountKind.FUNDING: _("재원"),
    AccountKind.APPROPRIATION: _("편성 예산"),
    AccountKind.ALLOCATED: _("사업 배정"),
    AccountKind.PURSE: _("사업비 통장"),
    AccountKind.OWN: _("자부담"),
    AccountKind.INTEREST: _("은행 이자"),
    AccountKind.PAYEE: _("쓴 곳"),
    AccountKind.REFUND: _("돌려준 돈"),
}
REFUSALS = {
    Why.NO_TWO_SIDES: _("나간 곳과 들어온 곳이 모두 있어야 합니다. 계정을 둘 이상 골라 주세요."),
    Why.SAME_ACCOUNT_TWICE: _("같은 계정이 두 번 들어 있습니다. 한 줄로 합쳐 주세요."),
    Why.NOT_WHOLE_WON: _("금액은 0이 아닌 원 단위 정수로 적어 주세요."),
    Why.NOT_BALANCED: _(
        "들어온 돈과 나간 돈이 %(off)s원 다릅니다. 두 합이 같아지도록 금액을 고쳐 주세요."
    ),
    Why.NO_SOURCE: _("무엇 때문에 옮긴 돈인지 근거를 적어 주세요."),
    Why.OVERDRAWN: _(
        "‘%(account)s’에 %(held)s원이 있어 %(wanted)s원을 낼 수 없습니다."
        " 금액을 줄이거나 돈이 들어온 뒤에 다시 해 주세요."
    ),
    Why.ALREADY_CORRECTED: _("이미 되돌린 기록입니다. 되돌린 기록을 열어 확인해 주세요."),
}
