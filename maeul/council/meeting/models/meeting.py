from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from maeul.council.meeting import rules, texts
from maeul.council.meeting.rules import Kind, State
from maeul.council.membership.models import Body
from maeul.council.membership.rules import OfficeKind
from maeul.ground.law.models import Provision
from maeul.ground.people.models import Person
from maeul.ground.people.rules import RoleKind

WAS_OPENED = [State.OPENED, State.CLOSED, State.MINUTES_PUBLISHED]
WAS_CLOSED = [State.CLOSED, State.MINUTES_PUBLISHED]


class MeetingQuerySet(models.QuerySet):
    def of_dong(self, dong):
        return self.filter(body__dong=dong).select_related("body__dong", "body__parent")

    def visible_to(self, person):
        """Public meetings; a closed one for those who sit in its body or serve its dong."""
        if not person.is_authenticated:
            return self.filter(public=True)
        dongs, districts = _served_by(person)
        sits = Body.objects.in_which_sits(person, on=timezone.localdate())
        return self.filter(
            Q(public=True)
            | Q(body__dong__in=dongs)
            | Q(body__dong__district__in=districts)
            | Q(body__in=sits)
        )

    def upcoming(self):
        """Called or running, the next one first."""
        return self.filter(state__in=[State.CALLED, State.OPENED]).order_by("starts_at", "pk")

    def held(self):
        """Over, newest first."""
        return self.filter(state__in=WAS_CLOSED).order_by("-starts_at", "-pk")

    def past(self):
        """Over or called off, newest first."""
        return self.exclude(state__in=[State.CALLED, State.OPENED]).order_by("-starts_at", "-pk")

    def newest_first(self):
        return self.order_by("-starts_at", "-pk")

    def in_year(self, year):
        return self.filter(starts_at__year=year)

    def of_body(self, body):
        return self.filter(body=body).order_by("starts_at", "pk")

    def next_called(self, body, *, after):
        """The next meeting of a body that is called and later than this one, or None."""
        return self.of_body(body).filter(state=State.CALLED, starts_at__gt=after).first()

    def waiting_for(self, person):
        """What waits for somebody: for staff a meeting to open, to close, whose minutes to
        publish; for members the invitation.  Each row has `title`, `due_on`, `link`, `next_act`.
        """
        dongs, districts = _served_by(person)
        serves = Q(body__dong__in=dongs) | Q(body__dong__district__in=districts)
        sits = Body.objects.in_which_sits(person, on=timezone.localdate())
        invited = Q(state=State.CALLED) & (
            Q(body__in=sits) | Q(kind=Kind.JOINT, body__dong__in=sits.values("dong"))
        )
        running = [State.CALLED, State.OPENED, State.CLOSED]
        return (
            self.filter(invited | (serves & Q(state__in=running)))
            .select_related("body__dong")
            .annotate(is_served=models.Case(models.When(serves, then=True), default=False))
            .order_by("starts_at", "pk")
        )


def _served_by(person):
    """The dongs and districts whose meetings this person runs."""
    runs = (RoleKind.DONG_OFFICER, RoleKind.SECRETARY, RoleKind.DISTRICT_OFFICER)
    roles = [role for role in person.roles_today if role.kind in runs]
    return [r.dong_id for r in roles if r.dong_id], [r.district_id for r in roles if r.district_id]


class Meeting(models.Model):
    """One meeting of a body, from its call to its published minutes.

    `kept` holds the limits it was called, opened and closed under.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(_("종류"), max_length=16, choices=[*texts.KINDS.items()])
    year = models.PositiveSmallIntegerField(_("해"))
    number = models.PositiveSmallIntegerField(_("그해의 회차"))
    title = models.CharField(_("이름"), max_length=120)
    starts_at = models.DateTimeField(_("시작"))
    place = models.CharField(_("곳"), max_length=120)
    public = models.BooleanField(_("공개"))
    asked_by = models.CharField(
        _("요청한 사람"), max_length=12, blank=True, choices=[*texts.ASKERS.items()]
    )
    urgent_because = models.CharField(_("급한 까닭"), max_length=300, blank=True)
    called_at = models.DateTimeField(_("알린 때"))
    state = models.CharField(
        _("상태"), max_length=20, default=State.CALLED, choices=[*texts.STATES.items()]
    )
    opened_at = models.DateTimeField(_("연 때"), null=True, blank=True)
    in_office = models.PositiveSmallIntegerField(_("재적 위원"), null=True, blank=True)
    present_at_opening = models.PositiveSmallIntegerField(_("열 때 온 사람"), null=True, blank=True)
    guests = models.PositiveSmallIntegerField(_("이름을 적지 않은 손님"), default=0)
    closed_at = models.DateTimeField(_("마친 때"), null=True, blank=True)
    minutes_due_on = models.DateField(_("회의록 공개 기한"), null=True, blank=True)
    minutes_note = models.TextField(_("회의록에 덧붙일 말"), blank=True)
    cancelled_because = models.CharField(_("취소한 까닭"), max_length=300, blank=True)
    kept = models.JSONField(_("따른 규정"), default=dict)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("회의")
        indexes = [models.Index(name="meeting_by_time", fields=["starts_at", "id"])]
        constraints = [
            models.UniqueConstraint(
                name="meeting_numbered_once",
                fields=["body", "kind", "year", "number"],
            ),
            models.CheckConstraint(
                name="meeting_opened_with_time_and_count",
                condition=Q(
                    state__in=WAS_OPENED,
                    opened_at__isnull=False,
                    in_office__isnull=False,
                    present_at_opening__isnull=False,
                )
                | (~Q(state__in=WAS_OPENED) & Q(opened_at=None)),
            ),
            models.CheckConstraint(
                name="meeting_closed_with_time_and_deadline",
                condition=Q(
                    state__in=WAS_CLOSED, closed_at__isnull=False, minutes_due_on__isnull=False
                )
                | (~Q(state__in=WAS_CLOSED) & Q(closed_at=None)),
            ),
            models.CheckConstraint(
                name="meeting_cancelled_with_a_reason",
                condition=~Q(state=State.CANCELLED) | ~Q(cancelled_because=""),
            ),
            models.CheckConstraint(
                name="meeting_extra_plenary_names_who_asked",
                condition=~Q(kind=Kind.PLENARY_EXTRA) | ~Q(asked_by=""),
            ),
        ]

    def __str__(self):
        return f"{self.body.dong} {self.title}"

    def get_absolute_url(self):
        return reverse("meeting:meeting", args=[self.pk])

    @property
    def link(self):
        return self.get_absolute_url()

    @property
    def run_link(self):
        return reverse("meeting:run", args=[self.pk])

    @property
    def minutes_link(self):
        return reverse("meeting:minutes", args=[self.pk])

    @property
    def dong(self):
        return self.body.dong

    @property
    def on(self):
        """The day of the meeting."""
        return timezone.localdate(self.starts_at)

    @property
    def days_of_notice(self):
        return (self.on - timezone.localdate(self.called_at)).days

    @property
    def needs_quorum(self):
        return rules.needs_quorum(self.kind)

    @property
    def takes_topics(self):
        return self.state in (State.CALLED, State.OPENED)

    @property
    def is_over(self):
        return self.state in WAS_CLOSED

    @property
    def family(self):
        """How its state looks."""
        return texts.STATE_FAMILIES[self.state]

    def members_in_office(self, day=None):
        """The people who sit in its body on that day (재적)."""
        return self.body.members_on(day or self.on)

    def invited(self):
        """Who is told: the body's members; for a joint meeting those of the council and all its
        subcommittees."""
        if self.kind != Kind.JOINT:
            return self.members_in_office()
        seats = Body.objects.of_dong(self.dong).seats_on(self.on)
        return Person.objects.filter(seats__in=seats).distinct().order_by("name", "pk")

    def tickable(self):
        """Whose name stands on the roll: the invited, and whoever else was here already."""
        invited = self.invited().order_by().values("pk")
        came = self.attendances.values("person")
        rows = Person.objects.filter(Q(pk__in=invited) | Q(pk__in=came))
        return rows.order_by("name", "pk")

    def presence(self):
        """How many are here now, of how many, and how many are needed."""
        here = self.attendances.here()
        if not self.needs_quorum:
            return {"here": here.count() + self.guests, "whole": None, "needed": None}
        whole = self.in_office if self.in_office is not None else self.members_in_office().count()
        law = Provision.objects.in_force(dong=self.dong, at=self.opened_at or self.starts_at)
        return {
            "here": here.members().count(),
            "whole": whole,
            "needed": rules.needed(whole, law_word=law["meetings.quorum"].value),
        }

    def chair(self):
        """Who leads it: the chair of its council or subcommittee, or None."""
        council = Body.objects.council_of(self.dong) if self.kind == Kind.JOINT else self.body
        if council is None:
            return None
        office = OfficeKind.CHAIR if council.kind == "council" else OfficeKind.SUBCOMMITTEE_CHAIR
        return council.holder_of(office, self.on)

    # What a worklist shows.  `is_served` is put on by `waiting_for`: who looks runs the meeting.

    @property
    def due_on(self):
        return self.minutes_due_on if self.is_served and self.state == State.CLOSED else self.on

    @property
    def next_act(self):
        if not self.is_served:
            return _now("회의에 오기")
        if self.state == State.CALLED:
            return _now("회의 열기")
        return _now("회의 진행하기") if self.state == State.OPENED else _now("회의록 공개하기")


class AttendanceQuerySet(models.QuerySet):
    def here(self):
        """Who has come and not left."""
        return self.filter(left_at=None)

    def members(self):
        return self.filter(as_member=True)

    def in_order(self):
        return self.select_related("person").order_by("person__name", "came_at", "pk")

    def people(self):
        """How many different people came."""
        return self.values("person").distinct().count()


class Attendance(models.Model):
    """Somebody was at a meeting from when until when; who goes out and comes back has two rows."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    as_member = models.BooleanField(_("위원으로"))
    came_at = models.DateTimeField(_("온 때"))
    left_at = models.DateTimeField(_("나간 때"), null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("출석")
        constraints = [
            models.UniqueConstraint(
                name="meeting_nobody_is_here_twice",
                fields=["meeting", "person"],
                condition=Q(left_at=None),
            ),
            models.CheckConstraint(
                name="meeting_nobody_leaves_before_coming",
                condition=Q(left_at=None) | Q(came_at__lte=F("left_at")),
            ),
        ]

    def __str__(self):
        return f"{self.meeting} {self.person}"
