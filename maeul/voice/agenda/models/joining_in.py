from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maeul.ground.people.models import Person
from maeul.voice.agenda import texts
from maeul.voice.agenda.models.item import AgendaItem


class SupportQuerySet(models.QuerySet):
    def of_matter(self, thread):
        return self.filter(item__thread__root=thread.root_id)

    def supporters(self, thread):
        """How many different people stand behind the whole matter."""
        return self.of_matter(thread).aggregate(people=models.Count("person", distinct=True))[
            "people"
        ]


class Support(models.Model):
    """공감: a person stands behind an item.  Taking it back removes the row."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="supports")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="supports")
    at = models.DateTimeField(_("때"))

    objects = SupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("공감")
        constraints = [
            models.UniqueConstraint(name="agenda_one_support_a_person", fields=["item", "person"])
        ]

    def __str__(self):
        return f"{self.item} {self.person_id}"


class OfferQuerySet(models.QuerySet):
    def of_matter(self, thread):
        return self.filter(item__thread__root=thread.root_id)

    def standing(self, day):
        """Offers that were not taken back and still hold on that day."""
        return self.filter(withdrawn_at=None, until_on__gte=day).order_by("offered_at", "pk")


class Offer(models.Model):
    """A neighbour offers help with a matter.  Read by its author and staff, later by a project."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="offers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offers")
    kind = models.CharField(_("어떤 도움"), max_length=8, choices=[*texts.HELPS.items()])
    text = models.CharField(_("무엇을 도울 수 있나요"), max_length=200, blank=True)
    until_on = models.DateField(_("언제까지"))
    offered_at = models.DateTimeField(_("알린 때"))
    withdrawn_at = models.DateTimeField(_("거둔 때"), null=True, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("도움 제안")
        constraints = [
            models.UniqueConstraint(
                name="agenda_one_open_offer_of_a_kind",
                fields=["item", "person", "kind"],
                condition=Q(withdrawn_at=None),
            )
        ]

    def __str__(self):
        return f"{self.item}: {self.get_kind_display()}"
