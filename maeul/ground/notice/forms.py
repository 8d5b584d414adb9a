from django import forms
from django.utils.translation import gettext_lazy as _

from maeul.core.forms import Form, KoreanDateField


class AnnouncementForm(Form):
    title = forms.CharField(label=_("제목"), max_length=200)
    text = forms.CharField(
        label=_("내용"),
        widget=forms.Textarea,
        help_text=_("언제, 어디서, 누가 오면 좋은지 적습니다."),
    )
    until_on = KoreanDateField(
        label=_("언제까지 보일까요?"), required=False, help_text=_("비워 두면 계속 보입니다.")
    )
