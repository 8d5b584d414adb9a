"""Tables whose rows are only ever added.

Three fences, each enough alone for its enemy: triggers stop every UPDATE and DELETE, whoever
asks; the serving role is not granted UPDATE, DELETE or TRUNCATE (`grant_serving_role`); and a
correction is a new row that names the old one.
"""

import pgtrigger
from django.apps import apps
from django.db import models


class AddOnly(models.Model):
    """Subclass this, and `class Meta(AddOnly.Meta)` where the model has a Meta of its own."""

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Protect(name="only_added_to", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


def add_only_models():
    """Every model that promises to be add-only."""
    return [model for model in apps.get_models() if issubclass(model, AddOnly)]
