from django.db import models
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.ground.district.models import Dong
from maeul.ground.people.models import Person


class PartQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(person=person).order_by("-on", "-pk")

    def in_year(self, dong, year):
        return self.filter(dong=dong, on__year=year)


class Part(AddOnly):
    """Somebody gave time: in what, how long, when.  Never what they chose.

    A walk-in without an account has no person.  `source` names the thing as text.
    """

    class Kind(models.TextChoices):
        PROPOSING = "proposing", _("의견 내기")
        MEETING = "meeting", _("회의")
        VOTING = "voting", _("투표")
        WORKING = "working", _("사업 활동")
        LEARNING = "learning", _("배움")

    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    dong = models.ForeignKey(Dong, on_delete=models.PROTECT)
    kind = models.CharField(_("종류"), max_length=12, choices=Kind.choices)
    minutes = models.PositiveIntegerField(_("분"))
    on = models.DateField(_("날짜"))
    source = models.CharField(_("무엇에서"), max_length=120)

    objects = PartQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        verbose_name = _("참여")
        constraints = [
            models.UniqueConstraint(
                name="participation_once_per_person_and_source", fields=["person", "source"]
            )
        ]

    def __str__(self):
        return f"{self.on} {self.kind} {self.minutes}분"
