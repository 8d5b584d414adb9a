from django.db import transaction
from django.utils.translation import gettext as _

from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.notice import actions as notice
from maeul.works.project import rules
from maeul.works.project.actions.telling import answer_by, held, refuse_numbers, tell
from maeul.works.project.models import Change, Line
from maeul.works.project.rules import Asked, State
from maeul.works.project.texts import REFUSALS


@transaction.atomic
def ask_change(
    *, project, reason, by, at, from_line=None, to_line=None, won=0, ends_on=None, content=""
):
    """Ask to change the plan: won from one line to another, a new end, a new content."""
    refuse_numbers(reason, content)
    project = held(project)
    moves_won = bool(from_line or to_line or won)
    refuse_if(
        rules.why_not_ask_change(
            state=State(project.state),
            reason=reason,
            changes=moves_won or ends_on is not None or bool(content),
            same_line=moves_won and (not from_line or not to_line or from_line == to_line),
            won=won if won or not moves_won else -1,
            line_left=from_line.left_won if from_line else 0,
            starts_on=project.starts_on,
            ends_on=ends_on,
            change_open=project.changes.awaiting_answer().exists(),
        ),
        REFUSALS,
    )
    change = Change.objects.create(
        project=project,
        reason=reason,
        from_line=from_line,
        to_line=to_line,
        won=won,
        ends_before=project.ends_on if ends_on else None,
        ends_on=ends_on,
        content_before=project.content if content else "",
        content=content,
        asked_by=by,
        asked_at=at,
        due_on=answer_by(project, at),
    )
    audit.note("project.change_asked", on=change, by=by, at=at)
    return change


@transaction.atomic
def approve_change(*, change, by, at):
    """Another says yes: from now on the plan is the changed one."""
    project = held(change.project)
    change = Change.objects.select_related("from_line", "to_line").get(pk=change.pk)
    refuse_if(
        rules.why_not_approve_change(
            state=Asked(change.state),
            own=change.asked_by_id == by.pk,
            won=change.won,
            line_left=change.from_line.left_won if change.from_line else 0,
        ),
        REFUSALS,
    )
    if change.won:
        _add(change.from_line, -change.won)
        _add(change.to_line, change.won)
    if change.ends_on:
        project.ends_on = project.due_on = change.ends_on
    if change.content:
        project.content = change.content
    project.save(update_fields=["ends_on", "due_on", "content"])
    _answer(change, Asked.APPROVED, by=by, at=at)
    tell(
        project,
        "changed",
        _("계획을 바꾸었습니다"),
        text=change.reason,
        link=change.get_absolute_url(),
        by=by,
        at=at,
    )
    return change


@transaction.atomic
def return_change(*, change, reason, by, at):
    """Another says no, with the reason."""
    held(change.project)
    change = Change.objects.select_related("project", "asked_by").get(pk=change.pk)
    refuse_if(
        rules.why_not_answer(
            verb="send_back",
            state=Asked(change.state),
            own=change.asked_by_id == by.pk,
            reason=reason,
        ),
        REFUSALS,
    )
    _answer(change, Asked.RETURNED, reason, by=by, at=at)
    audit.note("project.change_returned", on=change, by=by, at=at)
    notice.tell(
        person=change.asked_by,
        title=_("사업 변경을 다시 살펴봐 주세요"),
        text=reason,
        link=change.get_absolute_url(),
        at=at,
    )
    return change


def _add(line, won):
    line = Line.objects.get(pk=line.pk)
    line.amount_won += won
    line.save(update_fields=["amount_won"])


def _answer(change, state, reason="", *, by, at):
    change.state, change.answer, change.answered_by, change.answered_at = state, reason, by, at
    change.save(update_fields=["state", "answer", "answered_by", "answered_at"])
