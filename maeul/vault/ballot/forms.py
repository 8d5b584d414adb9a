"""What officers and visitors type."""

from functools import partial

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from maeul.core import sheet, upload
from maeul.core.forms import (
    Form,
    KoreanDateField,
    KoreanMomentField,
    SheetField,
    UploadField,
    described,
)
from maeul.vault.ballot import hall, texts
from maeul.vault.ballot.marks import Marking
from maeul.vault.ballot.models import Booth, Elector
from maeul.vault.ballot.rules import IN_PERSON, MOST_POINTS, Channel, ReasonForOuter, Way


class RollObjectionForm(Form):
    claim = forms.ChoiceField(
        label=_("무엇이 잘못되었나요?"),
        choices=[*texts.ROLL_CLAIMS.items()],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("어떻게 바로잡을까요?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("두 선거관리인만 읽습니다. 주민등록번호는 적지 마세요."),
    )


class DecisionForm(Form):
    upheld = forms.TypedChoiceField(
        label=_("어떻게 하나요?"),
        choices=[(1, _("받아들임")), (0, _("받아들이지 않음"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("까닭"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("낸 분께 그대로 전합니다."),
    )


class LetterForm(Form):
    code = forms.CharField(
        label=_("편지의 번호"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"class": "input input-short", "autocomplete": "off", "autocapitalize": "none"}
        ),
        help_text=_("예: abc-def-ghj-kmn"),
    )


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
        label=_("개표 결과 파일"),
        help_text=_("열쇠 보관인의 파일이나 명령줄 프로그램이 만든 결과 파일입니다."),
    )


class OutsideBoardForm(Form):
    board = forms.FileField(
        label=_("바깥에 둔 게시판 파일"),
        help_text=_(
            "바깥 곳에 보관한 board.jsonl 파일입니다. 두 선거관리인이 같은 파일을 넣습니다."
        ),
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


# At the door

DOCUMENTS = [
    ("주민등록증", _("주민등록증")),
    ("운전면허증", _("운전면허증")),
    ("여권", _("여권")),
    ("외국인등록증", _("외국인등록증·국내거소신고증")),
    ("장애인등록증", _("장애인등록증")),
    ("청소년증", _("청소년증·학생증")),
    ("모바일 신분증", _("모바일 신분증")),
]


class CheckInForm(Form):
    """Its two large buttons carry the way."""

    way = forms.ChoiceField(
        choices=[(way.value, texts.WAYS[way]) for way in (Way.PAPER, Way.KIOSK)],
        widget=forms.HiddenInput,
    )
    line_number = forms.IntegerField(
        label=_("줄 번호표"),
        help_text=_("마감 뒤에만 적습니다. 줄 선 분이 가진 번호표의 숫자입니다."),
        min_value=1,
        required=False,
    )


class WhoForm(Form):
    """Somebody as their document names them."""

    name = forms.CharField(
        label=_("이름"), help_text=_("신분증에 있는 그대로 적습니다."), max_length=60
    )
    born_on = KoreanDateField(label=_("생년월일"))
    proof = forms.ChoiceField(label=_("본 신분증"), choices=DOCUMENTS)

    def __init__(self, *args, styles=(), **kwargs):
        super().__init__(*args, **kwargs)
        if len(styles) > 1:
            self.fields["style"] = forms.ChoiceField(
                label=_("투표지 종류"), choices=[(style, style) for style in styles]
            )

    def facts(self):
        return {name: value for name, value in self.cleaned_data.items() if value}


class OuterForm(WhoForm):
    reason = forms.ChoiceField(
        label=_("겉봉투에 넣는 까닭"),
        choices=[
            (reason.value, texts.OUTER_REASONS[reason])
            for reason in ReasonForOuter
            if reason != ReasonForOuter.ELSEWHERE
        ],
    )
    list_number = forms.IntegerField(
        label=_("종이 서명부의 번호"),
        help_text=_("네트워크가 끊겨 종이에 먼저 적었을 때만 적습니다."),
        min_value=1,
        required=False,
    )


class ElsewhereForm(Form):
    proof = forms.ChoiceField(label=_("본 신분증"), choices=DOCUMENTS)


class ReasonForm(Form):
    reason = forms.CharField(label=_("까닭"), max_length=200)


class RulingForm(Form):
    kind = forms.ChoiceField(label=_("무엇을 적나요?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("까닭"), help_text=_("다른 한 사람이 읽고 확인합니다."), max_length=200
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind.value, texts.RULINGS[kind]) for kind in kinds]


class DeviceForm(Form):
    name = forms.CharField(
        label=_("단말 이름"), help_text=_("기기에 붙인 이름입니다. 예: 단말 1"), max_length=40
    )


class LateForm(Form):
    list_number = forms.IntegerField(label=_("종이 서명부의 번호"), min_value=1)
    number = forms.IntegerField(
        label=_("선거인 번호"), help_text=_("서명한 줄에 적힌 명부 번호입니다."), min_value=1
    )
    roll = forms.ChoiceField(label=_("명부"), choices=Elector.Roll.choices)


class LineForm(Form):
    slips = forms.IntegerField(
        label=_("나누어 준 번호표"), help_text=_("마지막 번호표의 숫자입니다."), min_value=1
    )


class ReportForm(Form):
    signatures = forms.IntegerField(
        label=texts.COUNTS["signatures"],
        help_text=_("줄을 그어 취소한 서명은 빼고, 겉봉투로 한 분은 넣어 셉니다."),
        min_value=0,
    )
    sheets_given = forms.IntegerField(label=texts.COUNTS["sheets_given"], min_value=0)
    sheets_back = forms.IntegerField(label=texts.COUNTS["sheets_back"], min_value=0)
    outer_envelopes = forms.IntegerField(label=texts.COUNTS["outer_envelopes"], min_value=0)
    photo = UploadField(
        label=_("서명한 마감표의 사진"),
        help_text=_("숫자와 서명이 모두 보이게 찍습니다. 투표사무원과 선거관리인만 봅니다."),
        kinds=upload.PICTURE,
    )

    def __init__(self, *args, has_photo=False, **kwargs):
        super().__init__(*args, **kwargs)
        if has_photo:
            self.fields["photo"].required = False
            self.fields["photo"].help_text = _(
                "먼저 올린 사진이 있습니다. 더 나은 사진만 올립니다."
            )


class CodeForm(Form):
    code = forms.CharField(
        label=_("여덟 자리 번호"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "pattern": "[0-9 ]*"}
        ),
    )


class OuterRulingForm(Form):
    """As whom an outer envelope is accepted, or why not."""

    whose = forms.ChoiceField(label=_("누구의 표인가요?"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("까닭"), help_text=_("받지 않을 때는 꼭 적습니다."), max_length=200, required=False
    )

    def __init__(self, *args, electors, may_be_new, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(str(elector.pk), _who(elector)) for elector in electors]
        if may_be_new:
            choices.append(("new", _("명부에 없던 사람: 현장 명부에 올립니다")))
        self.fields["whose"].choices = [*choices, ("nobody", _("받지 않습니다"))]


def _who(elector):
    """By name and number, and whether they voted already: then the envelope is not theirs."""
    name, entry = f"{elector.name} ({elector})", getattr(elector, "entry", None)
    if entry is not None and entry.channel in IN_PERSON:
        return described(name, _("이미 현장에서 투표했습니다. 같은 분이면 받지 않습니다."))
    return name


class ExtendForm(Form):
    until = KoreanMomentField(label=_("늘린 마감"))
    reason = forms.CharField(label=_("까닭"), help_text=_("모두에게 공개됩니다."), max_length=200)


class ClerkForm(Form):
    email = forms.EmailField(
        label=_("투표사무원의 전자우편"), help_text=_("이 누리집에 가입한 분이어야 합니다.")
    )


class InPersonForm(Form):
    channels = forms.MultipleChoiceField(
        label=_("투표하는 방법"),
        choices=[(c.value, texts.CHANNELS[c]) for c in Channel if c != Channel.NONE],
        widget=forms.CheckboxSelectMultiple,
    )
    online_closes_at = KoreanMomentField(
        label=_("온라인 마감"),
        help_text=_("비워 두면 전체 마감과 같습니다."),
        required=False,
    )


class BoothForm(Form):
    name = forms.CharField(
        label=_("투표소 이름"),
        help_text=_("같은 이름을 다시 적으면 그 투표소에 곳과 시간을 더합니다."),
        max_length=60,
    )
    place = forms.CharField(label=_("곳"), max_length=120)
    opens_at = KoreanMomentField(label=_("여는 때"))
    closes_at = KoreanMomentField(label=_("닫는 때"))


class AssignForm(Form):
    booth = forms.ModelChoiceField(label=_("투표소"), queryset=Booth.objects.none())
    first = forms.IntegerField(label=_("명부 번호, 여기부터"), min_value=1)
    last = forms.IntegerField(label=_("여기까지"), min_value=1)

    def __init__(self, *args, booths, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["booth"].queryset = booths


# In the counting room


class BoxForm(Form):
    sheets = forms.IntegerField(label=_("투표용지"), min_value=0, max_value=100_000)


class BatchForm(Form):
    """How many sheets of each booth go into a batch."""

    def __init__(self, *args, styles, left, **kwargs):
        super().__init__(*args, **kwargs)
        self.styles, self.booths = list(styles), {f"booth_{b.number}": b for b in left}
        if len(self.styles) > 1:
            self.fields["style"] = forms.ChoiceField(
                label=_("투표지 종류"), choices=[(style, style) for style in self.styles]
            )
        for name, booth in self.booths.items():
            self.fields[name] = forms.IntegerField(
                label=_("%(booth)s에서 온 장") % {"booth": booth},
                help_text=_("아직 묶지 않은 것: %(left)s장") % {"left": left[booth]},
                min_value=0,
                required=len(self.booths) == 1,
            )

    def style(self):
        return self.cleaned_data.get("style", self.styles[0])

    def shares(self):
        found = {booth: self.cleaned_data.get(name) for name, booth in self.booths.items()}
        return {booth: sheets for booth, sheets in found.items() if sheets}


UNREADABLE = "x"
ONE_OF_BOTH = _("번호와 ‘알아볼 수 없음’ 가운데 하나만 골라 주세요.")


class TicksField(forms.MultipleChoiceField):
    """Which options have a mark on the sheet."""

    def __init__(self, *, question, **kwargs):
        super().__init__(
            choices=[
                *((str(o.number), f"{o.number}. {o.title}") for o in question.options.all()),
                (UNREADABLE, texts.UNREADABLE),
            ],
            widget=forms.CheckboxSelectMultiple,
            **kwargs,
        )

    def clean(self, value):
        """The numbers; None where it cannot be told."""
        chosen = super().clean(value)
        if UNREADABLE in chosen and len(chosen) > 1:
            raise ValidationError(ONE_OF_BOTH)
        return None if UNREADABLE in chosen else sorted(map(int, chosen))


class MarksInput(forms.MultiWidget):
    """A number for each option, and a box where they cannot be told."""

    template_name = "ballot/_marks_input.html"
    use_fieldset = True

    def __init__(self, labels):
        self.labels = [*labels, texts.UNREADABLE]
        number = {"class": "input input-short num", "inputmode": "numeric", "min": 0}
        super().__init__(
            [*(forms.NumberInput(attrs=number) for _label in labels), forms.CheckboxInput()]
        )

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        subwidgets = context["widget"]["subwidgets"]
        context["widget"]["rows"] = list(zip(self.labels, subwidgets, strict=True))
        return context

    def decompress(self, value):
        return value or [None] * len(self.labels)


class MarksField(forms.MultiValueField):
    """What stands in the boxes of a sheet that is ranked or given points, as it is read."""

    def __init__(self, *, question, **kwargs):
        self.how, self.numbers = question.how, []
        labels = []
        for option in question.options.all():
            self.numbers.append(option.number)
            labels.append(f"{option.number}. {option.title}")
        box = partial(forms.IntegerField, min_value=0, max_value=MOST_POINTS, required=False)
        super().__init__(
            fields=[*(box() for _label in labels), forms.BooleanField(required=False)],
            require_all_fields=False,
            widget=MarksInput(labels),
            help_text=texts.MARKS_ON_A_SHEET[self.how.marking],
            **kwargs,
        )

    def compress(self, values):
        """An answer as the sheet's box of marks holds it; None where it cannot be told."""
        *given, unreadable = values or [None]
        found = [(n, value) for n, value in zip(self.numbers, given, strict=False) if value]
        if unreadable and found:
            raise ValidationError(ONE_OF_BOTH)
        return None if unreadable else self.how.of_sheet(found)


class SheetForm(Form):
    """One sheet as it is read: an answer per question, or that it cannot be told."""

    sheet = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            field = TicksField if question.marking == Marking.CHOOSE else MarksField
            self.fields[question.key] = field(
                question=question, label=question.title, required=False
            )

    def said(self):
        return {question.key: self.cleaned_data[question.key] for question in self.questions}


class OutsideForm(Form):
    """Totals counted elsewhere, as a sheet."""

    kind = forms.ChoiceField(
        label=_("어떻게 세었나요?"), choices=[*texts.OUTSIDE.items()], widget=forms.RadioSelect
    )
    source = forms.CharField(
        label=_("어디서 왔나요?"),
        help_text=_("누가 어디서 센 것인지 적습니다. 예: 독산역 앞 거리 스티커, 마을축제"),
        max_length=120,
    )
    counted_on = KoreanDateField(label=_("센 날"))
    file = SheetField(
        label=_("합계 파일(CSV)"),
        help_text=_("첫 줄에 안건, 번호, 표 칸이 있어야 합니다. 빈 표를 받아 채우면 쉽습니다."),
        heads=texts.OUTSIDE_HEADS,
        optional=texts.OUTSIDE_OPTIONAL,
    )

    @property
    def looked_over(self):
        """What was typed and read, to be sent along with the confirmation; kept nowhere."""
        heads = [*texts.OUTSIDE_HEADS, *texts.OUTSIDE_OPTIONAL]
        cells = [[row.cells.get(head, "") for head in heads] for row in self.cleaned_data["file"]]
        given = {name: self.cleaned_data[name] for name in ("kind", "source", "counted_on")}
        return given | {"checked": sheet.write(heads, cells).decode()}


class OutsideConfirmForm(Form):
    kind = forms.ChoiceField(choices=[*texts.OUTSIDE.items()], widget=forms.HiddenInput)
    source = forms.CharField(widget=forms.HiddenInput, max_length=120)
    counted_on = forms.DateField(widget=forms.HiddenInput)
    checked = forms.CharField(widget=forms.HiddenInput, max_length=1_000_000, strip=False)

    def clean_checked(self):
        try:
            return sheet.read(
                self.cleaned_data["checked"].encode(),
                heads=texts.OUTSIDE_HEADS,
                optional=texts.OUTSIDE_OPTIONAL,
            )
        except sheet.SheetErrors as errors:
            raise ValidationError(errors.sentences) from None

    @property
    def facts(self):
        given = dict(self.cleaned_data)
        return given | {"rows": given.pop("checked")}


class TotalsForm(Form):
    """What was counted aloud, question by question, in the order of the tally sheet."""

    def __init__(self, *args, questions, has_tally_sheet, has_minutes, **kwargs):
        super().__init__(*args, **kwargs)
        self.groups = []
        self._group("", [(name, texts.TOTALS[name]) for name in hall.WHOLE])
        for question in questions:
            options = [(f"{question.key}.{o.number}", o.title) for o in question.options.all()]
            sums = [(f"{question.key}.{name}", texts.TOTALS[name]) for name in hall.PARTS]
            self._group(f"{question.position}. {question.title}", [*options, *sums])
        self.fields["tally_sheet"] = UploadField(
            label=_("서명한 집계표의 사진"),
            help_text=_("숫자와 서명이 모두 보이게 찍습니다."),
            kinds=upload.PICTURE,
            required=not has_tally_sheet,
            error_messages={"required": _("집계표의 사진을 골라 주세요.")},
        )
        self.fields["minutes"] = UploadField(
            label=_("서명한 개표록"),
            help_text=_("사진이나 PDF입니다. 두 개표인과 선거관리인만 봅니다."),
            required=not has_minutes,
            error_messages={"required": _("개표록의 사진이나 PDF를 골라 주세요.")},
        )
        self.groups.append((_("남기는 종이"), [self["tally_sheet"], self["minutes"]]))

    def _group(self, heading, fields):
        for name, label in fields:
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=0,
                max_value=100_000,
                error_messages={"required": _("수를 적어 주세요. 없으면 0을 적습니다.")},
            )
        self.groups.append((heading, [self[name] for name, _label in fields]))

    def numbers(self):
        papers = ("tally_sheet", "minutes")
        return {name: n for name, n in self.cleaned_data.items() if name not in papers}

    def papers(self):
        return {name: self.cleaned_data[name] for name in ("tally_sheet", "minutes")}


class AnswersForm(Form):
    true = forms.IntegerField(label=_("‘맞습니다’"), min_value=0)
    untrue = forms.IntegerField(label=_("‘아닙니다’"), min_value=0)


class SheetsForm(Form):
    copies = forms.IntegerField(
        label=_("몇 장을 인쇄할까요?"),
        help_text=_("선거인 수에 넉넉히 더해 인쇄하고, 남은 장도 마감 때 세어 적습니다."),
        min_value=1,
        max_value=500,
        initial=50,
    )

    def __init__(self, *args, styles, **kwargs):
        super().__init__(*args, **kwargs)
        if len(styles) > 1:
            self.fields["style"] = forms.ChoiceField(
                label=_("투표지 종류"), choices=[(style, style) for style in styles]
            )
