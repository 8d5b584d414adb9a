"""Totals of a hall vote: what two tellers read from the tally sheet of slips counted aloud."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.core.models import Upload
from maeul.ground.people.models import Person
from maeul.vault.ballot.models.election import Election
from maeul.vault.ballot.models.fences import OF_ELECTION, added_only_when
from maeul.vault.ballot.rules import State


class TotalsReadingQuerySet(models.QuerySet):
    def newest(self):
        """Of each person: who read again says so anew."""
        later = self.model.objects.filter(
            election=models.OuterRef("election"),
            by=models.OuterRef("by"),
            pk__gt=models.OuterRef("pk"),
        )
        return self.filter(~models.Exists(later))


class TotalsReading(AddOnly):
    """What one teller read, without seeing what the other one typed; with a photograph of the
    tally sheet and the signed minutes, which one of them brings."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="totals_readings")
    said = models.JSONField()
    tally_sheet = models.OneToOneField(
        Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    minutes = models.OneToOneField(
        Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    objects = TotalsReadingQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.CLOSED, path=OF_ELECTION)]
        verbose_name = _("합계를 읽은 것")
        ordering = ["pk"]

    def __str__(self):
        return str(self.by)


class HallTotals(AddOnly):
    """The totals of a hall vote, read alike by two."""

    election = models.OneToOneField(
        Election, primary_key=True, on_delete=models.PROTECT, related_name="totals"
    )
    said = models.JSONField()
    tally_sheet = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    minutes = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")
    first_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.CLOSED, path=OF_ELECTION)]
        verbose_name = _("회의장 투표 합계")
        constraints = [
            models.CheckConstraint(name="ballot_totals_of_two", condition=~Q(first_by=F("by")))
        ]

    def __str__(self):
        return str(self.election)
