from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maeul.core.pages import allow, find_only_if, refusals_on
from maeul.ground.law.models import Provision
from maeul.ground.search.models import Entry
from maeul.voice.agenda import access, actions
from maeul.voice.agenda.forms import CaptureForm, CorrectForm, OfferForm
from maeul.voice.agenda.models import AgendaItem, Offer
from maeul.voice.agenda.views.mapping import pointed, shown_map, wants_map

DRAFT = "agenda_draft"  # in the session: what somebody typed and has not sent yet


@login_not_required
@require_http_methods(["GET", "POST"])
def new(request):
    """One sentence.  A visitor may write it all; signing in comes when it is sent."""
    form = CaptureForm(request.POST or None, request.FILES or None, initial=_begun(request))
    if "draft" in request.POST:
        request.session[DRAFT] = form.typed()
        messages.success(request, _("쓰던 글을 간직했습니다. 여기로 다시 오시면 그대로 있습니다."))
        return redirect("agenda:items")
    if wants_map(request):
        form = CaptureForm(initial=pointed(request, form))
    elif form.is_valid():
        if not access.can_capture(request.user):
            request.session[DRAFT] = form.typed()
            messages.info(request, _("로그인하시면 쓰던 글로 돌아옵니다. 글은 그대로 있습니다."))
            if request.FILES:
                messages.warning(request, _("사진은 로그인한 뒤 다시 골라 주세요."))
            return redirect_to_login(reverse("agenda:new"))
        with refusals_on(form):
            item = actions.capture(by=request.user, at=timezone.now(), **form.said)
            request.session.pop(DRAFT, None)
            messages.success(request, _sent(item))
            return redirect(item)
    return render(
        request,
        "agenda/new.html",
        {
            "form": form,
            "days": _first_answer_days(),
            "choose_photos_again": bool(request.FILES),
            "ground": shown_map(request, form),
        },
    )


def _begun(request):
    """What was typed before; else the dong one looks at."""
    draft = request.session.get(DRAFT)
    if draft is not None:
        return draft
    standings = request.user.verified_standings if request.user.is_authenticated else []
    dong = next((standing.dong_id for standing in standings), None)
    return {"dong": dong}


def _first_answer_days():
    return Provision.objects.in_force(at=timezone.now())["agenda.triage_days"].value


def _sent(item):
    return _("잘 받았습니다. %(day)s까지 동 담당자가 읽고 알림으로 답합니다.") % {
        "day": f"{item.due_on.month}월 {item.due_on.day}일"
    }


@login_not_required
@require_safe
def similar(request):
    """What is already there and sounds alike: a hint under the sentence while it is typed."""
    title = request.GET.get("title", "")[:200]
    found = Entry.objects.of_kind("agenda").resembling(title)
    return render(request, "agenda/_similar.html", {"similar": found})


@require_POST
def take_out_photo(request, number, photo_id):
    item = _find(request, number)
    allow(access.can_take_out_photo(request.user, item))
    photo = get_object_or_404(item.photos.select_related("item", "upload"), pk=photo_id)
    actions.take_out_photo(photo=photo, by=request.user, at=timezone.now())
    messages.success(request, _("사진을 지웠습니다."))
    return redirect(item)


@require_http_methods(["GET", "POST"])
def correct(request, number):
    item = _find(request, number)
    allow(access.can_correct(request.user, item))
    said = {
        "title": item.title,
        "text": item.text,
        "place": item.place,
        "longitude": item.longitude,
        "latitude": item.latitude,
        "category": item.category,
        "shows_name": "yes" if item.shows_name else "no",
    }
    form = CorrectForm(request.POST or None, initial=said)
    if wants_map(request):
        form = CorrectForm(initial=pointed(request, form, dong=item.dong))
    elif form.is_valid():
        with refusals_on(form):
            actions.correct(item=item, by=request.user, at=timezone.now(), **form.said)
            messages.success(request, _("고친 글로 바꾸었습니다."))
            return redirect(item)
    ground = shown_map(request, form, dong=item.dong)
    return render(request, "agenda/correct.html", {"item": item, "form": form, "ground": ground})


@require_POST
def withdraw(request, number):
    item = _find(request, number)
    allow(access.can_withdraw(request.user, item))
    actions.withdraw(item=item, by=request.user, at=timezone.now())
    messages.success(request, _("거두었습니다. 이제 다른 분께 보이지 않습니다."))
    return redirect(item)


@login_not_required
@require_POST
def support(request, number):
    item = _find(request, number)
    if not access.can_support(request.user, item):
        messages.info(request, _("로그인하신 뒤 공감을 한 번 더 눌러 주세요."))
        return redirect_to_login(item.get_absolute_url())
    actions.support(item=item, by=request.user, at=timezone.now())
    messages.success(request, _("공감했습니다."))
    return redirect(item)


@require_POST
def unsupport(request, number):
    item = _find(request, number)
    actions.unsupport(item=item, by=request.user, at=timezone.now())
    messages.success(request, _("공감을 거두었습니다."))
    return redirect(item)


@require_http_methods(["GET", "POST"])
def offer_help(request, number):
    item = _find(request, number)
    allow(access.can_offer_help(request.user, item))
    form = OfferForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.offer_help(item=item, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(
                request, _("고맙습니다. 이 의제가 사업이 되면 담당자가 먼저 연락드립니다.")
            )
            return redirect(item)
    return render(request, "agenda/offer_help.html", {"item": item, "form": form})


@require_POST
def withdraw_offer(request, offer_id):
    offer = get_object_or_404(Offer.objects.select_related("item"), pk=offer_id)
    find_only_if(access.can_withdraw_offer(request.user, offer))
    actions.withdraw_offer(offer=offer, by=request.user, at=timezone.now())
    messages.success(request, _("도움 제안을 거두었습니다."))
    return redirect(offer.item)


def _find(request, number):
    """An item this person may know of; else there is no such page."""
    item = get_object_or_404(AgendaItem.objects.complete(), number=number)
    find_only_if(access.can_see(request.user, item))
    return item
