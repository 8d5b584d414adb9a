from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from maeul.core import sheet
from maeul.core.forms import Form, KoreanDateField, SheetField
from maeul.council.membership import texts
from maeul.council.membership.models import Body
from maeul.council.membership.rules import BodyKind, EndReason
from maeul.ground.people.models import Person


class FoundForm(Form):
    kind = forms.ChoiceField(
        label=_("무엇을 만드나요?"), choices=[*texts.BODIES.items()], widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("이름"), max_length=60, help_text=_("예: 안전분과"))


class TermForm(Form):
    number = forms.IntegerField(label=_("몇 기인가요?"), min_value=1, max_value=200)
    from_on = KoreanDateField(label=_("임기가 시작하는 날"))


class ImportForm(Form):
    file = SheetField(
        label=_("위원 명단(CSV)"),
        heads=texts.HEADS,
        optional=texts.OPTIONAL_HEADS,
        help_text=_(
            "첫 줄에 이름, 생년월일, 성별, 시작일 칸이 있어야 합니다. 전자우편, 분과, 직책, 자격"
            " 칸은 없어도 됩니다."
        ),
    )

    @property
    def checked(self):
        """The sheet as it was read, to be sent along with the confirmation."""
        heads = [*texts.HEADS, *texts.OPTIONAL_HEADS]
        rows = self.cleaned_data["file"]
        cells = [[row.cells.get(head, "") for head in heads] for row in rows]
        return sheet.write(heads, cells).decode()


class ConfirmForm(Form):
    checked = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)

    def clean_checked(self):
        text = self.cleaned_data["checked"]
        try:
            return sheet.read(text.encode(), heads=texts.HEADS, optional=texts.OPTIONAL_HEADS)
        except sheet.SheetErrors as errors:
            raise forms.ValidationError(errors.sentences) from None


class InstallForm(Form):
    body = forms.ModelChoiceField(label=_("어느 조직인가요?"), queryset=Body.objects.none())
    kind = forms.ChoiceField(
        label=_("직책"), choices=[*texts.OFFICES.items()], widget=forms.RadioSelect
    )
    person = forms.ModelChoiceField(label=_("맡는 사람"), queryset=Person.objects.none())
    from_on = KoreanDateField(label=_("언제부터"))

    def __init__(self, *args, council, today, **kwargs):
        super().__init__(*args, **kwargs)
        bodies = Body.objects.of_dong(council.dong).exclude(kind=BodyKind.JOINT)
        self.fields["body"].queryset = bodies
        self.fields["body"].label_from_instance = lambda body: body.name
        seats = bodies.seats_on(today)
        people = Person.objects.filter(seats__in=seats).distinct().order_by("name", "pk")
        self.fields["person"].queryset = people
        self.fields["from_on"].initial = today


class EndForm(Form):
    because = forms.ChoiceField(
        label=_("왜 끝나나요?"),
        choices=[*texts.END_REASONS.items()],
        widget=forms.RadioSelect,
        initial=EndReason.RESIGNED,
    )
    on = KoreanDateField(
        label=_("끝나는 날"), help_text=_("사유가 생긴 날입니다. 이날부터 위원이 아닙니다.")
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class EndOfficeForm(Form):
    on = KoreanDateField(label=_("끝나는 날"), help_text=_("이날부터 그 직책이 아닙니다."))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class ResignForm(Form):
    sure = forms.BooleanField(label=_("주민자치회 위원 자리를 내려놓겠습니다."))
