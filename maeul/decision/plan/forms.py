from django import forms
from django.utils.translation import gettext_lazy as _

from maeul.core.forms import Form, WonField, described
from maeul.core.money import in_words
from maeul.council.meeting.models import Meeting, Motion
from maeul.decision.assembly.models import Assembly
from maeul.decision.assembly.rules import IN_PREPARATION
from maeul.decision.budget.models import Round
from maeul.decision.plan import texts
from maeul.decision.plan.models import CostLine, Plan, PlanItem
from maeul.ground.district.models import Department

TEXT = Plan._meta.get_field("text").max_length
WHAT = PlanItem._meta.get_field("what").max_length
REASON = PlanItem._meta.get_field("reason").max_length


def departments_of(dong):
    return Department.objects.filter(district=dong.district_id).prefetch_related("names")


class DrawUpForm(Form):
    year = forms.IntegerField(
        label=_("어느 해의 계획인가요?"),
        min_value=2018,
        max_value=2100,
        help_text=_("실행하는 해입니다."),
    )


class TextForm(Form):
    text = forms.CharField(
        label=_("머리말"),
        required=False,
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("어떤 마을을 바라는지, 올해 무엇에 힘쓰는지 적어 주세요."),
    )


class ItemForm(Form):
    title = forms.CharField(
        label=_("사업 이름"), max_length=PlanItem._meta.get_field("title").max_length
    )
    what = forms.CharField(
        label=_("무엇을 하나요?"),
        required=False,
        max_length=WHAT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("누구에게 좋은지, 어디에서 어떻게 하는지 적어 주세요."),
    )
    department = forms.ModelChoiceField(
        label=_("맡을 부서"), queryset=None, required=False, empty_label=_("아직 모름")
    )

    def __init__(self, *args, dong, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments_of(dong)


class LineForm(Form):
    title = forms.CharField(
        label=_("무엇에"),
        max_length=CostLine._meta.get_field("title").max_length,
        required=False,
    )
    unit_won = WonField(label=_("단가"), min_won=1, required=False)
    quantity = forms.IntegerField(
        label=_("수량"),
        min_value=1,
        max_value=100_000,
        required=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "input input-short num", "maxlength": 6}
        ),
    )

    def clean(self):
        given = super().clean()
        if any(given.get(name) for name in ("title", "unit_won", "quantity")):
            missing = {
                "title": _("무엇에 드는 돈인지 적어 주세요."),
                "unit_won": _("하나에 얼마인지 적어 주세요."),
                "quantity": _("몇 개인지 적어 주세요."),
            }
            for name, sentence in missing.items():
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return given


LinesForm = forms.formset_factory(LineForm, extra=3, max_num=30, absolute_max=30)


def lines_in(formset):
    """The lines that were filled in, as the action takes them."""
    return [
        (given["title"], given["unit_won"], given["quantity"])
        for given in (form.cleaned_data for form in formset.forms)
        if given.get("title")
    ]


class PlenaryForm(Form):
    meeting = forms.ModelChoiceField(
        label=_("어느 전체회의에 올릴까요?"),
        queryset=Meeting.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args, meetings, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["meeting"]
        field.queryset = meetings
        field.error_messages["required"] = _(
            "전체회의를 골라 주세요. 잡힌 회의가 없으면 먼저 전체회의를 소집해 주세요."
        )


class AdoptForm(Form):
    motion = forms.ModelChoiceField(
        label=_("이 계획을 의결한 안건"),
        queryset=Motion.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["motion"]
        field.queryset = Motion.objects.on_thread(plan.thread)
        field.error_messages["required"] = _(
            "의결을 골라 주세요. 아직 없으면 전체회의에 이 계획을 올려 의결해야 합니다."
        )
        field.label_from_instance = lambda motion: described(motion.text, str(motion.meeting))


class TableForm(Form):
    assembly = forms.ModelChoiceField(
        label=_("어느 주민총회에 올릴까요?"),
        queryset=Assembly.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["assembly"]
        field.queryset = (
            Assembly.objects.standing()
            .filter(dong=plan.dong, state__in=IN_PREPARATION)
            .order_by("held_on", "pk")
        )
        field.error_messages["required"] = _(
            "주민총회를 골라 주세요. 아직 공고하지 않은 총회가 없으면 먼저 총회를 잡아 주세요."
        )


class MoneyForm(Form):
    round = forms.ModelChoiceField(
        label=_("어느 예산 안에서 고르나요?"),
        queryset=Round.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    assembly = forms.ModelChoiceField(
        label=_("어느 주민총회에 올릴까요?"),
        queryset=Assembly.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    items = forms.ModelMultipleChoiceField(
        label=_("투표에 올릴 사업"),
        queryset=PlanItem.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("비용은 산출 내역의 합계로 올라갑니다."),
    )
    at_most = forms.IntegerField(
        label=_("한 사람이 고를 수 있는 수"), min_value=1, max_value=99, initial=3
    )

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = Round.objects.filter(
            dong=plan.dong, allocated_at=None
        ).order_by("-year", "pk")
        self.fields["round"].label_from_instance = lambda row: described(
            row.title, in_words(row.limit_won)
        )
        self.fields["round"].error_messages["required"] = _(
            "시민참여예산을 골라 주세요. 없으면 먼저 동 예산 화면에서 열어 주세요."
        )
        self.fields["assembly"].queryset = (
            Assembly.objects.standing()
            .filter(dong=plan.dong, state__in=IN_PREPARATION)
            .order_by("held_on", "pk")
        )
        self.fields["assembly"].error_messages["required"] = _(
            "주민총회를 골라 주세요. 아직 공고하지 않은 총회여야 합니다."
        )
        items = self.fields["items"]
        items.queryset = plan.items.in_order().with_costs()
        items.initial = items.queryset
        items.label_from_instance = lambda row: described(row.title, in_words(row.cost_won))
        items.error_messages["required"] = _("투표에 올릴 사업을 골라 주세요.")


class ReplyForm(Form):
    verdict = forms.ChoiceField(
        label=_("어떻게 하나요?"),
        choices=[
            (value, described(label, texts.VERDICT_HINTS[value]))
            for value, label in texts.VERDICTS.items()
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("까닭과 계획"),
        required=False,
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("누구나 봅니다. 그대로 반영할 때는 비워 둘 수 있습니다."),
    )
    department = forms.ModelChoiceField(
        label=_("맡는 부서"), queryset=None, required=False, empty_label=_("계획에 적힌 부서")
    )
    budget_won = WonField(label=_("반영하는 예산"), required=False)

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments_of(plan.dong)
