from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maeul.core.pages import allow, find_only_if, refusals_on
from maeul.ground.district.models import Dong
from maeul.ground.search.models import Entry
from maeul.voice.agenda import access, actions
from maeul.voice.agenda.forms import (
    AnswerForm,
    GiveBackForm,
    MergeForm,
    ParkForm,
    SplitForm,
    TriageForm,
    WriteDownForm,
)
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.views.mapping import pointed, shown_map, wants_map

LINES = 50  # on one page


@require_safe
def worklist(request):
    """What waits for this person, the late first; a line each, with the one act that moves it."""
    allow(access.can_work(request.user))
    today = timezone.localdate()
    waiting = AgendaItem.objects.waiting_for(request.user)
    rows = page = Paginator(waiting, LINES).get_page(request.GET.get("page"))
    week = today + timedelta(days=7)
    return render(
        request,
        "agenda/worklist.html",
        {
            "today": today,
            "desks": _desks(request.user),
            "page": page,
            "late_count": waiting.filter(due_on__lt=today).count(),
            "today_count": waiting.filter(due_on=today).count(),
            "late": [row for row in rows if row.due_on < today],
            "due_today": [row for row in rows if row.due_on == today],
            "week": [row for row in rows if today < row.due_on <= week],
            "later": [row for row in rows if row.due_on > week],
        },
    )


def _desks(person):
    """The joint meeting's desk of every dong this person serves."""
    dongs = Dong.objects.in_order().select_related("district")
    return [dong for dong in dongs if access.can_run_the_desk(person, dong)]


@require_http_methods(["GET", "POST"])
def write_down(request):
    """Write down what somebody said elsewhere."""
    dongs = Dong.objects.in_order()
    served = dongs.filter(
        pk__in=[dong.pk for dong in dongs if access.can_capture_for_others(request.user, dong)]
    )
    allow(served.exists())
    form = WriteDownForm(
        request.POST or None,
        request.FILES or None,
        dongs=served,
        initial={"dong": served.first()},
    )
    if wants_map(request):
        form = WriteDownForm(dongs=served, initial=pointed(request, form))
    elif form.is_valid():
        with refusals_on(form):
            item = actions.write_down(by=request.user, at=timezone.now(), **form.said)
            messages.success(request, _("적었습니다. 이어서 다음 문장을 적을 수 있습니다."))
            return redirect("agenda:write_down" if "more" in request.POST else item)
    ground = shown_map(request, form)
    return render(request, "agenda/write_down.html", {"form": form, "ground": ground})


@require_http_methods(["GET", "POST"])
def triage(request, number):
    """Read a new sentence and take it in; or choose another answer."""
    item = _find(request, number)
    form = TriageForm(request.POST or None, initial={"category": item.category})
    if form.is_valid():
        with refusals_on(form):
            actions.triage(item=item, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("의제로 받아 공개했습니다. 보낸 분께 알렸습니다."))
            return redirect(item)
    similar = [
        entry
        for entry in Entry.objects.of_kind("agenda").resembling(item.title, count=4)
        if entry.thread_number != item.thread_id
    ]
    return render(
        request,
        "agenda/triage.html",
        {
            "item": item,
            "form": form,
            "similar": similar[:3],
            "photos": item.photos.select_related("item").order_by("pk"),
            "can_take_out_photo": access.can_take_out_photo(request.user, item),
        },
    )


@require_http_methods(["GET", "POST"])
def decline(request, number):
    item = _find(request, number)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.decline(item=item, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("답을 보냈습니다."))
            return redirect(item)
    return _act(
        request,
        item,
        form,
        heading=_("하기 어렵다고 답하기"),
        lead=_(
            "까닭을 적으면 보낸 분께 알림이 갑니다. 아직 검토받지 않은 문장은 공개되지 않습니다."
        ),
        button=_("답 보내기"),
    )


@require_http_methods(["GET", "POST"])
def fix(request, number):
    item = _find(request, number)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.fix(
                item=item,
                answer=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("바로 고쳤다고 알렸습니다."))
            return redirect(item)
    return _act(
        request,
        item,
        form,
        heading=_("바로 고쳤다고 답하기"),
        lead=_("무엇을 언제 고쳤는지 적어 주세요. 누구나 볼 수 있게 공개됩니다."),
        button=_("고쳤다고 알리기"),
    )


@require_http_methods(["GET", "POST"])
def park(request, number):
    item = _find(request, number)
    form = ParkForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.park(item=item, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("미루었습니다. 그날 할 일에 다시 나옵니다."))
            return redirect(item)
    return _act(
        request,
        item,
        form,
        heading=_("잠시 미루기"),
        lead=_("왜 미루는지 적고, 언제 다시 꺼내 볼지 정해 주세요."),
        button=_("미루기"),
    )


@require_POST
def resume(request, number):
    item = _find(request, number)
    actions.resume(item=item, by=request.user, at=timezone.now())
    messages.success(request, _("다시 꺼냈습니다."))
    return redirect(item)


@require_http_methods(["GET", "POST"])
def merge(request, number):
    """Gather it under a matter of the same meaning; the most alike stand first."""
    item = _find(request, number)
    candidates = AgendaItem.objects.to_gather_under(item)
    form = MergeForm(request.POST or None, candidates=candidates)
    if form.is_valid():
        into = next(one for one in candidates if one.number == form.cleaned_data["into"])
        with refusals_on(form):
            actions.merge(item=item, into=into, by=request.user, at=timezone.now())
            messages.success(request, _("함께 모았습니다. 보낸 분께 알렸습니다."))
            return redirect(item)
    return _act(
        request,
        item,
        form,
        heading=_("다른 의제와 모으기"),
        lead=_("뜻이 같은 의제를 고르면 공감도 함께 셉니다. 나중에 풀 수 있습니다.")
        if candidates
        else _("모을 수 있는 의제가 아직 없습니다. 같은 동에서 진행 중인 의제가 여기에 나옵니다."),
        button=_("함께 모으기"),
    )


@require_POST
def unmerge(request, number):
    item = _find(request, number)
    actions.unmerge(item=item, by=request.user, at=timezone.now())
    messages.success(request, _("모임에서 풀었습니다."))
    return redirect(item)


@require_http_methods(["GET", "POST"])
def split(request, number):
    item = _find(request, number)
    form = SplitForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            child = actions.split(
                item=item, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("따로 나누었습니다."))
            return redirect(child)
    return _act(
        request,
        item,
        form,
        heading=_("둘로 나누기"),
        lead=_("한 문장에 바람이 둘이면 하나를 따로 떼어 다룹니다. 두 의제는 서로 이어집니다."),
        button=_("나누기"),
    )


@require_http_methods(["GET", "POST"])
def give_back(request, number):
    item = _find(request, number)
    form = GiveBackForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.give_back(item=item, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("전했다고 적었습니다. 연락 방법은 지웠습니다."))
            return redirect(item)
    return _act(
        request,
        item,
        form,
        heading=_("답을 전했다고 적기"),
        lead=_("계정이 없는 분께 결과를 말씀드린 뒤 적어 주세요. 적으면 연락 방법은 지워집니다."),
        button=_("전했습니다"),
    )


@require_POST
def bring_again(request, number):
    item = _find(request, number)
    actions.bring_again(item=item, by=request.user, at=timezone.now())
    messages.success(request, _("새해의 의제로 다시 올렸습니다."))
    return redirect(item)


def _find(request, number):
    """An item of a dong whose staff this person is; who may not know of it finds nothing."""
    item = get_object_or_404(AgendaItem.objects.complete(), number=number)
    find_only_if(access.can_see(request.user, item))
    allow(access.can_triage(request.user, item))
    return item


def _act(request, item, form, *, heading, lead, button):
    """One act with a few words: what is answered, the form, what happens then."""
    page = {"item": item, "form": form, "heading": heading, "lead": lead, "button": button}
    return render(request, "agenda/act.html", page)
