"""Preparing an election: questions, roll, officers, locks, rehearsal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.vault.ballot import opener, rules
from maeul.vault.ballot.actions.acts import locked_whole
from maeul.vault.ballot.actions.known import hashes_of, secret_of
from maeul.vault.ballot.models import (
    EVERYBODY,
    Booth,
    BoothHours,
    Election,
    ElectionOfficer,
    Elector,
    Lock,
    Option,
    Question,
    Rehearsal,
)
from maeul.vault.ballot.rules import Channel, Rule, Shown, Why
from maeul.vault.ballot.texts import REFUSALS


@dataclass(frozen=True, slots=True)
class OptionText:
    """One thing to choose, as the caller words it; `reference` is the caller's own."""

    title: str
    lines: str = ""
    cost: int | None = None
    place: str = ""
    details: str = ""
    picture_hash: str = ""
    reference: str = ""
    easy: str = ""


@dataclass(frozen=True, slots=True)
class ElectorText:
    """One line of the roll.  `person` is None for somebody without an account.

    Of the birth date only hashes are kept, by which the door knows a person again; `booth` is
    where they vote in person, which an election with one booth does not need to be told.
    """

    name: str
    person: object = None
    style: str = EVERYBODY
    proof: str = ""
    born_on: date | None = None
    booth: Booth | None = None


@dataclass(frozen=True, slots=True)
class BoothText:
    """A booth and where it is when: `hours` are triples of a place, from and until."""

    name: str
    hours: Sequence[tuple[str, datetime, datetime]]


@transaction.atomic
def draft(
    *,
    title,
    lead="",
    opens_at=None,
    closes_at=None,
    online_closes_at=None,
    channels=(Channel.ONLINE,),
    born_by=None,
    styles=(EVERYBODY,),
    currency="KRW",
    minor_digits=0,
    quorum=None,
    quorum_source="",
    tie_source="",
    tie_on=None,
    head_places=(),
    help_place="",
    by,
    at,
):
    """Begin an election.  Everything can be changed until it is frozen."""
    election = Election.objects.create(
        title=title,
        lead=lead,
        drafted_at=at,
        opens_at=opens_at,
        closes_at=closes_at,
        online_closes_at=online_closes_at,
        channels=[Channel(channel) for channel in channels],
        born_by=born_by,
        styles=list(styles),
        currency=currency,
        minor_digits=minor_digits,
        quorum=quorum,
        quorum_source=quorum_source,
        tie_source=tie_source,
        tie_on=tie_on,
        head_places=list(head_places),
        help_place=help_place,
    )
    audit.note("ballot.drafted", on=election, by=by, at=at)
    return election


@transaction.atomic
def set_times(*, election, opens_at, closes_at, born_by=None, by, at):
    """When it begins and ends; who is born after `born_by` is too young to be registered."""
    election = _draft(election)
    refuse_if(rules.why_not_these_times(opens_at, closes_at, clock=at), REFUSALS)
    election.opens_at, election.closes_at = opens_at, closes_at
    election.online_closes_at, election.born_by = None, born_by
    election.save(update_fields=["opens_at", "closes_at", "online_closes_at", "born_by"])
    audit.note("ballot.timed", on=election, by=by, at=at)
    return election


@transaction.atomic
def set_channels(*, election, channels, online_closes_at=None, by, at):
    """By which ways people may vote, and when voting online ends, if before the rest."""
    election = _draft(election)
    refuse_if(
        rules.why_not_these_channels(
            channels,
            opens_at=election.opens_at,
            closes_at=election.closes_at,
            online_closes_at=online_closes_at,
        ),
        REFUSALS,
    )
    election.channels = [channel for channel in Channel if channel in set(channels)]
    election.online_closes_at = online_closes_at
    election.is_hall = False
    election.save(update_fields=["channels", "online_closes_at", "is_hall"])
    audit.note("ballot.channels_set", on=election, by=by, at=at, channels=election.channels)
    return election


@transaction.atomic
def set_quorum(*, election, quorum, source, by, at):
    """Say how many have to take part, and by what that was decided."""
    election = _draft(election)
    election.quorum, election.quorum_source = quorum, source
    election.save(update_fields=["quorum", "quorum_source"])
    audit.note("ballot.quorum_set", on=election, by=by, at=at, quorum=quorum)
    return election


@transaction.atomic
def set_booths(*, election, booths: Sequence[BoothText], by, at) -> list[Booth]:
    """Where people vote in person.  Booths keep their number, so that electors stay at theirs."""
    election = _draft(election)
    known = {booth.number: booth for booth in election.booths.all()}
    gone = [booth.pk for number, booth in known.items() if number > len(booths)]
    if election.electors.filter(booth__in=gone).exists():
        refuse_if(No(Why.BOOTH_HAS_ELECTORS), REFUSALS)
    BoothHours.objects.filter(booth__election=election).delete()
    election.booths.filter(pk__in=gone).delete()
    for number, booth in known.items():  # a name may have moved to another number
        Booth.objects.filter(pk=booth.pk).update(name=f"#{number}")
    there = []
    for number, text in enumerate(booths, 1):
        booth, _ = Booth.objects.update_or_create(
            election=election, number=number, defaults={"name": text.name}
        )
        BoothHours.objects.bulk_create(
            BoothHours(booth=booth, place=place, opens_at=begin, closes_at=end)
            for place, begin, end in text.hours
        )
        there.append(booth)
    audit.note("ballot.booths_set", on=election, by=by, at=at, booths=len(there))
    return there


@transaction.atomic
def put(
    *,
    election,
    title,
    options: Sequence[OptionText],
    rule,
    parameters=None,
    text="",
    at_least=0,
    at_most=1,
    ballot_limit=None,
    whole_ballots=Shown.CHOICES,
    styles=(),
    reference="",
    by,
    at,
):
    """Put a question to the electors of the named styles; of all, when none is named."""
    election = _draft(election)
    parameters = parameters or {}
    refuse_if(
        rules.why_not_put(
            rule=Rule(rule),
            parameters=parameters,
            costs=[option.cost for option in options],
            at_least=at_least,
            at_most=at_most,
            whole_ballots=Shown(whole_ballots),
            styles=styles,
            known_styles=election.styles,
        ),
        REFUSALS,
    )
    last = election.questions.order_by("-position").first()
    question = Question.objects.create(
        election=election,
        position=last.position + 1 if last else 1,
        title=title,
        text=text,
        rule=rule,
        parameters=parameters,
        at_least=at_least,
        at_most=at_most,
        ballot_limit=ballot_limit,
        whole_ballots=whole_ballots,
        styles=list(styles),
        reference=reference,
    )
    Option.objects.bulk_create(
        Option(
            question=question,
            number=number,
            title=option.title,
            lines=option.lines,
            cost=option.cost,
            place=option.place,
            details=option.details,
            picture_hash=option.picture_hash,
            reference=option.reference,
            easy=option.easy,
        )
        for number, option in enumerate(options, 1)
    )
    audit.note("ballot.put", on=question, by=by, at=at)
    return question


@transaction.atomic
def set_rule(*, question, rule, parameters, whole_ballots, by, at):
    """Count the question by another rule; its options and limits stay."""
    election = _draft(question.election)
    question = Question.objects.select_for_update().get(pk=question.pk, election=election)
    refuse_if(
        rules.why_not_mark_by(now=Rule(question.rule), wanted=Rule(rule))
        or rules.why_not_count_by(
            rule=Rule(rule),
            parameters=parameters,
            costs=list(question.options.values_list("cost", flat=True)),
            at_most=question.at_most,
            whole_ballots=Shown(whole_ballots),
        ),
        REFUSALS,
    )
    question.rule, question.parameters = rule, parameters
    question.whole_ballots = whole_ballots
    question.save(update_fields=["rule", "parameters", "whole_ballots"])
    audit.note("ballot.rule_set", on=question, by=by, at=at, rule=str(rule))
    return question


@transaction.atomic
def take_out(*, question, by, at):
    """Take a question out of a draft; the later ones move up."""
    election = _draft(question.election)
    audit.note("ballot.taken_out", on=question, by=by, at=at)
    question.options.all().delete()
    question.delete()
    for position, each in enumerate(election.questions.order_by("position"), 1):
        if each.position != position:
            each.position = position
            each.save(update_fields=["position"])


@transaction.atomic
def enrol(*, election, electors: Iterable[ElectorText], by, at) -> int:
    """Add people to the main roll; who is on it already stays as they are.

    An exact match of name and birth date is the same person: a line without an account gets the
    account, a line of a list adds nobody.  Returns how many were added.
    """
    election = _draft(election)
    electors = list(electors)
    if not {elector.style for elector in electors} <= set(election.styles):
        refuse_if(No(Why.UNKNOWN_STYLE), REFUSALS)
    known = set(election.electors.filter(person__isnull=False).values_list("person_id", flat=True))
    last = election.electors.order_by("-number").first()
    number = last.number if last else 0
    secret = secret_of(election)
    there = {
        bytes(row.match_exact): row
        for row in election.electors.filter(match_exact__isnull=False).only("match_exact", "person")
    }
    rows = []
    for elector in electors:
        if elector.person is not None:
            if elector.person.pk in known:
                continue
            known.add(elector.person.pk)
        hashes = hashes_of(secret, elector.name, elector.born_on)
        same = there.get(hashes.get("match_exact"))
        if same is not None and elector.person is None:
            continue
        if same is not None and same.person_id is None:
            Elector.objects.filter(pk=same.pk).update(person=elector.person)
            same.person = elector.person
            continue
        number += 1
        rows.append(
            Elector(
                election=election,
                number=number,
                person=elector.person,
                name=elector.name,
                style=elector.style,
                proof=elector.proof,
                booth=elector.booth,
                **hashes,
            )
        )
        if hashes:
            there[hashes["match_exact"]] = rows[-1]
    Elector.objects.bulk_create(rows, batch_size=2000)
    audit.note("ballot.enrolled", on=election, by=by, at=at, electors=len(rows))
    return len(rows)


@transaction.atomic
def assign_booth(*, election, booth, first, last, by, at) -> int:
    """Send the electors with these numbers of the main roll to this booth."""
    election = _draft(election)
    there = election.booths.get(pk=booth.pk)
    sent = election.electors.filter(number__range=(first, last)).update(booth=there)
    audit.note("ballot.booth_assigned", on=there, by=by, at=at, electors=sent)
    return sent


@transaction.atomic
def name_officers(*, election, officers, by, at):
    """`officers`: pairs of a person and whether the council sent them.  Replaces the former."""
    election = _draft(election)
    election.officers.all().delete()
    ElectionOfficer.objects.bulk_create(
        ElectionOfficer(election=election, person=person, from_council=from_council)
        for person, from_council in officers
    )
    audit.note("ballot.officers_named", on=election, by=by, at=at, officers=len(officers))


@transaction.atomic
def set_locks(*, election, locks, by, at):
    """`locks`: two pairs of a holder's name and their public key.  New locks, new rehearsal."""
    election = _draft(election)
    if len(locks) != 2:
        refuse_if(No(Why.TWO_LOCKS), REFUSALS)
    if len({bytes(key) for _, key in locks}) != 2 or any(len(key) != 32 for _, key in locks):
        refuse_if(No(Why.LOCKS_ALIKE), REFUSALS)
    election.locks.all().delete()
    election.rehearsals.all().delete()
    Lock.objects.bulk_create(
        Lock(election=election, number=number, holder=holder, public_key=bytes(key))
        for number, (holder, key) in enumerate(locks, 1)
    )
    audit.note("ballot.locks_set", on=election, by=by, at=at)


@transaction.atomic
def start_rehearsal(*, election, with_copies=False, by, at):
    """Lock a word with both locks.  What is stored of the word is its hash."""
    election = _draft(election)
    locks = [bytes(lock.public_key) for lock in election.locks.all()]
    if len(locks) != 2:
        refuse_if(No(Why.TWO_LOCKS), REFUSALS)
    word = opener.new_word()
    rehearsal, _ = Rehearsal.objects.update_or_create(
        election=election,
        with_copies=with_copies,
        defaults={
            "parcel": opener.write_rehearsal(locks, word),
            "word_hash": sha256(word.encode()).hexdigest(),
            "passed_at": None,
        },
    )
    audit.note("ballot.rehearsal_started", on=rehearsal, by=by, at=at)
    return rehearsal


@transaction.atomic
def check_rehearsal(*, rehearsal, word, by, at):
    """The holders opened the mock ballot: they know the word."""
    election = _draft(rehearsal.election)
    rehearsal = election.rehearsals.get(pk=rehearsal.pk)
    if sha256(word.strip().lower().encode()).hexdigest() != rehearsal.word_hash:
        refuse_if(No(Why.WRONG_WORD), REFUSALS)
    rehearsal.passed_at = at
    rehearsal.save(update_fields=["passed_at"])
    audit.note("ballot.rehearsed", on=rehearsal, by=by, at=at)
    return rehearsal


def _draft(election) -> Election:
    election = locked_whole(election)
    refuse_if(rules.why_not_change(rules.State(election.state)), REFUSALS)
    return election
