from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core.refusal import refuse_if
from maeul.decision.assembly import rules
from maeul.decision.assembly.actions.say import locked, refuse
from maeul.decision.assembly.models import Helper
from maeul.ground.audit import actions as audit
from maeul.ground.notice import actions as notice
from maeul.ground.people import rules as people
from maeul.ground.people.texts import REFUSALS as PEOPLE_REFUSALS
from maeul.vault.participation import actions as participation
from maeul.vault.participation.models import Part


@transaction.atomic
def offer_help(*, assembly, help, note, by, at):
    """Offer to help on the day."""
    assembly = locked(assembly)
    refuse(
        rules.why_not_offer_help(
            public=assembly.is_public and not assembly.is_void,
            held_on=assembly.held_on,
            on=timezone.localdate(at),
            already=assembly.helpers.filter(person=by, help=help).exists(),
        )
    )
    refuse_if(people.why_not_write(note), PEOPLE_REFUSALS)
    helper = Helper.objects.create(
        assembly=assembly, person=by, help=help, note=note, offered_at=at
    )
    audit.note("assembly.help_offered", on=helper, by=by, at=at, help=helper.help)
    return helper


@transaction.atomic
def withdraw_help(*, helper, by, at):
    """Take the offer back, until it is confirmed."""
    helper = Helper.objects.select_for_update().get(pk=helper.pk)
    refuse(rules.why_not_withdraw_help(confirmed=helper.confirmed_at is not None))
    audit.note("assembly.help_withdrawn", on=helper, by=by, at=at)
    helper.delete()


@transaction.atomic
def confirm_help(*, helper, minutes, by, at):
    """The dong's staff confirms how long somebody helped; that is time given to the village."""
    helper = (
        Helper.objects.select_for_update(of=["self"])
        .select_related("assembly__dong")
        .get(pk=helper.pk)
    )
    assembly = helper.assembly
    refuse(
        rules.why_not_confirm_help(
            confirmed=helper.confirmed_at is not None,
            held_on=assembly.held_on,
            on=timezone.localdate(at),
            minutes=minutes,
        )
    )
    helper.minutes, helper.confirmed_at = minutes, at
    helper.save(update_fields=["minutes", "confirmed_at"])
    audit.note("assembly.help_confirmed", on=helper, by=by, at=at, minutes=minutes)
    participation.add(
        person=helper.person,
        dong=assembly.dong,
        kind=Part.Kind.WORKING,
        minutes=minutes,
        on=assembly.held_on,
        source=helper,
    )
    notice.tell(
        person=helper.person,
        title=_("총회를 도와주셔서 고맙습니다"),
        text=_("%(help)s, %(minutes)s분이 참여 기록에 남았습니다.")
        % {"help": helper.get_help_display(), "minutes": minutes},
        link=assembly.get_absolute_url(),
        at=at,
    )
    return helper
