"""The pages that say something went wrong: why, and what to do next."""

import logging
import secrets

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)


def bad_request(request, exception=None):
    if isinstance(exception, RequestDataTooBig):
        return _plain(
            413,
            title=_("한 번에 보낸 파일이 너무 큽니다"),
            lead=_("파일 하나는 20 MB까지, 모두 60 MB까지입니다. 뒤로 가서 나누어 보내 주세요."),
        )
    return _plain(
        400,
        title=_("보내신 것을 읽을 수 없습니다"),
        lead=_("주소가 잘렸거나 보내는 사이에 깨졌습니다. 뒤로 가서 다시 보내 주세요."),
    )


def not_allowed(request, exception=None):
    stranger = not request.user.is_authenticated
    return _page(
        request,
        403,
        title=_("볼 수 있는 사람이 정해진 쪽입니다"),
        lead=_("이 일을 맡은 분이라면 들어가서 다시 열어 주세요.")
        if stranger
        else _("이 일을 맡지 않아 열 수 없습니다. 맡게 되셨다면 동 주민센터에 알려 주세요."),
        sign_in_first=stranger,
    )


def not_found(request, exception=None):
    return _page(
        request,
        404,
        title=_("찾으시는 쪽이 없습니다"),
        lead=_("주소가 바뀌었거나 잘못 적혔습니다. 위에서 찾거나 아래에서 골라 주세요."),
    )


def form_too_old(request, reason=""):
    return _page(
        request,
        403,
        title=_("쪽을 연 지 오래되어 보내지 못했습니다"),
        lead=_(
            "뒤로 가면 쓰신 글이 남아 있습니다. 베껴 두고 그 쪽을 새로 연 다음 다시 보내 주세요."
        ),
        form_address=request.path if request.method == "POST" else "",
    )


def refused(request, sentence):
    return _page(
        request,
        409,
        template="refused.html",
        title=_("지금은 할 수 없습니다"),
        lead=_("아무것도 바뀌지 않았습니다."),
        sentence=sentence,
    )


def broken(request):
    number = f"{timezone.localtime():%m%d-%H%M}-{secrets.token_hex(2).upper()}"
    log.error("Told somebody the error number %s for %s", number, request.path)
    return _plain(
        500,
        title=_("저희 쪽에 문제가 생겼습니다"),
        lead=_(
            "쓰신 글은 저장되지 않았을 수 있습니다. 뒤로 가면 그대로 남아 있습니다."
            " 투표는 확인증을 받았다면 안전합니다."
        ),
        number=number,
    )


def _page(request, status, template="core/error.html", **words):
    told = {"kicker": status, "form_address": "", "sign_in_first": False, **words}
    return render(request, template, told, status=status)


def _plain(status, **words):
    told = {"kicker": status, "number": "", "size": "normal", "theme": "auto", **words}
    return HttpResponse(render_to_string("core/error_plain.html", told), status=status)
