from datetime import date, timedelta
from fractions import Fraction

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maeul.core.period import add_months
from maeul.ground.district.models import Dong
from maeul.ground.law import texts


class Law(dict):
    """The provisions in force at a moment, by key.  Asking for a key nobody enacted is an error."""

    def __missing__(self, key):
        raise LookupError(f"No provision for {key}: enact it in the rule catalogue first.")

    def kept(self, *keys):
        """Values and articles to store with a decision, which keeps what it was made under."""
        return {key: {"value": self[key].value, "article": self[key].article} for key in keys}


class ProvisionQuerySet(models.QuerySet):
    def in_force(self, *, at, dong=None):
        """What holds for each key at a moment: the dong's own row before the district's.

        Within a level the latest row already in force holds.  Returns a `Law`.
        """
        rows = self.filter(in_force_from__lte=at).filter(Q(dong=None) | Q(dong=dong))
        latest = rows.order_by("key", "dong", "-in_force_from").distinct("key", "dong")
        ordered = sorted(latest, key=lambda row: row.dong_id is not None)
        return Law({row.key: row for row in ordered})

    def history(self, key):
        """Every row of one key: the district's first, then each dong's, newest first."""
        return (
            self.filter(key=key)
            .select_related("dong")
            .order_by(models.F("dong__code").asc(nulls_first=True), "-in_force_from")
        )

    def unit_of(self, key):
        """The unit in which this limit is counted, or None for a key that was never enacted."""
        return self.filter(key=key).order_by("pk").values_list("unit", flat=True).first()


class Provision(models.Model):
    """One value that a law, ordinance, rule or dong bylaw lays down, from a day on."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("법령")
        ORDINANCE = "ordinance", _("조례")
        RULE = "rule", _("규칙")
        BYLAW = "bylaw", _("동 운영세칙")
        PRACTICE = "practice", _("관행·기본값")

    key = models.CharField(_("항목"), max_length=80)
    dong = models.ForeignKey(Dong, null=True, blank=True, on_delete=models.PROTECT)
    value = models.JSONField(_("값"), null=True)
    unit = models.CharField(_("단위"), max_length=20, blank=True)
    level = models.CharField(_("단계"), max_length=12, choices=Level.choices)
    article = models.CharField(_("근거 조항"), max_length=200)
    source = models.CharField(_("출처"), max_length=200, blank=True)
    note = models.CharField(_("덧붙임"), max_length=200, blank=True)
    in_force_from = models.DateTimeField(_("시행일"))

    objects = ProvisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("규정")
        constraints = [
            models.UniqueConstraint(
                name="law_one_value_per_key_level_and_day",
                fields=["key", "dong", "in_force_from"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="law_bylaws_belong_to_a_dong",
                condition=Q(level="bylaw", dong__isnull=False) | (~Q(level="bylaw") & Q(dong=None)),
            ),
        ]

    def __str__(self):
        return f"{self.key} = {self.value} ({self.article})"

    def get_absolute_url(self):
        return reverse("law:provision", args=[self.key])

    @property
    def name(self):
        """What the limit is called in the field."""
        return texts.NAMES.get(self.key, self.key)

    @property
    def in_words(self):
        """The value as people say it."""
        return texts.in_words(self.value, self.unit)

    def days(self) -> timedelta:
        return timedelta(days=self.value)

    def months_after(self, day: date) -> date:
        """The same day so many calendar months later."""
        return add_months(day, self.value)

    def share(self) -> Fraction:
        """An exact share: stored as text such as "2/3" or "0.005"."""
        return Fraction(str(self.value))
