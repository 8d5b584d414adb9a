from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maeul.core.pages import allow
from maeul.council.meeting.models import Meeting, Topic
from maeul.ground.district.models import Dong
from maeul.voice.agenda import access, actions, rules
from maeul.voice.agenda.models import AgendaItem, Uptake

LINES = 100


@require_safe
def desk(request, code):
    """The joint meeting's desk: what it decided, and what it should look at next."""
    dong = get_object_or_404(Dong, code=code)
    allow(access.can_run_the_desk(request.user, dong))
    meeting = _next_meeting(dong)
    topics = list(meeting.topics.on_the_list().select_related("thread")) if meeting else []
    listed = {topic.thread.root_id for topic in topics}
    decided = Uptake.objects.topics_to_take_up().of_dong(dong)
    waiting = (
        AgendaItem.objects.filter(dong=dong, state__in=rules.FOR_MEETINGS)
        .exclude(thread__in=listed)
        .order_by("-supporter_count", "captured_at", "pk")
    )
    return render(
        request,
        "agenda/desk.html",
        {
            "dong": dong,
            "meeting": meeting,
            "topics": topics,
            "duties": Uptake.objects.as_duties(decided),
            "waiting": waiting.complete()[:LINES],
            "today": timezone.localdate(),
        },
    )


@require_POST
def bring_to_meeting(request, number):
    item = get_object_or_404(AgendaItem.objects.complete(), number=number)
    allow(access.can_triage(request.user, item))
    meeting = _next_meeting(item.dong)
    if meeting is None:
        messages.warning(request, _("알린 연석회의가 없습니다. 먼저 회의를 알려 주세요."))
    else:
        actions.bring_to_meeting(item=item, meeting=meeting, by=request.user, at=timezone.now())
        messages.success(request, _("다음 연석회의에 올렸습니다."))
    return redirect("agenda:desk", item.dong.code)


@require_POST
def take_up(request, topic_id):
    topic = get_object_or_404(Topic.objects.select_related("thread"), pk=topic_id)
    item = get_object_or_404(AgendaItem.objects.complete(), thread=topic.thread.root_id)
    allow(access.can_triage(request.user, item))
    actions.take_up(item=item, topic=topic, by=request.user, at=timezone.now())
    messages.success(request, _("회의에서 정한 것을 옮겨 적었습니다. 이어서 할 일을 골라 주세요."))
    return redirect(item)


def _next_meeting(dong):
    return Meeting.objects.of_dong(dong).filter(kind="joint").upcoming().first()
