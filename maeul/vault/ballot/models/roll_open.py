"""While the roll lies open: objections, and the letters that tie an account to a line."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maeul.ground.people.models import Person
from maeul.vault.ballot import texts
from maeul.vault.ballot.models.election import Duty, Election
from maeul.vault.ballot.models.roll import Elector


class RollObjectionQuerySet(models.QuerySet):
    def in_order(self):
        return self.select_related("person", "decided_by").order_by("raised_at", "pk")

    def undecided(self):
        return self.filter(confirmed_at=None)

    def waiting_for(self, person):
        """What two officers have to decide: new ones, and those the other one has looked at."""
        rows = self.undecided().filter(election__officers__person=person)
        rows = rows.exclude(decided_by=person).select_related("election")
        return [
            Duty(
                title=str(row.election),
                due_on=row.election.roll_open_until,
                link=reverse("ballot:roll_objections", args=[row.election_id]),
                next_act=texts.DECIDE_OBJECTION,
            )
            for row in rows.order_by("election__roll_open_until", "pk")
        ]


class RollObjection(models.Model):
    """An objection to the roll before it is frozen (명부 이의); two officers decide together.

    Read by the person who raised it and by the officers, nobody else.
    """

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="roll_objections")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    claim = models.CharField(_("무엇이"), max_length=8, choices=[*texts.ROLL_CLAIMS.items()])
    text = models.TextField(_("설명"), max_length=1000)
    raised_at = models.DateTimeField(_("낸 때"))
    upheld = models.BooleanField(_("받아들임"), null=True, blank=True)
    reason = models.TextField(_("까닭"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("정한 때"), null=True, blank=True)

    objects = RollObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("명부 이의")
        constraints = [
            models.UniqueConstraint(
                name="ballot_one_open_roll_objection_a_person",
                fields=["election", "person"],
                condition=Q(confirmed_at=None),
            ),
            models.CheckConstraint(
                name="ballot_roll_objection_decided_by_two",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_at__isnull=False, upheld__isnull=False)
                & ~Q(confirmed_by=F("decided_by"))
                & ~Q(reason=""),
            ),
        ]

    def __str__(self):
        return str(self.get_claim_display())

    @property
    def phase(self):
        """State family and word, as the person reads it: nothing before both have decided."""
        return texts.ROLL_PHASES[self.upheld if self.confirmed_at else None]


class RollCode(models.Model):
    """The code of a letter to somebody on the roll without an account (명부 편지); kept as a hash.

    It ties an account to the elector once, before freezing; a new letter ends the old code.
    """

    elector = models.OneToOneField(
        Elector, primary_key=True, on_delete=models.CASCADE, related_name="code"
    )
    code_hash = models.BinaryField(unique=True)
    issued_at = models.DateTimeField(_("만든 때"))

    class Meta:
        verbose_name = _("명부 편지 번호")

    def __str__(self):
        return str(self.elector)
