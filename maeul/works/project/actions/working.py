from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core.money import won as in_won
from maeul.core.refusal import refuse_if
from maeul.decision.budget.models import Round
from maeul.ground.audit import actions as audit
from maeul.ground.audit.models import name_of
from maeul.ground.notice import actions as notice
from maeul.vault.ledger import actions as ledger
from maeul.vault.ledger.rules import AccountKind
from maeul.vault.participation import actions as participation
from maeul.voice.agenda.models import Offer
from maeul.works.project import rules
from maeul.works.project.actions.telling import held, refuse_numbers, tell
from maeul.works.project.models import Line, Participant, Project, Purse, Step
from maeul.works.project.rules import State, Way
from maeul.works.project.texts import REFUSALS


@transaction.atomic
def start(
    *,
    allocation,
    title,
    lead,
    way,
    starts_on,
    ends_on,
    by,
    at,
    content="",
    goal="",
    place="",
    point=None,
):
    """Make a project of what was given to a matter.

    Direct money is there at once: its purses are the allocation's own accounts.  Money of a
    grant comes into purses of its own, payment by payment.
    """
    # Allocations are only added to, and who serves may not lock them: two wait at their round.
    Round.objects.select_for_update(of=["self"]).get(pk=allocation.round_id)
    refuse_if(
        rules.why_not_start(
            started=Project.objects.filter(allocation=allocation).exists(),
            starts_on=starts_on,
            ends_on=ends_on,
        ),
        REFUSALS,
    )
    longitude, latitude = point or (None, None)
    project = Project.objects.create(
        thread=allocation.thread,
        allocation=allocation,
        title=title,
        content=content,
        goal=goal,
        dong=allocation.round.dong,
        year=allocation.round.year,
        way=way,
        lead=lead,
        place=place,
        longitude=longitude,
        latitude=latitude,
        starts_on=starts_on,
        ends_on=ends_on,
        due_on=ends_on,
    )
    for part in allocation.parts.select_related("appropriation", "account").order_by("pk"):
        account = part.account
        if way == Way.GRANT:
            account = _open_purse(
                project, f"{title} ({part.appropriation.get_source_display()})", by=by, at=at
            )
        Purse.objects.create(project=project, part=part, account=account)
    tell(
        project,
        "started",
        _("%(won)s으로 사업을 시작했습니다") % {"won": in_won(allocation.won)},
        text=content,
        by=by,
        at=at,
    )
    for person in {lead, project.thread.opened_by} - {by}:
        notice.tell(
            person=person,
            title=_("‘%(title)s’ 사업을 시작했습니다") % {"title": title},
            link=project.get_absolute_url(),
            at=at,
        )
    return project


def _open_purse(project, title, *, by, at):
    return ledger.open_account(
        kind=AccountKind.PURSE,
        title=title[:200],
        thread=project.thread,
        link=project.get_absolute_url(),
        by=by,
        at=at,
    )


def own_purse(project, *, by, at):
    """Where own share (자부담) is put; opened when the first won comes."""
    purse = project.purses.filter(part=None).first()
    if purse is None:
        account = _open_purse(project, _("%(title)s (자부담)") % {"title": project}, by=by, at=at)
        purse = Purse.objects.create(project=project, account=account)
    return purse


@transaction.atomic
def plan_line(*, project, title, amount_won, by, at, code=""):
    """Add a budget line: what for, and how much at most."""
    project = held(project)
    refuse_if(
        rules.why_not_plan_line(
            state=State(project.state),
            amount_won=amount_won,
            planned_won=project.planned_won,
            money_won=project.money_won,
        ),
        REFUSALS,
    )
    line, made = Line.objects.get_or_create(
        project=project, title=title, defaults={"code": code, "amount_won": amount_won}
    )
    if not made:
        line.amount_won += amount_won
        line.save(update_fields=["amount_won"])
    audit.note("project.line_planned", on=project, by=by, at=at, amount_won=amount_won)
    return line


@transaction.atomic
def plan_step(*, project, title, due_on, by, at, is_milestone=False):
    """Add something to be done by a day."""
    refuse_numbers(title)
    project = held(project)
    refuse_if(rules.why_not_work_on(state=State(project.state)), REFUSALS)
    step = Step.objects.create(
        project=project, title=title, due_on=due_on, is_milestone=is_milestone
    )
    audit.note("project.step_planned", on=step, by=by, at=at)
    return step


@transaction.atomic
def finish_step(*, step, by, at, note=""):
    """Say that it is done, and how it went.  A milestone is told to everybody who follows."""
    refuse_numbers(note)
    project = held(step.project)
    step = Step.objects.get(pk=step.pk)
    refuse_if(
        rules.why_not_finish_step(state=State(project.state), done=step.done_at is not None),
        REFUSALS,
    )
    step.done_at, step.note = at, note
    step.save(update_fields=["done_at", "note"])
    if step.is_milestone:
        tell(project, "step_finished", step.title, text=note, by=by, at=at)
    else:
        audit.note("project.step_finished", on=step, by=by, at=at)
    return step


@transaction.atomic
def take_in(*, project, person, role, by, at, offer=None):
    """A resident joins in the doing; an offer of help made for this very matter may be the door."""
    project = held(project)
    refuse_if(
        rules.why_not_take_in(
            state=State(project.state),
            inside=project.participants.filter(person=person).exists(),
            of_this_matter=offer is None
            or (offer.person_id == person.pk and _is_of(offer, project)),
        ),
        REFUSALS,
    )
    participant = Participant.objects.create(
        project=project, person=person, role=role, offer=offer, joined_at=at
    )
    audit.note("project.joined", on=participant, by=by, at=at)
    notice.tell(
        person=person,
        title=_("‘%(title)s’에 함께하게 되었습니다") % {"title": project},
        text=role,
        link=project.get_absolute_url(),
        at=at,
    )
    return participant


@transaction.atomic
def work(*, participant, minutes, on, by, at):
    """Note that somebody gave time to the doing on a day; the same day counts once."""
    project = held(participant.project)
    refuse_if(
        rules.why_not_work(
            minutes=minutes, on=on, joined_on=project.starts_on, today=timezone.localdate(at)
        ),
        REFUSALS,
    )
    participation.add(
        person=participant.person,
        dong=project.dong,
        kind="working",
        minutes=minutes,
        on=on,
        source=f"{name_of(project)}:{on.isoformat()}",
    )
    audit.note("project.worked", on=participant, by=by, at=at, minutes=minutes)


def _is_of(offer, project):
    return Offer.objects.of_matter(project.thread).filter(pk=offer.pk).exists()


@transaction.atomic
def suspend(*, project, reason, by, at):
    """Stop for a while, with the reason."""
    return _move(project, "suspend", "suspended", _("잠시 멈췄습니다"), reason, by=by, at=at)


@transaction.atomic
def resume(*, project, reason, by, at):
    """Go on, with the reason."""
    return _move(project, "resume", "resumed", _("다시 시작했습니다"), reason, by=by, at=at)


def _move(project, verb, done, title, reason, *, by, at):
    project = held(project)
    state = State(project.state)
    refuse_if(rules.why_not_move(verb=verb, state=state, reason=reason), REFUSALS)
    project.state = rules.reached(verb, state)
    project.save(update_fields=["state"])
    tell(project, done, title, text=reason, by=by, at=at)
    return project
