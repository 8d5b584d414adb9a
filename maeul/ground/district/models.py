from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maeul.ground.district import outline, rules


class District(models.Model):
    """A 구: the self-governing district."""

    code = models.CharField(_("행정구역 코드"), max_length=10, unique=True)
    name = models.CharField(_("이름"), max_length=40)

    class Meta:
        verbose_name = _("자치구")

    def __str__(self):
        return self.name


class DongQuerySet(models.QuerySet):
    def named(self, name):
        """The dong that goes by this name: "독산1동", "독산제1동" or its code.  May be none."""
        wanted = "".join(name.split())
        return self.filter(
            Q(name=wanted) | Q(code=wanted) | Q(aliases__contains=[wanted])
        ).order_by("code")

    def in_order(self):
        return self.order_by("code")

    def with_boundary(self):
        """Those that can be drawn, each with its boundary read along."""
        return self.exclude(drawn=None).select_related("drawn")

    def at(self, longitude, latitude):
        """The dong in which a place lies, or None outside all of them."""
        for dong in self.with_boundary().order_by("code"):
            if outline.holds(dong.boundary, longitude, latitude):
                return dong
        return None


class Dong(models.Model):
    """An administrative 동, where one residents' council governs."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="dongs")
    code = models.CharField(_("행정동 코드"), max_length=10, unique=True)
    name = models.CharField(_("이름"), max_length=40, unique=True)
    aliases = models.JSONField(_("다른 이름"), default=list)
    kostat_code = models.CharField(_("통계청 코드"), max_length=7, blank=True)
    legal_dong = models.CharField(_("법정동"), max_length=40, blank=True)
    legal_dong_code = models.CharField(_("법정동 코드"), max_length=10, blank=True)
    longitude = models.FloatField(_("경도"), null=True, help_text="where its name stands on a map")
    latitude = models.FloatField(_("위도"), null=True)
    attribution = models.CharField(_("경계 출처"), max_length=200, blank=True)

    objects = DongQuerySet.as_manager()

    class Meta:
        verbose_name = _("동")

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("district:dong_facts", args=[self.code])

    @property
    def boundary(self) -> dict | None:
        """GeoJSON geometry in EPSG:4326; None where it is not known."""
        drawn = getattr(self, "drawn", None)
        return drawn and drawn.geometry

    def all_names(self):
        """Everything this dong goes by: its name, its official name, its code."""
        return [self.name, *self.aliases, self.code]


class Boundary(models.Model):
    """Where a dong ends.  In a table of its own, because it is long and most pages only name a
    dong."""

    dong = models.OneToOneField(
        Dong, primary_key=True, on_delete=models.CASCADE, related_name="drawn"
    )
    geometry = models.JSONField(_("경계"), help_text="GeoJSON geometry, EPSG:4326")

    class Meta:
        verbose_name = _("경계")

    def __str__(self):
        return str(self.dong)


class Department(models.Model):
    """A department of the district office.  Its name changes over time; it stays the same one."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="departments")
    code = models.SlugField(_("부서 코드"), unique=True)

    class Meta:
        verbose_name = _("부서")

    def __str__(self):
        newest = max(self.names.all(), key=lambda name: name.from_on, default=None)
        return newest.name if newest else self.code

    def name_on(self, day):
        """What the department was called on that day; its first name before that."""
        names = sorted(self.names.all(), key=lambda name: name.from_on)
        held = [name for name in names if name.from_on <= day] or names[:1]
        return held[-1].name if held else self.code


class DepartmentName(models.Model):
    """A department's name from a day on."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("이름"), max_length=60)
    note = models.CharField(_("덧붙임"), max_length=120, blank=True)
    from_on = models.DateField(_("쓰기 시작한 날"))

    class Meta:
        verbose_name = _("부서 이름")
        constraints = [
            models.UniqueConstraint(
                name="district_one_department_name_a_day", fields=["department", "from_on"]
            )
        ]

    def __str__(self):
        return self.name


class PopulationQuerySet(models.QuerySet):
    def of(self, dong, *, year):
        return self.filter(dong=dong, year=year)

    def latest_year(self, dong, *, until):
        """The newest year counted for this dong up to `until`, or None."""
        return self.filter(dong=dong, year__lte=until).aggregate(year=models.Max("year"))["year"]

    def people(self):
        return self.aggregate(people=models.Sum("people"))["people"] or 0


class Population(models.Model):
    """How many people of one sex and age band live in a dong in a year, as a source counted."""

    class Sex(models.TextChoices):
        FEMALE = "F", _("여성")
        MALE = "M", _("남성")

    dong = models.ForeignKey(Dong, on_delete=models.CASCADE, related_name="population")
    year = models.PositiveSmallIntegerField(_("연도"))
    sex = models.CharField(_("성별"), max_length=1, choices=Sex.choices)
    age_from = models.PositiveSmallIntegerField(_("나이부터"))
    age_until = models.PositiveSmallIntegerField(_("나이까지"), help_text="including; 150 = open")
    people = models.PositiveIntegerField(_("명"))
    source = models.CharField(_("출처"), max_length=120)
    counted_on = models.DateField(_("기준일"))
    rough = models.BooleanField(_("시범용 어림수"), default=False)

    objects = PopulationQuerySet.as_manager()

    class Meta:
        verbose_name = _("인구")
        constraints = [
            models.UniqueConstraint(
                name="district_population_once", fields=["dong", "year", "sex", "age_from"]
            ),
            models.CheckConstraint(
                name="district_population_ages_in_order",
                condition=Q(age_from__lte=models.F("age_until")),
            ),
        ]

    def __str__(self):
        return f"{self.dong} {self.year} {self.sex} {self.age_from}-{self.age_until}"

    @property
    def ages(self):
        """The band as people say it."""
        if self.age_until >= rules.OPEN_END:
            return _("%(from)s세 이상") % {"from": self.age_from}
        return _("%(from)s~%(until)s세") % {"from": self.age_from, "until": self.age_until}
