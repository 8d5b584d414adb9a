from django.utils.translation import gettext_lazy as _

from maeul.ground.notice.rules import LetterState, Why

REFUSALS = {
    Why.NOT_UNCLEAR: _("이미 정리된 편지입니다. 목록을 새로 고쳐 보세요."),
    Why.EMPTY: _("제목과 내용을 모두 적어 주세요."),
}

LETTER_STATES = {
    LetterState.WAITING: _("보낼 차례"),
    LetterState.HANDED: _("보내는 중"),
    LetterState.SENT: _("보냄"),
    LetterState.REFUSED: _("받는 서버가 거절함"),
    LetterState.UNCLEAR: _("보냈는지 알 수 없음"),
    LetterState.LATE: _("너무 늦어 보내지 않음"),
}
