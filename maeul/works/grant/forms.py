from django import forms
from django.utils.translation import gettext_lazy as _

from maeul.core import upload
from maeul.core.forms import Form, KoreanDateField, KoreanMomentField, UploadField, WonField
from maeul.core.money import in_words
from maeul.ground.district.models import Dong
from maeul.works.grant.models import Call


class CallForm(Form):
    title = forms.CharField(label=_("공모 이름"), max_length=120)
    text = forms.CharField(
        label=_("공모문"),
        widget=forms.Textarea,
        help_text=_("누가 무엇에 얼마를 신청할 수 있는지 적습니다."),
    )
    dong = forms.ModelChoiceField(
        label=_("동"), queryset=Dong.objects.none(), required=False, empty_label=_("구 전체")
    )
    opens_at = KoreanMomentField(label=_("여는 때"))
    closes_at = KoreanMomentField(label=_("닫는 때"))

    def __init__(self, *args, district, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dong"].queryset = district.dongs.in_order()


class RequestForm(Form):
    requested_won = WonField(label=_("신청 금액"), min_won=1)
    plan = forms.CharField(label=_("사업계획"), widget=forms.Textarea, max_length=8000)
    call = forms.ModelChoiceField(
        label=_("공모"),
        queryset=Call.objects.none(),
        required=False,
        empty_label=_("공모 없이 신청합니다"),
    )

    def __init__(self, *args, calls, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = calls


class DecideForm(Form):
    granted_won = WonField(label=_("교부하는 금액"), min_won=1)
    conditions = forms.CharField(
        label=_("조건"), widget=forms.Textarea, max_length=4000, required=False
    )


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("까닭"), widget=forms.Textarea, max_length=300, help_text=_("주민이 함께 봅니다.")
    )


class PrepareForm(Form):
    purse = forms.ModelChoiceField(label=_("재원"), queryset=None)
    won = WonField(label=_("금액"), min_won=1)

    def __init__(self, *args, grant, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purse"].queryset = (
            grant.project.purses.exclude(part=None).select_related("part").order_by("pk")
        )
        self.fields["purse"].label_from_instance = lambda purse: (
            _("%(source)s (%(won)s)")
            % {
                "source": purse.source_label,
                "won": in_words(purse.part.won),
            }
        )


class PayForm(Form):
    on = KoreanDateField(label=_("이체한 날"))
    notice = UploadField(label=_("이체 확인 파일"), kinds=upload.ANY)
