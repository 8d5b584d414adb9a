"""The small words a page is written with: allow, and refusals that keep what was typed."""

from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone

from maeul.core.forms import AgreeForm
from maeul.core.refusal import Refused


def allow(permitted: bool) -> None:
    """Answer 403 unless permitted."""
    if not permitted:
        raise PermissionDenied


def find_only_if(permitted: bool) -> None:
    """Answer 404 unless permitted: for things whose very existence is not public."""
    if not permitted:
        raise Http404


@contextmanager
def refusals_on(form):
    """A refusal inside becomes an error of the form, so that nothing typed is lost.

    What the action had written until then is taken back.  That a double click does the deed
    only once is the work of `OnceMiddleware` and the form's `{% once %}`.
    """
    try:
        with transaction.atomic():
            yield
    except Refused as no:
        form.add_error(None, no.sentence)


def act_page(request, form, **words):
    """A page with one act: heading, lead, the form, its button, what happens after, and the way
    back (`back`, `back_label`)."""
    return render(request, "core/act.html", {"form": form, **words})


def agree_page(request, act, *, done, to, **words):
    """The same with nothing to type: the button does the act and leads `to`."""
    form = AgreeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_on(form):
            act(by=request.user, at=timezone.now())
            messages.success(request, done)
            return redirect(to)
    return act_page(request, form, **words)


def chosen_dong(request) -> str:
    """The code of the dong somebody chose in the head of the page; empty for the whole district.

    Pages show `my_dong`, which also knows where a person lives.
    """
    code = request.COOKIES.get("dong", "")
    return code if code.isascii() and code.isdigit() else ""
