from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from maeul.ground.search.grams import grams
from maeul.ground.search.models import Entry


def put(
    *,
    link,
    kind,
    title,
    on,
    text="",
    dong=None,
    department=None,
    category="",
    point=None,
    cost_won=None,
    state="",
    contact="",
    thread=None,
):
    """Write or renew the row of a public thing.  `kind` is `agenda`, `meeting`, `project` …

    `point` is (longitude, latitude), `on` the date it is listed under, `thread` a Thread.
    Called by the action that changes the thing, in its transaction.
    """
    longitude, latitude = point or (None, None)
    entry, _made = Entry.objects.update_or_create(
        link=link,
        defaults={
            "kind": kind,
            "title": title,
            "text": text,
            "dong": dong,
            "department": department,
            "category": category,
            "on": on,
            "longitude": longitude,
            "latitude": latitude,
            "cost_won": cost_won,
            "state": state,
            "contact": contact,
            "thread_number": thread.pk if thread else None,
        },
    )
    heading = SearchVector(Value(grams(title)), weight="A", config="simple")
    body = SearchVector(Value(grams(f"{text} {category}")), weight="C", config="simple")
    Entry.objects.filter(pk=entry.pk).update(found_by=heading + body)
    return entry


def take_away(*, link):
    """Remove a thing that is no longer public.  Nothing happens when it was not there."""
    Entry.objects.filter(link=link).delete()
