from maeul.ground.audit.models import name_of
from maeul.vault.participation.models import Part


def add(*, person, dong, kind, minutes, on, source):
    """Note that somebody gave time (`person=None`: a walk-in).  A second row for the same person
    and source is not added, so the caller may repeat itself.  `source` is a thing or a text."""
    named = name_of(source)
    if person is not None and Part.objects.filter(person=person, source=named).exists():
        return None
    return Part.objects.create(
        person=person, dong=dong, kind=kind, minutes=minutes, on=on, source=named
    )
