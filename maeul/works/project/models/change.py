from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maeul.works.project import texts
from maeul.works.project.models.money import Line
from maeul.works.project.models.request import Request, RequestQuerySet


class Change(Request):
    """A change of the plan asked by the lead and approved by another: won from one line to
    another, a new end, a new wording of the content."""

    reason = models.CharField(_("바꾸는 까닭"), max_length=300)
    from_line = models.ForeignKey(
        Line, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to_line = models.ForeignKey(
        Line, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    won = models.BigIntegerField(_("옮길 금액(원)"), default=0)
    ends_before = models.DateField(_("전에 끝나던 날"), null=True, blank=True)
    ends_on = models.DateField(_("새로 끝나는 날"), null=True, blank=True)
    content_before = models.TextField(_("전 내용"), blank=True)
    content = models.TextField(_("새 내용"), blank=True)

    objects = RequestQuerySet.as_manager()

    next_act = texts.NEXT_ACTS["approve_change"]

    class Meta(Request.Meta):
        verbose_name = _("사업 변경")
        constraints = [
            *Request.Meta.constraints,
            models.CheckConstraint(
                name="project_change_moves_between_two_lines",
                condition=Q(from_line=None, to_line=None, won=0)
                | Q(from_line__isnull=False, to_line__isnull=False, won__gt=0),
            ),
        ]

    def __str__(self):
        return self.reason

    def get_absolute_url(self):
        return reverse("project:change", args=[self.pk])
