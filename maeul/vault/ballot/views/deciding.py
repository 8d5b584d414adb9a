"""What officers set up and decide about voting in person."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maeul.core.pages import act_page, refusals_on
from maeul.ground.people.models import Person
from maeul.vault.ballot import actions, matching, texts
from maeul.vault.ballot.forms import (
    AssignForm,
    BoothForm,
    ClerkForm,
    ExtendForm,
    InPersonForm,
    OuterRulingForm,
    ReasonForm,
)
from maeul.vault.ballot.models import Booth, Clerk, Elector, Outer
from maeul.vault.ballot.rules import State
from maeul.vault.ballot.views.desk import run_by


@require_GET
def decisions(request, election_id):
    """Everything that must be decided before the list of what is opened can be fixed."""
    election = run_by(request, election_id)
    outers = actions.outers_undecided(election).select_related("booth", "elector")
    check_ins = actions.check_ins_undecided(election).select_related("booth", "elector")
    late = actions.late_lines_undecided(election).select_related("booth", "elector", "by")
    return render(
        request,
        "ballot/decisions.html",
        {
            "election": election,
            "outers": outers.prefetch_related("rulings__by"),
            "check_ins": check_ins.prefetch_related("rulings__by"),
            "late": late,
            "unheard": actions.booths_unheard(election),
            "booths": election.booths.prefetch_related("hours", "clerks__person"),
            "is_draft": election.state == State.DRAFT,
            "may_extend": election.state in (State.FROZEN, State.OPEN)
            and election.extended_to is None,
            "is_closed": election.state == State.CLOSED,
        },
    )


@require_http_methods(["GET", "POST"])
def outer_ruling(request, election_id, outer_id):
    """Whose envelope is it?  Those who could be meant stand there to choose from."""
    election = run_by(request, election_id)
    rows = Outer.objects.select_related("booth__election", "elector")
    outer = get_object_or_404(rows, pk=outer_id, booth__election=election)
    form = OuterRulingForm(
        request.POST or None, electors=_meant(outer), may_be_new=outer.elector is None
    )
    if form.is_valid():
        whose = form.cleaned_data["whose"]
        elector = None
        if whose not in ("new", "nobody"):
            elector = get_object_or_404(Elector, pk=whose, election=election)
        with refusals_on(form):
            agreed = actions.rule_on_outer(
                outer=outer,
                accepted=whose != "nobody",
                elector=elector,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            if agreed:
                messages.success(request, _("두 사람이 같게 정했습니다."))
            else:
                messages.info(request, _("적었습니다. 다른 선거관리인이 같은 것을 적어야 합니다."))
            return redirect("ballot:decisions", election.pk)
    return act_page(
        request,
        form,
        heading=_("%(name)s님의 겉봉투") % {"name": outer.name},
        lead=_("%(booth)s 서명부 %(line)s번 줄, %(reason)s. 본 신분증: %(proof)s")
        % {
            "booth": outer.booth,
            "line": outer.list_number,
            "reason": outer.get_reason_display(),
            "proof": outer.proof,
        },
        button=_("이렇게 정합니다"),
        after=_("두 선거관리인이 같게 적으면 정해지고, 그 뒤에는 바꿀 수 없습니다."),
        back=_decisions(election),
        back_label=_("정할 것"),
    )


def _meant(outer):
    """Electors whom this envelope may belong to."""
    if outer.elector is not None:
        return [outer.elector]
    hashes = matching.Hashes(
        bytes(outer.match_exact), bytes(outer.match_name_day), bytes(outer.match_birth_family)
    )
    electors = outer.booth.election.electors.select_related("entry")
    return [*electors.exactly(hashes), *electors.nearly(hashes).order_by("roll", "number")]


@require_http_methods(["GET", "POST"])
def lost(request, election_id, number):
    election = run_by(request, election_id)
    booth = get_object_or_404(Booth, election=election, number=number)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            agreed = actions.declare_booth_lost(
                booth=booth,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            if agreed:
                messages.success(request, _("투표함을 잃은 것으로 정했습니다."))
            else:
                messages.info(request, _("적었습니다. 다른 선거관리인이 한 번 더 적어야 합니다."))
            return redirect("ballot:decisions", election.pk)
    return act_page(
        request,
        form,
        heading=_("%(booth)s의 투표함을 잃었나요?") % {"booth": booth},
        lead=_("마감하고 하루가 지나도 소식이 없을 때만 정합니다."),
        button=_("잃은 것으로 합니다"),
        after=_("거기서 종이로 투표한 분의 온라인 표가 있으면 다시 셉니다. 까닭은 공개됩니다."),
        back=_decisions(election),
        back_label=_("정할 것"),
    )


@require_http_methods(["GET", "POST"])
def extend(request, election_id):
    election = run_by(request, election_id)
    form = ExtendForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            agreed = actions.extend(
                election=election,
                until=form.cleaned_data["until"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            if agreed:
                messages.success(request, _("마감을 늘렸습니다."))
            else:
                messages.info(request, _("적었습니다. 다른 선거관리인이 같은 때를 적어야 합니다."))
            return redirect("ballot:decisions", election.pk)
    return act_page(
        request,
        form,
        heading=_("마감을 늘립니다"),
        lead=_("마감 전에 한 번만, 두 선거관리인이 같은 때를 적어 늘립니다. 줄일 수는 없습니다."),
        button=_("늘리기"),
        after=_("까닭과 함께 공개됩니다."),
        back=_decisions(election),
        back_label=_("정할 것"),
    )


@require_http_methods(["GET", "POST"])
def clerks(request, election_id, number):
    """Who checks people in at a booth."""
    election = run_by(request, election_id)
    booth = get_object_or_404(Booth, election=election, number=number)
    form = ClerkForm(request.POST or None)
    if form.is_valid():
        person = Person.objects.filter(
            email__iexact=form.cleaned_data["email"], is_active=True
        ).first()
        if person is None:
            form.add_error("email", _("가입한 분 가운데 없습니다. 주소를 다시 확인해 주세요."))
        else:
            with refusals_on(form):
                actions.name_clerk(booth=booth, person=person, by=request.user, at=timezone.now())
                messages.success(request, _("투표사무원으로 정했습니다."))
                return redirect("ballot:clerks", election.pk, number)
    return render(
        request,
        "ballot/clerks.html",
        {
            "election": election,
            "booth": booth,
            "form": form,
            "clerks": booth.clerks.serving().select_related("person").order_by("pk"),
        },
    )


@require_POST
def end_clerk(request, election_id, clerk_id):
    election = run_by(request, election_id)
    clerk = get_object_or_404(
        Clerk.objects.select_related("booth"), pk=clerk_id, booth__election=election
    )
    actions.end_clerk(clerk=clerk, by=request.user, at=timezone.now())
    messages.success(request, _("투표사무원을 그만두게 했습니다."))
    return redirect("ballot:clerks", election.pk, clerk.booth.number)


@require_http_methods(["GET", "POST"])
def in_person(request, election_id):
    """By which ways people vote, and where.  Three small forms; the button says which."""
    election = run_by(request, election_id)
    sent = request.POST.get("part", "")

    def data(part):
        return request.POST if sent == part else None

    channels = InPersonForm(
        data("channels"),
        initial={
            "channels": election.channels,
            "online_closes_at": election.online_closes_at
            and timezone.localtime(election.online_closes_at),
        },
    )
    booth = BoothForm(data("booth"), prefix="booth")
    assign = AssignForm(data("assign"), prefix="assign", booths=election.booths.all())
    how = {"election": election, "by": request.user, "at": timezone.now()}
    if sent == "channels" and channels.is_valid():
        with refusals_on(channels):
            actions.set_channels(**how, **channels.cleaned_data)
            return redirect("ballot:in_person", election.pk)
    if sent == "booth" and booth.is_valid():
        with refusals_on(booth):
            actions.set_booths(**how, booths=_with_another(election, **booth.cleaned_data))
            return redirect("ballot:in_person", election.pk)
    if sent == "assign" and assign.is_valid():
        with refusals_on(assign):
            number = actions.assign_booth(**how, **assign.cleaned_data)
            done = _("선거인 %(number)s명의 투표소를 정했습니다.") % {"number": number}
            messages.success(request, done)
            return redirect("ballot:in_person", election.pk)
    return render(
        request,
        "ballot/in_person.html",
        {
            "election": election,
            "channels_form": channels,
            "booth_form": booth,
            "assign_form": assign,
            "booths": election.booths.prefetch_related("hours"),
            "hall": texts.hall(),
            "homeless": election.electors.filter(booth=None).count(),
        },
    )


def _with_another(election, *, name, place, opens_at, closes_at):
    """The booths as they are, with a place and its hours more."""
    there = {
        booth.name: [(hours.place, hours.opens_at, hours.closes_at) for hours in booth.hours.all()]
        for booth in election.booths.prefetch_related("hours")
    }
    there.setdefault(name, []).append((place, opens_at, closes_at))
    return [actions.BoothText(each, hours) for each, hours in there.items()]


def _decisions(election):
    return reverse("ballot:decisions", args=[election.pk])
