"""Freezing: everything that is decided before the first ballot, in one file and one hash."""

from hashlib import sha256

from django.conf import settings
from django.db import transaction
from nacl.signing import SigningKey

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.vault.ballot import clock, hall, manifest, offline, rules
from maeul.vault.ballot.actions.acts import locked_whole, note
from maeul.vault.ballot.models import Election, ReceiptKey
from maeul.vault.ballot.rules import BY_TOTALS, SMALLEST_CELL, Channel, Rule, Shown, State
from maeul.vault.ballot.texts import REFUSALS


@transaction.atomic
def freeze(*, election, by, at):
    """Freeze the election.  Afterwards nothing of it can change, by nobody."""
    election = locked_whole(election)
    _send_everybody_to_the_only_booth(election)
    refuse_if(rules.why_not_freeze(what_is_drafted(election), clock=clock.now()), REFUSALS)
    receipt_key = SigningKey.generate()
    ReceiptKey.objects.create(election=election, seed=bytes(receipt_key))
    election.receipt_key = bytes(receipt_key.verify_key)
    election.roll_size = election.electors.count()
    election.roll_hash = hash_of_roll(election)
    content = content_of(election)
    content["plaintext_bytes"] = 0
    shape = manifest.read(manifest.write(content))
    content["plaintext_bytes"] = manifest.plaintext_bytes_for(shape.questions, election.styles)
    raw = manifest.write(content)
    election.plaintext_bytes = content["plaintext_bytes"]
    election.manifest = raw.decode()
    election.chain0 = sha256(raw).digest()
    election.state = State.FROZEN
    election.save()
    note(election, "froze", by=by, at=at, chain0=election.chain0.hex())
    return election


def _send_everybody_to_the_only_booth(election) -> None:
    booths = list(election.booths.all()[:2])
    if len(booths) == 1:
        election.electors.filter(booth=None).update(booth=booths[0])


def what_is_drafted(election) -> rules.Drafted:
    officers = list(election.officers.select_related("person").order_by("pk"))
    locks = list(election.locks.all())
    passed = {each.with_copies for each in election.rehearsals.all() if each.passed_at}
    return rules.Drafted(
        state=State(election.state),
        questions=election.questions.count(),
        electors=election.electors.count(),
        officers_from_council=[officer.from_council for officer in officers],
        officer_names={officer.person.name for officer in officers},
        holders=[lock.holder for lock in locks],
        locks=[bytes(lock.public_key) for lock in locks],
        rehearsed_with_originals=False in passed,
        rehearsed_with_copies=True in passed,
        opens_at=election.opens_at,
        closes_at=election.closes_at,
        tie_source=election.tie_source,
        head_places=election.head_places,
        played_clock=clock.is_played(),
        may_play=may_play(),
        channels=[Channel(channel) for channel in election.channels],
        booths=hours_of_booths(election),
        electors_without_booth=_electors_without_booth(election),
        roll_open_until=election.roll_open_until,
        roll_objections=election.roll_objections.undecided().count(),
        no_hall=why_not_in_a_hall(election) if election.is_hall else None,
    )


def why_not_in_a_hall(election) -> No | None:
    questions = election.questions.all()
    return hall.why_not_hold_here(
        booths=election.booths.count(),
        styles=len(election.styles),
        by_totals=all(Rule(question.rule) in BY_TOTALS for question in questions),
        whole_ballots=any(question.whole_ballots != Shown.CHOICES for question in questions),
    )


def hours_of_booths(election) -> dict[str, list]:
    return {
        booth.name: [(hours.opens_at, hours.closes_at) for hours in booth.hours.all()]
        for booth in election.booths.prefetch_related("hours")
    }


def _electors_without_booth(election) -> int:
    """With one booth nobody needs to be told theirs."""
    if election.booths.count() < 2:
        return 0
    return election.electors.filter(booth=None).count()


def may_play() -> bool:
    return settings.DEMO or getattr(settings, "PLAYED_CLOCK", False)


def hash_of_roll(election: Election) -> bytes:
    """SHA-256 over the lines of the main roll as it lies open at the office."""
    digest = sha256()
    rows = election.electors.filter(roll="main").order_by("number")
    for *facts, booth in rows.values_list("number", "name", "style", "proof", "booth__number"):
        line = facts if booth is None else [*facts, booth]
        digest.update(("\t".join(map(str, line)) + "\n").encode())
    return digest.digest()


def content_of(election: Election) -> dict:
    """`manifest.json`: exactly what voting needs to be checked, and no more."""
    return {
        "format": manifest.FORMAT,
        **({"note": "시범: 실제 투표가 아닙니다"} if clock.is_played() else {}),
        "election": str(election.pk),
        "title": election.title,
        "lead": election.lead,
        "currency": {"code": election.currency, "minor_digits": election.minor_digits},
        "opens_at": election.opens_at.isoformat(),
        "closes_at": election.closes_at.isoformat(),
        "online_closes_at": election.online_ends_at.isoformat(),
        "questions": [
            {
                "key": question.key,
                "title": question.title,
                "text": question.text,
                "rule": question.rule,
                "marking": question.marking,
                "parameters": question.parameters,
                "at_least": question.at_least,
                "at_most": question.at_most,
                "ballot_limit": question.ballot_limit,
                "whole_ballots": question.whole_ballots,
                "reference": question.reference,
                "options": [
                    {
                        "number": option.number,
                        "title": option.title,
                        "lines": option.lines,
                        "cost": option.cost,
                        "place": option.place,
                        "details": option.details,
                        "picture": option.picture_hash,
                        **({"easy": option.easy} if option.easy else {}),
                        "reference": option.reference,
                    }
                    for option in question.options.all()
                ],
            }
            for question in election.questions.prefetch_related("options")
        ],
        "styles": {
            style: [
                question.key
                for question in election.questions.all()
                if not question.styles or style in question.styles
            ]
            for style in election.styles
        },
        "cells": {"of": "style", "at_least": SMALLEST_CELL, "fallback": "합계"},
        "roll": {
            "size": election.roll_size,
            "styles": {
                style: election.electors.filter(style=style).count() for style in election.styles
            },
            "hash": bytes(election.roll_hash).hex(),
        },
        "quorum": {"participants": election.quorum, "source": election.quorum_source},
        "born_by": election.born_by and election.born_by.isoformat(),
        "channels": list(election.channels),
        **({"hall": True} if election.is_hall else {}),
        "booths": [
            {
                "number": booth.number,
                "name": booth.name,
                "hours": [
                    {
                        "place": hours.place,
                        "opens_at": hours.opens_at.isoformat(),
                        "closes_at": hours.closes_at.isoformat(),
                    }
                    for hours in booth.hours.all()
                ],
            }
            for booth in election.booths.prefetch_related("hours")
        ],
        "help_place": election.help_place,
        "officers": [
            {"name": officer.person.name, "from_council": officer.from_council}
            for officer in election.officers.select_related("person").order_by("pk")
        ],
        "tie_seed": {
            "source": election.tie_source,
            "on": election.tie_on and election.tie_on.isoformat(),
        },
        "locks": [
            {"holder": lock.holder, "public_key": bytes(lock.public_key).hex()}
            for lock in election.locks.all()
        ],
        "holders_file": offline.keep(offline.holders_file()),
        "receipt_key": bytes(election.receipt_key).hex(),
        "head_places": election.head_places,
        "plaintext_bytes": election.plaintext_bytes,
    }
