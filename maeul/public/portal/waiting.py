"""Every concept's `waiting_for(person)`, gathered: the worklist and the next act on a matter."""

from django.apps import apps
from django.db.models import QuerySet

# How a row that waits leads to the thread of its matter; rows of other tables wait for no matter.
THREADS = {
    "grant.Grant": "project__thread",
    "grant.Payment": "grant__project__thread",
    "project.Project": "thread",
    "project.Expenditure": "project__thread",
    "project.Change": "project__thread",
    "project.Settlement": "project__thread",
    "budget.Round": "thread",
    "review.Review": "item__thread",
    "agenda.AgendaItem": "thread",
    "meeting.Meeting": "topics__thread",
    "meeting.FollowUp": "topic__thread",
}


def sources():
    """Managers that know who is waited for, lowest concept first."""
    return [model.objects for model in apps.get_models() if hasattr(model.objects, "waiting_for")]


def duties(person, *, most):
    """The `most` most urgent things that wait for this person, the most urgent first.

    Each concept answers by urgency; of none more than `most` are read.
    """
    rows = [row for manager in sources() for row in manager.waiting_for(person)[:most]]
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on))[:most]


def duties_on(person, thread, steps):
    """What of this matter waits for this person: on pages that one of its steps leads to."""
    if not person.is_authenticated:
        return []
    found = {}
    for manager in sources():
        rows = manager.waiting_for(person)
        if isinstance(rows, QuerySet):
            path = THREADS.get(manager.model._meta.label)
            rows = rows.filter(**{f"{path}__root": thread.root_id}) if path else []
        found |= {row.link: row for row in rows}
    links = steps.filter(link__in=found).values_list("link", flat=True)
    rows = [found[link] for link in set(links)]
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on))
