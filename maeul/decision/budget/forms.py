from django import forms
from django.utils.translation import gettext_lazy as _

from maeul.core.forms import Form, KoreanDateField, WonField
from maeul.core.money import in_words
from maeul.decision.assembly.models import Assembly
from maeul.decision.assembly.rules import IN_PREPARATION
from maeul.decision.budget import texts
from maeul.decision.budget.models import Stream
from maeul.ground.district.models import Dong
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.rules import State as ItemState
from maeul.voice.review.models import Review


class StreamForm(Form):
    name = forms.CharField(label=_("이름"), max_length=80)
    code = forms.SlugField(label=_("부호"), help_text=_("영문 소문자와 줄표. 예: dong-budget"))
    origin = forms.CharField(label=_("어디서 온 돈인가요?"), max_length=200)
    decided_by = forms.CharField(label=_("누가 정하나요?"), max_length=120)
    from_on = KoreanDateField(label=_("시작하는 날"))
    until_on = KoreanDateField(
        label=_("끝나는 날"), required=False, help_text=_("아직 모르면 비워 두세요.")
    )


class AppropriationForm(Form):
    stream = forms.ModelChoiceField(label=_("재원 사업"), queryset=Stream.objects.none())
    source = forms.ChoiceField(
        label=_("출처"), choices=[*texts.SOURCES.items()], widget=forms.RadioSelect
    )
    dong = forms.ModelChoiceField(
        label=_("동"),
        queryset=Dong.objects.none(),
        required=False,
        empty_label=_("구 전체"),
    )
    year = forms.IntegerField(label=_("연도"), min_value=2015, max_value=2100)
    amount_won = WonField(label=_("금액"), min_won=1)

    def __init__(self, *args, district, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stream"].queryset = Stream.objects.filter(district=district).order_by("name")
        self.fields["dong"].queryset = district.dongs.in_order()


class ChangeForm(Form):
    amount_won = WonField(label=_("새 금액"))
    reason = forms.CharField(
        label=_("바꾸는 까닭"), max_length=300, help_text=_("주민이 함께 보는 글입니다.")
    )


class RoundForm(Form):
    title = forms.CharField(
        label=_("이름"),
        max_length=120,
        required=False,
        help_text=_("비워 두면 해와 동 이름으로 짓습니다."),
    )
    appropriations = forms.ModelMultipleChoiceField(
        label=_("쓸 예산"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    limit_won = WonField(label=_("한도"), min_won=1, help_text=_("주민이 나누어 쓸 금액입니다."))

    def __init__(self, *args, appropriations, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["appropriations"]
        field.queryset = appropriations
        field.error_messages["required"] = _("쓸 예산을 하나 이상 골라 주세요.")
        field.label_from_instance = lambda row: (
            f"{row.stream} · {row.get_source_display()} · {in_words(row.amount_won)}"
        )


class PutForm(Form):
    """Which drafted items go before the assembly, each with its cost; without one it stays."""

    assembly = forms.ModelChoiceField(label=_("주민총회"), queryset=None)
    at_most = forms.IntegerField(
        label=_("한 사람이 고를 수 있는 수"), min_value=1, max_value=99, initial=3
    )

    def __init__(self, *args, round, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["assembly"].queryset = (
            Assembly.objects.standing()
            .filter(dong=round.dong, state__in=IN_PREPARATION)
            .order_by("held_on", "pk")
        )
        self.items = list(
            AgendaItem.objects.complete()
            .leading()
            .filter(dong=round.dong, state__in=(ItemState.DRAFTED, ItemState.TABLED))
            .order_by("pk")
        )
        for item in self.items:
            self.fields[f"cost_{item.pk}"] = WonField(
                label=item.title,
                required=False,
                min_won=1,
                max_won=round.limit_won,
                initial=Review.objects.cost_of(item),
                help_text=_("비용을 비우면 올리지 않습니다."),
            )

    @property
    def facts(self):
        """What the action is told."""
        costs = [(item, self.cleaned_data[f"cost_{item.pk}"]) for item in self.items]
        return {
            "assembly": self.cleaned_data["assembly"],
            "at_most": self.cleaned_data["at_most"],
            "options": [(item.thread, item.title, cost) for item, cost in costs if cost],
        }
