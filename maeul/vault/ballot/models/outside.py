"""Totals counted elsewhere, told apart."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.ground.people.models import Person
from maeul.vault.ballot import texts
from maeul.vault.ballot.models.election import Election
from maeul.vault.ballot.models.fences import OF_ELECTION, OF_OUTSIDE, added_only_when
from maeul.vault.ballot.outside import OPEN_TO_IT


class OutsideTotalsQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawal=None)


class OutsideTotals(AddOnly):
    """What another system, or stickers in the street, counted: per question votes by option."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="outside_totals")
    number = models.PositiveSmallIntegerField(_("번호"))
    kind = models.CharField(_("어떻게 세었나"), max_length=8, choices=[*texts.OUTSIDE.items()])
    source = models.CharField(_("어디서 왔나"), max_length=120)
    counted_on = models.DateField(_("센 날"))
    said = models.JSONField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    objects = OutsideTotalsQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        triggers = [
            *AddOnly.Meta.triggers,
            added_only_when(*sorted(OPEN_TO_IT), path=OF_ELECTION),
        ]
        verbose_name = _("바깥에서 센 합계")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="ballot_outside_number", fields=["election", "number"])
        ]

    def __str__(self):
        return self.source


class OutsideWithdrawal(AddOnly):
    """Totals from outside that were wrong, withdrawn with a reason."""

    totals = models.OneToOneField(
        OutsideTotals, primary_key=True, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.CharField(_("까닭"), max_length=200)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    class Meta(AddOnly.Meta):
        triggers = [
            *AddOnly.Meta.triggers,
            added_only_when(*sorted(OPEN_TO_IT), path=OF_OUTSIDE),
        ]
        verbose_name = _("거둔 바깥 합계")

    def __str__(self):
        return self.reason
