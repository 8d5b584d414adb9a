from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from maeul.council.membership import texts
from maeul.council.membership.rules import BodyKind, OfficeKind
from maeul.ground.district.models import Dong
from maeul.ground.people.models import Person
from maeul.ground.people.rules import RoleKind
from maeul.ground.people.texts import STANDINGS

MANAGERS = (RoleKind.DONG_OFFICER, RoleKind.DISTRICT_OFFICER)


class DateRange(Func):
    """From a day until before another; without an end it is still running."""

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, start="from_on", end="until_on"):
        super().__init__(start, end, RangeBoundary())


class DatedQuerySet(models.QuerySet):
    def on(self, day):
        """Those that hold on that day."""
        return self.filter(from_on__lte=day).filter(Q(until_on=None) | Q(until_on__gt=day))

    def running_past(self, day):
        """Those that have not ended by that day."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day))

    def stays(self):
        """From when until when, as rules take it."""
        return list(self.order_by("pk").values_list("from_on", "until_on"))


class BodyQuerySet(models.QuerySet):
    def council_of(self, dong):
        """The residents' council of a dong, or None where none has been set up yet."""
        return self.filter(dong=dong, kind=BodyKind.COUNCIL).select_related("dong").first()

    def joint_of(self, dong):
        """The joint meeting of a dong, or None where none has been set up yet."""
        return self.filter(dong=dong, kind=BodyKind.JOINT).select_related("dong").first()

    def subcommittees_of(self, council):
        return self.filter(parent=council).order_by("name")

    def of_dong(self, dong):
        return self.filter(dong=dong).select_related("dong").order_by("kind", "name")

    def with_people_on(self, day):
        """Each with `here`, its seats of that day and their people, in two queries."""
        here = models.Prefetch("seats", Seat.objects.on(day).with_people(), to_attr="here")
        return self.prefetch_related(here)

    def seats_on(self, day):
        """All seats in these bodies on that day."""
        return Seat.objects.on(day).filter(body__in=self)

    def in_which_sits(self, person, *, on):
        """The bodies in which this person has a seat on that day."""
        return self.filter(seats__in=Seat.objects.on(on).filter(person=person)).distinct()


class Body(models.Model):
    """A body of the dong: its council, a subcommittee of the council, or the joint meeting.

    The joint meeting (연석회의) has no seats: whoever comes takes part.
    """

    kind = models.CharField(_("종류"), max_length=16, choices=[*texts.BODIES.items()])
    dong = models.ForeignKey(Dong, on_delete=models.PROTECT, related_name="bodies")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    name = models.CharField(_("이름"), max_length=60)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("조직")
        constraints = [
            models.UniqueConstraint(name="membership_one_name_per_dong", fields=["dong", "name"]),
            models.UniqueConstraint(
                name="membership_one_council_and_joint_meeting_per_dong",
                fields=["dong", "kind"],
                condition=~Q(kind=BodyKind.SUBCOMMITTEE),
            ),
            models.CheckConstraint(
                name="membership_only_subcommittees_belong_to_a_council",
                condition=Q(kind=BodyKind.SUBCOMMITTEE, parent__isnull=False)
                | (~Q(kind=BodyKind.SUBCOMMITTEE) & Q(parent=None)),
            ),
        ]

    def __str__(self):
        return f"{self.dong} {self.name}"

    def get_absolute_url(self):
        if self.kind == BodyKind.SUBCOMMITTEE:
            return reverse("membership:body", args=[self.pk])
        return reverse("membership:council", args=[self.dong.code])

    @property
    def has_seats(self):
        return self.kind != BodyKind.JOINT

    @property
    def council(self):
        """The council it is or belongs to; None for the joint meeting."""
        if self.kind == BodyKind.COUNCIL:
            return self
        return self.parent

    def members_on(self, day):
        """The people who sit in it on that day, by name.  Nobody sits in the joint meeting."""
        seats = self.seats.on(day)
        return Person.objects.filter(seats__in=seats).order_by("name", "pk")

    def term_on(self, day):
        return self.terms.on(day).first()

    def holder_of(self, office, day):
        """The person who holds this office on that day, or None."""
        held = self.offices.on(day).filter(kind=office).select_related("person").first()
        return held.person if held else None


class Term(models.Model):
    """A term of a council (기): two years as a rule, until before its last day."""

    council = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField(_("기"))
    from_on = models.DateField(_("시작하는 날"))
    until_on = models.DateField(_("끝나는 날(이날은 빼고)"))

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("임기")
        constraints = [
            models.UniqueConstraint(name="membership_term_once", fields=["council", "number"]),
            models.CheckConstraint(
                name="membership_term_starts_before_it_ends",
                condition=Q(from_on__lt=F("until_on")),
            ),
            ExclusionConstraint(
                name="membership_one_term_at_a_time",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    (DateRange(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return str(_("%(number)s기") % {"number": self.number})

    @property
    def stay(self):
        return self.from_on, self.until_on


class SeatQuerySet(DatedQuerySet):
    def of(self, person):
        """Every seat somebody has or had, newest first."""
        return (
            self.filter(person=person)
            .select_related("body__dong", "body__parent", "term")
            .order_by("-from_on", "-pk")
        )

    def in_other_councils(self, person, body):
        """The seats of a person in councils other than this one: nobody sits in two."""
        return self.filter(person=person, body__kind=BodyKind.COUNCIL).exclude(body=body)

    def waiting_for(self, person):
        """Seats of people who left the house: who manages the council ends them.

        Rows with `title`, `due_on`, `link`, `next_act`.
        """
        dongs = [r.dong_id for r in person.roles_today if r.kind in MANAGERS and r.dong_id]
        districts = [r.district_id for r in person.roles_today if r.kind in MANAGERS]
        managed = Q(body__dong__in=dongs) | Q(body__dong__district__in=filter(None, districts))
        rows = self.on(timezone.localdate()).filter(managed, person__left_at__isnull=False)
        return list(rows.select_related("body__dong", "person").order_by("pk"))

    def with_people(self):
        return self.select_related("person").order_by("person__name", "pk")

    def sexes(self):
        """How many women and men sit, of those whose sex is known."""
        return self.aggregate(
            women=models.Count("pk", filter=Q(person__sex="F")),
            men=models.Count("pk", filter=Q(person__sex="M")),
        )


class Seat(models.Model):
    """Somebody's seat in a body, from a day until before another.

    A seat of a council runs to the end of its term and may end earlier; `ended_because` says why.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    term = models.ForeignKey(
        Term, null=True, blank=True, on_delete=models.PROTECT, related_name="seats"
    )
    from_on = models.DateField(_("시작하는 날"))
    until_on = models.DateField(_("끝나는 날(이날은 빼고)"), null=True, blank=True)
    ground = models.CharField(
        _("위촉 자격"), max_length=24, blank=True, choices=[*STANDINGS.items()]
    )
    ended_because = models.CharField(
        _("끝난 까닭"), max_length=20, blank=True, choices=[*texts.END_REASONS.items()]
    )

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("위원 자리")
        constraints = [
            models.CheckConstraint(
                name="membership_seat_starts_before_it_ends",
                condition=Q(until_on=None) | Q(from_on__lte=F("until_on")),
            ),
            models.CheckConstraint(
                name="membership_seat_that_ended_early_has_a_day",
                condition=Q(ended_because="") | Q(until_on__isnull=False),
            ),
            ExclusionConstraint(
                name="membership_nobody_sits_twice_in_a_body",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DateRange(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.body} {self.person}"

    def get_absolute_url(self):
        return self.body.get_absolute_url()

    @property
    def title(self):
        return _now("%(body)s, 떠난 주민의 자리") % {"body": self.body}

    @property
    def due_on(self):
        return timezone.localdate(self.person.left_at)

    @property
    def link(self):
        return reverse("membership:end_seat", args=[self.pk])

    @property
    def next_act(self):
        return _now("자리 끝내기")

    @property
    def stay(self):
        return self.from_on, self.until_on


class OfficeQuerySet(DatedQuerySet):
    def in_order(self):
        """The chair first, as offices are named in the ordinance."""
        order = {kind: place for place, kind in enumerate(OfficeKind)}
        places = [models.When(kind=kind, then=place) for kind, place in order.items()]
        return self.order_by(models.Case(*places), "from_on", "pk")


class Office(models.Model):
    """An office somebody holds in a body, from a day until before another."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="offices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="offices")
    kind = models.CharField(_("직책"), max_length=20, choices=[*texts.OFFICES.items()])
    from_on = models.DateField(_("시작하는 날"))
    until_on = models.DateField(_("끝나는 날(이날은 빼고)"), null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("직책")
        constraints = [
            models.CheckConstraint(
                name="membership_office_starts_before_it_ends",
                condition=Q(until_on=None) | Q(from_on__lte=F("until_on")),
            ),
            ExclusionConstraint(
                name="membership_one_holder_at_a_time",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DateRange(), RangeOperators.OVERLAPS),
                ],
                condition=~Q(kind=OfficeKind.AUDITOR),
            ),
            ExclusionConstraint(
                name="membership_office_once_per_person",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (DateRange(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.body} {self.get_kind_display()}"

    @property
    def stay(self):
        return self.from_on, self.until_on
