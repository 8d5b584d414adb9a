"""Every concept's `waiting_for(person)`, gathered: the worklist and the next act on a matter."""

from django.apps import apps
from django.db.models import QuerySet

# How a row that waits leads to the thread of its matter.
THREADS = ("thread", "item__thread", "topic__thread", "project__thread", "grant__project__thread")


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
    """What of this matter waits for this person: rows of its thread, or of a page that one of
    its steps leads to."""
    if not person.is_authenticated:
        return []
    found = []
    for manager in sources():
        rows = manager.waiting_for(person)
        path = _path_to_thread(manager.model)
        if path and isinstance(rows, QuerySet):
            rows = rows.filter(**{f"{path}__root": thread.root_id})
        found += rows
    links = set(steps.filter(link__in={row.link for row in found}).values_list("link", flat=True))
    rows = [row for row in found if row.link in links]
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on))


def _path_to_thread(model):
    for path in THREADS:
        part = model
        for name in path.split("__"):
            fields = {field.name: field for field in part._meta.concrete_fields}
            part = fields[name].related_model if name in fields else None
            if part is None:
                break
        else:
            return path
    return None
