from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maeul.core.pages import act_page, allow, find_only_if, refusals_on
from maeul.council.meeting import access, actions, forms, texts
from maeul.council.meeting.models import (
    FollowUp,
    Meeting,
    Minutes,
    Motion,
    OfficerElection,
    Topic,
)
from maeul.council.meeting.models.minutes import written_so_far
from maeul.council.meeting.models.paper import paper_of
from maeul.council.meeting.rules import PLENARIES
from maeul.ground.district.models import Dong

SOONEST = 30  # meetings that come; later ones move up as these are over

# A dong


@login_not_required
@require_safe
def meetings(request, code):
    """Meetings of a dong: what comes, then what was held, by kind and year."""
    dong = get_object_or_404(Dong, code=code)
    kind = request.GET.get("kind", "")
    rows = Meeting.objects.of_dong(dong).visible_to(request.user)
    if kind in texts.KINDS:
        rows = rows.filter(kind=kind)
    kinds = [("", _("모두"), None), *((k, name, None) for k, name in texts.KINDS.items())]
    return render(
        request,
        "meeting/meetings.html",
        {
            "dong": dong,
            "kind": kind if kind in texts.KINDS else "",
            "kinds": kinds,
            "upcoming": rows.upcoming()[:SOONEST],
            "page": Paginator(rows.past(), 20).get_page(request.GET.get("page")),
            "can_convene": access.can_convene(request.user, dong),
        },
    )


@require_http_methods(["GET", "POST"])
def convene(request, code):
    dong = get_object_or_404(Dong, code=code)
    allow(access.can_convene(request.user, dong))
    form = forms.ConveneForm(request.POST or None, dong=dong)
    if form.is_valid():
        with refusals_on(form):
            called = actions.convene(**form.meeting, by=request.user, at=timezone.now())
            messages.success(request, _("회의를 알렸습니다. 위원의 받은 소식에 들어갔습니다."))
            return redirect(called)
    return render(request, "meeting/convene.html", {"dong": dong, "form": form})


@login_not_required
@require_safe
def follow_ups(request, code):
    """What somebody took upon themselves in public meetings, the most urgent first."""
    dong = get_object_or_404(Dong, code=code)
    return _follow_ups(request, dong)


@require_POST
def settle_follow_up(request, follow_up_id):
    row = get_object_or_404(FollowUp.objects.in_order(), pk=follow_up_id)
    find_only_if(access.can_see(request.user, row.meeting))
    allow(access.can_settle(request.user, row))
    form = forms.SettleForm(request.POST, auto_id=f"settle{row.pk}_%s")
    if form.is_valid():
        with refusals_on(form):
            actions.settle_follow_up(
                follow_up=row, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("적었습니다. 다음 회의에서는 더 다루지 않습니다."))
            return redirect("meeting:follow_ups", code=row.meeting.dong.code)
    return _follow_ups(request, row.meeting.dong, failed=(row.pk, form))


def _follow_ups(request, dong, *, failed=None):
    settled = request.GET.get("show") == "settled"
    visible = Meeting.objects.of_dong(dong).visible_to(request.user)
    rows = FollowUp.objects.filter(meeting__in=visible).in_order()
    page = Paginator(rows.settled() if settled else rows.open(), 20).get_page(
        request.GET.get("page")
    )
    for row in [] if settled else page:
        if failed and failed[0] == row.pk:
            row.form = failed[1]
        elif access.can_settle(request.user, row):
            row.form = forms.SettleForm(auto_id=f"settle{row.pk}_%s")
    return render(
        request,
        "meeting/follow_ups.html",
        {
            "dong": dong,
            "page": page,
            "chosen": "settled" if settled else "",
            "filters": [("", _("하는 중"), None), ("settled", _("끝난 일"), None)],
            "form": failed and failed[1],
        },
    )


# A meeting, as everybody reads it


@login_not_required
@require_safe
def meeting(request, meeting_id):
    meeting = _find(request, meeting_id)
    topics = Topic.numbered(meeting.topics.in_order(), state=meeting.state)
    return render(
        request,
        "meeting/meeting.html",
        {
            "meeting": meeting,
            "topics": topics,
            "now": next((topic for topic in topics if topic.is_now), None),
            "motions": meeting.motions.in_order(),
            "elections": meeting.elections.in_order(),
            "presence": meeting.presence(),
            "follow_ups": FollowUp.objects.on_the_table_of(meeting).in_order(),
            "content": written_so_far(meeting),
            "chair": meeting.chair(),
            "can_run": access.can_run(request.user, meeting),
        },
    )


@login_not_required
@require_safe
def minutes(request, meeting_id):
    """The published minutes; before that, for those who run the meeting, the draft."""
    meeting = _find(request, meeting_id)
    published = Minutes.objects.current_of(meeting)
    can_run = access.can_run(request.user, meeting)
    find_only_if(published or (can_run and meeting.opened_at))
    form = forms.CorrectForm(initial={"note": meeting.minutes_note}) if can_run else None
    return _minutes(request, meeting, published, form)


@login_not_required
@require_safe
def minutes_pdf(request, meeting_id):
    """The published minutes as a PDF."""
    meeting = _find(request, meeting_id)
    published = Minutes.objects.current_of(meeting)
    find_only_if(published is not None)
    return published.paper.answer(f"{meeting} {published.record_name}")


@require_POST
def correct_minutes(request, meeting_id):
    meeting = _run(request, meeting_id)
    form = forms.CorrectForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            actions.correct_minutes(
                meeting=meeting, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("고친 회의록을 공개했습니다. 앞의 것도 남아 있습니다."))
            return redirect(meeting.minutes_link)
    return _minutes(request, meeting, Minutes.objects.current_of(meeting), form)


def _minutes(request, meeting, published, form):
    return render(
        request,
        "meeting/minutes.html",
        {
            "meeting": meeting,
            "minutes": published,
            "versions": meeting.minutes.order_by("pk"),
            "paper": published.paper if published else _draft(meeting),
            "form": form,
        },
    )


def _draft(meeting):
    return paper_of(written_so_far(meeting), on=meeting.on)


# A meeting, as it is run


@require_safe
def run(request, meeting_id):
    return _desk(request, _run(request, meeting_id))


@require_POST
def call_roll(request, meeting_id):
    meeting = _run(request, meeting_id)
    form = forms.RollForm(request.POST, people=meeting.tickable())
    if form.is_valid():
        with refusals_on(form):
            actions.call_roll(
                meeting=meeting,
                here=form.people,
                guests=form.cleaned_data["guests"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("출석을 적었습니다."))
            return redirect(meeting.run_link)
    return _desk(request, meeting, bound=form)


@require_POST
def open_meeting(request, meeting_id):
    meeting = _run(request, meeting_id)
    return _write(
        request,
        meeting,
        forms.ActForm(request.POST),
        actions.open,
        _("회의를 열었습니다."),
        meeting=meeting,
    )


@require_http_methods(["GET", "POST"])
def elect(request, meeting_id):
    """Choose an officer by a secret hall vote, now and in this room."""
    meeting = _run(request, meeting_id)
    form = forms.ElectForm(request.POST or None, members=meeting.members_in_office())
    if form.is_valid():
        with refusals_on(form):
            election = actions.elect(
                meeting=meeting, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("투표를 시작했습니다. 빈 투표함을 모두에게 보여 주세요."))
            return redirect("ballot:desk", election.poll_id)
    return act_page(
        request,
        form,
        heading=_("비밀투표로 임원을 뽑습니다"),
        lead=_(
            "재적 위원의 3분의 2 이상이 있을 때, 종이로 투표하고 모두의 앞에서 소리 내어 셉니다."
            " 표가 가장 많은 한 분이 뽑힙니다."
        ),
        button=_("투표 시작하기"),
        after=_("시작하면 후보와 선거인을 바꿀 수 없습니다. 다음은 선거관리인의 책상입니다."),
        back=meeting.run_link,
        back_label=meeting.title,
    )


@require_POST
def install_elected(request, election_id):
    election = get_object_or_404(OfficerElection.objects.in_order(), pk=election_id)
    allow(access.can_run(request.user, election.meeting))
    actions.install_elected(election=election, by=request.user, at=timezone.now())
    messages.success(request, _("뽑힌 분을 임원으로 올렸습니다."))
    return redirect(election.meeting.run_link)


@require_POST
def close_meeting(request, meeting_id):
    meeting = _run(request, meeting_id)
    said = _("회의를 마쳤습니다. 이제 회의록을 살펴 공개해 주세요.")
    return _write(
        request, meeting, forms.ActForm(request.POST), actions.close, said, meeting=meeting
    )


@require_POST
def put_topic(request, meeting_id):
    meeting = _run(request, meeting_id)
    form = forms.TopicForm(request.POST)
    return _write(
        request, meeting, form, actions.put_topic, _("안건을 올렸습니다."), meeting=meeting
    )


@require_POST
def decide_topic(request, topic_id):
    topic = get_object_or_404(Topic, pk=topic_id)
    meeting = _run(request, topic.meeting_id)
    form = forms.DecideForm(request.POST)
    said = _("결과를 적었습니다.")
    return _write(request, meeting, form, actions.decide_topic, said, topic=topic)


@require_http_methods(["GET", "POST"])
def withdraw_topic(request, topic_id):
    topic = get_object_or_404(Topic, pk=topic_id)
    meeting = _run(request, topic.meeting_id)
    form = forms.WithdrawForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.withdraw_topic(
                topic=topic, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("안건을 거두었습니다."))
            return redirect(meeting.run_link)
    page = {"meeting": meeting, "topic": topic, "form": form}
    return render(request, "meeting/withdraw_topic.html", page)


@require_POST
def move(request, meeting_id):
    meeting = _run(request, meeting_id)
    form = forms.MoveForm(request.POST, meeting=meeting)
    return _write(request, meeting, form, actions.move, _("표결에 부쳤습니다."), meeting=meeting)


@require_POST
def vote_on(request, motion_id):
    motion = get_object_or_404(Motion, pk=motion_id)
    meeting = _run(request, motion.meeting_id)
    form = forms.VoteForm(request.POST)
    said = _("표결 결과를 적었습니다.")
    return _write(request, meeting, form, actions.vote_on, said, motion=motion)


@require_POST
def remark(request, meeting_id):
    meeting = _run(request, meeting_id)
    form = forms.RemarkForm(request.POST)
    return _write(
        request, meeting, form, actions.remark, _("회의록에 적었습니다."), meeting=meeting
    )


@require_POST
def add_follow_up(request, meeting_id):
    meeting = _run(request, meeting_id)
    form = forms.FollowUpForm(request.POST, people=meeting.tickable())
    said = _("할 일을 적었습니다. 마칠 때까지 다음 회의마다 다시 봅니다.")
    return _write(request, meeting, form, actions.add_follow_up, said, meeting=meeting)


@require_POST
def write_minutes(request, meeting_id):
    meeting = _run(request, meeting_id)
    form = forms.NoteForm(request.POST)
    return _write(
        request, meeting, form, actions.write_minutes, _("저장했습니다."), meeting=meeting
    )


@require_POST
def publish_minutes(request, meeting_id):
    meeting = _run(request, meeting_id)
    return _write(
        request,
        meeting,
        forms.ActForm(request.POST),
        actions.publish_minutes,
        _("회의록을 공개했습니다."),
        meeting=meeting,
    )


@require_http_methods(["GET", "POST"])
def cancel(request, meeting_id):
    meeting = _run(request, meeting_id)
    form = forms.CancelForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.cancel(meeting=meeting, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("회의를 취소하고 위원에게 알렸습니다."))
            return redirect(meeting)
    return render(request, "meeting/cancel.html", {"meeting": meeting, "form": form})


def _find(request, meeting_id):
    meeting = get_object_or_404(
        Meeting.objects.select_related("body__dong", "body__parent"), pk=meeting_id
    )
    find_only_if(access.can_see(request.user, meeting))
    return meeting


def _run(request, meeting_id):
    meeting = _find(request, meeting_id)
    allow(access.can_run(request.user, meeting))
    return meeting


def _write(request, of, form, act, said, **on):
    """One form of the desk: done and back to the desk, or the desk with the form as it was."""
    if form.is_valid():
        with refusals_on(form):
            act(**on, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, said)
            return redirect(of.run_link)
    return _desk(request, of, bound=form)


def _desk(request, meeting, *, bound=None):
    """The running page: the forms of the state the meeting is in, the failed one as it was sent."""
    topics = Topic.numbered(meeting.topics.in_order(), state=meeting.state)
    now = next((topic for topic in topics if topic.is_now), None)
    people = meeting.tickable()
    here = [*meeting.attendances.here().values_list("person", flat=True)]
    fresh = [
        forms.RollForm(people=people, initial={"here": here, "guests": meeting.guests}),
        forms.TopicForm(),
        forms.DecideForm(),
        forms.MoveForm(meeting=meeting, initial={"topic": now}),
        forms.VoteForm(),
        forms.RemarkForm(),
        forms.FollowUpForm(people=people),
        forms.NoteForm(initial={"note": meeting.minutes_note}),
        forms.ActForm(),
    ]
    desk = {form.name: bound if type(form) is type(bound) else form for form in fresh}
    return render(
        request,
        "meeting/run.html",
        {
            "meeting": meeting,
            "topics": topics,
            "now": now,
            "motion": meeting.motions.unvoted().in_order().first(),
            "voted": meeting.motions.exclude(voted_at=None).in_order(),
            "elections": meeting.elections.in_order(),
            "elects": meeting.kind in PLENARIES,
            "presence": meeting.presence(),
            "follow_ups": FollowUp.objects.on_the_table_of(meeting).in_order(),
            "content": written_so_far(meeting),
            "without_mail": meeting.invited().filter(email=None).count(),
            "desk": desk,
            "form": bound,
        },
    )
