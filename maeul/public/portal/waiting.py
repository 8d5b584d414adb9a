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
    """What of this matter waits for this person: on pages that one of its steps leads to.  Only
    concepts that the matter has come through are asked."""
    if not person.is_authenticated:
        return []
    told = set(steps.order_by().values_list("step", "link").distinct())
    concepts, links = {step.partition(".")[0] for step, _link in told}, {link for _, link in told}
    found = {}
    for manager in sources():
        if manager.model._meta.app_label not in concepts:
            continue
        rows = manager.waiting_for(person)
        if isinstance(rows, QuerySet):
            path = THREADS.get(manager.model._meta.label)
            rows = rows.filter(**{f"{path}__root": thread.root_id}) if path else []
        found |= {row.link: row for row in rows if row.link in links}
    rows = found.values()
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on))
