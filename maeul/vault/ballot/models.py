"""The tables of the ballot box.

Nothing here leads from a choice to a person.  Poll book, envelopes, board and opened ballots
have random keys, no time, no history and no line in the trail: two rows written in one
transaction share `xmin`, rows written in turn keep their physical order, and either was
enough to find every voter's ballot again when it lay in the open.  So it lies sealed until
closing, and what is opened is written once, shuffled for each question apart.
"""

from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maeul.core import money
from maeul.core.addonly import AddOnly
from maeul.ground.people.models import Person
from maeul.vault.ballot import clock, texts
from maeul.vault.ballot import manifest as manifests
from maeul.vault.ballot.rules import MOVES, Channel, State, is_open

EVERYBODY = "전체"
"""The style of elections in which all electors get the same ballot."""

ALLOWED_MOVES = ", ".join(
    f"('{before.value}', '{after.value}')"
    for before, afters in MOVES.items()
    for after in sorted(afters)
)


def only_in_draft(name="frozen_with_the_election", election="election_id"):
    """Rows of an election cannot be added, changed or dropped once it is frozen.

    The row of the election is held FOR SHARE, so that freezing waits for who is still adding.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("found_state", "text")],
        func=f"""
            SELECT state INTO found_state FROM ballot_election
             WHERE id = coalesce(NEW.{election}, OLD.{election}) FOR SHARE;
            IF found_state <> 'draft' THEN
                RAISE EXCEPTION 'ballot: % is frozen with its election', TG_TABLE_NAME;
            END IF;
            RETURN coalesce(NEW, OLD);
        """,
    )


def options_only_in_draft():
    return pgtrigger.Trigger(
        name="frozen_with_the_election",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("found_state", "text")],
        func="""
            SELECT e.state INTO found_state FROM ballot_election e
              JOIN ballot_question q ON q.election_id = e.id
             WHERE q.id = coalesce(NEW.question_id, OLD.question_id) FOR SHARE OF e;
            IF found_state <> 'draft' THEN
                RAISE EXCEPTION 'ballot: % is frozen with its election', TG_TABLE_NAME;
            END IF;
            RETURN coalesce(NEW, OLD);
        """,
    )


def added_only_when(*states, path):
    """Rows that belong to one hour of an election's life; `path` finds the election's state."""
    named = ", ".join(f"'{state.value}'" for state in states)
    return pgtrigger.Trigger(
        name="added_in_its_hour",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("found_state", "text")],
        func=f"""
            SELECT e.state INTO found_state FROM {path};
            IF found_state NOT IN ({named}) THEN
                RAISE EXCEPTION 'ballot: nothing is added to % when %', TG_TABLE_NAME, found_state;
            END IF;
            RETURN NEW;
        """,
    )


OF_ELECTION = "ballot_election e WHERE e.id = NEW.election_id"
OF_QUESTION = (
    "ballot_election e JOIN ballot_question q ON q.election_id = e.id WHERE q.id = NEW.question_id"
)
OF_OPTION = (
    "ballot_election e JOIN ballot_question q ON q.election_id = e.id"
    " JOIN ballot_option o ON o.question_id = q.id WHERE o.id = NEW.option_id"
)


class ElectionQuerySet(models.QuerySet):
    def running(self):
        """Not yet closed by the closing job, though its time may be over."""
        return self.filter(state__in=[State.FROZEN, State.OPEN]).order_by("closes_at", "pk")

    def to_close(self, moment):
        return self.running().filter(closes_at__lte=moment)

    def open_at(self, moment):
        return self.running().filter(opens_at__lte=moment, closes_at__gt=moment)

    def published(self):
        return self.filter(state__in=[State.PUBLISHED, State.DESTROYED])

    def of_officer(self, person):
        return self.filter(officers__person=person).order_by("-drafted_at", "pk")

    def for_elector(self, person):
        return self.filter(electors__person=person).order_by("closes_at", "pk")

    def waiting_for(self, person):
        """Acts missing from this officer, and open polls in which this elector has not voted."""
        duties = [
            Duty(
                title=election.title,
                due_on=local_day(
                    election.opens_at if election.state == State.DRAFT else election.closes_at
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
                due_on=local_day(election.closes_at),
                link=reverse("ballot:ballot", args=[election.pk]),
                next_act=texts.VOTE,
            )
            for election in waiting.exclude(
                electors__in=Elector.objects.filter(person=person, entry__revision__gt=0)
            )
        ]


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of a worklist."""

    title: str
    due_on: date | None
    link: str
    next_act: str


def local_day(moment) -> date | None:
    return moment and timezone.localtime(moment).date()


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
    currency = models.CharField(_("돈의 단위"), max_length=3, default="KRW")
    minor_digits = models.PositiveSmallIntegerField(_("보조 단위 자릿수"), default=0)
    quorum = models.PositiveIntegerField(_("정족수"), null=True, blank=True)
    quorum_source = models.CharField(_("정족수 근거"), max_length=120, blank=True)
    styles = ArrayField(models.CharField(max_length=40), verbose_name=_("투표지 종류"))
    whole_ballots = models.CharField(
        _("표를 공개하는 법"),
        max_length=9,
        default="choices",
        choices=[
            ("choices", _("고른 것마다 한 줄")),
            ("public", _("표를 통째로 공개")),
            ("witnessed", _("참관 아래 셈")),
        ],
    )
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
                    " (to_jsonb(OLD) - 'state' - 'tie_value') IS DISTINCT FROM"
                    " (to_jsonb(NEW) - 'state' - 'tie_value')"
                ),
                func="RAISE EXCEPTION 'ballot: a frozen election cannot be changed';",
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

    def is_open(self, moment) -> bool:
        return is_open(
            State(self.state), opens_at=self.opens_at, closes_at=self.closes_at, clock=moment
        )

    def is_open_now(self) -> bool:
        return self.state != State.DRAFT and self.is_open(clock.now())

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

    def batches(self):
        """The board in short, newest first: number, leaves, head."""
        return (
            self.board.values("batch", "head")
            .annotate(leaves=models.Count("pk"))
            .order_by("-batch")
        )

    def participants(self) -> int:
        return PollBookEntry.objects.voted().filter(elector__election=self).count()

    def turnout_on_board(self) -> int:
        """What may be told while the poll runs: people who had voted as of the last batch."""
        on_board = self.board.values("leaf")
        voted = self.envelopes.filter(tracker__in=on_board)
        return voted.values("elector").distinct().count()

    def has_quorum(self) -> bool | None:
        return None if self.quorum is None else self.participants() >= self.quorum


class Question(models.Model):
    """One question, with its rule and all parameters of the rule."""

    election = models.ForeignKey(Election, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("차례"))
    title = models.CharField(_("안건"), max_length=200)
    text = models.TextField(_("설명"), blank=True)
    rule = models.CharField(_("세는 법"), max_length=12, choices=[*texts.RULES.items()])
    parameters = models.JSONField(_("세는 법의 값"), default=dict)
    at_least = models.PositiveSmallIntegerField(_("적어도"), default=0)
    at_most = models.PositiveSmallIntegerField(_("많아도"), default=1)
    ballot_limit = models.PositiveBigIntegerField(
        _("한 사람이 쓸 수 있는 예산"), null=True, blank=True
    )
    styles = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    reference = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name = _("투표 안건")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                name="ballot_question_position", fields=["election", "position"]
            ),
            models.CheckConstraint(
                name="ballot_question_limits",
                condition=Q(at_most__gte=1) & Q(at_least__lte=F("at_most")),
            ),
        ]
        triggers = [only_in_draft()]

    def __str__(self):
        return self.title

    @property
    def key(self) -> str:
        return f"q{self.position}"

    @property
    def budget(self) -> int | None:
        return self.parameters.get("budget")

    @property
    def budget_text(self) -> str:
        return self.election.amount(self.budget)

    @property
    def limit_text(self) -> str:
        return self.election.amount(self.ballot_limit)

    @property
    def one_of(self) -> bool:
        """Exactly one may be chosen: round marks, not squares."""
        return self.at_most == 1

    def sums(self) -> dict[str, int]:
        """Valid, blank and invalid over all cells."""
        found = self.tallies.aggregate(
            valid=models.Sum("valid"), blank=models.Sum("blank"), invalid=models.Sum("invalid")
        )
        return {name: number or 0 for name, number in found.items()}


class Option(models.Model):
    """What can be chosen.  `reference` is the caller's: the box does not know what it means."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField(_("번호"))
    title = models.CharField(_("이름"), max_length=200)
    lines = models.CharField(_("두 줄 설명"), max_length=300, blank=True)
    cost = models.PositiveBigIntegerField(_("비용"), null=True, blank=True)
    place = models.CharField(_("곳"), max_length=120, blank=True)
    details = models.TextField(_("자세히"), blank=True)
    picture_hash = models.CharField(max_length=64, blank=True)
    reference = models.CharField(max_length=120, blank=True)

    @property
    def cost_text(self) -> str:
        return self.question.election.amount(self.cost)

    class Meta:
        verbose_name = _("고를 것")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="ballot_option_number", fields=["question", "number"]),
            models.CheckConstraint(name="ballot_option_from_one", condition=Q(number__gte=1)),
        ]
        triggers = [options_only_in_draft()]

    def __str__(self):
        return self.title


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


class ElectorQuerySet(models.QuerySet):
    def of(self, election):
        return self.filter(election=election).order_by("number")


class Elector(models.Model):
    """Somebody on the roll.  Has no choice and no time."""

    class Roll(models.TextChoices):
        MAIN = "main", _("본 명부")
        SUPPLEMENTARY = "supplementary", _("현장 명부")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="electors")
    roll = models.CharField(_("명부"), max_length=13, choices=Roll.choices, default=Roll.MAIN)
    number = models.PositiveIntegerField(_("번호"))
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("이름"), max_length=60, blank=True)
    style = models.CharField(_("투표지 종류"), max_length=40)
    proof = models.CharField(_("자격 확인"), max_length=60, blank=True)

    objects = ElectorQuerySet.as_manager()

    class Meta:
        verbose_name = _("선거인")
        constraints = [
            models.UniqueConstraint(
                name="ballot_elector_number", fields=["election", "roll", "number"]
            ),
            models.UniqueConstraint(
                name="ballot_elector_once",
                fields=["election", "person"],
                condition=Q(person__isnull=False),
            ),
        ]
        triggers = [only_in_draft()]

    def __str__(self):
        return f"{self.get_roll_display()} {self.number}"


class PollBookQuerySet(models.QuerySet):
    def voted(self):
        return self.exclude(channel=Channel.NONE)


class PollBookEntry(models.Model):
    """That an elector voted, by which channel.  One row for all channels: nobody votes twice."""

    elector = models.OneToOneField(
        Elector, primary_key=True, on_delete=models.PROTECT, related_name="entry"
    )
    channel = models.CharField(
        _("방법"), max_length=6, choices=[*texts.CHANNELS.items()], default=Channel.NONE
    )
    revision = models.PositiveIntegerField(_("몇 번째"), default=0)

    objects = PollBookQuerySet.as_manager()

    class Meta:
        verbose_name = _("투표자명부 줄")
        constraints = [
            models.CheckConstraint(
                name="ballot_entry_none_has_no_revision",
                condition=Q(channel=Channel.NONE, revision=0) | ~Q(channel=Channel.NONE),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="only_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("found_state", "text")],
                func="""
                    SELECT e.state INTO found_state FROM ballot_election e
                      JOIN ballot_elector l ON l.election_id = e.id
                     WHERE l.id = coalesce(NEW.elector_id, OLD.elector_id);
                    IF TG_OP = 'INSERT' AND NEW.channel = 'none' THEN
                        RETURN NEW;
                    END IF;
                    IF TG_OP = 'DELETE' OR found_state NOT IN ('frozen', 'open') THEN
                        RAISE EXCEPTION 'ballot: the poll book is shut';
                    END IF;
                    IF TG_OP = 'UPDATE' AND NEW.revision < OLD.revision THEN
                        RAISE EXCEPTION 'ballot: revisions only grow';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return self.get_channel_display()


class EnvelopeQuerySet(models.QuerySet):
    def counting(self):
        """Derived each time: the newest revision of electors whose channel is electronic."""
        return self.filter(
            elector__entry__channel__in=[Channel.ONLINE, Channel.KIOSK],
            revision=F("elector__entry__revision"),
        )

    def not_on_the_board(self):
        on_it = BoardEntry.objects.filter(
            election=models.OuterRef("election"), leaf=models.OuterRef("tracker")
        )
        return self.filter(~models.Exists(on_it))


class Envelope(models.Model):
    """A sealed ballot.  Two locks, whose keys are not here."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="envelopes")
    elector = models.ForeignKey(Elector, on_delete=models.PROTECT, related_name="envelopes")
    revision = models.PositiveIntegerField()
    channel = models.CharField(max_length=6, choices=[*texts.CHANNELS.items()])
    sealed = models.BinaryField()
    tracker = models.BinaryField()

    objects = EnvelopeQuerySet.as_manager()

    class Meta:
        verbose_name = _("봉투")
        constraints = [
            models.UniqueConstraint(name="ballot_envelope_once", fields=["election", "tracker"]),
            models.UniqueConstraint(
                name="ballot_envelope_revision", fields=["elector", "revision"]
            ),
            models.CheckConstraint(
                name="ballot_envelope_channel",
                condition=Q(channel__in=[Channel.ONLINE, Channel.KIOSK]),
            ),
            models.CheckConstraint(
                name="ballot_tracker_is_hash",
                condition=Q(
                    tracker=models.Func(
                        F("sealed"), function="sha256", output_field=models.BinaryField()
                    )
                ),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="in_while_open_out_when_destroyed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("found_state", "text")],
                func="""
                    SELECT state INTO found_state FROM ballot_election
                     WHERE id = coalesce(NEW.election_id, OLD.election_id);
                    IF TG_OP = 'INSERT' AND found_state IN ('frozen', 'open') THEN
                        RETURN NEW;
                    END IF;
                    IF TG_OP = 'DELETE' AND found_state = 'destroyed' THEN
                        RETURN OLD;
                    END IF;
                    RAISE EXCEPTION 'ballot: no % of envelopes when %', TG_OP, found_state;
                """,
            )
        ]

    def __str__(self):
        return "봉투"


class BoardEntry(AddOnly):
    """One leaf of the public board; the head is the same for all leaves of a batch."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="board")
    batch = models.PositiveIntegerField()
    leaf = models.BinaryField()
    head = models.BinaryField()

    class Meta(AddOnly.Meta):
        triggers = [
            *AddOnly.Meta.triggers,
            added_only_when(State.FROZEN, State.OPEN, path=OF_ELECTION),
        ]
        verbose_name = _("게시판 줄")
        constraints = [
            models.UniqueConstraint(name="ballot_leaf_once", fields=["election", "leaf"]),
            models.CheckConstraint(name="ballot_batch_from_one", condition=Q(batch__gte=1)),
        ]
        indexes = [models.Index(name="ballot_board_batch", fields=["election", "batch"])]

    def __str__(self):
        return f"{self.batch}"


class OfficerAct(AddOnly):
    """What an officer did to an election.  Published with it (`acts.jsonl`)."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="acts")
    act = models.CharField(_("한 일"), max_length=40)
    subject = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("때"))
    facts = models.JSONField(default=dict)

    class Meta(AddOnly.Meta):
        verbose_name = _("선거관리 행위")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="ballot_confirmed_once_each",
                fields=["election", "act", "subject", "by"],
                condition=Q(act__in=["confirmed_opening", "confirmed_publication"]),
            ),
            models.UniqueConstraint(
                name="ballot_list_fixed_once",
                fields=["election"],
                condition=Q(act="fixed_list"),
            ),
        ]

    def __str__(self):
        return self.act

    @property
    def words(self) -> str:
        return texts.ACTS[self.act]


class Opening(AddOnly):
    """A result file of the opener, as it was brought."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="openings")
    content = models.BinaryField()
    content_hash = models.CharField(_("지문"), max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.CLOSED, path=OF_ELECTION)]
        verbose_name = _("개표")
        constraints = [
            models.UniqueConstraint(name="ballot_opening_once", fields=["election", "content_hash"])
        ]

    def __str__(self):
        return self.content_hash[:16]


class OpenedBallot(AddOnly):
    """One opened ballot for one question: what was chosen, nothing of who or when."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="ballots")
    cell = models.CharField(max_length=40)
    choices = ArrayField(models.PositiveSmallIntegerField())

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.CLOSED, path=OF_QUESTION)]
        verbose_name = _("연 표")

    def __str__(self):
        return ",".join(map(str, self.choices))


class Tally(AddOnly):
    """Per question and cell: how many ballots were valid, blank, invalid."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="tallies")
    cell = models.CharField(max_length=40)
    valid = models.PositiveIntegerField(_("유효"))
    blank = models.PositiveIntegerField(_("기권"))
    invalid = models.PositiveIntegerField(_("무효"))

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.CLOSED, path=OF_QUESTION)]
        verbose_name = _("표 수")
        constraints = [
            models.UniqueConstraint(name="ballot_tally_once", fields=["question", "cell"])
        ]

    def __str__(self):
        return f"{self.valid}/{self.blank}/{self.invalid}"


class OutcomeQuerySet(models.QuerySet):
    def of(self, election):
        """What became of every option, question by question, in the order of the count."""
        return (
            self.filter(option__question__election=election)
            .select_related("option__question__election")
            .order_by("option__question__position", "place")
        )

    def won(self):
        return self.filter(won=True)


class Outcome(AddOnly):
    """What the count said of an option, and why."""

    option = models.OneToOneField(Option, on_delete=models.PROTECT, related_name="outcome")
    votes = models.PositiveIntegerField(_("표"))
    won = models.BooleanField(_("선정"))
    place = models.PositiveSmallIntegerField(_("차례"))
    why = models.CharField(_("까닭"), max_length=40)
    facts = models.JSONField(default=dict)

    objects = OutcomeQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.OPENED, path=OF_OPTION)]
        verbose_name = _("결과")
        ordering = ["place"]

    def __str__(self):
        return f"{self.option}: {self.votes}"

    @property
    def remaining_text(self) -> str:
        """The money that was left when its turn came."""
        return self.option.question.election.amount(self.facts.get("remaining"))

    @property
    def sentence(self) -> str:
        """Why it won or lost, as a resident reads it."""
        election = self.option.question.election
        money_facts = {
            name: election.amount(self.facts.get(name)) for name in ("missing_money", "remaining")
        }
        return texts.why(self, money_facts)


class Bundle(AddOnly):
    """The published parcel with which anybody can count again."""

    election = models.OneToOneField(
        Election, primary_key=True, on_delete=models.PROTECT, related_name="bundle"
    )
    content = models.BinaryField()
    content_hash = models.CharField(_("지문"), max_length=64)

    class Meta(AddOnly.Meta):
        verbose_name = _("다시 세기 묶음")

    def __str__(self):
        return self.content_hash[:16]


SECRET_TABLES = [PollBookEntry, Envelope, BoardEntry, OpenedBallot]
"""Random keys, no time, no history, no audit line; a test holds them to it."""
