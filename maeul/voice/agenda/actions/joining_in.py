from django.db import transaction
from django.utils import timezone

from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.notice import actions as notice
from maeul.ground.people import rules as people
from maeul.ground.people.texts import REFUSALS as PEOPLE_REFUSALS
from maeul.voice.agenda import rules
from maeul.voice.agenda.actions.moving import count_supporters, locked
from maeul.voice.agenda.models import Offer, Support
from maeul.voice.agenda.rules import Outcome, State
from maeul.voice.agenda.texts import REFUSALS, offer_news


@transaction.atomic
def support(*, item, by, at):
    """공감: stand behind a matter, once, whichever of its sentences one came by."""
    item = locked(item)
    refuse_if(
        rules.why_not_support(
            state=State(item.state),
            public=item.is_public,
            already=Support.objects.of_matter(item.thread).filter(person=by).exists(),
        ),
        REFUSALS,
    )
    given = Support.objects.create(item=item, person=by, at=at)
    count_supporters(item)
    audit.note("agenda.supported", on=item, by=by, at=at)
    return given


@transaction.atomic
def unsupport(*, item, by, at):
    """Take a 공감 back, on whichever sentence of the matter it was given."""
    item = locked(item)
    taken, _rows = Support.objects.of_matter(item.thread).filter(person=by).delete()
    refuse_if(rules.why_not_unsupport(supported=taken > 0), REFUSALS)
    count_supporters(item)
    audit.note("agenda.unsupported", on=item, by=by, at=at)


@transaction.atomic
def offer_help(*, item, kind, until, by, at, text=""):
    """Say what one could give to the matter, and until when."""
    refuse_if(people.why_not_write(text), PEOPLE_REFUSALS)
    item = locked(item)
    refuse_if(
        rules.why_not_offer(
            state=State(item.state),
            outcome=Outcome(item.outcome) if item.outcome else None,
            public=item.is_public,
            already=item.offers.filter(person=by, kind=kind, withdrawn_at=None).exists(),
            until=until,
            today=timezone.localdate(at),
        ),
        REFUSALS,
    )
    offer = Offer.objects.create(
        item=item, person=by, kind=kind, text=text, until_on=until, offered_at=at
    )
    audit.note("agenda.help_offered", on=offer, by=by, at=at)
    if item.author_id != by.pk:
        notice.tell(
            person=item.author,
            title=str(offer_news(offer)),
            text=f"‘{item.title}’",
            link=item.get_absolute_url(),
            at=at,
        )
    return offer


@transaction.atomic
def withdraw_offer(*, offer, by, at):
    """Take an offer of help back."""
    offer = Offer.objects.select_for_update().get(pk=offer.pk)
    refuse_if(
        rules.why_not_withdraw_offer(
            theirs=offer.person_id == by.pk, over=offer.withdrawn_at is not None
        ),
        REFUSALS,
    )
    offer.withdrawn_at = at
    offer.save(update_fields=["withdrawn_at"])
    audit.note("agenda.offer_withdrawn", on=offer, by=by, at=at)
    return offer
