from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maeul.core.pages import allow, refusals_on
from maeul.council.membership.models import Body
from maeul.decision.budget.models import Allocation
from maeul.ground.district.models import Dong
from maeul.ground.people.models import Person
from maeul.voice.agenda.models import Offer
from maeul.works.project import access, actions
from maeul.works.project.forms import (
    FinishForm,
    LineForm,
    ReasonForm,
    StartForm,
    StepForm,
    TakeInForm,
    WorkForm,
)
from maeul.works.project.models import BankNotice, Project, Step
from maeul.works.project.views.asking import EITHER, ask_page, found

LINES = 20  # on one page; of what stands beside the main list, the newest


@login_not_required
@require_safe
def dong_year(request, code, year):
    dong = get_object_or_404(Dong, code=code)
    projects = Project.objects.of(dong=dong, year=year).complete()
    waiting = (
        Allocation.objects.filter(round__dong=dong, round__year=year, project=None)
        .select_related("thread")
        .order_by("pk")
    )
    return render(
        request,
        "project/dong_year.html",
        {
            "dong": dong,
            "year": year,
            "page": Paginator(projects, LINES).get_page(request.GET.get("page")),
            "waiting": waiting[:LINES],
            "may_start": access.can_start(request.user, dong),
        },
    )


@login_not_required
@require_safe
def project(request, project_id):
    project = found(project_id)
    purses = [
        (purse, purse.figures())
        for purse in project.purses.select_related("part__appropriation", "account").order_by("pk")
    ]
    expenditures = project.expenditures.complete().order_by("-paid_on", "-pk")
    if not access.can_read_papers(request.user, project):
        expenditures = expenditures.public()
    return render(
        request,
        "project/project.html",
        {
            "project": project,
            "purses": purses,
            "spent_won": project.spent_won,
            "lines": project.lines.with_left(),
            "steps": [_knot(step) for step in project.steps.order_by("due_on", "pk")],
            "open_steps": project.steps.filter(done_at=None).order_by("due_on", "pk"),
            "participants": project.participants.order_by("pk")[:LINES],
            "people": project.participants.count(),
            "page": Paginator(expenditures, LINES).get_page(request.GET.get("page")),
            "notices": BankNotice.objects.filter(purse__project=project).order_by("-on", "-pk")[
                :LINES
            ],
            "changes": project.changes.order_by("-pk"),
            "settlements": project.settlements.order_by("-pk"),
            "may_lead": access.can_lead(request.user, project),
        },
    )


def _knot(step):
    late = step.done_at is None and step.due_on < timezone.localdate()
    return {
        "at": "past" if step.done_at else "broken" if late else "ahead",
        "when": step.done_at or step.due_on,
        "title": step.title,
        "text": step.note or (_("아직 마치지 못했습니다.") if late else ""),
    }


def _leads(dong):
    """Who may lead a project of the dong: members of its council, and the dong's staff."""
    council = Body.objects.council_of(dong)
    members = council.members_on(timezone.localdate()) if council else Person.objects.none()
    return (
        Person.objects.filter(Q(roles__dong=dong) | Q(pk__in=members.order_by().values("pk")))
        .filter(is_active=True)
        .distinct()
        .order_by("name", "pk")
    )


@require_http_methods(EITHER)
def start(request, allocation_id):
    allocation = get_object_or_404(
        Allocation.objects.select_related("round__dong", "thread"), pk=allocation_id
    )
    dong = allocation.round.dong
    allow(access.can_start(request.user, dong))
    leads = _leads(dong)
    form = StartForm(request.POST or None, leads=leads, initial={"title": allocation.thread.title})
    if form.is_valid():
        with refusals_on(form):
            started = actions.start(
                allocation=allocation, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("사업을 시작했습니다. 이제 세목과 할 일을 적어 주세요."))
            return redirect(started)
    return ask_page(request, "start", form, about=allocation)


@require_http_methods(EITHER)
def plan_line(request, project_id):
    project = found(project_id)
    allow(access.can_lead(request.user, project))
    form = LineForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.plan_line(
                project=project, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("세목을 적었습니다."))
            return redirect(project)
    return ask_page(request, "plan_line", form, about=project)


@require_http_methods(EITHER)
def plan_step(request, project_id):
    project = found(project_id)
    allow(access.can_lead(request.user, project))
    form = StepForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.plan_step(
                project=project, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("할 일을 적었습니다."))
            return redirect(project)
    return ask_page(request, "plan_step", form, about=project)


@require_http_methods(EITHER)
def finish_step(request, step_id):
    step = get_object_or_404(Step.objects.select_related("project__dong"), pk=step_id)
    allow(access.can_lead(request.user, step.project))
    form = FinishForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.finish_step(step=step, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("마쳤다고 적었습니다."))
            return redirect(step.project)
    return ask_page(request, "finish_step", form, about=step.project)


@require_http_methods(EITHER)
def take_in(request, project_id):
    project = found(project_id)
    allow(access.can_lead(request.user, project))
    offers = (
        Offer.objects.of_matter(project.thread)
        .standing(timezone.localdate())
        .exclude(person__projects_joined__project=project)
        .select_related("person")
    )
    form = TakeInForm(request.POST or None, offers=offers)
    if form.is_valid():
        with refusals_on(form):
            actions.take_in(
                project=project,
                person=form.cleaned_data["offer"].person,
                **form.cleaned_data,
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("함께하게 되었습니다."))
            return redirect(project)
    return ask_page(request, "take_in", form, about=project)


@require_http_methods(EITHER)
def work(request, project_id):
    project = found(project_id)
    allow(access.can_lead(request.user, project))
    form = WorkForm(request.POST or None, project=project)
    if form.is_valid():
        with refusals_on(form):
            actions.work(**form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("활동 시간을 적었습니다. 함께해 주셔서 고맙습니다."))
            return redirect(project)
    return ask_page(request, "work", form, about=project)


@require_http_methods(EITHER)
def suspend(request, project_id):
    project = found(project_id)
    allow(access.can_lead(request.user, project))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.suspend(
                project=project, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            return redirect(project)
    return ask_page(request, "suspend", form, about=project)


@require_http_methods(EITHER)
def resume(request, project_id):
    project = found(project_id)
    allow(access.can_lead(request.user, project))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.resume(project=project, **form.cleaned_data, by=request.user, at=timezone.now())
            return redirect(project)
    return ask_page(request, "resume", form, about=project)
