from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.decision.assembly import rules, texts
from maeul.decision.assembly.actions.say import day, index, locked, refuse, register, say
from maeul.decision.assembly.models import Tabled
from maeul.decision.assembly.rules import Kind, State
from maeul.ground.law.models import Provision
from maeul.ground.notice import actions as notice
from maeul.ground.thread import actions as thread
from maeul.vault.ballot.models import PollBookEntry
from maeul.vault.ballot.rules import State as Poll
from maeul.vault.participation import actions as participation
from maeul.vault.participation.models import Part
from maeul.voice.agenda import actions as agenda
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.rules import Outcome as Decided
from maeul.voice.agenda.rules import State as ItemState


@transaction.atomic
def announce(*, assembly, by, at):
    """Tell everybody what will be voted on, a month before (art. 23(3))."""
    assembly = locked(assembly)
    law = Provision.objects.in_force(dong=assembly.dong, at=at)
    refuse(
        rules.why_not_announce(
            state=State(assembly.state),
            questions=assembly.questions.count(),
            held_on=assembly.held_on,
            on=timezone.localdate(at),
            lead=law["assembly.promote_days_before"].days(),
        )
    )
    assembly.state, assembly.announced_at = State.ANNOUNCED, at
    assembly.save(update_fields=["state", "announced_at"])
    notice.announce(
        title=_("%(title)s를 엽니다") % {"title": assembly.title},
        text=_("%(day)s %(place)s에서 엽니다. 무엇을 정하는지 미리 보고, 온라인으로도 투표합니다.")
        % {"day": day(assembly.held_on), "place": assembly.place},
        dong=assembly.dong,
        link=assembly.get_absolute_url(),
        until_on=assembly.held_on,
        by=by,
        at=at,
    )
    say(assembly, "announce", _("주민총회를 공고했습니다"), by=by, at=at)
    for row in _told_here(assembly):
        thread.note(
            thread=row.thread,
            step="assembly.announce",
            title=_("%(day)s 주민총회에서 정합니다") % {"day": day(assembly.held_on)},
            text=row.question.title,
            link=assembly.get_absolute_url(),
            state=_("투표에 오름"),
            public=True,
            by=by,
            at=at,
        )
    index(assembly)
    return assembly


@transaction.atomic
def announce_result(*, assembly, by, at):
    """Announce what the published count says, and tell every matter its outcome.

    Who took part is noted from the closed poll book, in the order of its random keys: that they
    took part, never when or what they chose.
    """
    assembly = locked(assembly)
    election = assembly.election
    refuse(
        rules.why_not_announce_result(
            state=State(assembly.state), published=election.state == Poll.PUBLISHED
        )
    )
    assembly.state, assembly.result_at = State.RESULT_ANNOUNCED, at
    assembly.save(update_fields=["state", "result_at"])
    asked = {question: question.outcomes() for question in assembly.questions.in_order()}
    outcomes = [outcome for found in asked.values() for outcome in found]
    decided = _decide_items(assembly, outcomes, by=by, at=at)
    for question, found in asked.items():
        for outcome in found:
            if outcome.thread.root_id not in decided:
                _tell(assembly, question, outcome, by=by, at=at)
    _note_participation(assembly)
    people = f"{election.participants():,}"
    chosen = sum(outcome.chosen for outcome in outcomes)
    title = _("주민 %(people)s명이 투표해 %(chosen)s가지를 정했습니다")
    title = title % {"people": people, "chosen": chosen}
    if not assembly.quorum_met:
        title = _("주민 %(people)s명이 투표했지만 정족수에 이르지 못했습니다") % {"people": people}
    say(assembly, "announce_result", title, by=by, at=at, chosen=chosen)
    register(assembly, "assembly_result", _("%s 결과 공고"), by=by, at=at)
    notice.announce(
        title=_("%(title)s 결과") % {"title": assembly.title},
        text=_("%(what)s. 까닭과 다시 세어 볼 자료를 함께 공개합니다.") % {"what": title},
        dong=assembly.dong,
        link=assembly.get_absolute_url(),
        until_on=assembly.objections_until,
        by=by,
        at=at,
    )
    index(assembly)
    return assembly


@transaction.atomic
def publish_minutes(*, assembly, text, by, at):
    """Publish the day's minutes (art. 23(6)); figures stand on the page from the records."""
    assembly = locked(assembly)
    refuse(rules.why_not_publish_minutes(state=State(assembly.state), text=text))
    assembly.state = State.MINUTES_PUBLISHED
    assembly.minutes, assembly.minutes_at = text.strip(), at
    assembly.save(update_fields=["state", "minutes", "minutes_at"])
    say(assembly, "publish_minutes", _("총회 회의록을 공개했습니다"), by=by, at=at)
    register(assembly, "assembly_minutes", _("%s 회의록"), by=by, at=at)
    index(assembly)
    return assembly


def _told_here(assembly):
    """The matters that no agenda item leads: those told it when they were tabled."""
    return (
        Tabled.objects.filter(question__assembly=assembly, thread__root__agenda_item=None)
        .exclude(thread__root=assembly.thread.root_id)
        .select_related("thread", "question__boxed")
        .order_by("question__boxed__position", "boxed__number")
    )


def _tell(assembly, question, outcome, *, by, at):
    said = texts.YES_NO_TOLD if question.kind == Kind.YES_NO else texts.TOLD
    thread.note(
        thread=outcome.thread,
        step="assembly.announce_result",
        title=said[outcome.chosen] % outcome.words,
        text=outcome.sentence,
        link=assembly.get_absolute_url(),
        state=_("선정") if outcome.chosen else _("선정되지 않음"),
        public=True,
        by=by,
        at=at,
    )


def _decide_items(assembly, outcomes, *, by, at):
    """An item with a line of its own on the ballot has its own outcome; one that was put only
    within a whole (a plan) shares the outcome of the whole.  Returns the matters that were told."""
    told = set()
    own = {outcome.thread.root_id for outcome in outcomes}
    lost = Decided.NOT_CHOSEN if assembly.quorum_met else Decided.AGAIN
    for outcome in outcomes:
        for item in AgendaItem.objects.behind(outcome.thread).order_by("pk"):
            of_the_whole = item.thread_id != outcome.thread.root_id
            if item.state != ItemState.TABLED or (of_the_whole and item.thread_id in own):
                continue
            if assembly.is_to_be_reconvened:
                agenda.untable(item=item, text=outcome.sentence, by=by, at=at)
                told.add(item.thread_id)
                continue
            votes = "" if of_the_whole else texts.VOTES % outcome.words
            agenda.decide(
                item=item,
                outcome=Decided.CHOSEN if outcome.chosen else lost,
                text=f"{votes} {outcome.sentence}".strip(),
                link=assembly.get_absolute_url(),
                by=by,
                at=at,
            )
            told.add(item.thread_id)
    return told


def _note_participation(assembly):
    voted = PollBookEntry.objects.voted().filter(elector__election=assembly.election)
    for entry in voted.select_related("elector__person").order_by("pk"):
        participation.add(
            person=entry.elector.person,
            dong=assembly.dong,
            kind=Part.Kind.VOTING,
            minutes=rules.MINUTES_FOR_A_VOTE,
            on=assembly.held_on,
            source=assembly,
        )
