from django import forms
from django.utils.translation import gettext_lazy as _

from maeul.core import upload
from maeul.core.forms import Form, KoreanDateField, UploadField, UploadsField, WonField
from maeul.core.money import in_words
from maeul.ground.people.models import Person
from maeul.voice.agenda.models import Offer
from maeul.works.project import texts


class StartForm(Form):
    title = forms.CharField(label=_("사업 이름"), max_length=200)
    content = forms.CharField(label=_("무엇을 하나요?"), widget=forms.Textarea, max_length=4000)
    goal = forms.CharField(label=_("목표"), max_length=200, required=False)
    place = forms.CharField(label=_("어디서 하나요?"), max_length=120, required=False)
    way = forms.ChoiceField(
        label=_("돈을 쓰는 방식"), choices=[*texts.WAYS.items()], widget=forms.RadioSelect
    )
    lead = forms.ModelChoiceField(label=_("맡아 이끄는 사람"), queryset=Person.objects.none())
    starts_on = KoreanDateField(label=_("시작하는 날"))
    ends_on = KoreanDateField(label=_("끝나는 날"))

    def __init__(self, *args, leads, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = leads


class LineForm(Form):
    title = forms.CharField(label=_("세목"), max_length=80, help_text=_("예: 재료비, 강사비"))
    code = forms.CharField(
        label=_("예산과목"), max_length=20, required=False, help_text=_("예: 201-03")
    )
    amount_won = WonField(label=_("금액"), min_won=1)


class StepForm(Form):
    title = forms.CharField(label=_("할 일"), max_length=120)
    due_on = KoreanDateField(label=_("언제까지 하나요?"))
    is_milestone = forms.BooleanField(label=_("중요한 고비입니다"), required=False)


class FinishForm(Form):
    note = forms.CharField(label=_("어떻게 되었나요?"), max_length=300)


class TakeInForm(Form):
    offer = forms.ModelChoiceField(
        label=_("함께할 분"),
        queryset=Offer.objects.none(),
        help_text=_("이 의제에 도움을 내신 분들입니다."),
    )
    role = forms.CharField(label=_("맡은 일"), max_length=80)

    def __init__(self, *args, offers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["offer"].queryset = offers
        self.fields["offer"].label_from_instance = lambda offer: " · ".join(
            filter(None, [str(offer.person), str(offer.get_kind_display()), offer.text])
        )


class WorkForm(Form):
    participant = forms.ModelChoiceField(label=_("누가 활동했나요?"), queryset=None)
    on = KoreanDateField(label=_("활동한 날"))
    minutes = forms.IntegerField(label=_("몇 분 활동했나요?"), min_value=1, max_value=24 * 60)

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["participant"]
        field.queryset = project.participants.select_related("person").order_by("pk")
        field.label_from_instance = lambda one: f"{one.person} · {one.role}"


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("까닭"), widget=forms.Textarea, max_length=300, help_text=_("주민이 함께 봅니다.")
    )


class ReportForm(Form):
    report = forms.CharField(label=_("무엇을 이루었나요?"), widget=forms.Textarea, max_length=4000)


class StoryForm(Form):
    story = forms.CharField(
        label=_("이웃에게 들려줄 이야기"), widget=forms.Textarea, max_length=4000
    )


class SpendingForm(Form):
    line = forms.ModelChoiceField(label=_("세목"), queryset=None)
    purse = forms.ModelChoiceField(label=_("어느 돈으로 냈나요?"), queryset=None)
    purpose = forms.CharField(
        label=_("무엇을 샀나요?"), max_length=200, help_text=_("예: 담장 등 180,000원 × 12개")
    )
    payee = forms.CharField(
        label=_("산 곳"),
        max_length=120,
        help_text=_("가게나 단체 이름만 적습니다. 계좌번호는 적지 마세요."),
    )
    business_no = forms.RegexField(
        label=_("사업자등록번호"),
        regex=r"^\d{3}-?\d{2}-?\d{5}$",
        required=False,
        error_messages={"invalid": _("사업자등록번호는 숫자 열 자리입니다. 예: 123-45-67890")},
    )
    amount_won = WonField(label=_("합계"), min_won=1)
    vat_won = WonField(label=_("그 가운데 부가세"), required=False)
    method = forms.ChoiceField(
        label=_("낸 방법"), choices=[*texts.METHODS.items()], widget=forms.RadioSelect
    )
    paid_on = KoreanDateField(label=_("낸 날"))
    outside_no = forms.CharField(label=_("보탬e 번호"), max_length=40, required=False)
    kind = forms.ChoiceField(label=_("증빙 종류"), choices=[*texts.EVIDENCE.items()])
    files = UploadsField(label=_("증빙 파일"), most=5)
    open_evidence = forms.BooleanField(
        label=_("가릴 개인정보가 없어 누구나 보아도 됩니다"), required=False
    )

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["line"].queryset = project.lines.with_left()
        self.fields["line"].label_from_instance = lambda line: (
            _("%(line)s (%(left)s 남음)") % {"line": line, "left": in_words(line.left)}
        )
        self.fields["purse"].queryset = project.purses.order_by("pk")
        self.fields["purse"].label_from_instance = lambda purse: str(purse.source_label)

    @property
    def facts(self):
        """What the action is told; every file under the one kind that was chosen."""
        answers = dict(self.cleaned_data)
        kind, files = answers.pop("kind"), answers.pop("files")
        answers["vat_won"] = answers["vat_won"] or 0
        return {**answers, "evidence": [(kind, file) for file in files]}


class NoticeForm(Form):
    won = WonField(label=_("금액"), min_won=1)
    on = KoreanDateField(label=_("날짜"))
    text = forms.CharField(label=_("내용"), max_length=200, required=False)
    notice = UploadField(label=_("은행 통지 파일"), kinds=upload.ANY)


class InterestForm(NoticeForm):
    purse = forms.ModelChoiceField(label=_("어느 통장인가요?"), queryset=None)

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["purse"].queryset = project.purses.order_by("pk")
        self.fields["purse"].label_from_instance = lambda purse: str(purse.source_label)
        self.order_fields(["purse"])


class RefundForm(Form):
    on = KoreanDateField(label=_("반납한 날"))
    text = forms.CharField(label=_("내용"), max_length=200, required=False)
    bank_notice = UploadField(label=_("반납 확인 파일"), kinds=upload.ANY)


class ChangeForm(Form):
    reason = forms.CharField(label=_("바꾸는 까닭"), widget=forms.Textarea, max_length=300)
    from_line = forms.ModelChoiceField(label=_("줄일 세목"), queryset=None, required=False)
    to_line = forms.ModelChoiceField(label=_("늘릴 세목"), queryset=None, required=False)
    won = WonField(label=_("옮길 금액"), required=False)
    ends_on = KoreanDateField(label=_("새로 끝나는 날"), required=False)
    content = forms.CharField(
        label=_("새 내용"), widget=forms.Textarea, max_length=4000, required=False
    )

    def __init__(self, *args, project, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("from_line", "to_line"):
            self.fields[name].queryset = project.lines.order_by("pk")

    def clean_won(self):
        return self.cleaned_data["won"] or 0
