from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.ground.district.models import Department, District, Dong
from maeul.ground.people import rules, texts
from maeul.ground.people.rules import RoleKind


class PersonManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def named(self, words):
        """Members whose name or e-mail holds the words, for staff who look for somebody."""
        return self.filter(
            Q(name__icontains=words) | Q(email__iexact=words), left_at=None
        ).order_by("name", "pk")

    def in_districts_of(self, officer):
        """Whom the officer of a district may give a role: those who take part or hold a role
        there, and those who do neither anywhere yet."""
        standings = Standing.objects.filter(refused_at=None, ended_on=None)
        roles = Role.objects.not_over(timezone.localdate()).order_by()
        here = standings.filter(dong__district__in=officer.own_districts)
        return self.filter(
            Q(pk__in=here.values("person"))
            | Q(pk__in=roles.in_districts_of(officer).values("person"))
            | ~(Q(pk__in=standings.values("person")) | Q(pk__in=roles.values("person")))
        )


class Person(AbstractBaseUser):
    """Somebody who takes part: with an account, or entered by staff without one.

    Leaving blanks the row; the number stays, so that what was decided together stays whole.
    """

    email = models.EmailField(_("전자우편"), null=True, blank=True, unique=True)
    name = models.CharField(_("이름"), max_length=60, blank=True)
    born_on = models.DateField(_("생년월일"), null=True, blank=True)
    sex = models.CharField(
        _("성별"), max_length=1, blank=True, choices=[("F", _("여성")), ("M", _("남성"))]
    )
    is_active = models.BooleanField(_("활동 중"), default=True)
    joined_at = models.DateTimeField(_("가입"), default=timezone.now)
    left_at = models.DateTimeField(_("탈퇴"), null=True, blank=True)

    objects = PersonManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("사람")
        constraints = [
            models.CheckConstraint(
                name="people_leavers_are_blank",
                condition=Q(left_at=None)
                | Q(email=None, name="", born_on=None, sex="", is_active=False),
            )
        ]

    def __str__(self):
        return self.name or str(_("떠난 주민"))

    def get_absolute_url(self):
        return reverse("people:person", args=[self.pk])

    @cached_property
    def roles_today(self):
        """Roles in force today, asked once a request, so without what they are for: who may do
        something is told by its number alone."""
        return list(self.roles.on(timezone.localdate()))

    def holds(self, kind, *, dong=None, department=None, district=None) -> bool:
        """Does this person hold the role, for this dong, department or district?

        A role for a district holds for its dongs and departments too.
        """
        return any(
            role.kind == kind and role.reaches(dong=dong, department=department, district=district)
            for role in self.roles_today
        )

    def holds_everywhere(self, kind) -> bool:
        """The role for every district of this installation, for what reaches all of them."""
        if not self.holds(kind):
            return False
        return all(self.holds(kind, district=each) for each in District.objects.order_by("pk"))

    @property
    def own_districts(self) -> set:
        """Numbers of the districts whose officer this person is."""
        return {
            role.district_id
            for role in self.roles_today
            if role.kind == RoleKind.DISTRICT_OFFICER and role.district_id
        }

    def serves(self, dong) -> bool:
        """Staff of the dong in the wide sense: its officer, its secretary, or the district's."""
        return any(
            self.holds(kind, dong=dong)
            for kind in (RoleKind.DONG_OFFICER, RoleKind.SECRETARY, RoleKind.DISTRICT_OFFICER)
        )

    def stands_in(self, dong) -> bool:
        """Has a verified ground of taking part in this dong."""
        return any(standing.dong_id == dong.pk for standing in self.verified_standings)

    @cached_property
    def verified_standings(self):
        return list(self.standings.verified())

    def age(self, on: date) -> int | None:
        return rules.age_on(self.born_on, on) if self.born_on else None

    def consents_to(self, kind) -> bool:
        """The newest answer holds; no answer is no."""
        newest = self.consents.filter(kind=kind).order_by("pk").last()
        return bool(newest and newest.given)

    @property
    def needs_second_factor(self) -> bool:
        """Everyone with a role in force signs in with a second factor."""
        return bool(self.roles_today)


class StandingQuerySet(models.QuerySet):
    def verified(self):
        return self.filter(verified_at__isnull=False, ended_on=None)

    def waiting(self):
        return self.filter(verified_at=None, refused_at=None, ended_on=None).order_by("stated_at")

    def open_ones(self):
        """Stated and neither refused nor ended: waiting or verified."""
        return self.filter(refused_at=None, ended_on=None).select_related("dong").order_by("pk")

    def in_dongs_of(self, person):
        """Grounds that this official may look at."""
        dongs = [role.dong_id for role in person.roles_today if role.kind == RoleKind.DONG_OFFICER]
        return self.filter(Q(dong__in=dongs) | Q(dong__district__in=person.own_districts))

    def waiting_for(self, person):
        """What waits for this official to look at a document."""
        return (
            self.waiting()
            .in_dongs_of(person)
            .exclude(person=person)
            .select_related("dong", "person")
        )


class Standing(models.Model):
    """A person's ground of taking part in a dong, stated by them, checked by staff on a document.

    The document is seen, never kept: the row says only what kind of document it was.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="standings")
    dong = models.ForeignKey(Dong, on_delete=models.PROTECT)
    kind = models.CharField(_("근거"), max_length=24, choices=[*texts.STANDINGS.items()])
    stated_at = models.DateTimeField(_("알린 때"))
    document = models.CharField(_("확인한 서류"), max_length=60, blank=True)
    verified_at = models.DateTimeField(_("확인한 때"), null=True, blank=True)
    verified_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    refused_at = models.DateTimeField(_("거절한 때"), null=True, blank=True)
    refused_because = models.CharField(_("거절 까닭"), max_length=200, blank=True)
    ended_on = models.DateField(_("끝난 날"), null=True, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("참여 자격")
        constraints = [
            models.UniqueConstraint(
                name="people_one_open_standing_per_dong_and_kind",
                fields=["person", "dong", "kind"],
                condition=Q(ended_on=None, refused_at=None),
            ),
            models.CheckConstraint(
                name="people_verified_with_who_and_document",
                condition=Q(verified_at=None, verified_by=None)
                | (Q(verified_at__isnull=False, verified_by__isnull=False) & ~Q(document="")),
            ),
        ]

    def __str__(self):
        return f"{self.dong} {self.get_kind_display()}"

    @property
    def state(self):
        """waiting, verified, refused or ended."""
        if self.ended_on:
            return "ended"
        if self.refused_at:
            return "refused"
        return "verified" if self.verified_at else "waiting"

    # A row of a worklist.

    @property
    def title(self):
        return _("%(person)s: %(standing)s 확인") % {"person": self.person, "standing": self}

    @property
    def due_on(self):
        return None

    @property
    def link(self):
        return reverse("people:standing", args=[self.pk])

    @property
    def next_act(self):
        return _("서류 보고 확인하기")


class RoleQuerySet(models.QuerySet):
    def on(self, day):
        return (
            self.filter(from_on__lte=day)
            .filter(Q(until_on=None) | Q(until_on__gt=day))
            .order_by("pk")
        )

    def not_over(self, day):
        """In force or still to come."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day)).order_by("kind", "from_on", "pk")

    def in_districts_of(self, officer):
        """Roles for the districts this person is the officer of, their dongs and departments."""
        districts = officer.own_districts
        return self.filter(
            Q(district__in=districts)
            | Q(dong__district__in=districts)
            | Q(department__district__in=districts)
        )

    def holding(self, kind, *, day, dong=None, department=None):
        """Roles of a kind in force for exactly this dong or department."""
        return self.on(day).filter(kind=kind, dong=dong, department=department)


class Role(models.Model):
    """A duty somebody holds from a day until before another, for a district, dong or department."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles")
    kind = models.CharField(_("역할"), max_length=24, choices=[*texts.ROLES.items()])
    district = models.ForeignKey(District, null=True, blank=True, on_delete=models.PROTECT)
    dong = models.ForeignKey(Dong, null=True, blank=True, on_delete=models.PROTECT)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT)
    from_on = models.DateField(_("시작"))
    until_on = models.DateField(_("끝(이날은 빼고)"), null=True, blank=True)
    given_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("역할")
        constraints = [
            models.CheckConstraint(
                name="people_role_has_one_scope",
                condition=Q(district__isnull=False, dong=None, department=None)
                | Q(district=None, dong__isnull=False, department=None)
                | Q(district=None, dong=None, department__isnull=False),
            ),
            models.CheckConstraint(
                name="people_role_does_not_end_before_it_starts",
                condition=Q(until_on=None) | Q(until_on__gte=models.F("from_on")),
            ),
        ]

    def __str__(self):
        return f"{self.scope} {self.get_kind_display()}"

    @property
    def scope(self):
        return self.dong or self.department or self.district

    @property
    def of_district(self):
        """The district whose officer gives and ends it."""
        return self.district or self.scope.district

    def reaches(self, *, dong=None, department=None, district=None) -> bool:
        if self.district_id:
            wanted = dong or department
            asked = district.pk if district else wanted and wanted.district_id
            return asked is None or asked == self.district_id
        if self.dong_id:
            return (dong is None or dong.pk == self.dong_id) and not (department or district)
        return (department is None or department.pk == self.department_id) and not (
            dong or district
        )


class ConsentQuerySet(models.QuerySet):
    def newest(self):
        """The newest answer of each kind."""
        return self.order_by("kind", "-pk").distinct("kind")


class Consent(AddOnly):
    """A yes or no somebody gave, to which text, when.  The newest per kind holds."""

    class Kind(models.TextChoices):
        PRIVACY = "privacy", _("개인정보 수집·이용")
        BIRTH_AND_SEX = "birth_and_sex", _("성별·나이대 통계 이용")
        MAIL = "mail", _("전자우편 소식")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    kind = models.CharField(_("종류"), max_length=20, choices=Kind.choices)
    given = models.BooleanField(_("동의"))
    wording = models.CharField(_("동의한 글의 판"), max_length=40)
    at = models.DateTimeField(_("때"))

    objects = ConsentQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        verbose_name = _("동의")

    def __str__(self):
        return f"{self.get_kind_display()} {self.given}"

    @property
    def wording_day(self):
        """The day that names the version of the text."""
        return date.fromisoformat(self.wording)


class DemoSignIn(models.Model):
    """A made-up person as whom a visitor of the demo may look around with one click."""

    key = models.SlugField(_("주소"), unique=True)
    label = models.CharField(_("역할"), max_length=60)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("시범 입장")
        ordering = ["pk"]

    def __str__(self):
        return self.label
