from fractions import Fraction

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db import models
from django.db.models import Count, F
from django.utils.translation import gettext_lazy as _

from maeul.ground.district.models import Department, Dong
from maeul.ground.search import grams

ALIKE = Fraction(1, 3)  # below, two sentences share little more than their endings


class EntryQuerySet(models.QuerySet):
    def finding(self, words):
        """Entries in which all the words occur, also inside longer words; best first."""
        raw = grams.query(words)
        if not raw:
            return self.none()
        wanted = SearchQuery(raw, search_type="raw", config="simple")
        return (
            self.filter(found_by=wanted)
            .annotate(rank=SearchRank(F("found_by"), wanted))
            .order_by("-rank", "-on", "-pk")
        )

    def resembling(self, text, *, count=3):
        """The few entries whose titles are most like a sentence: a hint for people, no more."""
        raw = grams.any_of(text)
        if not raw:
            return []
        wanted = SearchQuery(raw, search_type="raw", config="simple")
        near = (
            self.filter(found_by=wanted)
            .annotate(rank=SearchRank(F("found_by"), wanted))
            .order_by("-rank", "-on", "-pk")
        )
        alike = [entry for entry in near[:30] if grams.likeness(entry.title, text) >= ALIKE]
        return alike[:count]

    def of_kind(self, kind):
        return self.filter(kind=kind)

    def in_dong(self, dong):
        return self.filter(dong=dong)

    def count_by_kind(self):
        """How many entries there are of each kind, asked at once."""
        return dict(self.order_by().values_list("kind").annotate(number=Count("pk")))


class Entry(models.Model):
    """One public thing as the index knows it: a row per address."""

    link = models.CharField(_("주소"), max_length=200, unique=True)
    kind = models.CharField(_("종류"), max_length=40)
    title = models.CharField(_("제목"), max_length=200)
    text = models.TextField(_("글"), blank=True)
    dong = models.ForeignKey(Dong, null=True, blank=True, on_delete=models.PROTECT)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT)
    category = models.CharField(_("분야"), max_length=40, blank=True)
    on = models.DateField(_("날짜"))
    longitude = models.FloatField(_("경도"), null=True, blank=True)
    latitude = models.FloatField(_("위도"), null=True, blank=True)
    cost_won = models.BigIntegerField(_("비용(원)"), null=True, blank=True)
    state = models.CharField(_("상태"), max_length=40, blank=True)
    contact = models.CharField(_("담당 연락처"), max_length=80, blank=True)
    thread_number = models.BigIntegerField(_("실"), null=True, blank=True, db_index=True)
    found_by = SearchVectorField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("찾기 항목")
        indexes = [GinIndex(name="search_entry_found_by", fields=["found_by"])]

    def __str__(self):
        return self.title
