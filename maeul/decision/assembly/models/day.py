"""The day itself: its order, turn by turn, and who helps."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maeul.decision.assembly import texts
from maeul.decision.assembly.models.assembly import STAFF, Assembly, Duty
from maeul.ground.people.models import Person


class OrderItemQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("position")

    def begun(self):
        return self.filter(begun_at__isnull=False)

    def ahead(self):
        return self.filter(begun_at=None)


class OrderItem(models.Model):
    """One turn of the order of the day (식순), and when it began."""

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="order")
    position = models.PositiveSmallIntegerField(_("차례"))
    title = models.CharField(_("순서"), max_length=120)
    begun_at = models.DateTimeField(_("시작한 때"), null=True, blank=True)

    objects = OrderItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("식순")
        constraints = [
            models.UniqueConstraint(name="assembly_order_position", fields=["assembly", "position"])
        ]

    def __str__(self):
        return self.title


class HelperQuerySet(models.QuerySet):
    def in_order(self):
        return self.select_related("person").order_by("offered_at", "pk")

    def waiting_for(self, person):
        """Whose hours the dong's staff has still to confirm, one line an assembly."""
        dongs = [role.dong_id for role in person.roles_today if role.kind in STAFF]
        rows = self.filter(
            confirmed_at=None, assembly__dong__in=dongs, assembly__held_on__lt=timezone.localdate()
        ).select_related("assembly")
        found = {row.assembly_id: row.assembly for row in rows.order_by("assembly__held_on", "pk")}
        return [
            Duty(each.title, None, reverse("assembly:helpers", args=[each.pk]), texts.CONFIRM_HELP)
            for each in found.values()
        ]


class Helper(models.Model):
    """Somebody who offers to help on the day, and how long they did (도우미)."""

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="helpers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    help = models.CharField(_("할 일"), max_length=12, choices=[*texts.HELPS.items()])
    note = models.CharField(_("덧붙임"), max_length=200, blank=True)
    offered_at = models.DateTimeField(_("돕기로 한 때"))
    minutes = models.PositiveSmallIntegerField(_("도운 시간(분)"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("확인한 때"), null=True, blank=True)

    objects = HelperQuerySet.as_manager()

    class Meta:
        verbose_name = _("총회 도우미")
        constraints = [
            models.UniqueConstraint(
                name="assembly_helper_once_a_task", fields=["assembly", "person", "help"]
            ),
            models.CheckConstraint(
                name="assembly_helper_minutes_and_time_go_together",
                condition=Q(minutes=None, confirmed_at=None)
                | Q(minutes__gt=0, confirmed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.get_help_display())
