"""What officers and visitors type."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from maeul.core.forms import Form


class HexField(forms.CharField):
    """A number of 32 bytes, read out in hex; blanks between the groups do not matter."""

    def to_python(self, value):
        text = "".join(super().to_python(value).split()).lower()
        if not text:
            return text
        try:
            number = bytes.fromhex(text)
        except ValueError:
            number = b""
        if len(number) != 32:
            raise ValidationError(
                _("0~9와 a~f로 된 예순네 글자입니다. 빠지거나 더 적은 글자가 없는지 봐 주세요.")
            )
        return text


class LocksForm(Form):
    first_holder = forms.CharField(label=_("첫째 보관인"), max_length=60)
    first_key = HexField(
        label=_("첫째 공개 열쇠"),
        help_text=_("보관인의 프로그램이 알려 준 예순네 글자입니다."),
        max_length=90,
    )
    second_holder = forms.CharField(label=_("둘째 보관인"), max_length=60)
    second_key = HexField(label=_("둘째 공개 열쇠"), max_length=90)

    def locks(self):
        given = self.cleaned_data
        return [
            (given["first_holder"], bytes.fromhex(given["first_key"])),
            (given["second_holder"], bytes.fromhex(given["second_key"])),
        ]


class WordForm(Form):
    word = forms.CharField(
        label=_("예행연습 낱말"),
        help_text=_("보관인의 프로그램이 예행연습 파일을 열고 보여 준 여덟 글자입니다."),
        max_length=20,
    )


class SeedForm(Form):
    value = forms.CharField(
        label=_("추첨 숫자"),
        help_text=_("정해 둔 곳에 나온 그대로 적습니다. 예: 3 11 19 24 40 41"),
        max_length=200,
    )


class OpeningForm(Form):
    result = forms.FileField(
        label=_("개표 결과 파일"), help_text=_("여는 프로그램이 만든 opened.json 파일입니다.")
    )


class VoidForm(Form):
    reason = forms.CharField(
        label=_("무효로 하는 까닭"), help_text=_("모두에게 공개됩니다."), max_length=500
    )


class TrackerForm(Form):
    tracker = HexField(
        label=_("확인 번호"),
        help_text=_("투표 확인증에 있는 예순네 글자입니다. 띄어 써도 됩니다."),
        max_length=90,
    )
