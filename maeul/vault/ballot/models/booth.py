"""Where people vote in person, who checks them in, and the devices that stand there."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.core.models import Upload
from maeul.ground.people.models import Person
from maeul.vault.ballot.door import COUNTS
from maeul.vault.ballot.models.election import Election
from maeul.vault.ballot.models.fences import (
    OF_BOOTH,
    added_until_fixed,
    only_in_draft,
    parts_only_in_draft,
)


class Booth(models.Model):
    """One numbered signature list (투표소); it may open at several places in turn."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="booths")
    number = models.PositiveSmallIntegerField(_("번호"))
    name = models.CharField(_("이름"), max_length=60)

    class Meta:
        verbose_name = _("투표소")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="ballot_booth_number", fields=["election", "number"]),
            models.UniqueConstraint(name="ballot_booth_name", fields=["election", "name"]),
        ]
        triggers = [only_in_draft()]

    def __str__(self):
        return self.name

    def last_list_number(self) -> int:
        """The last line of its signature list that is known here."""
        lines = [self.check_ins, self.outers, self.late_lines]
        last = (each.aggregate(n=models.Max("list_number"))["n"] for each in lines)
        return max((number or 0 for number in last), default=0)

    def photo_of_counts(self, *, by=None) -> Upload | None:
        """The newest photograph of the counts as they were signed at closing: of all who read
        them, or of these alone."""
        read = self.readings.exclude(photo=None).select_related("photo")
        read = (read if by is None else read.filter(by__in=by)).last()
        return read and read.photo


class BoothHours(models.Model):
    """From when until when a booth is at which place."""

    booth = models.ForeignKey(Booth, on_delete=models.CASCADE, related_name="hours")
    place = models.CharField(_("곳"), max_length=120)
    opens_at = models.DateTimeField(_("여는 때"))
    closes_at = models.DateTimeField(_("닫는 때"))

    class Meta:
        verbose_name = _("투표소 시간")
        ordering = ["opens_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="ballot_booth_ends_after_it_begins", condition=Q(closes_at__gt=F("opens_at"))
            )
        ]
        triggers = [parts_only_in_draft("ballot_booth", "booth_id")]

    def __str__(self):
        return self.place


class ClerkQuerySet(models.QuerySet):
    def serving(self):
        return self.filter(ended_at=None)


class Clerk(models.Model):
    """Who checks people in at a booth, until closing or until an officer ends it."""

    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, related_name="clerks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField(_("맡은 때"))
    ended_at = models.DateTimeField(_("그만둔 때"), null=True, blank=True)

    objects = ClerkQuerySet.as_manager()

    class Meta:
        verbose_name = _("투표사무원")
        constraints = [
            models.UniqueConstraint(
                name="ballot_clerk_once", fields=["booth", "person"], condition=Q(ended_at=None)
            )
        ]

    def __str__(self):
        return str(self.person)


class DeviceQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(taken_at__isnull=False, revoked_at=None)


class Device(models.Model):
    """A tablet at a booth.  It is known by a secret of which only the hash is here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(_("이름"), max_length=40)
    secret_hash = models.BinaryField(unique=True)
    enrolled_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    enrolled_at = models.DateTimeField(_("등록한 때"))
    taken_at = models.DateTimeField(_("켠 때"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(_("끊은 때"), null=True, blank=True)

    objects = DeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("투표 단말")
        constraints = [
            models.UniqueConstraint(
                name="ballot_device_name",
                fields=["booth", "name"],
                condition=Q(revoked_at=None),
            ),
            models.CheckConstraint(
                name="ballot_device_revoked_by_somebody",
                condition=Q(revoked_by=None, revoked_at=None)
                | Q(revoked_by__isnull=False, revoked_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name


class Line(AddOnly):
    """How many people stood in line at a booth when its time was over: so many numbered slips."""

    booth = models.OneToOneField(
        Booth, primary_key=True, on_delete=models.PROTECT, related_name="line"
    )
    slips = models.PositiveSmallIntegerField(_("나누어 준 번호표"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    class Meta(AddOnly.Meta):
        verbose_name = _("마감 때 줄")

    def __str__(self):
        return str(self.slips)


class BoothCounts(AddOnly):
    """What stands on the sheet that was signed at a booth when it closed."""

    signatures = models.PositiveIntegerField(_("서명부의 서명"))
    sheets_given = models.PositiveIntegerField(_("내준 투표용지"))
    sheets_back = models.PositiveIntegerField(_("쓰지 않고 돌려받은 투표용지"))
    outer_envelopes = models.PositiveIntegerField(_("겉봉투"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    class Meta(AddOnly.Meta):
        abstract = True

    @property
    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in COUNTS}


class BoothReadingQuerySet(models.QuerySet):
    def newest(self):
        """Of each person: who read again says so anew."""
        later = self.model.objects.filter(
            booth=models.OuterRef("booth"), by=models.OuterRef("by"), pk__gt=models.OuterRef("pk")
        )
        return self.filter(~models.Exists(later))


class BoothReading(BoothCounts):
    """What one person read from that sheet, without seeing what another one read; with its
    photograph, which one of them brings."""

    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, related_name="readings")
    photo = models.OneToOneField(
        Upload, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = BoothReadingQuerySet.as_manager()

    class Meta(BoothCounts.Meta):
        abstract = False
        triggers = [*AddOnly.Meta.triggers, added_until_fixed(path=OF_BOOTH)]
        verbose_name = _("마감표를 읽은 것")
        ordering = ["booth", "pk"]

    def __str__(self):
        return f"{self.booth}: {self.by}"


class BoothReport(BoothCounts):
    """The counts of a booth as signed on paper at closing and read aloud; two people read them
    alike.  Later ones must equal them."""

    booth = models.OneToOneField(
        Booth, primary_key=True, on_delete=models.PROTECT, related_name="report"
    )
    first_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    photo = models.ForeignKey(Upload, on_delete=models.PROTECT, related_name="+")

    class Meta(BoothCounts.Meta):
        abstract = False
        triggers = [*AddOnly.Meta.triggers, added_until_fixed(path=OF_BOOTH)]
        verbose_name = _("투표소 마감표")
        constraints = [
            models.CheckConstraint(name="ballot_report_of_two", condition=~Q(first_by=F("by")))
        ]

    def __str__(self):
        return str(self.booth)
