"""Forms in the look: label, hint, control, error; what is missing is said in plain words."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField as DjangoBoundField
from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maeul.core import money, sheet, upload
from maeul.core.korean import josa


class BoundField(DjangoBoundField):
    """A field as the look shows it."""

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        if not self.use_fieldset and getattr(widget, "input_type", "") not in ("checkbox", "radio"):
            given = widget.attrs.get("class", "")
            attrs["class"] = given if "input" in given.split() else f"input {given}".strip()
        return attrs

    @property
    def aria_describedby(self):
        """First what is wrong, then how it is meant."""
        if self.field.widget.attrs.get("aria-describedby") or not self.auto_id or self.is_hidden:
            return None
        error, hint = f"{self.auto_id}_error", f"{self.auto_id}_helptext"
        return " ".join([error] * bool(self.errors) + [hint] * bool(self.help_text)) or None

    @property
    def is_single_check(self):
        """One box to tick: its label stands beside it."""
        return getattr(self.field.widget, "input_type", "") == "checkbox" and not self.use_fieldset

    @property
    def mark(self):
        """필수 or 선택, on whichever kind of field is rarer in this form; nothing on the others."""
        asked = [field.field.required for field in self.form.visible_fields()]
        required_is_rare = sum(asked) * 2 < len(asked)
        if self.field.required:
            return _("필수") if required_is_rare else ""
        return "" if required_is_rare else _("선택")


class Renderer(TemplatesSetting):
    """Every form of the house is drawn by core/_form.html and core/_field.html."""

    form_template_name = "core/_form.html"
    field_template_name = "core/_field.html"
    bound_field_class = BoundField


_DASHES = BLANK_CHOICE_DASH[0][1]  # what Django shows before anything is chosen


class _PlainWords:
    """Says what is missing by the field's own name instead of "this field is required"."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            if getattr(field, "empty_label", None) == _DASHES:
                field.empty_label = _("골라 주세요")
            stock = type(field).default_error_messages.get(
                "required", forms.Field.default_error_messages["required"]
            )
            if field.error_messages.get("required") == stock:
                label = field.label if field.label is not None else name
                field.error_messages["required"] = _missing(field, str(label))


def _missing(field, label):
    if isinstance(field, forms.BooleanField):
        return _("네모를 눌러 표시해 주세요.")
    if isinstance(field, forms.FileField):
        return _("파일을 골라 주세요.")
    if isinstance(field, forms.ChoiceField):
        return _("하나를 골라 주세요.")
    if label.endswith("?"):
        return _("‘%(question)s’에 답해 주세요.") % {"question": label}
    return _("%(what)s 적어 주세요.") % {"what": josa(label, "을")}


class Form(_PlainWords, forms.Form):
    """The form to start from."""


class ModelForm(_PlainWords, forms.ModelForm):
    """The form of one thing."""


def described(label, hint):
    """A choice with a small line under it: `choices=[("a", described(_("사진"), _("…")))]`."""
    return format_html("{}<small>{}</small>", label, hint)


class WonField(forms.Field):
    """Whole won, typed as people type it: 1200000, 1,200,000 or 1,200,000원."""

    default_error_messages = {
        "invalid": gettext_lazy("금액을 숫자로만 적어 주세요. 예: 1,200,000"),
        "too_small": gettext_lazy("%(limit)s 이상 적어 주세요."),
        "too_big": gettext_lazy("%(limit)s까지 적을 수 있습니다."),
    }

    def __init__(self, *, min_won=0, max_won=9_999_999_999_999, **kwargs):
        kwargs.setdefault(
            "widget",
            forms.TextInput(
                attrs={"inputmode": "numeric", "class": "input input-short num", "maxlength": 24}
            ),
        )
        self.min_won, self.max_won = min_won, max_won
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return f"{value:,}" if isinstance(value, int) else value

    def to_python(self, value):
        if isinstance(value, int) or value in self.empty_values:
            return value if isinstance(value, int) else None
        try:
            amount = money.parse_won(value)
        except ValueError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if amount < self.min_won:
            raise self._outside("too_small", self.min_won)
        if amount > self.max_won:
            raise self._outside("too_big", self.max_won)
        return amount

    def has_changed(self, initial, data):
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def _outside(self, code, limit):
        return ValidationError(
            self.error_messages[code] % {"limit": money.in_words(limit)}, code=code
        )


_KOREAN_DATE = re.compile(r"(?:(\d{4})\s*[년.\-/]\s*)(\d{1,2})\s*[월.\-/]\s*(\d{1,2})\s*[일.]?")


class KoreanDateField(forms.DateField):
    """A day: from the device's calendar, or typed as 2026-05-14, 2026.5.14 or 2026년 5월 14일."""

    widget = forms.DateInput(
        attrs={"type": "date", "class": "input input-short"}, format="%Y-%m-%d"
    )
    default_error_messages = {
        "invalid": gettext_lazy("날짜를 2026-05-14처럼 적어 주세요. 달력에서 골라도 됩니다.")
    }

    def to_python(self, value):
        if isinstance(value, str) and (found := _KOREAN_DATE.fullmatch(value.strip())):
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        return super().to_python(value)


class SheetField(forms.FileField):
    """A CSV sheet; its cleaned value is the list of `sheet.Row`, every problem an error."""

    widget = forms.FileInput(attrs={"accept": ".csv,text/csv"})

    def __init__(self, *, heads, optional=(), **kwargs):
        self.heads, self.optional = heads, optional
        super().__init__(**kwargs)

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        if file is None:
            return []
        try:
            return sheet.read(file, heads=self.heads, optional=self.optional)
        except sheet.SheetErrors as errors:
            raise ValidationError(errors.sentences) from None


class UploadField(forms.FileField):
    """One file; its cleaned value is an `upload.Checked` for `upload.keep`, or None."""

    def __init__(self, *, kinds=upload.ANY, **kwargs):
        self.kinds = frozenset(kinds)
        accept = ",".join(upload.ACCEPT[kind] for kind in sorted(self.kinds))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accept}))
        super().__init__(**kwargs)

    def to_python(self, data):
        return data or None  # an empty file is told about by `upload.check`

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        return upload.check(file, kinds=self.kinds) if file else None


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class UploadsField(UploadField):
    """Several files; its cleaned value is a list of `upload.Checked`."""

    default_error_messages = {"too_many": gettext_lazy("한 번에 %(most)s개까지 올릴 수 있습니다.")}

    def __init__(self, *, most=5, kinds=upload.ANY, **kwargs):
        self.most = most
        accept = ",".join(upload.ACCEPT[kind] for kind in sorted(kinds))
        kwargs.setdefault("widget", _SeveralFiles(attrs={"accept": accept}))
        super().__init__(kinds=kinds, **kwargs)

    def clean(self, data, initial=None):
        files = [file for file in data or [] if file]
        if not files and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(files) > self.most:
            raise ValidationError(self.error_messages["too_many"] % {"most": self.most})
        checked, wrong = [], []
        for file in files:
            try:
                checked.append(upload.check(file, kinds=self.kinds))
            except ValidationError as error:
                wrong.append(f"{upload.shown_name(file.name, '')}: {error.messages[0]}")
        if wrong:
            raise ValidationError(wrong)
        return checked


class KoreanMomentField(forms.DateTimeField):
    """A day with its hour, in Korean time."""

    widget = forms.DateTimeInput(
        attrs={"type": "datetime-local", "class": "input input-short"}, format="%Y-%m-%dT%H:%M"
    )
    default_error_messages = {
        "invalid": gettext_lazy("날짜와 시각을 2026-05-14 19:00처럼 적어 주세요.")
    }


class AgreeForm(Form):
    """Nothing to type: the button is the whole form."""
