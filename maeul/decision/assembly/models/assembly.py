from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maeul.core.korean import josa
from maeul.council.meeting.models import Motion
from maeul.decision.assembly import texts
from maeul.decision.assembly.rules import IN_PREPARATION, KEYS, Kind, Method, State, WithoutQuorum
from maeul.ground.district.models import Dong
from maeul.ground.law.models import Provision
from maeul.ground.people.rules import RoleKind
from maeul.ground.thread.models import Thread
from maeul.vault.ballot import models as box

STAFF = (RoleKind.DONG_OFFICER, RoleKind.SECRETARY)
COUNTED = (box.State.PUBLISHED, box.State.DESTROYED)


@dataclass(frozen=True)
class Duty:
    """A line of somebody's worklist."""

    title: str
    due_on: object
    link: str
    next_act: str


class AssemblyQuerySet(models.QuerySet):
    def of(self, dong, year):
        return self.filter(dong=dong, year=year).order_by("number")

    def standing(self):
        """Without those whose vote was declared void."""
        return self.exclude(election__state=box.State.VOID)

    def complete(self):
        return self.select_related("dong", "election", "thread")

    def visible_to(self, person):
        """Announced ones; before that for the staff of their dong."""
        if not person.is_authenticated:
            return self.exclude(state__in=IN_PREPARATION)
        roles = [role for role in person.roles_today if role.kind in STAFF]
        dongs = [role.dong_id for role in roles]
        return self.exclude(Q(state__in=IN_PREPARATION) & ~Q(dong__in=dongs))

    def ahead(self):
        """Those whose result is not out yet, the next one first."""
        return self.exclude(state__in=[State.RESULT_ANNOUNCED, State.MINUTES_PUBLISHED]).order_by(
            "held_on", "pk"
        )

    def decided(self):
        """Those whose result is out, newest first."""
        return self.filter(state__in=[State.RESULT_ANNOUNCED, State.MINUTES_PUBLISHED]).order_by(
            "-held_on", "-pk"
        )

    def waiting_for(self, person):
        """Assemblies whose next act lies with this dong's staff."""
        dongs = [role.dong_id for role in person.roles_today if role.kind in STAFF]
        rows = self.filter(dong__in=dongs).exclude(state=State.MINUTES_PUBLISHED)
        rows = rows.standing().complete().order_by("held_on", "pk")
        return [duty for row in rows if (duty := row.duty)] + self._to_extend(person)

    def _to_extend(self, person):
        """On the last day, while the quorum is missed: the officers of polls of which it was
        settled that they are extended then."""
        now = timezone.now()
        rows = self.filter(
            rules__without_quorum=WithoutQuorum.EXTEND,
            election__officers__person=person,
            election__state__in=[box.State.FROZEN, box.State.OPEN],
            election__extended_to=None,
            election__closes_at__gt=now,
            election__closes_at__lte=now + timedelta(days=1),
        )
        return [
            Duty(
                row.title,
                timezone.localdate(row.election.closes_at),
                reverse("ballot:extend", args=[row.election_id]),
                texts.EXTEND,
            )
            for row in rows.complete().order_by("election__closes_at", "pk")
            if row.election.turnout_on_board() < row.quorum
        ]


class Assembly(models.Model):
    """A residents' assembly (주민총회): the dong decides once a year.

    `rules` holds what the plenary set and the limits it was set under; it never changes again.
    """

    dong = models.ForeignKey(Dong, on_delete=models.PROTECT, related_name="assemblies")
    year = models.PositiveSmallIntegerField(_("연도"))
    number = models.PositiveSmallIntegerField(_("회차"))
    title = models.CharField(_("이름"), max_length=120)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="assembly")
    state = models.CharField(
        _("상태"), max_length=20, default=State.PLANNED, choices=[*texts.STATES.items()]
    )
    held_on = models.DateField(_("총회 날"))
    place = models.CharField(_("곳"), max_length=120)
    announce_by = models.DateField(_("공고 기한"))
    population = models.PositiveIntegerField(_("기준 인구"))
    population_on = models.DateField(_("인구 기준일"))
    population_source = models.CharField(_("인구 출처"), max_length=160)
    quorum = models.PositiveIntegerField(_("정족수"))
    motion = models.ForeignKey(
        Motion, null=True, blank=True, on_delete=models.PROTECT, related_name="assemblies"
    )
    rules = models.JSONField(_("정한 규칙"), default=dict)
    rules_hash = models.CharField(_("규칙 지문"), max_length=64, blank=True)
    rules_at = models.DateTimeField(_("규칙을 정한 때"), null=True, blank=True)
    election = models.OneToOneField(box.Election, on_delete=models.PROTECT, related_name="assembly")
    announced_at = models.DateTimeField(_("공고한 때"), null=True, blank=True)
    result_at = models.DateTimeField(_("결과를 발표한 때"), null=True, blank=True)
    presider = models.CharField(_("진행하는 사람"), max_length=60, blank=True)
    minutes = models.TextField(_("회의록"), blank=True)
    minutes_at = models.DateTimeField(_("회의록을 공개한 때"), null=True, blank=True)

    objects = AssemblyQuerySet.as_manager()

    class Meta:
        verbose_name = _("주민총회")
        indexes = [models.Index(name="assembly_of_a_dong", fields=["dong", "-held_on"])]
        constraints = [
            models.UniqueConstraint(
                name="assembly_numbered_once_a_year", fields=["dong", "year", "number"]
            ),
            models.CheckConstraint(
                name="assembly_rules_are_set_by_a_motion",
                condition=Q(state=State.PLANNED)
                | (Q(motion__isnull=False, rules_at__isnull=False) & ~Q(rules_hash="")),
            ),
            models.CheckConstraint(
                name="assembly_announced_with_time",
                condition=Q(state__in=IN_PREPARATION, announced_at=None)
                | (~Q(state__in=IN_PREPARATION) & Q(announced_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="assembly_minutes_follow_the_result",
                condition=~Q(state=State.MINUTES_PUBLISHED)
                | (Q(result_at__isnull=False, minutes_at__isnull=False) & ~Q(minutes="")),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("assembly:assembly", args=[self.pk])

    @property
    def address_of_objections(self):
        return reverse("assembly:objections", args=[self.pk])

    @property
    def is_public(self):
        return self.state not in IN_PREPARATION

    @property
    def is_result_announced(self):
        return self.state in (State.RESULT_ANNOUNCED, State.MINUTES_PUBLISHED)

    @property
    def is_void(self):
        return self.election.state == box.State.VOID

    @property
    def without_quorum(self):
        """What was settled for the case that too few vote."""
        return WithoutQuorum(self.rules.get("without_quorum", WithoutQuorum.CONSULT))

    @property
    def is_to_be_reconvened(self):
        """Too few voted, and it was settled that another assembly is asked the same."""
        return (
            self.is_result_announced
            and self.without_quorum == WithoutQuorum.RECONVENE
            and not self.quorum_met
        )

    @property
    def asks_again(self):
        """Nothing came of it, and its questions may be put to another assembly of the year."""
        return self.is_void or self.is_to_be_reconvened

    @property
    def settled(self):
        """What the plenary settled, in the order in which a page tells it: name and words."""
        if not self.rules:
            return []
        early = self.rules["early_vote"]
        told = {
            "method": texts.METHODS[Method(self.rules["method"])],
            "early_vote": texts.EARLY[early],
            "weight": texts.SAME_WEIGHT if early else "",
            "quorum": texts.PEOPLE % {"people": f"{self.quorum:,}"},
            "passing": texts.PASSING[self.rules["passing"]],
            "without_quorum": texts.WITHOUT_QUORUM[self.without_quorum],
        }
        return [(texts.SETTLED[name], words) for name, words in told.items() if words]

    @property
    def quorum_met(self):
        return self.election.has_quorum()

    @property
    def phase(self):
        """Where it stands, read together with its election: (state family, word)."""
        if self.is_void or self.state == State.ANNOUNCED:
            poll = self.poll_at(timezone.now())
            return texts.ELECTION_PHASES.get(poll, texts.PHASES[State.ANNOUNCED])
        return texts.PHASES[State(self.state)]

    def poll_at(self, moment):
        """The state of its vote: the frozen times open and close it, whether or not a job ran."""
        poll = box.State(self.election.state)
        if poll in (box.State.FROZEN, box.State.OPEN):
            if self.election.is_open(moment):
                return box.State.OPEN
            return box.State.FROZEN if moment < self.election.opens_at else box.State.CLOSED
        return poll

    @property
    def provisions(self):
        """The limits it is held under, each with its article, as they were when it was set."""
        held = Provision.objects.in_force(dong=self.dong, at=self.rules_at or timezone.now())
        kept = self.rules.get("law", {})
        rows = [held[key] for key in KEYS]
        for row in rows:
            if row.key in kept:
                row.value, row.article = kept[row.key]["value"], kept[row.key]["article"]
        return rows

    @property
    def objections_until(self):
        """The last day on which somebody may object to the announced result."""
        if self.result_at is None:
            return None
        days = self.rules["law"]["assembly.objection_days"]["value"]
        return timezone.localdate(self.result_at) + timedelta(days=days)

    @property
    def duty(self):
        """The next act of the dong's staff, or None while others are waited for."""
        state, poll = State(self.state), box.State(self.election.state)
        act, due_on = texts.NEXT_ACTS.get(state), self.announce_by
        if state == State.ANNOUNCED:
            if poll not in (box.State.DRAFT, box.State.PUBLISHED):
                return None
            due_on = self.held_on
            if poll == box.State.DRAFT:
                act, due_on = texts.PREPARE_VOTE, timezone.localdate(self.election.opens_at)
        if state == State.RESULT_ANNOUNCED:
            due_on = None
        return Duty(self.title, due_on, self.get_absolute_url(), act) if act else None


class QuestionQuerySet(models.QuerySet):
    def in_order(self):
        return self.select_related("boxed__election", "assembly").order_by("boxed__position")

    def decided_budgets(self, dong):
        """What this dong decided of money before, newest first: ballots to try a rule on."""
        return (
            self.filter(
                kind=Kind.BUDGET,
                assembly__dong=dong,
                assembly__state__in=[State.RESULT_ANNOUNCED, State.MINUTES_PUBLISHED],
                boxed__election__state__in=COUNTED,
            )
            .select_related("boxed__election", "assembly")
            .order_by("-assembly__held_on", "boxed__position")
        )


class Question(models.Model):
    """What the assembly is asked, and the question of the box that carries it."""

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="questions")
    boxed = models.OneToOneField(box.Question, on_delete=models.CASCADE, related_name="asked_by")
    kind = models.CharField(_("방식"), max_length=8, choices=[*texts.KINDS.items()])
    limit_won = models.BigIntegerField(_("쓸 수 있는 돈"), null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("총회 물음")
        constraints = [
            models.CheckConstraint(
                name="assembly_budget_questions_have_a_limit",
                condition=Q(kind=Kind.BUDGET, limit_won__gt=0)
                | (~Q(kind=Kind.BUDGET) & Q(limit_won=None)),
            )
        ]

    def __str__(self):
        return self.boxed.title

    @property
    def title(self):
        return self.boxed.title

    @property
    def is_published(self):
        """Is its outcome announced?  Before that nobody is told anything."""
        return self.assembly.is_result_announced and self.boxed.election.state in COUNTED

    def outcomes(self):
        """What became of each matter, the chosen ones first; nothing before it is announced.

        Without quorum nothing was decided: no matter counts as chosen.
        """
        if not self.is_published:
            return []
        met = self.assembly.quorum_met
        missed = str(texts.NO_QUORUM[self.assembly.without_quorum])
        rows = self.tabled.select_related("thread", "boxed__outcome", "boxed__question__election")
        found = [
            Outcome(
                thread=row.thread,
                title=self.title if self.kind == Kind.YES_NO else row.boxed.title,
                cost_won=row.boxed.cost,
                votes=row.boxed.outcome.votes,
                unit=str(self.boxed.unit),
                chosen=row.boxed.outcome.won and met,
                place=row.boxed.outcome.place,
                remaining_won=row.boxed.outcome.facts.get("remaining"),
                sentence=row.boxed.outcome.sentence if met else missed,
            )
            for row in rows.order_by("boxed__outcome__place")
        ]
        return sorted(found, key=lambda row: not row.chosen)


class Tabled(models.Model):
    """A matter on the ballot: an option (for yes or no: the yes) and the thread it speaks of."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="tabled")
    boxed = models.OneToOneField(box.Option, on_delete=models.CASCADE, related_name="tabled")
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="tabled")

    class Meta:
        verbose_name = _("상정된 일")
        constraints = [
            models.UniqueConstraint(
                name="assembly_matter_once_per_question", fields=["question", "thread"]
            )
        ]

    def __str__(self):
        return str(self.boxed)


@dataclass(frozen=True)
class Outcome:
    """What the vote decided about one matter."""

    thread: Thread
    title: str
    cost_won: int | None
    votes: int
    unit: str
    chosen: bool
    place: int
    remaining_won: int | None  # of a budget: what was left when its turn came
    sentence: str

    @property
    def words(self) -> dict[str, str]:
        """Its votes or points, as sentences need them."""
        return {"votes": f"{self.votes:,}", "got": josa(f"{self.votes:,}{self.unit}", "을")}
