from django.db import models
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly


class ActQuerySet(models.QuerySet):
    def on(self, thing):
        """What was done to this thing, oldest first."""
        return self.filter(target=name_of(thing)).order_by("pk")


class Act(AddOnly):
    """One line of the trail: who did what to what, and when.

    People and things are kept as text such as `people.Person:5`, never a personal name: the
    trail outlives what it speaks of.
    """

    verb = models.CharField(_("한 일"), max_length=80)
    target = models.CharField(_("대상"), max_length=120)
    by = models.CharField(_("한 사람"), max_length=120)
    at = models.DateTimeField(_("때"))
    facts = models.JSONField(_("내용"), default=dict)

    objects = ActQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        verbose_name = _("행위 기록")
        indexes = [models.Index(name="audit_act_target", fields=["target"])]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.by} {self.verb} {self.target}"


def name_of(thing) -> str:
    """`people.Person:5`; plain text stands for itself (`system`)."""
    return thing if isinstance(thing, str) else f"{thing._meta.label}:{thing.pk}"
