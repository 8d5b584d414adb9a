"""What the live style page shows: every part once, with made-up words."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maeul.core.drawings import ICONS, PICTURES
from maeul.core.forms import Form, KoreanDateField, KoreanMomentField, WonField, described


class SampleForm(Form):
    text = forms.CharField(
        label=_("무엇을 바꾸고 싶으세요?"),
        help_text=_("말하듯이 적어 주세요."),
        widget=forms.Textarea,
    )
    place = forms.CharField(
        label=_("어디 이야기인가요?"), help_text=_("가까운 건물 이름이면 됩니다.")
    )
    kind = forms.ChoiceField(
        label=_("어떤 일인가요?"),
        widget=forms.RadioSelect,
        choices=[
            ("road", described(_("길과 안전"), _("건널목, 가로등, 주차"))),
            ("care", described(_("이웃 돌봄"), _("어르신, 아이, 혼자 사는 분"))),
        ],
    )
    who = forms.MultipleChoiceField(
        label=_("누구에게 알릴까요?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[("council", _("주민자치회")), ("office", _("동 주민센터"))],
        required=False,
    )
    dong = forms.ChoiceField(label=_("동"), choices=[("", _("고르기")), ("1", _("독산1동"))])
    cost = WonField(label=_("얼마쯤 들까요?"), help_text=_("모르면 비워 두세요."), required=False)
    on = KoreanDateField(label=_("마감일"))
    at = KoreanMomentField(label=_("모이는 때"))
    photo = forms.FileField(label=_("사진"), help_text=_("20 MB까지"), required=False)
    agree = forms.BooleanField(
        label=_("이름을 밝혀도 됩니다"), help_text=_("이름만 보입니다."), required=False
    )


def samples(request):
    now = timezone.now()
    return {
        "now": now,
        "soon": now + timedelta(days=3),
        "later": now + timedelta(days=3, hours=2),
        "other_year": now.replace(year=now.year - 1, day=1),
        "icons": sorted(ICONS),
        "pictures": sorted(PICTURES),
        "free_form": SampleForm(prefix="free"),
        "wrong_form": SampleForm({"wrong-cost": "많이"}, prefix="wrong"),
        "page": Paginator(range(1, 200), 20).page(4),
        "filters": [("", _("모두"), 52), ("open", _("투표 중"), 9), ("past", _("지난 것"), None)],
        "facts": [(_("맡은 곳"), _("안전분과")), (_("정한 금액"), "840만원")],
        "stats": [(_("참여한 주민"), "1,208명"), (_("사업"), "5건")],
        "labels": [_("고르기"), _("확인하기"), _("넣기"), _("확인증")],
        "parts": [860, 540, 640, 380],
        "steps": [
            {"at": "past", "when": now.date(), "title": _("돈이 주민자치회로 갔습니다")},
            {
                "at": "broken",
                "when": now,
                "title": _("첫 업체와 계약하지 못했습니다"),
                "text": _("값이 올라 다시 알아봅니다."),
            },
            {"at": "now", "when": _("지금"), "title": _("견적을 다시 받고 있습니다")},
            {
                "at": "ahead",
                "when": now + timedelta(days=30),
                "title": _("공사를 시작합니다"),
                "address": "#thread",
            },
        ],
    }
