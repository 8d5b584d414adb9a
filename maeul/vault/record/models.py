from django.db import models
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.ground.district.models import District, Dong


class RecordQuerySet(models.QuerySet):
    def of_year(self, dong, year):
        return self.filter(dong=dong, year=year).order_by("number")


class Record(AddOnly):
    """A line of the numbered register: which document, of which dong and year, made when.

    Numbers run from 1 in each dong (or the district itself) and year, without gaps.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT)
    dong = models.ForeignKey(Dong, null=True, blank=True, on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField(_("연도"))
    number = models.PositiveIntegerField(_("번호"))
    kind = models.CharField(_("종류"), max_length=40)
    title = models.CharField(_("제목"), max_length=200)
    link = models.CharField(_("주소"), max_length=200)
    made_on = models.DateField(_("날짜"))
    public = models.BooleanField(_("공개"))

    objects = RecordQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        verbose_name = _("기록")
        constraints = [
            models.UniqueConstraint(
                name="record_numbered_once",
                fields=["district", "dong", "year", "number"],
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.name} {self.title}"

    @property
    def name(self):
        """`독산1동-2026-12`, as it is written on paper."""
        return f"{self.dong or self.district}-{self.year}-{self.number}"
