from django import forms
from django.utils.translation import gettext_lazy as _

from maeul.core.forms import Form


class PublishForm(Form):
    foreword = forms.CharField(
        label=_("펴내는 말"),
        widget=forms.Textarea,
        help_text=_(
            "한 해를 함께한 이웃에게 건네는 인사입니다. 나머지는 기록에서 저절로 담깁니다."
        ),
    )
