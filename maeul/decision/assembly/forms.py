from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maeul.core import sheet
from maeul.core.forms import (
    Form,
    KoreanDateField,
    KoreanMomentField,
    SheetField,
    WonField,
    described,
)
from maeul.council.meeting.models import Motion
from maeul.decision.assembly import texts
from maeul.decision.assembly.models import Assembly, OrderItem, Question
from maeul.decision.assembly.rules import Help, Kind, Method
from maeul.ground.law.models import Provision
from maeul.ground.people.models import Person
from maeul.vault.ballot import texts as box_texts
from maeul.vault.ballot.counting import VALUES
from maeul.vault.ballot.rules import MOST_POINTS, Rule, Shown

PLACE = Assembly._meta.get_field("place").max_length
ORDER_TITLE = OrderItem._meta.get_field("title").max_length
TITLE = Assembly._meta.get_field("title").max_length


class ConveneForm(Form):
    held_on = KoreanDateField(
        label=_("총회 날"), help_text=_("한 달 전에 공고해야 하니 넉넉히 잡아 주세요.")
    )
    place = forms.CharField(label=_("곳"), max_length=PLACE)
    title = forms.CharField(
        label=_("이름"),
        max_length=TITLE,
        required=False,
        help_text=_("비워 두면 해와 동 이름으로 짓습니다."),
    )
    tie_source = forms.CharField(
        label=_("표가 같을 때 쓸 숫자를 어디서 가져오나요?"),
        max_length=200,
        required=False,
        help_text=_("비워 두면 총회장에서 마감한 뒤 주민이 공개로 뽑는 여섯 숫자를 씁니다."),
    )
    tie_on = KoreanDateField(label=_("그 숫자가 나오는 날"), required=False)

    def clean(self):
        given = super().clean()
        if given.get("tie_source") and not given.get("tie_on") and "tie_on" not in self.errors:
            self.add_error("tie_on", _("그 숫자가 언제 나오는지 날을 적어 주세요."))
        return given


class RulesForm(Form):
    motion = forms.ModelChoiceField(
        label=_("투표 방법을 정한 전체회의 의결"),
        queryset=Motion.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        help_text=_("이 동 주민자치회 전체회의에서 통과된 안건입니다."),
    )
    opens_at = KoreanMomentField(label=_("온라인 투표를 여는 때"))
    closes_at = KoreanMomentField(
        label=_("투표를 마감하는 때"), help_text=_("총회 날을 넘길 수 없습니다.")
    )
    method = forms.ChoiceField(
        label=_("어디서 투표하나요?"),
        choices=[*texts.METHODS.items()],
        widget=forms.RadioSelect,
        initial=Method.ONLINE,
    )
    passing = forms.ChoiceField(
        label=_("찬성·반대는 어떻게 정하나요?"),
        choices=[(word, texts.PASSING[word]) for word in ("majority", "plurality", "two_thirds")],
        widget=forms.RadioSelect,
    )
    quorum = forms.IntegerField(label=_("정족수"), min_value=1, required=False)
    without_quorum = forms.ChoiceField(
        label=_("정족수를 채우지 못하면 어떻게 하나요?"),
        choices=[*texts.WITHOUT_QUORUM.items()],
        widget=forms.RadioSelect,
        help_text=_("투표를 열기 전에 정해 두고, 그대로 합니다."),
    )

    def __init__(self, *args, assembly, **kwargs):
        ends = timezone.make_aware(datetime.combine(assembly.held_on, time(17)))
        opens = timezone.make_aware(
            datetime.combine(assembly.held_on - timedelta(days=10), time(9))
        )
        law = Provision.objects.in_force(dong=assembly.dong, at=timezone.now())
        passing = law["assembly.pass"].value
        usual = {
            "opens_at": opens,
            "closes_at": ends,
            "passing": "majority" if passing == "majority_present" else passing,
            "without_quorum": law["assembly.no_quorum"].value,
        }
        super().__init__(*args, initial=usual, **kwargs)
        self.fields["quorum"].help_text = _(
            "조례와 세칙으로는 %(least)s명입니다. 더 높게 의결했을 때만 적습니다."
        ) % {"least": f"{assembly.quorum:,}"}
        field = self.fields["motion"]
        field.queryset = Motion.objects.carried().of_dong(assembly.dong)
        field.error_messages["required"] = _(
            "전체회의 의결을 골라 주세요. 아직 없으면 전체회의에서 먼저 의결해야 합니다."
        )
        field.label_from_instance = lambda motion: described(motion.text, str(motion.meeting))


class QuestionForm(Form):
    """The matters are the dong's items that stand in a plan; each has a field for its cost."""

    kind = forms.ChoiceField(
        label=_("어떻게 묻나요?"),
        choices=[
            (
                Kind.BUDGET,
                described(_("예산 안에서 고르기"), _("표가 많은 차례로, 돈이 되는 데까지")),
            ),
            (Kind.CHOOSE, described(_("여럿 고르기"), _("표가 많은 차례로, 정한 수만큼"))),
            (
                Kind.RANK,
                described(_("순위 정하기"), _("바라는 차례대로, 순위마다 점수를 더해 정한 수만큼")),
            ),
            (Kind.SCORE, described(_("점수 주기"), _("하나하나에 준 점수를 더해 정한 수만큼"))),
            (Kind.YES_NO, described(_("찬성·반대"), _("하나를 두고, 전체회의가 정한 기준으로"))),
        ],
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label=_("투표지에 적을 물음"), max_length=200)
    text = forms.CharField(
        label=_("설명"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    items = forms.ModelMultipleChoiceField(
        label=_("투표에 올릴 의제"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("자치계획에 담긴 의제입니다. 찬성·반대는 하나만 고릅니다."),
    )
    at_most = forms.IntegerField(
        label=_("한 사람이 고를 수 있는 수"),
        min_value=1,
        required=False,
        help_text=_("순위는 여기까지 정합니다. 점수 주기에는 쓰지 않습니다."),
    )
    seats = forms.IntegerField(
        label=_("뽑는 수"),
        min_value=1,
        required=False,
        help_text=_("여럿 고르기, 순위 정하기, 점수 주기에만 씁니다."),
    )
    each_at_most = forms.IntegerField(
        label=_("하나에 줄 수 있는 점수"),
        min_value=1,
        max_value=MOST_POINTS,
        required=False,
        help_text=_("점수 주기에만 씁니다. 예: 5"),
    )
    total_at_most = forms.IntegerField(
        label=_("한 사람이 모두 더해 줄 수 있는 점수"),
        min_value=1,
        required=False,
        help_text=_("점수 주기에만 씁니다. 비워 두면 한도가 없습니다."),
    )
    whole_ballots = forms.ChoiceField(
        label=_("순위를 매긴 표를 어떻게 공개하나요?"),
        choices=[
            (
                Shown.WITNESSED,
                described(
                    _("몇 순위로 몇 명이 적었는지만"),
                    _("참관인 앞에서 셉니다. 그 수로 누구나 점수를 다시 셀 수 있습니다."),
                ),
            ),
            (
                Shown.PUBLIC,
                described(
                    _("이름 없이 한 장씩"),
                    _("드문 순위로 적은 표는 누구 것인지 짐작될 수 있습니다."),
                ),
            ),
        ],
        initial=Shown.WITNESSED,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("순위 정하기에만 씁니다."),
    )
    limit = WonField(
        label=_("쓸 수 있는 돈"),
        min_won=1,
        required=False,
        help_text=_("예산 안에서 고르기에만 씁니다."),
    )

    def __init__(self, *args, items, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["items"]
        field.queryset = items
        field.error_messages["required"] = _("투표에 올릴 의제를 골라 주세요.")
        for item in items:
            self.fields[f"cost_{item.pk}"] = WonField(
                label=_("‘%(title)s’에 드는 돈") % {"title": item.title}, required=False
            )

    def clean(self):
        given = super().clean()
        chosen = given.get("items")
        if given.get("kind") == Kind.YES_NO and chosen is not None and len(chosen) != 1:
            self.add_error("items", _("찬성·반대는 의제를 하나만 골라 주세요."))
        each_missing = "each_at_most" not in self.errors and not given.get("each_at_most")
        if given.get("kind") == Kind.SCORE and each_missing:
            self.add_error("each_at_most", _("하나에 몇 점까지 줄 수 있는지 적어 주세요."))
        if given.get("kind") == Kind.BUDGET:
            for item in chosen or []:
                name = f"cost_{item.pk}"
                if name not in self.errors and not given.get(name):
                    self.add_error(name, _("투표지에 보일 비용을 적어 주세요."))
            if "limit" not in self.errors and not given.get("limit"):
                self.add_error("limit", _("쓸 수 있는 돈을 적어 주세요."))
        return given

    @property
    def question(self):
        """The question as the action takes it."""
        given = self.cleaned_data
        kind = Kind(given["kind"])
        return {
            "kind": kind,
            "title": given["title"],
            "text": given["text"],
            "options": [
                (item.thread, item.title, given[f"cost_{item.pk}"] or None)
                for item in given["items"]
            ],
            "limit": given["limit"],
            "at_most": 1 if kind == Kind.YES_NO else given["at_most"],
            "seats": given["seats"],
            "each_at_most": given["each_at_most"],
            "total_at_most": given["total_at_most"],
            "whole_ballots": (given["whole_ballots"] or Shown.WITNESSED)
            if kind == Kind.RANK
            else Shown.CHOICES,
        }


class ValuesForm(Form):
    """What Equal Shares needs to know beside the budget; the other rules need nothing."""

    utility = forms.ChoiceField(
        label=_("고른 몫: 무엇이 고르도록 하나요?"), choices=[*box_texts.UTILITIES.items()]
    )
    completion = forms.ChoiceField(
        label=_("고른 몫: 남은 돈은 어떻게 쓰나요?"), choices=[*box_texts.COMPLETIONS.items()]
    )

    @property
    def values(self):
        """The values of Equal Shares, as the ballot box takes them."""
        given = self.cleaned_data
        return {
            **VALUES[Rule.EQUAL_SHARES],
            **{name: given[name] for name in ValuesForm.base_fields},
        }


class TrialForm(ValuesForm):
    """Which earlier vote is counted again; sent as part of the address."""

    past = forms.ModelChoiceField(
        label=_("어느 투표로 해 보나요?"), queryset=Question.objects.none(), empty_label=None
    )
    field_order = ("past", "utility", "completion")

    def __init__(self, *args, past, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["past"].queryset = past
        self.fields["past"].label_from_instance = lambda question: (
            f"{question.assembly}: {question.title}"
        )


class RuleForm(ValuesForm):
    rule = forms.ChoiceField(
        label=_("세는 법"),
        choices=[
            (rule, described(box_texts.RULES[rule], box_texts.RULE_SENTENCES[rule]))
            for rule in (Rule.GREEDY, Rule.EQUAL_SHARES, Rule.PHRAGMEN, Rule.KNAPSACK)
        ],
        widget=forms.RadioSelect,
    )
    whole_ballots = forms.ChoiceField(
        label=_("개표한 표를 어떻게 공개하나요?"),
        choices=[
            (
                Shown.PUBLIC,
                described(
                    _("이름 없이 한 장씩"),
                    _("누구나 다시 셀 수 있습니다. 드문 조합은 누구 표인지 짐작될 수 있습니다."),
                ),
            ),
            (
                Shown.WITNESSED,
                described(
                    _("합계만, 참관 아래 세기"),
                    _("한 장씩은 보이지 않습니다. 바깥에서는 합계까지만 다시 셀 수 있습니다."),
                ),
            ),
            (
                Shown.CHOICES,
                described(
                    _("고른 것마다 한 줄"),
                    _(
                        "무엇을 함께 골랐는지 보이지 않습니다."
                        " 고른 몫과 고른 부담에는 쓸 수 없습니다."
                    ),
                ),
            ),
        ],
        widget=forms.RadioSelect,
    )
    field_order = ("rule", "utility", "completion", "whole_ballots")

    @property
    def choice(self):
        """The rule as the action takes it."""
        rule = Rule(self.cleaned_data["rule"])
        return {
            "rule": rule,
            "values": self.values if rule == Rule.EQUAL_SHARES else dict(VALUES[rule]),
            "whole_ballots": self.cleaned_data["whole_ballots"],
        }


class OfficersForm(Form):
    from_council = forms.ModelChoiceField(
        label=_("주민자치회가 정한 선거관리 담당"),
        queryset=Person.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    from_office = forms.ModelChoiceField(
        label=_("동 담당자"),
        queryset=Person.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args, council, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from_council"].queryset = council
        self.fields["from_office"].queryset = office


class ObjectionForm(Form):
    text = forms.CharField(
        label=_("무엇이 왜 잘못되었나요?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("누구나 읽습니다. 다른 사람의 이름이나 전화번호는 적지 마세요."),
    )


class AnswerForm(Form):
    upheld = forms.TypedChoiceField(
        label=_("어떻게 하나요?"),
        choices=[
            (1, described(_("받아들임"), _("무엇을 바로잡는지 적습니다"))),
            (0, described(_("받아들이지 않음"), _("까닭과 확인한 것을 적습니다"))),
        ],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("답과 까닭"), max_length=2000, widget=forms.Textarea(attrs={"rows": 8})
    )


class RollSheetForm(Form):
    file = SheetField(
        label=_("선거인 명단(CSV)"),
        heads=texts.ROLL_HEADS,
        optional=texts.OPTIONAL_ROLL_HEADS,
        help_text=_(
            "첫 줄에 이름, 생년월일 칸이 있어야 합니다. 자격, 투표지, 투표소 칸은 없어도 됩니다."
        ),
    )

    @property
    def checked(self):
        """The sheet as it was read, to be sent along with the confirmation; kept nowhere."""
        heads = [*texts.ROLL_HEADS, *texts.OPTIONAL_ROLL_HEADS]
        cells = [[row.cells.get(head, "") for head in heads] for row in self.cleaned_data["file"]]
        return sheet.write(heads, cells).decode()


class RollConfirmForm(Form):
    checked = forms.CharField(widget=forms.HiddenInput, max_length=5_000_000)

    def clean_checked(self):
        try:
            return sheet.read(
                self.cleaned_data["checked"].encode(),
                heads=texts.ROLL_HEADS,
                optional=texts.OPTIONAL_ROLL_HEADS,
            )
        except sheet.SheetErrors as errors:
            raise forms.ValidationError(errors.sentences) from None


class HelpForm(Form):
    help = forms.ChoiceField(
        label=_("무엇을 도우시겠어요?"),
        choices=[(task, described(texts.HELPS[task], texts.HELP_HINTS[task])) for task in Help],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("덧붙일 말"),
        max_length=200,
        required=False,
        help_text=_("올 수 있는 시간이나 할 줄 아는 말을 적어 주세요. 동 담당자만 봅니다."),
    )


class HoursForm(Form):
    minutes = forms.IntegerField(
        label=_("도운 시간(분)"), min_value=1, initial=120, help_text=_("두 시간이면 120")
    )


class OrderForm(Form):
    titles = forms.CharField(
        label=_("식순"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "한 줄에 하나씩 적습니다. 총회장 화면에 그대로 보이니 사람 이름은 적지 마세요."
        ),
    )
    presider = forms.CharField(
        label=_("누가 진행하나요?"),
        max_length=60,
        required=False,
        help_text=_("회의록에만 적힙니다."),
    )

    def clean_titles(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["titles"].splitlines()]
        titles = [line for line in lines if line]
        if any(len(title) > ORDER_TITLE for title in titles):
            raise forms.ValidationError(
                _("한 순서는 %(most)s자까지입니다. 줄여 주세요."), params={"most": ORDER_TITLE}
            )
        return titles


class MinutesForm(Form):
    text = forms.CharField(
        label=_("회의록"),
        widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_(
            "기록에서 저절로 쓴 초안입니다. [ ] 자리에 오간 이야기를 적고, 틀린 곳은 고칩니다."
        ),
    )
