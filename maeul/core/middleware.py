from django.core.exceptions import BadRequest
from django.db import transaction
from django.shortcuts import redirect

from maeul.core import errors
from maeul.core.models import Once
from maeul.core.refusal import Refused


class GarbageMiddleware:
    """What no table can hold, and no browser sends, is answered before anybody looks it up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        asked = [value for _name, values in request.GET.lists() for value in values]
        if any("\0" in value for value in (request.path, *asked, *request.COOKIES.values())):
            raise BadRequest
        return self.get_response(request)


class RefusalMiddleware:
    """A refusal that no form caught becomes a page with its sentence."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        return errors.refused(request, exception.sentence)


class OnceMiddleware:
    """One form, one deed: a second click, a second tab or a lost answer leads to the first answer.

    A form with `{% once %}` carries a random key.  The key is stored in the transaction of the
    deed, so a parallel twin waits for it; a page that is shown again (an error) takes all back.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        key = request.POST.get("once", "") if request.method == "POST" else ""
        if not key:
            return self.get_response(request)
        if "\0" in key:
            raise BadRequest
        with transaction.atomic():
            done = Once.objects.claim(key=key[:64], who=_who(request))
            if done is not None:
                return redirect(done)
            response = self.get_response(request)
            if 300 <= response.status_code < 400:
                Once.objects.answer(key=key[:64], who=_who(request), address=response.url)
            else:
                transaction.set_rollback(True)
        return response


def _who(request) -> str:
    if request.user.is_authenticated:
        return f"person:{request.user.pk}"
    if not request.session.session_key:
        request.session.create()
    return f"session:{request.session.session_key}"
