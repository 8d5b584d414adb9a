from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maeul.core.pages import allow, find_only_if, refusals_on
from maeul.ground.search.models import Entry
from maeul.voice.agenda import access as agenda_access
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.review import access, actions
from maeul.voice.review.forms import AnswerForm, AskForm
from maeul.voice.review.models import Review
from maeul.voice.review.rules import State

DESK_LINES = 50


@require_safe
def desk(request):
    """What departments owe an answer on, and for a dong's staff what may be asked next."""
    allow(access.can_work(request.user))
    today = timezone.localdate()
    week = today + timedelta(days=7)
    owed = Review.objects.open().of_departments_of(request.user)
    rows = owed.complete().order_by("due_on", "pk")
    mine = page = Paginator(rows, DESK_LINES).get_page(request.GET.get("page"))
    asked = Review.objects.open().asked_by_dongs_of(request.user).complete()
    to_ask = AgendaItem.objects.served_by(request.user).awaiting_review().complete()
    return render(
        request,
        "review/desk.html",
        {
            "today": today,
            "page": page,
            "late_count": owed.filter(due_on__lt=today).count(),
            "week_count": owed.filter(due_on__range=(today, week)).count(),
            "late": [one for one in mine if one.due_on < today],
            "week": [one for one in mine if today <= one.due_on <= week],
            "later": [one for one in mine if one.due_on > week],
            "asks_count": to_ask.count(),
            "asked_count": asked.count(),
            "asked": asked.order_by("due_on", "pk")[:DESK_LINES],
            "to_ask": to_ask.order_by("due_on", "pk")[:DESK_LINES],
            "asks": agenda_access.can_work(request.user),
            "answers": access.can_review(request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def ask(request, number):
    """Ask a department about an item."""
    item = get_object_or_404(AgendaItem.objects.complete(), number=number)
    find_only_if(agenda_access.can_see(request.user, item))
    allow(access.can_ask(request.user, item))
    form = AskForm(
        request.POST or None,
        district=item.dong.district_id,
        initial={"question": _("할 수 있는 일인가요? 비용은 얼마나 드나요?")},
    )
    if form.is_valid():
        with refusals_on(form):
            review = actions.ask(item=item, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("부서에 물었습니다. 답이 오면 알림으로 알려 드립니다."))
            return redirect(review)
    return render(
        request, "review/ask.html", {"item": item, "form": form, "similar": _similar_to(item)}
    )


@login_not_required
@require_safe
def review(request, review_id):
    """One question and its answer, for everybody who may see the item."""
    found = _find(request, review_id)
    before = found.transferred_from
    after = Review.objects.complete().filter(transferred_from=found).first()
    return render(
        request,
        "review/review.html",
        {
            "review": found,
            "before": before,
            "after": after,
            "others": Review.objects.of_item(found.item).exclude(pk=found.pk).complete(),
            "can_answer": found.state == State.ASKED and access.can_answer(request.user, found),
            "can_withdraw": found.state == State.ASKED and access.can_withdraw(request.user, found),
            "is_late": found.state == State.ASKED and found.due_on < timezone.localdate(),
        },
    )


@require_http_methods(["GET", "POST"])
def answer(request, review_id):
    """The department's answer, with similar work of others beside it."""
    found = _find(request, review_id)
    allow(access.can_answer(request.user, found))
    form = AnswerForm(request.POST or None, review=found)
    if form.is_valid():
        with refusals_on(form):
            actions.answer(review=found, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("답을 공개했습니다. 동 담당자와 주민에게 알렸습니다."))
            return redirect(found)
    return render(
        request,
        "review/answer.html",
        {"review": found, "form": form, "similar": _similar_to(found.item)},
    )


@require_POST
def withdraw(request, review_id):
    found = _find(request, review_id)
    allow(access.can_withdraw(request.user, found))
    actions.withdraw(review=found, by=request.user, at=timezone.now())
    messages.success(request, _("물음을 거두었습니다."))
    return redirect(found)


@require_POST
def remind(request, review_id):
    found = _find(request, review_id)
    allow(access.can_withdraw(request.user, found))
    actions.remind(review=found, by=request.user, at=timezone.now())
    messages.success(request, _("부서 담당자에게 다시 알렸습니다."))
    return redirect(found)


def _find(request, review_id):
    rows = Review.objects.complete().select_related("item__author", "transferred_from__department")
    found = get_object_or_404(rows, pk=review_id)
    find_only_if(access.can_see(request.user, found))
    return found


def _similar_to(item):
    """Work that sounds alike anywhere in the house, other departments' too."""
    alike = Entry.objects.select_related("department", "dong").prefetch_related("department__names")
    return [
        entry
        for entry in alike.resembling(item.title, count=8)
        if entry.thread_number != item.thread_id
    ][:5]
