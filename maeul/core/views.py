import re

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

A_YEAR = 365 * 24 * 60 * 60
CHOICES = {
    "size": re.compile("normal|large|huge"),
    "theme": re.compile("auto|light|dark|contrast"),
    "dong": re.compile(r"all|[0-9]{1,10}"),
}


@csrf_exempt  # it changes only how pages look, so that public pages need no token and no session
@login_not_required
@require_POST
def view_settings(request):
    """Remember type size, theme or the dong somebody looks at, and go back to the page."""
    address = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
        address = "/"
    answer = redirect(address)
    for name, allowed in CHOICES.items():
        value = request.POST.get(name, "")
        if allowed.fullmatch(value):
            answer.set_cookie(
                name,
                value,
                max_age=A_YEAR,
                secure=request.is_secure(),
                httponly=True,
                samesite="Lax",
            )
    return answer


@login_not_required
@require_safe
def styleguide(request):
    """Every part of the look, alive: only where nothing is real."""
    from maeul.core.styleguide import samples

    return render(request, "core/styleguide.html", samples(request))
