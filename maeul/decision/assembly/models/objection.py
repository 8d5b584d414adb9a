"""Who doubts the result says so, everybody reads it, and an officer answers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maeul.decision.assembly import texts
from maeul.decision.assembly.models.assembly import Assembly, Duty
from maeul.ground.people.models import Person


class ObjectionQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("number")

    def unanswered(self):
        return self.filter(answered_at=None)

    def waiting_for(self, person):
        """What the election officers of these votes have to answer, the oldest first."""
        rows = self.unanswered().filter(assembly__election__officers__person=person)
        rows = rows.select_related("assembly").order_by("answer_by", "pk")
        return [
            Duty(f"{row.assembly}: {row}", row.answer_by, row.get_absolute_url(), texts.ANSWER)
            for row in rows
        ]


class Objection(models.Model):
    """An objection to an announced result (이의): public without the name, like its answer."""

    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="objections")
    number = models.PositiveSmallIntegerField(_("번호"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("이의"), max_length=2000)
    raised_at = models.DateTimeField(_("낸 때"))
    answer_by = models.DateField(_("답할 날"))
    upheld = models.BooleanField(_("받아들임"), null=True, blank=True)
    answer = models.TextField(_("답"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(_("답한 때"), null=True, blank=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("결과 이의")
        constraints = [
            models.UniqueConstraint(
                name="assembly_objection_number", fields=["assembly", "number"]
            ),
            models.UniqueConstraint(
                name="assembly_one_open_objection_a_person",
                fields=["assembly", "person"],
                condition=Q(answered_at=None),
            ),
            models.CheckConstraint(
                name="assembly_objection_answered_whole",
                condition=Q(upheld=None, answer="", answered_by=None, answered_at=None)
                | (
                    Q(upheld__isnull=False, answered_by__isnull=False, answered_at__isnull=False)
                    & ~Q(answer="")
                ),
            ),
        ]

    def __str__(self):
        return str(_("이의 %(number)s") % {"number": self.number})

    def get_absolute_url(self):
        return f"{self.assembly.address_of_objections}#objection-{self.number}"

    @property
    def phase(self):
        """State family and word."""
        return texts.OBJECTION_PHASES[self.upheld]
