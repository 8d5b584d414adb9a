from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core import upload
from maeul.core.refusal import refuse_if
from maeul.ground.audit import actions as audit
from maeul.ground.district.outline import holds
from maeul.ground.people import rules as people
from maeul.ground.people.texts import REFUSALS as PEOPLE_REFUSALS
from maeul.ground.thread import actions as thread
from maeul.vault.participation import actions as participation
from maeul.voice.agenda import rules
from maeul.voice.agenda.actions.moving import due, locked, move, say
from maeul.voice.agenda.models import AgendaItem, Photo
from maeul.voice.agenda.rules import Category, Source, State
from maeul.voice.agenda.texts import REFUSALS


def capture(
    *,
    title,
    dong,
    by,
    at,
    text="",
    category=Category.UNSURE,
    place="",
    point=None,
    shows_name=False,
    photos=(),
):
    """Say what should change: one sentence of the person who acts.  Opens its thread."""
    return _open(
        title=title,
        dong=dong,
        by=by,
        at=at,
        author=by,
        entered_by=None,
        step_title=_("한 문장을 보냈습니다"),
        text=text,
        category=category,
        source=Source.PAGE,
        place=place,
        point=point,
        shows_name=shows_name,
        photos=photos,
    )


def write_down(
    *,
    title,
    dong,
    source,
    by,
    at,
    author=None,
    reach="",
    text="",
    category=Category.UNSURE,
    place="",
    point=None,
    shows_name=False,
    photos=(),
):
    """Write down what somebody said elsewhere; `by` is of the staff.

    `author` is a person already entered, or nobody; then `reach` tells staff how the answer gets
    back, and the worklist asks for it when the item has come to an end.
    """
    return _open(
        title=title,
        dong=dong,
        by=by,
        at=at,
        author=author,
        entered_by=by,
        step_title=_("한 문장을 듣고 적었습니다"),
        text=text,
        category=category,
        source=source,
        place=place,
        point=point,
        shows_name=shows_name,
        photos=photos,
        reach=reach if author is None else "",
    )


@transaction.atomic
def _open(*, title, dong, by, at, author, entered_by, step_title, point, photos, **said):
    refuse_if(
        people.why_not_write(title, said["text"], said["place"], said.get("reach", "")),
        PEOPLE_REFUSALS,
    )
    longitude, latitude = point or (None, None)
    refuse_if(
        rules.why_not_capture(
            title=title,
            spoken_for=author is not None or entered_by is not None,
            longitude=longitude,
            latitude=latitude,
            inside=_inside(dong, longitude, latitude),
        ),
        REFUSALS,
    )
    title = title.strip()
    item = AgendaItem.objects.create(
        thread=thread.open(title=title, dong=dong, by=by, at=at, opened_by=author),
        dong=dong,
        title=title,
        author=author,
        entered_by=entered_by,
        longitude=longitude,
        latitude=latitude,
        captured_at=at,
        moved_at=at,
        due_on=due(dong, "agenda.triage_days", at),
        **said,
    )
    Photo.objects.bulk_create(
        Photo(item=item, upload=upload.keep(checked, by=by, at=at)) for checked in photos
    )
    say(item, verb="captured", title=step_title, text=title, by=by, at=at)
    participation.add(
        person=author,
        dong=dong,
        kind="proposing",
        minutes=rules.MINUTES_FOR_A_SENTENCE,
        on=timezone.localdate(at),
        source=item,
    )
    return item


@transaction.atomic
def correct(*, item, by, at, title, text="", category=None, place="", point=None, shows_name=None):
    """The author changes the words before anybody has taken them up."""
    item = locked(item)
    refuse_if(rules.why_not_correct(state=State(item.state)), REFUSALS)
    refuse_if(people.why_not_write(title, text, place), PEOPLE_REFUSALS)
    longitude, latitude = point or (None, None)
    refuse_if(
        rules.why_not_capture(title=title, spoken_for=True, longitude=longitude, latitude=latitude),
        REFUSALS,
    )
    item.title, item.text, item.place = title.strip(), text, place
    item.longitude, item.latitude = longitude, latitude
    item.category = item.category if category is None else category
    item.shows_name = item.shows_name if shows_name is None else shows_name
    item.save()
    item.thread.title = item.title
    item.thread.save(update_fields=["title"])
    say(item, verb="corrected", title=_("문장을 고쳤습니다"), text=item.title, by=by, at=at)
    return item


def _inside(dong, longitude, latitude):
    """Is the place in the dong?  Where no boundary is known, every place is."""
    if longitude is None or latitude is None or not dong.boundary:
        return True
    return holds(dong.boundary, longitude, latitude)


@transaction.atomic
def withdraw(*, item, by, at):
    """The author takes the sentence back; it is no longer shown to anybody else."""
    item = locked(item)
    refuse_if(
        rules.why_not_withdraw(
            state=State(item.state),
            theirs=by.pk in (item.author_id, item.entered_by_id),
            gathered=AgendaItem.objects.of_matter(item.thread).exclude(pk=item.pk).exists(),
        ),
        REFUSALS,
    )
    return move(
        item,
        State.WITHDRAWN,
        verb="withdrawn",
        title=_("보낸 분이 거두었습니다"),
        by=by,
        at=at,
        is_public=False,
        reach="",
    )


@transaction.atomic
def take_out_photo(*, photo, by, at):
    """Remove a picture for good: a face, a number plate, the wrong one."""
    audit.note("agenda.photo_taken_out", on=photo.item, by=by, at=at)
    file = photo.upload
    photo.delete()
    upload.forget(file)
