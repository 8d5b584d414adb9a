from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.ground.district.models import District
from maeul.ground.thread.models import Thread
from maeul.works.pledge import texts
from maeul.works.pledge.rules import Status


class PledgeQuerySet(models.QuerySet):
    def complete(self):
        return self.select_related("district", "thread")


class Pledge(models.Model):
    """A promise of the district with its card (공약사업 관리카드): what, by whom, for how much."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="pledges")
    code = models.SlugField(_("부호"), unique=True)
    title = models.CharField(_("공약"), max_length=120)
    total_won = models.BigIntegerField(_("총사업비(원)"))
    due = models.CharField(_("완료시기"), max_length=40, blank=True)
    period = models.CharField(_("사업기간"), max_length=60, blank=True)
    owner = models.CharField(_("사업주체"), max_length=40, blank=True)
    nature = models.CharField(_("사업성격"), max_length=60, blank=True)
    lead = models.CharField(_("추진부서"), max_length=60, blank=True)
    partners = models.CharField(_("협업부서"), max_length=200, blank=True)
    way = models.CharField(_("추진절차"), max_length=200, blank=True)
    overview = models.TextField(_("사업개요"), blank=True)
    source = models.CharField(_("출처"), max_length=200)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="pledge")

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("공약")
        constraints = [
            models.CheckConstraint(name="pledge_total_not_negative", condition=Q(total_won__gte=0))
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("pledge:card", args=[self.code])


class Stage(models.Model):
    """A stage of the pledge: people, then organisation, then projects (사람 → 조직 → 사업)."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField(_("차례"))
    name = models.CharField(_("단계"), max_length=60)
    years = models.CharField(_("언제"), max_length=40)
    text = models.TextField(_("추진사항"))

    class Meta:
        verbose_name = _("공약 단계")
        constraints = [
            models.UniqueConstraint(name="pledge_stage_once", fields=["pledge", "position"])
        ]

    def __str__(self):
        return self.name


class Progress(AddOnly):
    """What was done in a quarter, and how the pledge stands; the newest of a quarter holds."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="progress")
    year = models.PositiveSmallIntegerField(_("연도"))
    quarter = models.PositiveSmallIntegerField(_("분기"))
    status = models.CharField(_("상태"), max_length=12, choices=[*texts.STATUSES.items()])
    text = models.TextField(_("추진실적"))
    at = models.DateTimeField(_("적은 때"))

    class Meta(AddOnly.Meta):
        verbose_name = _("분기별 추진실적")
        constraints = [
            models.CheckConstraint(
                name="pledge_quarters_are_four", condition=Q(quarter__gte=1, quarter__lte=4)
            )
        ]

    def __str__(self):
        return f"{self.year}년 {self.quarter}분기"

    @property
    def family(self):
        return texts.FAMILIES[Status(self.status)]


class Change(AddOnly):
    """A change of the pledge with its grounds, published as the rule asks (공약실천 규칙 제7조)."""

    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="changes")
    before = models.TextField(_("전"), blank=True)
    after = models.TextField(_("후"))
    reason = models.TextField(_("까닭"))
    opinions = models.TextField(_("주민 의견"), blank=True)
    at = models.DateTimeField(_("때"))

    class Meta(AddOnly.Meta):
        verbose_name = _("공약 변경")

    def __str__(self):
        return self.after[:60]
