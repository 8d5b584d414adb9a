"""What people type about themselves, and staff about them.  The sign-in forms are the library's,
in our words."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maeul.core import refusal
from maeul.core.forms import Form, KoreanDateField
from maeul.ground.district.models import Department, District, Dong
from maeul.ground.law.models import Provision
from maeul.ground.people import actions, rules, texts
from maeul.ground.people.models import Consent, Person
from maeul.ground.people.rules import RoleKind, StandingKind

NEW_PASSWORD = _("12자 이상. 길고 외우기 쉬운 문장이 좋습니다. 한글도 됩니다.")


class InOurWords:
    """A form of the sign-in library, with our labels and hints and without its placeholders."""

    labels = {}
    hints = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class LoginForm(Form, InOurWords, account.LoginForm):
    labels = {"login": _("전자우편"), "password": _("비밀번호")}


class SignupForm(Form, InOurWords, account.SignupForm):
    labels = {
        "email": _("전자우편"),
        "password1": _("비밀번호"),
        "password2": _("비밀번호 한 번 더"),
    }
    hints = {
        "email": _("확인하는 편지를 보내 드립니다. 다른 사람에게는 보이지 않습니다."),
        "password1": NEW_PASSWORD,
        "name": _("회의와 명부에서 쓰는 이름입니다."),
        "born_on": _("예: 1953-04-02. 투표할 수 있는 나이인지 확인할 때 씁니다."),
        "sex": _("적지 않아도 모든 일에 참여할 수 있습니다."),
        **{f"consent_{kind}": text for kind, text in texts.CONSENTS.items()},
    }
    name = forms.CharField(label=_("이름"), max_length=60)
    born_on = KoreanDateField(label=_("생년월일"))
    sex = forms.ChoiceField(
        label=_("성별"),
        required=False,
        choices=[("", _("적지 않음")), *Person._meta.get_field("sex").choices],
        widget=forms.RadioSelect,
    )
    consent_privacy = forms.BooleanField(label=_("개인정보 수집·이용에 동의합니다(필수)"))
    consent_birth_and_sex = forms.BooleanField(
        label=_("성별·나이대 통계 이용에 동의합니다(선택)"), required=False
    )
    consent_mail = forms.BooleanField(label=_("전자우편 소식을 받겠습니다(선택)"), required=False)
    field_order = ["email", "password1", "password2", "name", "born_on", "sex"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("born_on"):
            now = timezone.now()
            no = rules.why_not_join(
                born_on=cleaned["born_on"],
                on=timezone.localdate(now),
                min_age=Provision.objects.in_force(at=now)["privacy.min_account_age"].value,
                consented=bool(cleaned.get("consent_privacy")),
                sex=cleaned.get("sex", ""),
                sex_consented=bool(cleaned.get("consent_birth_and_sex")),
            ) or rules.why_not_write(cleaned.get("name", ""))
            if no and no.why not in (rules.Why.NOT_CONSENTED,):  # the box has its own error
                raise ValidationError(refusal.sentence(no, texts.REFUSALS))
        return cleaned

    def save(self, request):
        typed = self.cleaned_data
        return actions.join(
            email=typed["email"],
            password=typed["password1"],
            name=typed["name"],
            born_on=typed["born_on"],
            sex=typed["sex"],
            consents=[kind for kind in Consent.Kind.values if typed[f"consent_{kind}"]],
            at=timezone.now(),
        )


class ResetPasswordForm(Form, InOurWords, account.ResetPasswordForm):
    labels = {"email": _("전자우편")}
    hints = {"email": _("가입할 때 적은 주소입니다. 비밀번호를 새로 정하는 편지를 보내 드립니다.")}


class NewPasswordForm(Form, InOurWords, account.ResetPasswordKeyForm):
    labels = {"password1": _("새 비밀번호"), "password2": _("새 비밀번호 한 번 더")}
    hints = {"password1": NEW_PASSWORD}


class ChangePasswordForm(Form, InOurWords, account.ChangePasswordForm):
    labels = {"oldpassword": _("지금 비밀번호"), **NewPasswordForm.labels}
    hints = NewPasswordForm.hints


class SetPasswordForm(Form, InOurWords, account.SetPasswordForm):
    labels = NewPasswordForm.labels
    hints = NewPasswordForm.hints


class ChangeEmailForm(Form, InOurWords, account.AddEmailForm):
    labels = {"email": _("새 전자우편")}
    hints = {"email": _("새 주소로 확인하는 편지를 보냅니다. 확인하면 바뀝니다.")}


class PasswordAgainForm(Form, InOurWords, account.ReauthenticateForm):
    labels = {"password": _("비밀번호")}


CODE = {"code": _("인증 번호")}
CODE_HINT = {"code": _("앱에 보이는 여섯 자리 번호 또는 복구 번호")}


class CodeForm(Form, InOurWords, mfa.AuthenticateForm):
    labels = CODE
    hints = CODE_HINT


class CodeAgainForm(Form, InOurWords, mfa.ReauthenticateForm):
    labels = CODE
    hints = CODE_HINT


class ActivateForm(Form, InOurWords, totp.ActivateTOTPForm):
    labels = CODE
    hints = {"code": _("앱에 보이는 여섯 자리 번호")}


# Our own forms


class StandingForm(Form):
    dong = forms.ModelChoiceField(
        label=_("어느 동인가요?"), queryset=Dong.objects.in_order(), empty_label=_("동 고르기")
    )
    kind = forms.ChoiceField(
        label=_("어떻게 참여하시나요?"),
        choices=texts.STANDINGS.items(),
        widget=forms.RadioSelect,
    )


class VerifyForm(Form):
    document = forms.ChoiceField(
        label=_("어떤 서류를 보았나요?"),
        help_text=_("서류는 보고 돌려줍니다. 사본을 받거나 번호를 적지 않습니다."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].choices = [(name, name) for name in texts.DOCUMENTS[kind]]


class RefuseForm(Form):
    because = forms.CharField(
        label=_("거절하는 까닭"),
        max_length=200,
        help_text=_("본인에게 그대로 보입니다. 무엇을 다시 하면 되는지 적어 주세요."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectForm(Form):
    name = forms.CharField(label=_("이름"), max_length=60)
    born_on = KoreanDateField(label=_("생년월일"), required=False)
    sex = forms.ChoiceField(
        label=_("성별"),
        required=False,
        choices=[("", _("적지 않음")), *Person._meta.get_field("sex").choices],
        widget=forms.RadioSelect,
    )


class EnterForm(Form):
    name = forms.CharField(label=_("이름"), max_length=60)
    born_on = KoreanDateField(
        label=_("생년월일"),
        required=False,
        help_text=_("투표 명부에 오르려면 필요합니다. 주민등록번호는 받지 않습니다."),
    )
    dong = forms.ModelChoiceField(label=_("동"), queryset=Dong.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("참여 자격"), choices=texts.STANDINGS.items())
    document = forms.ChoiceField(
        label=_("본 서류"),
        required=False,
        help_text=_("서류를 보았으면 고르세요. 자격이 바로 확인됩니다."),
    )
    consented = forms.BooleanField(label=_("본인이 서명한 종이 동의서를 받았습니다"))

    def __init__(self, *args, dongs, may_verify, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dong"].queryset = dongs
        seen = dict.fromkeys(name for names in texts.DOCUMENTS.values() for name in names)
        self.fields["document"].choices = [("", _("아직 보지 못함")), *((n, n) for n in seen)]
        if not may_verify:
            del self.fields["document"]

    def clean(self):
        cleaned = super().clean()
        document, kind = cleaned.get("document"), cleaned.get("kind")
        if document and kind and document not in texts.DOCUMENTS[StandingKind(kind)]:
            self.add_error("document", _("이 자격을 확인하는 서류가 아닙니다. 다시 골라 주세요."))
        return cleaned


class RoleForm(Form):
    kind = forms.ChoiceField(label=_("역할"), choices=texts.ROLES.items(), widget=forms.RadioSelect)
    dong = forms.ModelChoiceField(
        label=_("동"),
        queryset=Dong.objects.in_order(),
        required=False,
        empty_label=_("고르지 않음"),
        help_text=_("동 담당자, 간사, 선거관리 담당"),
    )
    department = forms.ModelChoiceField(
        label=_("부서"),
        queryset=Department.objects.prefetch_related("names").order_by("code"),
        required=False,
        empty_label=_("고르지 않음"),
        help_text=_("부서 검토 담당자"),
    )
    from_on = KoreanDateField(label=_("시작하는 날"))
    until_on = KoreanDateField(
        label=_("끝나는 날"),
        required=False,
        help_text=_("이날부터는 맡지 않습니다. 모르면 비워 두세요."),
    )

    def scope(self):
        """The place the role is for: a role of the whole district needs none chosen."""
        typed = self.cleaned_data
        if rules.SCOPES[RoleKind(typed["kind"])] == "district":
            chosen = {"dong": typed["dong"], "department": typed["department"]}
            return {**chosen, "district": District.objects.order_by("pk").first()}
        return {"dong": typed["dong"], "department": typed["department"]}


class LeaveForm(Form):
    sure = forms.BooleanField(
        label=_("탈퇴합니다"),
        help_text=_("이름, 전자우편, 생년월일을 바로 지웁니다. 되돌릴 수 없습니다."),
    )
    password = forms.CharField(
        label=_("비밀번호"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        if not person.has_usable_password() or not person.password:
            del self.fields["password"]

    def clean_password(self):
        password = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise ValidationError(texts.ERRORS_OF_SIGN_IN["incorrect_password"])
        return password
