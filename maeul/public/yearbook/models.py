from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.ground.district.models import Dong
from maeul.vault.record.models import Record


class Yearbook(AddOnly):
    """The record book (기록물) of a dong's year, as it was published.

    `content` is the whole book as plain data, so that it reads the same when years later a project
    has been renamed or a neighbour has left.
    """

    dong = models.ForeignKey(Dong, on_delete=models.PROTECT, related_name="yearbooks")
    year = models.PositiveSmallIntegerField(_("연도"))
    foreword = models.TextField(_("펴내는 말"))
    content = models.JSONField(_("내용"))
    published_at = models.DateTimeField(_("펴낸 때"))
    record = models.OneToOneField(Record, on_delete=models.PROTECT)

    class Meta(AddOnly.Meta):
        verbose_name = _("기록물")
        constraints = [
            models.UniqueConstraint(name="yearbook_once_a_year", fields=["dong", "year"])
        ]

    def __str__(self):
        return f"{self.dong}의 {self.year}년"

    def get_absolute_url(self):
        return reverse("yearbook:book", args=[self.dong.code, self.year])
