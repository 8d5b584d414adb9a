"""What the council's secretary and the dong's officer do, from the first day to the minutes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maeul.core.pages import act_page, agree_page, allow, refusals_on
from maeul.decision.assembly import access, actions
from maeul.decision.assembly.forms import (
    ConveneForm,
    MinutesForm,
    OfficersForm,
    QuestionForm,
    RulesForm,
)
from maeul.decision.assembly.models import COUNTED, Assembly, Question, draft_of
from maeul.decision.assembly.rules import IN_PREPARATION, State
from maeul.ground.district.models import Dong
from maeul.ground.people.models import Person
from maeul.ground.people.rules import RoleKind
from maeul.vault.ballot import access as ballot_access
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.rules import State as ItemState

EITHER = ["GET", "HEAD", "POST"]


@require_http_methods(EITHER)
def convene(request, code):
    dong = get_object_or_404(Dong, code=code)
    allow(access.can_convene(request.user, dong))
    form = ConveneForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            year = form.cleaned_data["held_on"].year
            made = actions.convene(
                dong=dong,
                year=year,
                number=Assembly.objects.of(dong, year).count() + 1,
                **form.cleaned_data,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("총회를 잡았습니다. 이어서 투표 규칙을 정해 주세요."))
            return redirect("assembly:prepare", made.pk)
    return act_page(
        request,
        form,
        back=reverse("assembly:dong", args=[dong.code]),
        back_label=_("%(dong)s 주민총회") % {"dong": dong},
        heading=_("주민총회 잡기"),
        lead=_("정족수는 가장 새로운 동 인구에서 저절로 계산합니다."),
        button=_("총회 잡기"),
        after=_("잡은 다음 전체회의 의결로 투표 규칙을 정하고, 안건을 올려 한 달 전에 공고합니다."),
    )


@require_safe
def prepare(request, assembly_id):
    """Every step in its order, and the one that is next."""
    assembly = _find(request, assembly_id)
    steps = _steps_of(assembly, request.user)
    following = next((step for step in steps if step["at"] == "now"), None)
    return render(
        request,
        "assembly/prepare.html",
        {
            "assembly": assembly,
            "election": assembly.election,
            "steps": steps,
            "next": following,
            "questions": assembly.questions.in_order().prefetch_related("tabled__boxed"),
            "may_ask": assembly.state in IN_PREPARATION and not assembly.is_void,
            "roll_size": assembly.election.electors.count(),
            "officers": assembly.election.officers.select_related("person").order_by("pk"),
        },
    )


@require_http_methods(EITHER)
def freeze_rules(request, assembly_id):
    assembly = _find(request, assembly_id)
    form = RulesForm(request.POST or None, assembly=assembly)
    if form.is_valid():
        with refusals_on(form):
            actions.freeze_rules(
                assembly=assembly, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("투표 규칙을 정했습니다. 이제 안건을 올려 주세요."))
            return redirect("assembly:prepare", assembly.pk)
    return _act(
        request,
        form,
        assembly=assembly,
        heading=_("투표 규칙 정하기"),
        lead=_("지금 시행 중인 조례와 세칙의 값이 이 총회의 규칙으로 굳어집니다."),
        button=_("규칙 굳히기"),
        after=_("굳힌 규칙은 바꿀 수 없고, 누구나 근거 조항과 함께 봅니다."),
    )


@require_http_methods(EITHER)
def put(request, assembly_id):
    assembly = _find(request, assembly_id)
    drafted = AgendaItem.objects.filter(
        dong=assembly.dong, state__in=[ItemState.DRAFTED, ItemState.TABLED]
    )
    form = QuestionForm(
        request.POST or None, items=drafted.select_related("thread").order_by("title", "pk")
    )
    if form.is_valid():
        with refusals_on(form):
            actions.put(assembly=assembly, **form.question, by=request.user, at=timezone.now())
            messages.success(request, _("안건을 올렸습니다. 의제를 낸 분들께 알렸습니다."))
            return redirect("assembly:prepare", assembly.pk)
    return _act(
        request,
        form,
        assembly=assembly,
        heading=_("안건 올리기"),
        lead=_("자치계획에 담긴 의제를 투표에 올립니다. 계획 전체는 계획 쪽에서 올립니다."),
        button=_("투표에 올리기"),
        after=_("공고하기 전에는 다시 뺄 수 있습니다."),
    )


@require_http_methods(EITHER)
def take_out(request, question_id):
    question = get_object_or_404(
        Question.objects.select_related("assembly__dong", "boxed"), pk=question_id
    )
    assembly = _find(request, question.assembly_id)
    return _agree(
        request,
        assembly,
        lambda **how: actions.take_out(question=question, **how),
        done=_("안건을 뺐습니다."),
        heading=_("안건 빼기"),
        lead=_("‘%(title)s’ 안건을 투표에서 뺍니다.") % {"title": question.title},
        button=_("빼기"),
        after=_("여기 담긴 의제는 자치계획 안으로 돌아가고, 낸 분들께 알립니다."),
    )


@require_http_methods(EITHER)
def build_roll(request, assembly_id):
    assembly = _find(request, assembly_id)
    return _agree(
        request,
        assembly,
        lambda **how: actions.build_roll(assembly=assembly, **how),
        done=_("선거인명부를 만들었습니다."),
        heading=_("선거인명부 만들기"),
        lead=_("참여 자격을 확인받았고 총회 날 나이가 된 주민이 모두 올라갑니다."),
        button=_("명부 만들기"),
        after=_("투표를 확정하기 전에 다시 누르면 새로 확인받은 주민이 더해집니다."),
    )


@require_http_methods(EITHER)
def name_officers(request, assembly_id):
    assembly = _find(request, assembly_id)
    form = OfficersForm(
        request.POST or None,
        council=_holding(RoleKind.ELECTION_OFFICER, assembly.dong),
        office=_holding(RoleKind.DONG_OFFICER, assembly.dong),
    )
    if form.is_valid():
        with refusals_on(form):
            actions.name_officers(
                assembly=assembly, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("선거관리인 두 사람을 정했습니다."))
            return redirect("assembly:prepare", assembly.pk)
    return _act(
        request,
        form,
        assembly=assembly,
        heading=_("선거관리인 정하기"),
        lead=_("두 사람이 함께 열고 세고 공표합니다. 한 사람으로는 아무것도 열리지 않습니다."),
        button=_("두 사람 정하기"),
        after=_("정한 두 사람의 투표 관리 화면에서 자물쇠 등록과 예행연습을 이어 갑니다."),
    )


@require_http_methods(EITHER)
def announce(request, assembly_id):
    assembly = _find(request, assembly_id)
    return _agree(
        request,
        assembly,
        lambda **how: actions.announce(assembly=assembly, **how),
        done=_("공고했습니다. 누구나 이 총회를 봅니다."),
        heading=_("주민총회 공고하기"),
        lead=_("총회 날, 곳, 안건, 규칙이 모두에게 공개됩니다."),
        button=_("공고하기"),
        after=_("공고한 다음에는 안건을 더하거나 뺄 수 없습니다."),
    )


@require_http_methods(EITHER)
def announce_result(request, assembly_id):
    assembly = _find(request, assembly_id)
    return _agree(
        request,
        assembly,
        lambda **how: actions.announce_result(assembly=assembly, **how),
        done=_("결과를 알렸습니다."),
        heading=_("결과 알리기"),
        lead=_("공표된 개표 결과를 모두에게 알리고, 의제마다 선정되었는지와 까닭을 적습니다."),
        button=_("결과 알리기"),
        after=_("의제를 낸 분들께 알림이 가고, 투표한 분들의 참여 기록이 남습니다."),
    )


@require_http_methods(EITHER)
def publish_minutes(request, assembly_id):
    assembly = _find(request, assembly_id)
    initial = {"text": draft_of(assembly)} if assembly.is_result_announced else {}
    form = MinutesForm(request.POST or None, initial=initial)
    if form.is_valid():
        with refusals_on(form):
            actions.publish_minutes(
                assembly=assembly, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("회의록을 공개했습니다."))
            return redirect(assembly)
    return _act(
        request,
        form,
        assembly=assembly,
        heading=_("총회 회의록 공개하기"),
        lead=_("그날의 기록으로 쓴 초안을 다듬어 결과와 함께 공개합니다."),
        button=_("공개하기"),
        after=_("기록 대장에 번호가 붙고, 고칠 수 없습니다."),
    )


def _find(request, assembly_id):
    assembly = get_object_or_404(Assembly.objects.complete(), pk=assembly_id)
    allow(access.can_prepare(request.user, assembly))
    return assembly


def _holding(kind, dong):
    roles = dong.role_set.holding(kind, day=timezone.localdate(), dong=dong)
    return Person.objects.filter(roles__in=roles).order_by("name", "pk")


def _act(request, form, *, assembly, **words):
    return act_page(request, form, **_back_to(assembly), **words)


def _agree(request, assembly, act, **words):
    to = reverse("assembly:prepare", args=[assembly.pk])
    return agree_page(request, act, to=to, **_back_to(assembly), **words)


def _back_to(assembly):
    return {
        "back": reverse("assembly:prepare", args=[assembly.pk]),
        "back_label": assembly.title,
    }


def _steps_of(assembly, person):
    """The way of an assembly: what is done, what is next, and where that is done."""
    election = assembly.election
    is_officer = ballot_access.can_run(person, election)
    rows = [
        (_("총회 날과 곳을 잡습니다"), True, "", assembly.held_on),
        (
            _("전체회의 의결로 투표 규칙을 정합니다"),
            assembly.state != State.PLANNED,
            "assembly:freeze_rules",
            assembly.rules_at,
        ),
        (_("안건을 올립니다"), assembly.questions.exists(), "assembly:put", None),
        (
            _("공고합니다"),
            assembly.is_public,
            "assembly:announce",
            assembly.announced_at or _("%(day)s까지") % {"day": _day(assembly.announce_by)},
        ),
        (
            _("선거인명부를 만듭니다"),
            election.electors.exists(),
            "assembly:build_roll",
            None,
        ),
        (
            _("명부를 열람에 부쳐 이의를 받습니다"),
            election.roll_open_until is not None or bool(election.chain0),
            "assembly:lay_open_roll",
            election.roll_open_until,
        ),
        (
            _("선거관리인 두 사람을 정합니다"),
            election.officers.exists(),
            "assembly:name_officers",
            None,
        ),
        (
            _("두 선거관리인이 투표를 확정하고, 열고, 세고, 공표합니다"),
            election.state in COUNTED,
            "ballot:desk" if is_officer else "",
            election.opens_at,
        ),
        (
            _("결과를 알립니다"),
            assembly.is_result_announced,
            "assembly:announce_result",
            assembly.result_at,
        ),
        (
            _("회의록을 공개합니다"),
            assembly.state == State.MINUTES_PUBLISHED,
            "assembly:publish_minutes",
            assembly.minutes_at,
        ),
    ]
    steps, found = [], assembly.is_void
    for title, done, name, when in rows:
        place = "past" if done else "ahead" if found else "now"
        found = found or not done
        number = election.pk if name.startswith("ballot:") else assembly.pk
        steps.append(
            {
                "at": place,
                "when": when,
                "title": title,
                "act": reverse(name, args=[number]) if name and place == "now" else "",
            }
        )
    return steps


def _day(on):
    return f"{on.month}월 {on.day}일"
