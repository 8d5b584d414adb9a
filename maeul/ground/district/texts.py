from django.utils.translation import gettext_lazy as _

from maeul.ground.district.rules import Why

REFUSALS = {
    Why.ROUGH_ONLY_IN_DEMO: _(
        "어림수는 시범 사이트에만 넣을 수 있습니다. 주민등록 인구통계를 넣어 주세요."
    ),
    Why.COUNTED_IN_THE_FUTURE: _("기준일이 오늘보다 뒤입니다(%(day)s). 다시 적어 주세요."),
    Why.NO_SOURCE: _("어디에서 나온 수인지 적어 주세요. 예: 행정안전부 주민등록 인구통계"),
    Why.YEAR_OUT_OF_RANGE: _("연도는 %(first)s년부터 %(last)s년까지 적을 수 있습니다."),
    Why.AGES_OUT_OF_ORDER: _(
        "나이는 0부터 150까지이고, ‘나이부터’가 ‘나이까지’보다 클 수 없습니다."
    ),
    Why.AGES_OVERLAP: _("같은 동·연도·성별에 나이가 겹치는 줄이 위에 있습니다."),
}
