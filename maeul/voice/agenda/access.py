"""Who may.  Everybody asked here may be nobody: a visitor who is not signed in."""

from maeul.voice.agenda.models import STAFF
from maeul.voice.agenda.rules import State


def can_capture(person) -> bool:
    """Anybody with an account; a visitor signs in first and finds the text again."""
    return person.is_authenticated and person.is_active


def can_capture_for_others(person, dong) -> bool:
    """Write down what somebody said in the street, at the desk or by phone."""
    return person.is_authenticated and person.serves(dong)


def can_triage(person, item) -> bool:
    """Staff of the dong; whether it is their own sentence is the rule's to say."""
    return person.is_authenticated and person.serves(item.dong)


def can_see(person, item) -> bool:
    """All what is public; else its author, who wrote it down, and the dong's staff."""
    if item.is_public:
        return True
    if not person.is_authenticated:
        return False
    return person.pk in (item.author_id, item.entered_by_id) or person.serves(item.dong)


def can_correct(person, item) -> bool:
    """Its author, or whoever wrote it down for somebody without an account."""
    if not person.is_authenticated:
        return False
    return person.pk == item.author_id or (
        item.author_id is None and person.pk == item.entered_by_id
    )


def can_withdraw(person, item) -> bool:
    return can_correct(person, item)


def can_take_out_photo(person, item) -> bool:
    """Staff at any time; its author until the sentence is taken in."""
    return can_triage(person, item) or (item.state == State.CAPTURED and can_correct(person, item))


def can_support(person, item) -> bool:
    """Anybody with an account: the number shows interest, it decides nothing."""
    return can_capture(person) and can_see(person, item)


def can_offer_help(person, item) -> bool:
    return can_support(person, item)


def can_see_offers(person, item) -> bool:
    """Names of helpers are for the author and the dong's staff."""
    return person.is_authenticated and (person.pk == item.author_id or person.serves(item.dong))


def can_withdraw_offer(person, offer) -> bool:
    return person.is_authenticated and person.pk == offer.person_id


def can_run_the_desk(person, dong) -> bool:
    """The joint meeting's desk: the dong's staff."""
    return person.is_authenticated and person.serves(dong)


def can_work(person) -> bool:
    """Has a worklist of agenda items: staff of any dong or of the district."""
    return person.is_authenticated and any(role.kind in STAFF for role in person.roles_today)
