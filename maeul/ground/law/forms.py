from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maeul.core.forms import Form, KoreanDateField
from maeul.ground.district.models import Dong
from maeul.ground.law import rules, texts
from maeul.ground.law.models import Provision


class EnactForm(Form):
    """A new value of one limit, from a day on."""

    value = forms.CharField(label=_("값"), required=False, max_length=200)
    level = forms.ChoiceField(
        label=_("무엇이 정했나요?"), choices=Provision.Level.choices, widget=forms.RadioSelect
    )
    dong = forms.ModelChoiceField(
        label=_("동"),
        queryset=Dong.objects.in_order(),
        required=False,
        empty_label=_("구 전체"),
        help_text=_("동 운영세칙일 때만 고릅니다."),
    )
    article = forms.CharField(
        label=_("근거 조항"), max_length=200, help_text=_("예: 주민자치 조례 제23조제8항")
    )
    source = forms.CharField(
        label=_("출처"),
        max_length=200,
        required=False,
        help_text=_("조례나 세칙의 전체 이름과 공포일"),
    )
    note = forms.CharField(label=_("덧붙임"), max_length=200, required=False)
    in_force_from = KoreanDateField(label=_("시행일"))

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.fields["value"].help_text = texts.HOW_TO_WRITE.get(unit, texts.HOW_TO_WRITE_NUMBERS)

    def clean_value(self):
        return rules.read_value(self.cleaned_data["value"], self.unit)

    def clean_in_force_from(self):
        return timezone.make_aware(datetime.combine(self.cleaned_data["in_force_from"], time.min))
