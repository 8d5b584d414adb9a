from maeul.ground.law.actions import catalogue
from maeul.ground.law.models import Provision


def enact_all():
    """The whole catalogue in one statement."""
    Provision.objects.bulk_create(catalogue())
    return Provision.objects
