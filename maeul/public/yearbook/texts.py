from django.utils.translation import gettext_lazy as _

from maeul.public.yearbook.rules import Why

REFUSALS = {
    Why.YEAR_NOT_OVER: _("%(year)s년 기록물은 그해 11월부터 펴낼 수 있습니다."),
    Why.ALREADY_PUBLISHED: _("이미 펴낸 기록물입니다. 고칠 것은 다음 해 기록물에 적어 주세요."),
    Why.FOREWORD_MISSING: _("펴내는 말을 적어 주세요. 한 해를 함께한 이웃에게 건네는 인사입니다."),
}
