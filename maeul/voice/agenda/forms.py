from django import forms
from django.utils.translation import gettext_lazy as _

from maeul.core import upload
from maeul.core.forms import Form, KoreanDateField, UploadsField, described
from maeul.ground.district.models import Dong
from maeul.voice.agenda import texts
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.rules import Category, Source

TITLE = AgendaItem._meta.get_field("title").max_length
TEXT = AgendaItem._meta.get_field("text").max_length
REASON = AgendaItem._meta.get_field("answer").max_length


class CaptureForm(Form):
    """One sentence, and what helps to understand it."""

    title = forms.CharField(
        label=_("무엇을 바꾸고 싶으세요?"),
        help_text=_("말하듯이 한 문장으로 적어 주세요. %(limit)s자까지 됩니다.") % {"limit": TITLE},
        max_length=TITLE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    text = forms.CharField(
        label=_("더 하고 싶은 말"),
        help_text=_("누구에게 왜 필요한지 있으면 더 좋습니다."),
        max_length=TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    dong = forms.ModelChoiceField(label=_("어느 동 이야기인가요?"), queryset=Dong.objects.none())
    place = forms.CharField(
        label=_("어디 이야기인가요?"),
        help_text=_(
            "주소나 가까운 건물 이름을 적어 주세요. 동네 전체라면 ‘동네 전체’라고 적으면 됩니다."
        ),
        max_length=120,
    )
    longitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, widget=forms.HiddenInput)
    category = forms.ChoiceField(
        label=_("어떤 일인가요?"),
        choices=[
            (value, described(label, texts.CATEGORY_HINTS[value]))
            for value, label in texts.CATEGORIES.items()
        ],
        widget=forms.RadioSelect,
    )
    photos = UploadsField(
        label=_("사진이 있나요?"),
        help_text=_(
            "세 장까지 됩니다. 사람 얼굴과 차 번호가 보이지 않게 찍어 주세요. 사진에 담긴 위치"
            " 정보는 저희가 지웁니다."
        ),
        most=3,
        kinds=upload.PICTURE,
        required=False,
    )
    shows_name = forms.TypedChoiceField(
        label=_("이름을 어떻게 보일까요?"),
        choices=[
            ("no", described(_("이름 없이"), _("어떻게 되었는지는 똑같이 알려드립니다"))),
            ("yes", described(_("이름과 함께"), _("가입할 때 적은 이름이 보입니다"))),
        ],
        coerce=lambda value: value == "yes",
        initial="no",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dong"].queryset = Dong.objects.in_order()

    @property
    def said(self):
        """What the action is told: the two halves of a place as one point."""
        said = dict(self.cleaned_data)
        point = said.pop("longitude"), said.pop("latitude")
        return {**said, "point": None if point == (None, None) else point}

    def typed(self):
        """What was typed, right or wrong, to be kept for later."""
        return {
            name: self.data[name]
            for name in self.fields
            if name != "photos" and self.data.get(name)
        }


class CorrectForm(CaptureForm):
    """The dong stays: its staff is already reading."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["dong"]
        del self.fields["photos"]


class WriteDownForm(CaptureForm):
    """What somebody said in the street, at the desk, by phone."""

    source = forms.ChoiceField(
        label=_("어디서 들었나요?"),
        choices=[(value, label) for value, label in texts.SOURCES.items() if value != Source.PAGE],
    )
    reach = forms.CharField(
        label=_("답을 어떻게 전할까요?"),
        help_text=_(
            "담당자만 봅니다. 답을 전하면 바로 지워집니다. 주민등록번호는 적지 마세요."
            " 예: 화요일 노래교실에 오심"
        ),
        max_length=120,
        required=False,
    )

    def __init__(self, *args, dongs, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["shows_name"]
        self.fields["dong"].queryset = dongs
        self.order_fields(["title", "source", "reach"])


class TriageForm(Form):
    category = forms.ChoiceField(
        label=_("분야"),
        choices=[
            (value, described(label, texts.CATEGORY_HINTS[value]))
            for value, label in texts.CATEGORIES.items()
            if value != Category.UNSURE
        ],
        widget=forms.RadioSelect,
    )


class AnswerForm(Form):
    """Words for the author."""

    reason = forms.CharField(
        label=_("보낸 분이 읽을 답"),
        help_text=_("쉬운 말로, 까닭과 다음 길을 적어 주세요."),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ParkForm(AnswerForm):
    until = KoreanDateField(label=_("언제 다시 꺼내 볼까요?"))


class MergeForm(Form):
    into = forms.ChoiceField(label=_("어느 의제와 모을까요?"), choices=[], widget=forms.RadioSelect)

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = [
            (
                item.number,
                described(
                    item.title,
                    _("%(state)s, 공감 %(count)s")
                    % {"state": item.state_label, "count": item.supporter_count},
                ),
            )
            for item in candidates
        ]


class SplitForm(Form):
    title = forms.CharField(
        label=_("따로 다룰 한 문장"), max_length=TITLE, widget=forms.Textarea(attrs={"rows": 3})
    )


class GiveBackForm(Form):
    how = forms.CharField(
        label=_("어떻게 전했나요?"),
        help_text=_("예: 5월 14일 전화로 말씀드림"),
        max_length=200,
    )


class OfferForm(Form):
    kind = forms.ChoiceField(
        label=_("무엇으로 도울 수 있나요?"),
        choices=[*texts.HELPS.items()],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("조금 더 알려 주세요"),
        help_text=_("예: 토요일 오전에 두 시간, 사다리를 빌려줄 수 있음"),
        max_length=200,
        required=False,
    )
    until = KoreanDateField(label=_("언제까지 도울 수 있나요?"))
