from django import forms
from django.utils.translation import gettext_lazy as _

from maeul.core.forms import Form, WonField, described
from maeul.ground.district.models import Department
from maeul.voice.review import texts
from maeul.voice.review.models import Review

QUESTION = Review._meta.get_field("question").max_length
REASON = Review._meta.get_field("reason").max_length


def departments_of(district):
    return Department.objects.filter(district=district).order_by("code").prefetch_related("names")


class AskForm(Form):
    department = forms.ModelChoiceField(
        label=_("어느 부서에 물을까요?"), queryset=Department.objects.none()
    )
    question = forms.CharField(
        label=_("무엇을 묻나요?"),
        help_text=_("할 수 있는지, 얼마가 드는지, 걸리는 것이 있는지 물어보세요."),
        max_length=QUESTION,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    cost_won = WonField(
        label=_("어림한 비용"),
        help_text=_("주민이나 담당자가 어림한 값입니다. 모르면 비워 두세요."),
        required=False,
    )

    def __init__(self, *args, district, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments_of(district)


class AnswerForm(Form):
    verdict = forms.ChoiceField(
        label=_("어떻게 판단했나요?"),
        choices=[
            (value, described(label, texts.VERDICT_HINTS[value]))
            for value, label in texts.VERDICTS.items()
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("주민이 읽을 까닭"),
        help_text=_("쉬운 말로 적어 주세요. 안 되는 일이면 다른 길도 적어 주세요."),
        max_length=REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    adjusted_cost_won = WonField(
        label=_("조정한 비용"),
        help_text=_("‘고쳐서 할 수 있음’일 때 적습니다."),
        required=False,
    )
    concerns = forms.MultipleChoiceField(
        label=_("걸리는 점이 있나요?"),
        help_text=_("있으면 모두 골라 주세요."),
        choices=[*texts.CRITERIA.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    to = forms.ModelChoiceField(
        label=_("어느 부서의 일인가요?"),
        help_text=_("‘다른 부서의 일’일 때 고릅니다."),
        queryset=Department.objects.none(),
        required=False,
    )

    def __init__(self, *args, review, **kwargs):
        super().__init__(*args, **kwargs)
        there = departments_of(review.department.district_id)
        self.fields["to"].queryset = there.exclude(pk=review.department_id)
