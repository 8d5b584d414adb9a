"""Every concept's `waiting_for(person)`, gathered: the worklist and the next act on a matter."""

from django.apps import apps


def sources():
    """Managers that know who is waited for, lowest concept first."""
    return [model.objects for model in apps.get_models() if hasattr(model.objects, "waiting_for")]


def duties(person):
    """What waits for this person, most urgent first.  One query a concept or a few, never more
    with more rows."""
    rows = [row for manager in sources() for row in manager.waiting_for(person)]
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on))
