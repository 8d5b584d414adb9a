"""Officers' acts: written beside the election, and into the trail."""

import json
from datetime import UTC
from hashlib import sha256

from maeul.ground.audit import actions as audit
from maeul.vault.ballot.models import Election, ElectionOfficer, OfficerAct

ON_THE_BOARD = {"extended", "booth_lost", "board_restored", "agreed_totals"}
"""What became of the poll, and what was counted aloud: who reads the board learns of it."""


def note(election, act, *, by, at, subject="", **facts):
    """`by` is a person, or the text `system` for a job."""
    person = None if isinstance(by, str) else by
    audit.note(f"ballot.{act}", on=election, by=by, at=at, **facts)
    return OfficerAct.objects.create(
        election=election,
        act=act,
        subject=subject,
        by=person,
        at=at,
        facts=facts,
        leaf=leaf_of_act(act, subject, at, facts) if act in ON_THE_BOARD else None,
    )


def leaf_of_act(act, subject, at, facts) -> bytes:
    """SHA-256 of what `acts.jsonl` tells of it, without who: as `verify.py` makes it again."""
    told = {"act": act, "subject": subject, "at": at.astimezone(UTC).isoformat(), "facts": facts}
    return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).digest()


def locked(election) -> Election:
    """The election's row, held against other officers; casts do not wait for it."""
    return Election.objects.select_for_update(no_key=True).get(pk=election.pk)


def locked_whole(election) -> Election:
    """Held also against whoever adds a question or an elector."""
    return Election.objects.select_for_update().get(pk=election.pk)


def officers_of(election) -> set[int]:
    return set(
        ElectionOfficer.objects.filter(election=election).values_list("person_id", flat=True)
    )


def confirmed_by(election, act, subject="") -> set[int]:
    return set(
        OfficerAct.objects.filter(election=election, act=act, subject=subject).values_list(
            "by_id", flat=True
        )
    )


def is_fixed(election) -> bool:
    """Whether the list of what is opened is fixed: the door is shut for good."""
    return OfficerAct.objects.filter(election=election, act="fixed_list").exists()
