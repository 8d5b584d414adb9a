from django import forms
from django.utils.translation import gettext_lazy as _

from maeul.core.forms import Form, SheetField, WonField
from maeul.core.money import in_words
from maeul.decision.budget.models import Appropriation
from maeul.works.pledge import texts
from maeul.works.pledge.actions import HEADS


class TableForm(Form):
    title = forms.CharField(label=_("표 이름"), max_length=120)
    total_won = WonField(label=_("표에 적힌 총사업비"))
    source = forms.CharField(label=_("출처"), max_length=200)
    is_made_up = forms.BooleanField(label=_("시범용으로 지어낸 표입니다"), required=False)
    rows = SheetField(
        label=_("소요예산표(CSV)"),
        heads=HEADS,
        help_text=_("첫 줄은 programme, fund_source, year, amount_won입니다. 20 MB까지."),
    )


class TieForm(Form):
    appropriation = forms.ModelChoiceField(label=_("이을 예산"), queryset=None)

    def __init__(self, *args, cell, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["appropriation"]
        field.queryset = (
            Appropriation.objects.filter(year=cell.year, source=cell.source, pledge_tie=None)
            .select_related("stream__district", "dong")
            .order_by("dong__code", "pk")
        )
        field.label_from_instance = lambda row: f"{row}, {in_words(row.amount_won)}"


class ProgressForm(Form):
    year = forms.IntegerField(label=_("연도"), min_value=2015, max_value=2100)
    quarter = forms.TypedChoiceField(
        label=_("분기"),
        choices=[(n, _("%(n)s분기") % {"n": n}) for n in (1, 2, 3, 4)],
        coerce=int,
        widget=forms.RadioSelect,
    )
    status = forms.ChoiceField(
        label=_("상태"), choices=[*texts.STATUSES.items()], widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("추진실적"), widget=forms.Textarea, max_length=4000)


class ChangeForm(Form):
    before = forms.CharField(
        label=_("바꾸기 전"), widget=forms.Textarea, max_length=4000, required=False
    )
    after = forms.CharField(label=_("바꾼 뒤"), widget=forms.Textarea, max_length=4000)
    reason = forms.CharField(label=_("까닭"), widget=forms.Textarea, max_length=2000)
    opinions = forms.CharField(
        label=_("주민 의견"), widget=forms.Textarea, max_length=2000, required=False
    )
