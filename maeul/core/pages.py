"""The small words a page is written with: allow, and refusals that keep what was typed."""

from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404

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


def chosen_dong(request) -> str:
    """The code of the dong somebody chose in the head of the page; empty for the whole district.

    Pages show `my_dong`, which also knows where a person lives.
    """
    code = request.COOKIES.get("dong", "")
    return code if code.isascii() and code.isdigit() else ""
