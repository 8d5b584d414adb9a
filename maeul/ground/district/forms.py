from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from maeul.core.forms import Form, KoreanDateField, SheetField
from maeul.ground.district.actions import HEADS, Count
from maeul.ground.district.models import Dong


class PopulationForm(Form):
    """Where a count is from, and the sheet; the second time what was read travels packed."""

    source = forms.CharField(
        label=_("출처"), max_length=120, help_text=_("예: 행정안전부 주민등록 인구통계")
    )
    counted_on = KoreanDateField(label=_("기준일"), help_text=_("며칠 현재의 수인지 적습니다."))
    file = SheetField(
        label=_("파일"),
        heads=HEADS,
        help_text=_(
            "CSV 파일. 첫 줄은 동, 연도, 성별, 나이부터, 나이까지, 인구. ‘나이까지’가 비면 그"
            " 나이 이상입니다."
        ),
    )
    packed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not self.data.get("packed")

    def clean_packed(self):
        return unpack(self.cleaned_data["packed"]) if self.cleaned_data["packed"] else []


def pack(counts):
    """Counts as text that only this site can have written."""
    lines = [
        (one.dong.pk, one.year, one.sex, one.age_from, one.age_until, one.people) for one in counts
    ]
    return signing.dumps(lines, salt="district.population", compress=True)


def unpack(text):
    try:
        lines = signing.loads(text, salt="district.population", max_age=24 * 60 * 60)
    except signing.BadSignature:
        raise ValidationError(_("너무 오래되었습니다. 파일을 다시 올려 주세요.")) from None
    dongs = Dong.objects.in_bulk()
    return [Count(dongs[dong], *rest) for dong, *rest in lines]
