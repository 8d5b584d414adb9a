from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maeul.core.pages import allow, find_only_if, refusals_on
from maeul.ground.district.models import Dong
from maeul.ground.notice import access, actions
from maeul.ground.notice.forms import AnnouncementForm
from maeul.ground.notice.models import Announcement, Letter, Message


@require_safe
def inbox(request):
    rows = Message.objects.inbox(request.user)
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    return render(request, "notice/inbox.html", {"page": page, "unread": _unread(request)})


@require_POST
def open_message(request, message_id):
    message = get_object_or_404(Message, pk=message_id)
    find_only_if(access.can_read(request.user, message))
    actions.read(message=message, at=timezone.now())
    here = url_has_allowed_host_and_scheme(message.link, allowed_hosts=None)
    return redirect(message.link if message.link and here else "notice:inbox")


@login_not_required
@require_safe
def announcements(request):
    dong = Dong.objects.filter(code=request.GET.get("dong", "")).first()
    rows = Announcement.objects.public_on(timezone.localdate(), dong=dong).select_related("dong")
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    writable = dong if dong and access.can_announce(request.user, dong) else None
    return render(
        request, "notice/announcements.html", {"page": page, "dong": dong, "writable": writable}
    )


@login_not_required
@require_safe
def announcement(request, announcement_id):
    shown = get_object_or_404(
        Announcement.objects.public_on(timezone.localdate()), pk=announcement_id
    )
    return render(request, "notice/announcement.html", {"announcement": shown})


@require_http_methods(["GET", "POST"])
def announce(request, dong_code):
    dong = get_object_or_404(Dong, code=dong_code)
    allow(access.can_announce(request.user, dong))
    form = AnnouncementForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            shown = actions.announce(
                dong=dong, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("공지를 올렸습니다."))
            return redirect("notice:announcement", shown.pk)
    return render(request, "notice/announce.html", {"dong": dong, "form": form})


@require_safe
def letters(request):
    allow(access.can_settle_letters(request.user))
    rows = Letter.objects.unclear().select_related("message")
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    return render(request, "notice/letters.html", {"page": page})


@require_POST
def settle_letter(request, letter_id):
    letter = get_object_or_404(Letter, pk=letter_id)
    allow(access.can_settle_letters(request.user))
    went_out = request.POST.get("went_out") == "yes"
    actions.settle(letter=letter, went_out=went_out, by=request.user, at=timezone.now())
    messages.success(
        request, _("보낸 것으로 적었습니다.") if went_out else _("다시 보낼 차례에 넣었습니다.")
    )
    return redirect("notice:letters")


def _unread(request):
    return Message.objects.unread(request.user).count()
