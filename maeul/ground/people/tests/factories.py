from datetime import UTC, date, datetime

import factory
from allauth.mfa.totp.internal.auth import TOTP

from maeul.ground.people.models import Person, Role, Standing


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    email = factory.Sequence(lambda n: f"resident{n}@example.org")
    name = factory.Sequence(lambda n: f"주민{n}")


# The secret of every second factor in the tests.
SECRET = "JBSWY3DPEHPK3PXP"


def holder(
    name,
    kind,
    *,
    dong=None,
    department=None,
    district=None,
    from_on=date(2018, 1, 1),
    second_factor=True,
):
    """Somebody who holds a role, e.g. `holder("민정", "reviewer", department=roads)`."""
    person = PersonFactory(name=name)
    if second_factor:
        TOTP.activate(person, SECRET)
    Role.objects.create(
        person=person,
        kind=kind,
        dong=dong,
        department=department,
        district=district,
        from_on=from_on,
    )
    return person


def resident(name, dong, *, born_on=date(1980, 1, 1), kind="resident"):
    """Somebody whose ground of taking part in the dong has been verified."""
    person = PersonFactory(name=name, born_on=born_on)
    then = datetime(2024, 1, 2, tzinfo=UTC)
    Standing.objects.create(
        person=person,
        dong=dong,
        kind=kind,
        stated_at=then,
        document="주민등록증",
        verified_at=then,
        verified_by=holder("확인", "dong_officer", dong=dong),
    )
    return person


def stated(person, dong, *, kind="resident"):
    """A ground that waits for staff to look at a document."""
    return Standing.objects.create(
        person=person, dong=dong, kind=kind, stated_at=datetime(2026, 5, 1, tzinfo=UTC)
    )
