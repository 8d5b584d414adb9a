from django import forms
from django.utils.translation import gettext_lazy as _

from maeul.core.forms import Form, KoreanDateField, KoreanMomentField, described
from maeul.council.meeting import texts
from maeul.council.meeting.models import Topic
from maeul.council.meeting.rules import ELECTED, FollowUpState, Kind
from maeul.council.membership.models import Body
from maeul.council.membership.texts import OFFICES
from maeul.ground.people.models import Person


class ActForm(Form):
    """One of several forms on a page: its fields have ids of their own.  Alone it is a button."""

    name = "press"

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("auto_id", f"{self.name}_%s")
        super().__init__(*args, **kwargs)


class ConveneForm(Form):
    what = forms.ChoiceField(label=_("어떤 회의인가요?"), widget=forms.RadioSelect)
    starts_at = KoreanMomentField(label=_("언제 모이나요?"))
    place = forms.CharField(label=_("어디서 모이나요?"), max_length=120)
    topics = forms.CharField(
        label=_("다룰 안건"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=4000,
        help_text=_("한 줄에 하나씩 적습니다. 지난 회의에서 넘어온 안건은 저절로 맨 앞에 옵니다."),
    )
    asked_by = forms.ChoiceField(
        label=_("임시 전체회의라면, 누가 요청했나요?"),
        choices=[("", _("임시 전체회의가 아닙니다")), *texts.ASKERS.items()],
        required=False,
    )
    urgent_because = forms.CharField(
        label=_("급하게 여는 까닭"),
        max_length=300,
        required=False,
        help_text=_("전체회의를 알릴 기한이 지났을 때만 적습니다. 회의록에 남습니다."),
    )

    def __init__(self, *args, dong, **kwargs):
        super().__init__(*args, **kwargs)
        self.bodies = {body.pk: body for body in Body.objects.of_dong(dong)}
        self.fields["what"].choices = [*self._choices()]

    def _choices(self):
        for body in self.bodies.values():
            if body.kind == "joint":
                hint = _("누구나 오는 회의. 매달 의제를 모읍니다.")
                yield f"{Kind.JOINT}-{body.pk}", described(body.name, hint)
            elif body.kind == "council":
                for kind in (Kind.PLENARY, Kind.PLENARY_EXTRA):
                    hint = _("위원 절반을 넘게 모여 표결합니다.")
                    yield f"{kind}-{body.pk}", described(texts.KINDS[kind], hint)
            else:
                hint = _("분과 위원끼리 모입니다.")
                yield f"{Kind.SUBCOMMITTEE}-{body.pk}", described(body.name, hint)

    def clean_topics(self):
        lines = self.cleaned_data["topics"].splitlines()
        titles = [line.strip(" -·\t") for line in lines if line.strip(" -·\t")]
        for title in titles:
            if len(title) > 200:
                raise forms.ValidationError(
                    _("안건 하나는 200자까지입니다. ‘%(start)s…’ 줄을 줄여 주세요.")
                    % {"start": title[:20]}
                )
        return titles

    @property
    def meeting(self):
        """What was asked for, as the action takes it."""
        answers = dict(self.cleaned_data)
        kind, _dash, number = answers.pop("what").rpartition("-")
        return answers | {"kind": Kind(kind), "body": self.bodies[int(number)]}


class CancelForm(ActForm):
    name = "cancel"

    because = forms.CharField(
        label=_("왜 취소하나요?"), max_length=300, help_text=_("위원에게 함께 알립니다.")
    )


class RollForm(ActForm):
    name = "roll"

    here = forms.ModelMultipleChoiceField(
        label=_("지금 와 있는 사람"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    walk_in = forms.EmailField(
        label=_("더 온 사람의 전자우편"),
        required=False,
        help_text=_("이 누리집에 가입한 사람이 왔으면 적어 주세요. 이름으로 참여가 남습니다."),
    )
    guests = forms.IntegerField(
        label=_("이름을 적지 않은 손님 수"),
        min_value=0,
        max_value=5000,
        widget=forms.NumberInput(attrs={"class": "input input-short", "inputmode": "numeric"}),
    )

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["here"].queryset = people
        self.fields["here"].label_from_instance = str

    def clean_walk_in(self):
        email = self.cleaned_data["walk_in"]
        if not email:
            return None
        person = Person.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise forms.ValidationError(
                _("이 주소로 가입한 사람이 없습니다. 손님 수에 더해 주세요.")
            )
        return person

    @property
    def people(self):
        walk_in = self.cleaned_data["walk_in"]
        return [*self.cleaned_data["here"], *([walk_in] if walk_in else [])]


class TopicForm(ActForm):
    name = "topic"

    title = forms.CharField(label=_("안건"), max_length=200)
    brought_by = forms.CharField(
        label=_("낸 사람이나 모임"), max_length=60, required=False, help_text=_("예: 안전분과")
    )


class WithdrawForm(ActForm):
    name = "withdraw"

    because = forms.CharField(label=_("거두는 까닭"), max_length=300, required=False)


class DecideForm(ActForm):
    name = "decide"

    outcome = forms.ChoiceField(
        label=_("어떻게 하기로 했나요?"),
        choices=[*texts.OUTCOMES.items()],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("덧붙일 말"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MoveForm(ActForm):
    name = "move"

    text = forms.CharField(
        label=_("표결할 문장"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("‘무엇을 한다’처럼 찬성과 반대가 갈리는 한 문장으로 적습니다."),
    )
    topic = forms.ModelChoiceField(
        label=_("어느 안건인가요?"),
        queryset=Topic.objects.none(),
        required=False,
        empty_label=_("안건과 따로"),
    )
    moved_by = forms.ModelChoiceField(
        label=_("낸 위원"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("모임 전체"),
    )

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = meeting.topics.undecided().in_order()
        self.fields["moved_by"].queryset = meeting.members_in_office()


def _hands(label):
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=5000,
        widget=forms.NumberInput(attrs={"class": "input input-short", "inputmode": "numeric"}),
    )


class VoteForm(ActForm):
    name = "vote"

    yes = _hands(_("찬성"))
    no = _hands(_("반대"))
    abstain = _hands(_("기권"))


class RemarkForm(ActForm):
    name = "remark"

    text = forms.CharField(
        label=_("회의록에 적을 말"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class FollowUpForm(ActForm):
    name = "follow_up"

    text = forms.CharField(label=_("할 일"), max_length=300)
    owner = forms.ModelChoiceField(
        label=_("맡은 사람"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("아래에 적습니다"),
    )
    owner_text = forms.CharField(
        label=_("맡은 모임이나 부서"), max_length=60, required=False, help_text=_("예: 안전분과")
    )
    due_on = KoreanDateField(label=_("언제까지"))

    def __init__(self, *args, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people


class SettleForm(ActForm):
    name = "settle"

    state = forms.ChoiceField(
        label=_("어떻게 되었나요?"),
        choices=[
            (FollowUpState.DONE, texts.FOLLOW_UPS[FollowUpState.DONE]),
            (FollowUpState.DROPPED, texts.FOLLOW_UPS[FollowUpState.DROPPED]),
        ],
        widget=forms.RadioSelect,
    )
    result = forms.CharField(
        label=_("덧붙일 말"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("그만두었다면 까닭을 적어 주세요."),
    )


class NoteForm(ActForm):
    name = "note"

    note = forms.CharField(
        label=_("회의록에 덧붙일 말"),
        max_length=10000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("출석, 안건, 표결은 저절로 적힙니다. 그 밖의 것만 적으면 됩니다."),
    )


class CorrectForm(NoteForm):
    name = "correct"

    because = forms.CharField(label=_("왜 고치나요?"), max_length=300)


class ElectForm(Form):
    """An office, who stands for it, and which member runs the vote beside whoever asks."""

    office = forms.ChoiceField(
        label=_("어느 임원을 뽑나요?"),
        choices=[(kind, OFFICES[kind]) for kind in ELECTED],
        widget=forms.RadioSelect,
    )
    candidates = forms.ModelMultipleChoiceField(
        label=_("후보"),
        help_text=_("두 명 이상 고릅니다. 투표지에는 이 차례로 나옵니다."),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    officer = forms.ModelChoiceField(
        label=_("선거관리인을 맡을 위원"),
        help_text=_("후보가 아닌 위원입니다. 지금 화면을 쓰는 분과 함께 두 사람이 맡습니다."),
        queryset=Person.objects.none(),
    )
    ends_at = KoreanMomentField(
        label=_("언제까지 투표하나요?"),
        help_text=_("이때가 되어야 투표함을 엽니다. 모두 투표하기에 넉넉한 때로 적습니다."),
    )

    def __init__(self, *args, members, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["candidates"].queryset = members
        self.fields["officer"].queryset = members
