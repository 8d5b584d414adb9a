from maeul.ground.audit.models import Act, name_of


def note(verb, *, on, by, at, **facts):
    """Add a line to the trail.  `by` is a person or the text `system`.

    `facts` are few and never personal: numbers, states, reasons.
    """
    return Act.objects.create(verb=verb, target=name_of(on), by=name_of(by), at=at, facts=facts)
