from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from maeul.core import money
from maeul.core.korean import josa
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision
from maeul.ground.notice import actions as notice
from maeul.ground.people import rules as people
from maeul.ground.people.models import Role
from maeul.ground.people.rules import RoleKind
from maeul.ground.people.texts import REFUSALS as PEOPLE_REFUSALS
from maeul.ground.search import actions as search
from maeul.ground.thread import actions as thread
from maeul.voice.agenda import actions as agenda
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.rules import State as ItemState
from maeul.voice.review import rules, texts
from maeul.voice.review.models import Review
from maeul.voice.review.rules import State, Verdict
from maeul.voice.review.texts import REFUSALS


@transaction.atomic
def ask(*, item, department, question, by, at, cost_won=None):
    """Ask a department whether and how an item can be done.  Several may be asked at once."""
    item = _locked(item)
    refuse_if(
        rules.why_not_ask(
            item_state=item.state,
            already=Review.objects.open().filter(item=item, department=department).exists(),
            question=question,
        ),
        REFUSALS,
    )
    if item.state != ItemState.IN_REVIEW:
        name = department.name_on(timezone.localdate(at))
        agenda.send_to_review(
            item=item,
            text=_("%(department)s 살펴보고 답합니다.") % {"department": josa(name, "이")},
            by=by,
            at=at,
        )
    return _open(
        item=item, department=department, question=question, cost_won=cost_won, by=by, at=at
    )


def _open(*, item, department, question, cost_won, by, at, transferred_from=None):
    law = Provision.objects.in_force(dong=item.dong, at=at)
    review = Review.objects.create(
        item=item,
        department=department,
        question=question.strip(),
        asked_cost_won=cost_won,
        asked_by=by if transferred_from is None else transferred_from.asked_by,
        asked_at=at,
        due_on=timezone.localdate(at) + law["review.answer_days"].days(),
        kept=law.kept("review.answer_days"),
        transferred_from=transferred_from,
    )
    until = date_format(review.due_on, "n월 j일")
    _say(
        review,
        verb="asked",
        title=_("%(department)s에 물었습니다") % {"department": review.department_name},
        text=_("%(until)s까지 답합니다. 물은 것: %(question)s")
        % {"until": until, "question": review.question},
        by=by,
        at=at,
    )
    _tell_reviewers(review, title=_("새로 검토할 의제가 왔습니다"), at=at)
    return review


@transaction.atomic
def answer(
    *,
    review,
    verdict,
    by,
    at,
    reason="",
    adjusted_cost_won=None,
    concerns=(),
    to=None,
):
    """The department's word.  A transfer opens the review of the department it names (`to`);
    the last answer that was waited for hands the item back to the dong."""
    item = _locked(review.item)
    review = _locked_review(review)
    verdict = Verdict(verdict)
    refuse_if(
        rules.why_not_answer(
            state=review.state,
            verdict=verdict,
            reason=reason,
            adjusted_cost_won=adjusted_cost_won,
            own=by.pk == item.author_id,
        ),
        REFUSALS,
    )
    if verdict == Verdict.TRANSFER:
        refuse_if(
            rules.why_not_transfer(
                to=to.pk if to else None,
                here=review.department_id,
                asked_there=to is not None
                and Review.objects.open().filter(item=item, department=to).exists(),
            ),
            REFUSALS,
        )
    review.verdict, review.reason = verdict, reason.strip()
    review.adjusted_cost_won = adjusted_cost_won if verdict == Verdict.ADJUST else None
    review.concerns = [str(concern) for concern in concerns]
    review.reviewer, review.answered_at = by, at
    review.save()
    said = _sentence(review, to)
    _say(review, verb="answered", title=said, text=_words(review), by=by, at=at)
    notice.tell(
        person=review.asked_by,
        title=said,
        text=f"‘{item.title}’\n\n{_words(review)}".strip(),
        link=review.get_absolute_url(),
        at=at,
    )
    if verdict == Verdict.TRANSFER:
        _open(
            item=item,
            department=to,
            question=review.question,
            cost_won=review.asked_cost_won,
            by=by,
            at=at,
            transferred_from=review,
        )
    _hand_back(item, by=by, at=at)
    return review


@transaction.atomic
def withdraw(*, review, by, at):
    """Take a question back."""
    item = _locked(review.item)
    review = _locked_review(review)
    refuse_if(rules.why_not_move(state=review.state, to=State.WITHDRAWN), REFUSALS)
    review.withdrawn_at = at
    review.save(update_fields=["withdrawn_at"])
    _say(
        review,
        verb="withdrawn",
        title=_("%(department)s에 물은 것을 거두었습니다") % {"department": review.department_name},
        text="",
        by=by,
        at=at,
    )
    _hand_back(item, by=by, at=at)
    return review


@transaction.atomic
def remind(*, review, by, at):
    """Remind a department of what is late."""
    review = _locked_review(review)
    refuse_if(
        rules.why_not_remind(
            state=review.state,
            due_on=review.due_on,
            reminded_on=timezone.localdate(review.reminded_at) if review.reminded_at else None,
            today=timezone.localdate(at),
        ),
        REFUSALS,
    )
    review.reminded_at = at
    review.save(update_fields=["reminded_at"])
    audit.note("review.reminded", on=review, by=by, at=at)
    _tell_reviewers(review, title=_("주민이 검토 답을 기다리고 있습니다"), at=at)
    return review


def _locked(item):
    """The item's row is the queue: questions and answers about it come one after another."""
    rows = AgendaItem.objects.select_for_update(of=["self"]).complete()
    return rows.get(pk=item.pk)


def _locked_review(review):
    rows = Review.objects.select_for_update(of=["self"]).complete().select_related("asked_by")
    return rows.get(pk=review.pk)


def _hand_back(item, *, by, at):
    """When nobody is asked any more: to the dong, with the answers or for want of any."""
    if item.state != ItemState.IN_REVIEW or Review.objects.open().filter(item=item).exists():
        return
    answers = list(Review.objects.answered().of_item(item).complete())
    if not answers:
        agenda.call_back(item=item, by=by, at=at)
        return
    words = "\n".join(f"{_sentence(one)}. {_words(one)}".strip() for one in answers)
    agenda.mark_reviewed(item=item, text=words, by=by, at=at)


def _say(review, *, verb, title, text, by, at):
    refuse_if(people.why_not_write(text), PEOPLE_REFUSALS)
    audit.note(f"review.{verb}", on=review, by=by, at=at, verdict=review.verdict)
    thread.note(
        thread=review.item.thread,
        step=f"review.{verb}",
        title=title,
        text=text,
        link=review.get_absolute_url(),
        state=str(review.state_label),
        public=review.item.is_public,
        by=by,
        at=at,
    )
    if review.state == State.WITHDRAWN or not review.item.is_public:
        search.take_away(link=review.get_absolute_url())
        return
    search.put(
        link=review.get_absolute_url(),
        kind="review",
        title=review.item.title,
        text=f"{review.question}\n{review.reason}".strip(),
        on=timezone.localdate(at),
        dong=review.item.dong,
        department=review.department,
        category=str(review.item.get_category_display()),
        point=review.item.point,
        cost_won=review.cost_won,
        state=str(review.state_label),
        contact=review.department_name,
        thread=review.item.thread,
    )


def _sentence(review, to=None):
    """“도로과가 ‘할 수 있다’고 답했습니다”"""
    name = josa(review.department_name, "이")
    if review.verdict == Verdict.TRANSFER and to is not None:
        there = josa(to.name_on(timezone.localdate(review.answered_at)), "으로")
        return _("%(department)s 이 일을 %(there)s 보냈습니다") % {
            "department": name,
            "there": there,
        }
    return f"{name} {texts.SAID[review.verdict]}"


def _words(review):
    """The reason, and the cost where it was changed."""
    words = [review.reason]
    if review.adjusted_cost_won is not None:
        words.append(
            _("조정한 비용은 %(won)s입니다.") % {"won": money.in_words(review.adjusted_cost_won)}
        )
    return " ".join(filter(None, words))


def _tell_reviewers(review, *, title, at):
    day = timezone.localdate(at)
    roles = Role.objects.holding(RoleKind.REVIEWER, day=day, department=review.department)
    for role in roles.select_related("person"):
        notice.tell(
            person=role.person,
            title=title,
            text=_("‘%(title)s’\n%(until)s까지 답해 주세요.")
            % {"title": review.item.title, "until": date_format(review.due_on, "n월 j일")},
            link=review.get_absolute_url(),
            at=at,
        )
