from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _

# Where somebody without a second factor may still go: to set one up, or out.
OPEN = ("mfa_", "account_", "people:privacy", "people:terms", "core:")


class SecondFactorMiddleware:
    """Who holds a role in force lands on the set-up page until a second factor is there."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        person = request.user
        if not person.is_authenticated or not person.needs_second_factor:
            return None
        if request.resolver_match.view_name.startswith(OPEN):
            return None
        if settings.DEMO and request.session.get("demo"):
            return None  # a made-up person, entered by one click
        if is_mfa_enabled(person, [Authenticator.Type.TOTP]):
            return None
        messages.info(request, _("맡은 역할이 있어 2단계 인증이 필요합니다. 지금 켜 주세요."))
        return redirect("mfa_activate_totp")
