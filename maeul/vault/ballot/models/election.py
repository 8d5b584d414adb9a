"""The election itself: when, by whom, under which locks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import floor
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maeul.core import money
from maeul.ground.people.models import Person
from maeul.vault.ballot import clock, texts
from maeul.vault.ballot import manifest as manifests
from maeul.vault.ballot.models.fences import ALLOWED_MOVES, only_in_draft
from maeul.vault.ballot.rules import Channel, State, is_open

EVERYBODY = "전체"
"""The style of elections in which all electors get the same ballot."""


NOT_FROZEN = " - 'state' - 'tie_value' - 'extended_to'"
"""The columns of a frozen election that still move, each under a trigger of its own."""

ENDS_AT = Coalesce("extended_to", "closes_at")
"""When the poll really ends: at its closing, or when two officers extended it."""


class ElectionQuerySet(models.QuerySet):
    def running(self):
        """Not yet closed by the closing job, though its time may be over."""
        return self.filter(state__in=[State.FROZEN, State.OPEN]).order_by("closes_at", "pk")

    def to_close(self, moment):
        return self.running().alias(ends=ENDS_AT).filter(ends__lte=moment)

    def open_at(self, moment):
        return self.running().alias(ends=ENDS_AT).filter(opens_at__lte=moment, ends__gt=moment)

    def published(self):
        return self.filter(state__in=[State.PUBLISHED, State.DESTROYED])

    def of_officer(self, person):
        return self.filter(officers__person=person).order_by("-drafted_at", "pk")

    def for_elector(self, person):
        return self.filter(electors__person=person).order_by("closes_at", "pk")

    def in_which_voted(self, person):
        return self.filter(
            electors__person=person,
            electors__entry__channel__in=[Channel.ONLINE, Channel.KIOSK, Channel.PAPER],
        )

    def waiting_for(self, person):
        """Acts missing from this officer, and open polls in which this elector has not voted."""
        duties = [
            Duty(
                title=election.title,
                due_on=local_day(
                    election.opens_at if election.state == State.DRAFT else election.ends_at
                ),
                link=reverse("ballot:desk", args=[election.pk]),
                next_act=texts.NEXT_ACTS[State(election.state)],
            )
            for election in self.of_officer(person).filter(state__in=list(texts.NEXT_ACTS))
        ]
        waiting = self.for_elector(person).open_at(clock.NOW)
        return duties + [
            Duty(
                title=election.title,
                due_on=local_day(election.ends_at),
                link=reverse("ballot:ballot", args=[election.pk]),
                next_act=texts.VOTE,
            )
            for election in waiting.exclude(pk__in=self.model.objects.in_which_voted(person))
        ]


TEN_MINUTES = 600
"""In seconds: the steps in which turnout is told."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of a worklist."""

    title: str
    due_on: date | None
    link: str
    next_act: str


def local_day(moment) -> date | None:
    return moment and timezone.localtime(moment).date()


def only_online() -> list[str]:
    return [Channel.ONLINE.value]


class Election(models.Model):
    """A secret vote: questions, roll, locks and times, all frozen together."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    title = models.CharField(_("이름"), max_length=120)
    lead = models.CharField(_("한두 줄 설명"), max_length=300, blank=True)
    state = models.CharField(
        _("상태"), max_length=12, choices=[*texts.STATES.items()], default=State.DRAFT
    )
    drafted_at = models.DateTimeField(_("만든 때"))
    opens_at = models.DateTimeField(_("시작"), null=True, blank=True)
    closes_at = models.DateTimeField(_("마감"), null=True, blank=True)
    online_closes_at = models.DateTimeField(_("온라인 마감"), null=True, blank=True)
    extended_to = models.DateTimeField(_("늘린 마감"), null=True, blank=True)
    channels = ArrayField(
        models.CharField(max_length=6), verbose_name=_("투표 방법"), default=only_online
    )
    is_hall = models.BooleanField(_("회의장 투표"), default=False)
    """On paper in one room, counted aloud: only totals are known of it."""
    roll_open_until = models.DateField(_("명부 열람 마지막 날"), null=True, blank=True)
    born_by = models.DateField(_("태어난 날이 이날까지"), null=True, blank=True)
    """Who is born later is too young; asked of people who are registered at the door."""
    currency = models.CharField(_("돈의 단위"), max_length=3, default="KRW")
    minor_digits = models.PositiveSmallIntegerField(_("보조 단위 자릿수"), default=0)
    quorum = models.PositiveIntegerField(_("정족수"), null=True, blank=True)
    quorum_source = models.CharField(_("정족수 근거"), max_length=120, blank=True)
    styles = ArrayField(models.CharField(max_length=40), verbose_name=_("투표지 종류"))
    tie_source = models.CharField(_("추첨 숫자를 가져올 곳"), max_length=200, blank=True)
    tie_on = models.DateField(_("추첨 숫자가 나오는 날"), null=True, blank=True)
    tie_value = models.CharField(_("추첨 숫자"), max_length=200, blank=True)
    help_place = models.CharField(_("도움받는 곳"), max_length=200, blank=True)
    head_places = ArrayField(
        models.CharField(max_length=120), verbose_name=_("값을 적어 두는 곳"), default=list
    )
    plaintext_bytes = models.PositiveIntegerField(null=True, blank=True)
    roll_size = models.PositiveIntegerField(_("선거인 수"), null=True, blank=True)
    roll_hash = models.BinaryField(null=True, blank=True)
    receipt_key = models.BinaryField(null=True, blank=True)
    manifest = models.TextField(_("투표 명세"), blank=True)
    chain0 = models.BinaryField(null=True, blank=True)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("투표")
        constraints = [
            models.CheckConstraint(
                name="ballot_ends_after_it_begins",
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
            ),
            models.CheckConstraint(
                name="ballot_online_ends_with_the_poll",
                condition=Q(online_closes_at=None)
                | Q(online_closes_at__gt=F("opens_at"), online_closes_at__lte=F("closes_at")),
            ),
            models.CheckConstraint(
                name="ballot_only_extended",
                condition=Q(extended_to=None) | Q(extended_to__gt=F("closes_at")),
            ),
            models.CheckConstraint(
                name="ballot_known_channels",
                condition=Q(
                    channels__contained_by=[Channel.ONLINE, Channel.KIOSK, Channel.PAPER],
                    channels__len__gte=1,
                ),
            ),
            models.CheckConstraint(
                name="ballot_hall_is_on_paper",
                condition=Q(is_hall=False) | Q(channels=[Channel.PAPER]),
            ),
            models.CheckConstraint(
                name="ballot_frozen_is_whole",
                condition=Q(state__in=[State.DRAFT, State.VOID])
                | Q(
                    opens_at__isnull=False,
                    closes_at__isnull=False,
                    chain0__isnull=False,
                    receipt_key__isnull=False,
                    roll_hash__isnull=False,
                    roll_size__gt=0,
                    plaintext_bytes__gt=0,
                )
                & ~Q(manifest=""),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'draft' AND"
                    f" (to_jsonb(OLD){NOT_FROZEN}) IS DISTINCT FROM (to_jsonb(NEW){NOT_FROZEN})"
                ),
                func="RAISE EXCEPTION 'ballot: a frozen election cannot be changed';",
            ),
            pgtrigger.Trigger(
                name="extended_once_before_closing",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.extended_to IS DISTINCT FROM NEW.extended_to AND"
                    " (OLD.extended_to IS NOT NULL OR OLD.state NOT IN ('frozen', 'open')"
                    "  OR ballot_clock() >= OLD.closes_at)"
                ),
                func="RAISE EXCEPTION 'ballot: a poll is extended once, before it closes';",
            ),
            pgtrigger.Trigger(
                name="seed_once_after_closing",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.tie_value IS DISTINCT FROM NEW.tie_value AND"
                    " (OLD.tie_value <> '' OR OLD.state NOT IN ('closed', 'opened'))"
                ),
                func="RAISE EXCEPTION 'ballot: the seed is written once, after closing';",
            ),
            pgtrigger.Trigger(
                name="moves",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    f"OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN ({ALLOWED_MOVES})"
                ),
                func="RAISE EXCEPTION 'ballot: no move from % to %', OLD.state, NEW.state;",
            ),
            pgtrigger.Protect(
                name="stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state <> 'draft'"),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("ballot:election", args=[self.pk])

    def address_of_mine(self):
        """Where an elector reads that their vote counts."""
        return reverse("ballot:mine", args=[self.pk])

    def address_of_roll(self):
        """Where somebody reads whether they are on the roll."""
        return reverse("ballot:roll", args=[self.pk])

    def is_open(self, moment) -> bool:
        return is_open(
            State(self.state), opens_at=self.opens_at, closes_at=self.ends_at, clock=moment
        )

    @property
    def ends_at(self):
        """When the poll really ends: at its closing, or when two officers extended it."""
        return self.extended_to or self.closes_at

    @property
    def online_ends_at(self):
        """An end of online voting of its own is frozen and stays; else it ends with the poll."""
        return self.online_closes_at or self.ends_at

    def takes(self, channel) -> bool:
        return channel in self.channels

    def is_open_now(self) -> bool:
        return self.state != State.DRAFT and self.is_open(clock.now())

    def is_open_online_now(self) -> bool:
        if self.state == State.DRAFT or not self.takes(Channel.ONLINE):
            return False
        now = clock.now()
        return self.is_open(now) and now < self.online_ends_at

    def frozen(self) -> manifests.Manifest:
        """The manifest as values."""
        return manifests.read(self.manifest.encode())

    def head(self) -> bytes:
        """The newest head of the board; the manifest's hash while nothing hangs on it."""
        last = self.board.order_by("-batch").values_list("head", flat=True).first()
        return bytes(last or self.chain0)

    def amount(self, minor: int | None) -> str:
        """A sum as people read it: won in short form, other currencies exact with their code."""
        if minor is None:
            return ""
        if self.currency == "KRW":
            return money.in_words(minor)
        whole, rest = divmod(minor, 10**self.minor_digits)
        digits = f".{rest:0{self.minor_digits}d}" if rest else ""
        return f"{whole:,}{digits} {self.currency}"

    def fallen_behind(self) -> str:
        """The head outside that this board lacked and still lacks; empty when it has all."""
        acts = self.acts.filter(act__in=["fell_behind", "board_restored"]).order_by("-pk")
        last = acts.values_list("act", "subject").first()
        return last[1] if last and last[0] == "fell_behind" else ""

    def is_behind(self) -> bool:
        """Restored from a backup that has forgotten ballots on the board outside."""
        return bool(self.fallen_behind())

    def batches(self):
        """The board in short, newest first: number, leaves, head."""
        return (
            self.board.values("batch", "head")
            .annotate(leaves=models.Count("pk"))
            .order_by("-batch")
        )

    def participants(self) -> int:
        return self.electors.participating().count()

    def turnout_on_board(self) -> int:
        """What may be told while the poll runs: people who had voted as of the last batch, and
        who had been given a sheet by then."""
        voted = self.envelopes.filter(tracker__in=self.board.values("leaf")).values("elector")
        if not self.takes(Channel.PAPER):
            return voted.distinct().count()
        if self.state in (State.FROZEN, State.OPEN):
            until = TEN_MINUTES * floor(clock.now().timestamp() / TEN_MINUTES)
            given = self.electors.given_a_sheet(until=datetime.fromtimestamp(until, tz=UTC))
        else:
            given = self.electors.given_a_sheet()
        return self.electors.filter(Q(pk__in=voted) | Q(pk__in=given.values("pk"))).count()

    def has_quorum(self) -> bool | None:
        return None if self.quorum is None else self.participants() >= self.quorum


class ElectionOfficer(models.Model):
    """Who may act for this election; two of them open and publish."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="officers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    from_council = models.BooleanField(_("주민자치회에서 온 사람"))

    class Meta:
        verbose_name = _("선거관리인")
        constraints = [
            models.UniqueConstraint(name="ballot_officer_once", fields=["election", "person"])
        ]
        triggers = [only_in_draft()]

    def __str__(self):
        return str(self.person)


class Lock(models.Model):
    """A public key and who keeps its private half.  The private half is nowhere here."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="locks")
    number = models.PositiveSmallIntegerField(_("번호"))
    holder = models.CharField(_("보관인"), max_length=60)
    public_key = models.BinaryField(_("공개 열쇠"))

    class Meta:
        verbose_name = _("자물쇠")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="ballot_lock_number", fields=["election", "number"]),
            models.UniqueConstraint(name="ballot_locks_differ", fields=["election", "public_key"]),
            models.CheckConstraint(name="ballot_two_locks", condition=Q(number__in=[1, 2])),
        ]
        triggers = [only_in_draft()]

    def __str__(self):
        return self.holder


class Rehearsal(models.Model):
    """A mock ballot that the holders must have opened before freezing."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="rehearsals")
    with_copies = models.BooleanField(_("사본으로"))
    parcel = models.BinaryField()
    word_hash = models.CharField(max_length=64)
    passed_at = models.DateTimeField(_("연 때"), null=True, blank=True)

    class Meta:
        verbose_name = _("예행연습")
        constraints = [
            models.UniqueConstraint(
                name="ballot_rehearsal_each", fields=["election", "with_copies"]
            )
        ]
        triggers = [only_in_draft()]

    def __str__(self):
        return str(_("사본") if self.with_copies else _("원본"))


class ReceiptKey(models.Model):
    """Signs receipts.  A thief could forge a receipt, never a ballot: the board decides."""

    election = models.OneToOneField(
        Election, primary_key=True, on_delete=models.CASCADE, related_name="receipt_seed"
    )
    seed = models.BinaryField()

    class Meta:
        verbose_name = _("확인증 열쇠")

    def __str__(self):
        return str(self.election)
