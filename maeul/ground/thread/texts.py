from django.utils.translation import gettext_lazy as _

from maeul.ground.thread.rules import Why

REFUSALS = {
    Why.SAME_MATTER: _("이미 같은 일로 모여 있습니다. 다른 의제를 골라 주세요."),
    Why.ALREADY_JOINED: _("이미 다른 일에 모여 있습니다. 먼저 그 모음을 푼 뒤에 다시 모아 주세요."),
    Why.NOT_JOINED: _("모여 있지 않아서 풀 것이 없습니다. 화면을 새로 고쳐 보세요."),
}
