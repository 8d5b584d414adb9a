from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core.refusal import refuse_if
from maeul.decision.assembly import rules
from maeul.decision.assembly.actions.say import locked, refuse
from maeul.decision.assembly.models import Objection
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision
from maeul.ground.notice import actions as notice
from maeul.ground.people import rules as people
from maeul.ground.people.texts import REFUSALS as PEOPLE_REFUSALS
from maeul.ground.thread import actions as thread


@transaction.atomic
def object_to_result(*, assembly, text, by, at):
    """Object to the announced result until the last day.  Everybody reads it, without the name."""
    assembly = locked(assembly)
    today = timezone.localdate(at)
    refuse(
        rules.why_not_object(
            announced=assembly.is_result_announced,
            until=assembly.objections_until,
            on=today,
            waiting=assembly.objections.unanswered().filter(person=by).exists(),
            text=text,
        )
    )
    refuse_if(people.why_not_write(text), PEOPLE_REFUSALS)
    law = Provision.objects.in_force(dong=assembly.dong, at=at)
    objection = Objection.objects.create(
        assembly=assembly,
        number=assembly.objections.count() + 1,
        person=by,
        text=text.strip(),
        raised_at=at,
        answer_by=today + law["assembly.objection_answer_days"].days(),
    )
    audit.note("assembly.objected", on=objection, by=by, at=at)
    _note(
        objection, "object", _("결과에 이의가 들어왔습니다"), objection.text, by="resident", at=at
    )
    for officer in assembly.election.officers.select_related("person").order_by("pk"):
        notice.tell(
            person=officer.person,
            title=_("%(assembly)s 결과에 이의가 들어왔습니다") % {"assembly": assembly.title},
            text=objection.text,
            link=objection.get_absolute_url(),
            at=at,
        )
    return objection


@transaction.atomic
def answer_objection(*, objection, upheld, answer, by, at):
    """An election officer answers with the reason; the person is told, everybody reads it."""
    assembly = locked(objection.assembly)
    objection = Objection.objects.select_related("person").get(pk=objection.pk)
    objection.assembly = assembly
    refuse(rules.why_not_answer(answered=objection.answered_at is not None, text=answer))
    refuse_if(people.why_not_write(answer), PEOPLE_REFUSALS)
    objection.upheld, objection.answer = upheld, answer.strip()
    objection.answered_by, objection.answered_at = by, at
    objection.save(update_fields=["upheld", "answer", "answered_by", "answered_at"])
    audit.note("assembly.objection_answered", on=objection, by=by, at=at, upheld=upheld)
    title = _("이의에 답했습니다: %(word)s") % {"word": objection.phase[1]}
    _note(objection, "answer_objection", title, objection.answer, by=by, at=at)
    notice.tell(
        person=objection.person,
        title=title,
        text=objection.answer,
        link=objection.get_absolute_url(),
        at=at,
    )
    return objection


def _note(objection, verb, title, text, *, by, at):
    """On the assembly's thread.  Who objected stands in the trail, not here."""
    thread.note(
        thread=objection.assembly.thread,
        step=f"assembly.{verb}",
        title=title,
        text=text,
        link=objection.get_absolute_url(),
        state=str(objection.phase[1]),
        public=True,
        by=by,
        at=at,
    )
