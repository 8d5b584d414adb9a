from django.utils.translation import gettext_lazy as _

from maeul.works.project.rules import Asked, Method, NoticeKind, State, Way, Why

STATES = {
    State.STARTED: _("실행 중"),
    State.SUSPENDED: _("잠시 멈춤"),
    State.COMPLETED: _("완료, 정산 전"),
    State.CANCELLED: _("그만둠, 정산 전"),
    State.SETTLED: _("정산 마침"),
    State.SHARED: _("성과를 나눔"),
}
FAMILIES = {
    State.STARTED: "open",
    State.SUSPENDED: "waiting",
    State.COMPLETED: "waiting",
    State.CANCELLED: "refused",
    State.SETTLED: "decided",
    State.SHARED: "decided",
}
WAYS = {
    Way.DIRECT: _("동에서 바로 씀"),
    Way.GRANT: _("보조금으로 받아 씀"),
}
ASKED = {
    Asked.ASKED: _("확인 기다림"),
    Asked.APPROVED: _("확인함"),
    Asked.RETURNED: _("돌려보냄"),
    Asked.TAKEN_BACK: _("되돌림"),
}
ASKED_FAMILIES = {
    Asked.ASKED: "waiting",
    Asked.APPROVED: "decided",
    Asked.RETURNED: "refused",
    Asked.TAKEN_BACK: "refused",
}
METHODS = {
    Method.CARD: _("보조금 전용카드"),
    Method.TRANSFER: _("계좌이체"),
    Method.TAX_INVOICE: _("전자세금계산서"),
}
EVIDENCE = {
    "tax_invoice": _("세금계산서"),
    "card_slip": _("카드전표"),
    "transfer": _("이체확인증"),
    "estimate": _("견적서"),
    "contract": _("계약서"),
    "inspection": _("검수조서"),
    "photo": _("사진"),
    "attendance": _("참석자 서명부"),
    "other": _("다른 증빙"),
}
NOTICES = {
    NoticeKind.PAID: _("교부금 입금"),
    NoticeKind.OWN: _("자부담 입금"),
    NoticeKind.INTEREST: _("이자"),
    NoticeKind.REFUND: _("반납"),
}
NEXT_ACTS = {
    "approve_spending": _("지출 확인하기"),
    "approve_change": _("변경 확인하기"),
    "approve_settlement": _("정산 확인하기"),
    "ask_settlement": _("정산서 내기"),
    "refund": _("남은 돈 반납하기"),
    "finish": _("사업 마무리하기"),
    "share": _("성과 나누기"),
}
# The pages on which something is asked: title, button, what happens next.
PAGES = {
    "start": (
        _("마을사업 시작하기"),
        _("시작하기"),
        _("시작하면 사업 화면이 열리고, 맡은 분에게 알립니다."),
    ),
    "plan_line": (
        _("세목 적기"),
        _("적기"),
        _("세목을 모두 더해도 배정받은 돈을 넘을 수 없습니다."),
    ),
    "plan_step": (_("할 일 적기"), _("적기"), _("사업 화면의 실에 한 마디로 보입니다.")),
    "finish_step": (_("할 일 마치기"), _("마쳤습니다"), _("사업 화면에 마친 날이 적힙니다.")),
    "take_in": (_("함께할 분 모시기"), _("모시기"), _("함께하게 되었다고 그분에게 알립니다.")),
    "work": (_("활동 시간 적기"), _("적기"), _("마을 전체의 참여 시간에 더해집니다.")),
    "suspend": (
        _("잠시 멈추기"),
        _("멈추기"),
        _("까닭이 공개되고, 언제든 다시 시작할 수 있습니다."),
    ),
    "resume": (_("다시 시작하기"), _("다시 시작하기"), _("까닭이 공개되고 사업이 이어집니다.")),
    "cancel": (
        _("사업 그만두기"),
        _("그만두기"),
        _("까닭이 공개됩니다. 쓴 돈은 정산하고 남은 돈은 돌려줍니다."),
    ),
    "complete": (_("사업 마치기"), _("마치기"), _("마친 날부터 정산서를 낼 기한이 시작됩니다.")),
    "share": (_("성과 나누기"), _("나누기"), _("마을 기록물과 사업 화면에 실립니다.")),
    "ask_spending": (
        _("영수증 올리기"),
        _("올리기"),
        _("동 담당자가 확인하면 장부에 적히고 누구나 봅니다."),
    ),
    "return_spending": (_("지출 돌려보내기"), _("돌려보내기"), _("올린 분에게 까닭을 알립니다.")),
    "take_back_spending": (
        _("확인한 지출 되돌리기"),
        _("되돌리기"),
        _("장부에서 지우지 않고, 되돌리는 기록을 덧붙입니다."),
    ),
    "note_interest": (_("이자 적기"), _("적기"), _("이자는 쓰지 않고 정산 때 모두 돌려줍니다.")),
    "pay_in_own": (_("자부담 입금 적기"), _("적기"), _("장부에 자부담으로 적힙니다.")),
    "ask_change": (_("계획 바꾸기"), _("올리기"), _("동 담당자가 확인해야 계획이 바뀝니다.")),
    "return_change": (_("변경 돌려보내기"), _("돌려보내기"), _("올린 분에게 까닭을 알립니다.")),
    "ask_settlement": (
        _("정산서 내기"),
        _("정산서 내기"),
        _("지금까지 받은 돈과 쓴 돈, 이자를 재원별로 모아 동 담당자에게 냅니다."),
    ),
    "return_settlement": (_("정산서 돌려보내기"), _("돌려보내기"), _("낸 분에게 까닭을 알립니다.")),
    "refund": (
        _("남은 돈 반납하기"),
        _("반납했습니다"),
        _("쓰지 않은 돈과 이자를 모두 한 번에 돌려주고, 확인 파일을 붙입니다."),
    ),
}
REFUSALS = {
    Why.ALREADY_STARTED: _("이 배정으로 이미 사업을 시작했습니다. 사업 화면을 열어 주세요."),
    Why.ENDS_BEFORE_IT_STARTS: _("끝나는 날이 시작하는 날보다 앞입니다. 날짜를 고쳐 주세요."),
    Why.NOT_NOW: _("지금 단계에서는 할 수 없습니다. 사업 화면에서 다음에 할 일을 확인해 주세요."),
    Why.NO_REASON: _("까닭이나 내용을 적어 주세요. 주민이 함께 봅니다."),
    Why.NOT_POSITIVE: _("금액은 0원보다 커야 합니다. 금액을 다시 적어 주세요."),
    Why.LINES_ABOVE_MONEY: _("세목에 더 적을 수 있는 금액은 %(left)s원입니다. 금액을 줄여 주세요."),
    Why.STEP_DONE: _("이미 마친 일입니다. 화면을 새로 고쳐 보세요."),
    Why.STEPS_OPEN: _(
        "아직 마치지 않은 일이 %(steps)s건 있습니다. 모두 마쳤다고 적은 뒤 완료해 주세요."
    ),
    Why.ALREADY_IN: _("이미 함께하고 있는 분입니다."),
    Why.OFFER_OF_ANOTHER_MATTER: _(
        "다른 의제에 낸 도움입니다. 이 사업의 의제에 도움을 낸 분 가운데서 골라 주세요."
    ),
    Why.NO_EVIDENCE: _("증빙 파일을 하나 이상 붙여 주세요. 사진으로 찍은 영수증도 됩니다."),
    Why.ACCOUNT_NUMBER: _(
        "계좌번호나 주민등록번호로 보이는 긴 숫자가 있습니다. 지우고 가게 이름만 적어 주세요."
    ),
    Why.VAT_TOO_HIGH: _("부가세는 0원 이상이고 합계보다 적어야 합니다. 금액을 확인해 주세요."),
    Why.PAID_OUTSIDE_THE_PERIOD: _(
        "돈을 낸 날은 사업을 시작한 %(starts)s부터 오늘까지여야 합니다. 날짜를 고쳐 주세요."
    ),
    Why.LINE_TOO_SMALL: _(
        "이 세목에 남은 돈은 %(left)s원입니다. 금액을 줄이거나 변경 승인을 먼저 받아 주세요."
    ),
    Why.PURSE_TOO_SMALL: _(
        "쓸 수 있는 돈은 %(left)s원입니다. 금액을 줄이거나 돈이 들어온 뒤에 해 주세요."
    ),
    Why.OWN_REQUEST: _("내가 올린 것은 내가 확인할 수 없습니다. 다른 담당자에게 부탁해 주세요."),
    Why.ALREADY_ANSWERED: _("이미 처리된 건입니다. 화면을 새로 고쳐 확인해 주세요."),
    Why.LINE_ALREADY_USED: _(
        "그사이 돈이 쓰여 이 세목에 %(left)s원만 남았습니다. 돌려보내고 다시 받아 주세요."
    ),
    Why.SPENDING_OPEN: _(
        "확인을 기다리는 지출이 %(count)s건 있습니다. 모두 처리한 뒤 정산해 주세요."
    ),
    Why.CHANGE_OPEN: _("확인을 기다리는 변경이 있습니다. 그 변경을 먼저 처리해 주세요."),
    Why.ALREADY_SETTLING: _("이미 정산서를 냈습니다. 사업 화면에서 정산을 확인해 주세요."),
    Why.NOTHING_DUE: _("돌려줄 돈이 없습니다."),
    Why.NOT_A_DIFFERENT_LINE: _("서로 다른 두 세목을 골라 주세요."),
    Why.NOTHING_CHANGES: _("무엇을 바꾸는지 하나는 적어 주세요."),
    Why.NOT_MINUTES_OF_A_DAY: _("활동한 시간은 1분부터 하루(1,440분)까지 적을 수 있습니다."),
    Why.OUTSIDE_THE_PERIOD: _(
        "활동한 날은 사업을 시작한 %(starts)s부터 오늘까지여야 합니다. 날짜를 고쳐 주세요."
    ),
}
