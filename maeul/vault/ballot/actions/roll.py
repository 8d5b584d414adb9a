"""The main roll before it is frozen: compared, laid open, objected to, and tied to accounts."""

import hmac
import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.notice import actions as notice
from maeul.ground.people import rules as people
from maeul.ground.people.texts import REFUSALS as PEOPLE_REFUSALS
from maeul.vault.ballot import matching, rules
from maeul.vault.ballot.actions.acts import locked_whole
from maeul.vault.ballot.actions.draft import ElectorText, enrol
from maeul.vault.ballot.actions.known import hashes_of, secret_of
from maeul.vault.ballot.models import Elector, RollCode, RollObjection
from maeul.vault.ballot.rules import RollClaim, State, Why
from maeul.vault.ballot.texts import REFUSALS

LETTERS = "23456789bcdfghjkmnpqrstvwxz"  # no vowels, none that look alike
CODE = 12
TRIES, AN_HOUR = 10, 3600


@dataclass
class Compared:
    """One line that is to be added, laid beside the roll and the lines before it."""

    text: ElectorText
    there: Elector | None = None  # the very same person is on the roll
    same_as: int | None = None  # the place of an earlier line with the very same person
    near: list = field(default_factory=list)  # electors who are nearly the same
    near_lines: list = field(default_factory=list)  # places of earlier lines


def compare(*, election, electors) -> list[Compared]:
    """Who is there already, and who is nearly the same; changes nothing."""
    secret = secret_of(election)
    exact, near = {}, defaultdict(list)
    for elector in election.electors.filter(roll=Elector.Roll.MAIN, match_exact__isnull=False):
        exact[bytes(elector.match_exact)] = elector
        near[bytes(elector.match_name_day)].append(elector)
        near[bytes(elector.match_birth_family)].append(elector)
    lines, near_lines, found = {}, defaultdict(list), []
    for place, text in enumerate(electors):
        known = matching.hashes(secret, name=text.name, born_on=text.born_on)
        row = Compared(text, there=exact.get(known.exact), same_as=lines.get(known.exact))
        if row.there is None and row.same_as is None:
            for key in (known.name_day, known.birth_family):
                row.near += [each for each in near[key] if each not in row.near]
                row.near_lines += [each for each in near_lines[key] if each not in row.near_lines]
                near_lines[key].append(place)
            lines[known.exact] = place
        found.append(row)
    return found


@transaction.atomic
def lay_open(*, election, until, by, at):
    """Lay the roll open until a day: each reads their own line here, all of it at the office."""
    election = locked_whole(election)
    refuse_if(
        rules.why_not_lay_open(
            State(election.state),
            electors=election.electors.count(),
            until=until,
            on=timezone.localdate(at),
        ),
        REFUSALS,
    )
    election.roll_open_until = until
    election.save(update_fields=["roll_open_until"])
    audit.note("ballot.roll_laid_open", on=election, by=by, at=at, until=until.isoformat())
    return election


@transaction.atomic
def object_to_roll(*, election, claim, text, by, at):
    """Say that the roll is wrong, until the last day on which it lies open."""
    election = locked_whole(election)
    refuse_if(
        rules.why_not_object_to_roll(
            State(election.state),
            open_until=election.roll_open_until,
            on=timezone.localdate(at),
            waiting=election.roll_objections.undecided().filter(person=by).exists(),
            text=text,
        ),
        REFUSALS,
    )
    refuse_if(people.why_not_write(text), PEOPLE_REFUSALS)
    objection = RollObjection.objects.create(
        election=election, person=by, claim=claim, text=text.strip(), raised_at=at
    )
    audit.note("ballot.roll_objected", on=objection, by=by, at=at, claim=str(claim))
    return objection


@transaction.atomic
def decide_roll_objection(*, objection, upheld, reason, by, at):
    """An officer's word; it holds once the other one says the same.  Whoever says otherwise takes
    the other's word away, so that the first has to look again."""
    election = locked_whole(objection.election)
    objection = RollObjection.objects.select_related("person").get(pk=objection.pk)
    person = objection.person
    refuse_if(
        rules.why_not_decide_objection(
            State(election.state),
            decided=objection.confirmed_at is not None,
            reason=reason,
            adds=upheld and objection.claim == RollClaim.MISSING,
            born=person.born_on is not None,
        ),
        REFUSALS,
    )
    agrees = objection.decided_by_id not in (None, by.pk) and objection.upheld == upheld
    if agrees:
        objection.confirmed_by, objection.confirmed_at = by, at
    else:
        objection.upheld, objection.reason, objection.decided_by = upheld, reason.strip(), by
    objection.save()
    audit.note("ballot.roll_objection_decided", on=objection, by=by, at=at, final=agrees)
    if agrees:
        if upheld:
            _mend(election, objection, by=by, at=at)
        notice.tell(
            person=person,
            title=_("명부 이의: %(word)s") % {"word": objection.phase[1]},
            text=objection.reason,
            link=election.address_of_roll(),
            at=at,
        )
    return objection


def _mend(election, objection, *, by, at):
    person = objection.person
    if objection.claim == RollClaim.MISSING:
        text = ElectorText(person.name, person=person, proof=_("명부 이의"), born_on=person.born_on)
        enrol(election=election, electors=[text], by=by, at=at)
    elif objection.claim == RollClaim.WRONG:
        hashes = hashes_of(secret_of(election), person.name, person.born_on)
        election.electors.filter(person=person).update(name=person.name, **hashes)


@transaction.atomic
def issue_codes(*, election, by, at) -> list[tuple[Elector, str]]:
    """A new code for everybody on the main roll without an account; the former ones end.

    The codes leave this function once, onto paper; kept are their hashes.
    """
    election = locked_whole(election)
    refuse_if(rules.why_not_change(State(election.state)), REFUSALS)
    waiting = election.electors.filter(roll=Elector.Roll.MAIN, person=None).order_by("number")
    RollCode.objects.filter(elector__election=election).delete()
    issued = [(elector, new_code()) for elector in waiting]
    RollCode.objects.bulk_create(
        RollCode(elector=elector, code_hash=_hash_of(code), issued_at=at)
        for elector, code in issued
    )
    audit.note("ballot.roll_codes_issued", on=election, by=by, at=at, letters=len(issued))
    return issued


@transaction.atomic
def redeem_code(*, election, code, by, at) -> Elector:
    """Tie the account to the elector whose letter it is: same name, and same birth date where both
    are known.  Guessing is stopped after a few tries an hour."""
    election = locked_whole(election)
    counts, key = caches["limits"], f"ballot:{election.pk}:code:{by.pk}"
    counts.add(key, 0, AN_HOUR)
    if counts.incr(key) > TRIES:
        refuse_if(No(Why.CODE_TOO_OFTEN), REFUSALS)
    wanted = _hash_of("".join(code.split()).lower().replace("-", ""))
    found = RollCode.objects.select_related("elector").filter(
        code_hash=wanted, elector__election=election, elector__person=None
    )
    row = found.first()
    refuse_if(
        rules.why_not_redeem(
            State(election.state),
            on_the_roll=election.electors.filter(person=by).exists(),
            known=row is not None,
            is_this_person=row is not None and _is(row.elector, by, secret_of(election)),
        ),
        REFUSALS,
    )
    elector = row.elector
    elector.person = by
    elector.save(update_fields=["person"])
    row.delete()
    audit.note("ballot.roll_code_redeemed", on=elector, by=by, at=at)
    return elector


def _is(elector, person, secret) -> bool:
    if elector.match_exact is not None and person.born_on is not None:
        known = matching.hashes(secret, name=person.name, born_on=person.born_on)
        return bytes(elector.match_exact) == known.exact
    return matching.plain(elector.name) == matching.plain(person.name)


def new_code() -> str:
    """Twelve signs in threes, to be typed from paper: 56 bits."""
    return "-".join(
        "".join(secrets.choice(LETTERS) for _sign in range(3)) for _part in range(CODE // 3)
    )


def _hash_of(code: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), code.replace("-", "").encode(), sha256)
