"""What happens at the door: who came, what was given to them, what was decided afterwards.

Rows are only added; what ends a check-in is a ruling of two people beside it.  A check-in has a
time by design: it says that somebody stood at the table, as the signature list does, and nothing
of what they chose.
"""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.ground.people.models import Person
from maeul.vault.ballot import texts
from maeul.vault.ballot.models.booth import Booth
from maeul.vault.ballot.models.fences import OF_BOOTH, OF_CHECK_IN, OF_OUTER, added_until_fixed
from maeul.vault.ballot.models.roll import Elector
from maeul.vault.ballot.rules import ENDING, ON_PAPER, RulingKind


class CheckInQuerySet(models.QuerySet):
    def ruled(self, *kinds):
        """Two different people said so."""
        agreed = (
            Ruling.objects.filter(kind__in=kinds)
            .order_by()
            .values("check_in", "kind")
            .annotate(people=models.Count("by", distinct=True))
            .filter(people__gte=2)
        )
        return self.filter(pk__in=agreed.values("check_in"))

    def standing(self):
        """Neither undone, struck nor lost."""
        ended = self.model.objects.ruled(*ENDING)
        return self.exclude(pk__in=ended.values("pk"))

    def on_paper(self):
        """With a sheet in a box: given at the table, or in an outer envelope."""
        return self.filter(way__in=ON_PAPER)

    def undecided(self):
        """Somebody said something of it, and no two agree yet."""
        decided = self.model.objects.ruled(*ENDING, RulingKind.STANDS)
        return self.filter(rulings__isnull=False).exclude(pk__in=decided.values("pk")).distinct()


class CheckIn(AddOnly):
    """An elector signed line `list_number` of a booth's list, and got a sheet or a slip."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    elector = models.ForeignKey(Elector, on_delete=models.PROTECT, related_name="check_ins")
    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, related_name="check_ins")
    list_number = models.PositiveIntegerField(_("서명부 번호"))
    way = models.CharField(_("방법"), max_length=5, choices=[*texts.WAYS.items()])
    revision = models.PositiveIntegerField()
    """Of the poll book, after it: of paper its own, of a kiosk the one it begins from."""
    line_number = models.PositiveSmallIntegerField(_("줄 번호표"), null=True, blank=True)
    late = models.BooleanField(_("종이 명부에서 옮겨 적음"), default=False)
    clerk = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    objects = CheckInQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_until_fixed(path=OF_BOOTH)]
        verbose_name = _("본인 확인")
        ordering = ["booth", "list_number"]
        constraints = [
            models.UniqueConstraint(name="ballot_list_line", fields=["booth", "list_number"]),
            models.UniqueConstraint(name="ballot_line_slip", fields=["booth", "line_number"]),
            models.CheckConstraint(name="ballot_list_from_one", condition=Q(list_number__gte=1)),
        ]

    def __str__(self):
        return f"{self.booth} {self.list_number}"

    def rulings_of(self, kind) -> set[int]:
        return set(self.rulings.filter(kind=kind).values_list("by_id", flat=True))

    def ended_as(self) -> RulingKind | None:
        """As what two people ended it; None while it stands."""
        return next((kind for kind in ENDING if len(self.rulings_of(kind)) >= 2), None)


class Slip(AddOnly):
    """A one-time code for a kiosk.  The newest of a check-in opens that elector's ballot."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="slips")
    code_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField(_("만든 때"))

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_until_fixed(path=OF_CHECK_IN)]
        verbose_name = _("단말 표")
        ordering = ["pk"]

    def __str__(self):
        return str(self.check_in)


class Ruling(AddOnly):
    """What one person says of a check-in; it holds when a second one says the same."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="rulings")
    kind = models.CharField(_("결정"), max_length=8, choices=[*texts.RULINGS.items()])
    reason = models.CharField(_("까닭"), max_length=200)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_until_fixed(path=OF_CHECK_IN)]
        verbose_name = _("본인 확인에 대한 결정")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="ballot_ruling_once_each", fields=["check_in", "kind", "by"]
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class OuterQuerySet(models.QuerySet):
    def decided(self):
        """Two people's newest rulings are alike."""
        alike = (
            OuterRuling.objects.newest()
            .order_by()
            .values("outer", "accepted", "elector")
            .annotate(people=models.Count("by", distinct=True))
            .filter(people__gte=2)
        )
        return self.filter(pk__in=alike.values("outer"))

    def undecided(self):
        return self.exclude(pk__in=self.model.objects.decided().values("pk"))


class Outer(AddOnly):
    """A sheet in a named outer envelope: two officers decide before opening whose it is."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, related_name="outers")
    list_number = models.PositiveIntegerField(_("서명부 번호"))
    reason = models.CharField(_("까닭"), max_length=11, choices=[*texts.OUTER_REASONS.items()])
    elector = models.ForeignKey(
        Elector, null=True, blank=True, on_delete=models.PROTECT, related_name="outers"
    )
    name = models.CharField(_("이름"), max_length=60)
    style = models.CharField(_("투표지 종류"), max_length=40)
    match_exact = models.BinaryField(null=True, blank=True)
    match_name_day = models.BinaryField(null=True, blank=True)
    match_birth_family = models.BinaryField(null=True, blank=True)
    proof = models.CharField(_("본 신분증"), max_length=60)
    clerk = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    objects = OuterQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_until_fixed(path=OF_BOOTH)]
        verbose_name = _("겉봉투")
        ordering = ["booth", "list_number"]
        constraints = [
            models.UniqueConstraint(name="ballot_outer_line", fields=["booth", "list_number"]),
            models.CheckConstraint(
                name="ballot_outer_whose",
                condition=Q(elector__isnull=False)
                | Q(match_exact__isnull=False)
                & Q(match_name_day__isnull=False)
                & Q(match_birth_family__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.booth} {self.list_number}"


class OuterRulingQuerySet(models.QuerySet):
    def newest(self):
        """Of each person; who changed their mind, or saw it together with the other, says so
        anew."""
        later = self.model.objects.filter(
            outer=models.OuterRef("outer"), by=models.OuterRef("by"), pk__gt=models.OuterRef("pk")
        )
        return self.filter(~models.Exists(later))


class OuterRuling(AddOnly):
    """What one officer says of an outer envelope: whose it is, or that it stays shut."""

    outer = models.ForeignKey(Outer, on_delete=models.PROTECT, related_name="rulings")
    accepted = models.BooleanField(_("받음"))
    elector = models.ForeignKey(
        Elector, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    """As whom it is accepted; nobody: as somebody new on the supplementary roll."""
    reason = models.CharField(_("까닭"), max_length=200, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    objects = OuterRulingQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_until_fixed(path=OF_OUTER)]
        verbose_name = _("겉봉투에 대한 결정")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="ballot_outer_refused_is_nobodys",
                condition=Q(accepted=True) | Q(elector=None) & ~Q(reason=""),
            )
        ]

    def __str__(self):
        return str(_("받음") if self.accepted else _("받지 않음"))


class LateLine(AddOnly):
    """A line of a signature list that was filled while the network was down, entered after
    closing: it becomes a check-in when a second person has read the same from the list."""

    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, related_name="late_lines")
    list_number = models.PositiveIntegerField(_("서명부 번호"))
    elector = models.ForeignKey(Elector, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_until_fixed(path=OF_BOOTH)]
        verbose_name = _("옮겨 적은 서명부 줄")
        ordering = ["booth", "list_number", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="ballot_late_line_once_each", fields=["booth", "list_number", "elector", "by"]
            )
        ]

    def __str__(self):
        return f"{self.booth} {self.list_number}"
