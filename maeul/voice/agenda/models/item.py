import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maeul.ground.district.models import Dong
from maeul.ground.people.models import Person
from maeul.ground.people.rules import RoleKind
from maeul.ground.search.grams import likeness
from maeul.ground.search.models import Entry
from maeul.ground.thread.models import Thread
from maeul.voice.agenda import rules, texts
from maeul.voice.agenda.rules import Category, Outcome, Source, State

LETTERS = "23456789bcdfghjkmnpqrstvwxz"  # no vowels: no words by accident; none that look alike
STAFF = (RoleKind.DONG_OFFICER, RoleKind.SECRETARY, RoleKind.DISTRICT_OFFICER)


def new_number():
    """The item's public number: random, so that nobody can count through what is not public."""
    return "".join(secrets.choice(LETTERS) for _letter in range(10))


class AgendaItemQuerySet(models.QuerySet):
    def complete(self):
        """With what a line of a list shows, so that a list stays at a constant count of queries."""
        return self.select_related("dong", "author", "thread")

    def public(self):
        return self.filter(is_public=True)

    def leading(self):
        """Matters: without those that were gathered under another."""
        return self.exclude(state=State.MERGED)

    def served_by(self, person):
        """Items of the dongs whose staff this person is."""
        roles = [role for role in person.roles_today if role.kind in STAFF]
        return self.filter(
            Q(dong__in=[role.dong_id for role in roles if role.dong_id])
            | Q(dong__district__in=[role.district_id for role in roles if role.district_id])
        )

    def of(self, person):
        """What this person said, newest first."""
        return self.filter(author=person).order_by("-captured_at", "-pk")

    def of_matter(self, thread):
        """The item of the matter and those gathered under it."""
        return self.filter(thread__root=thread.root_id).order_by("captured_at", "pk")

    def leading_in(self, thread):
        """The one item that stands for the whole matter."""
        return self.get(thread=thread.root_id)

    def behind(self, thread):
        """The leading items a thing above was made of: of its own thread, or of its origins."""
        return self.filter(
            Q(thread=thread.root_id) | Q(thread__family__led_to__thread=thread)
        ).distinct()

    def in_group(self, group):
        """Those a resident finds under a word such as "review" (texts.GROUPS)."""
        return self.filter(state__in=texts.GROUPS[group][1])

    def finding(self, words):
        """Public items in which all the words occur, in any order of theirs."""
        found = Entry.objects.of_kind("agenda").finding(words)
        return self.filter(thread__in=found.values("thread_number"))

    def to_gather_under(self, item, *, count=20):
        """Open matters of the same dong it may be gathered under, the most alike first."""
        open_ones = (
            self.filter(dong=item.dong, state__in=rules.GATHERS)
            .exclude(thread=item.thread.root_id)
            .order_by("-moved_at", "-pk")[:200]
        )
        return sorted(open_ones, key=lambda one: -likeness(one.title, item.title))[:count]

    def awaiting_triage(self):
        return self.filter(state=State.CAPTURED)

    def awaiting_review(self):
        """Public, and no department has been asked yet."""
        return self.filter(state=State.TRIAGED)

    def waiting_for(self, person):
        """What staff has to move or to answer, the most urgent first."""
        return (
            self.served_by(person).filter(due_on__isnull=False).complete().order_by("due_on", "pk")
        )


class AgendaItem(models.Model):
    """One sentence of a resident and what became of it: the first step of a thread."""

    number = models.CharField(_("번호"), max_length=12, unique=True, default=new_number)
    thread = models.OneToOneField(Thread, on_delete=models.PROTECT, related_name="agenda_item")
    dong = models.ForeignKey(Dong, on_delete=models.PROTECT, verbose_name=_("동"))
    title = models.CharField(_("한 문장"), max_length=100)
    text = models.TextField(_("더 하고 싶은 말"), max_length=2000, blank=True)
    category = models.CharField(
        _("분야"), max_length=12, default=Category.UNSURE, choices=[*texts.CATEGORIES.items()]
    )
    source = models.CharField(
        _("어디서 들었나"),
        max_length=12,
        default=Source.PAGE,
        choices=[*texts.SOURCES.items()],
    )
    place = models.CharField(_("어디 이야기인가"), max_length=120, blank=True)
    longitude = models.FloatField(_("경도"), null=True, blank=True)
    latitude = models.FloatField(_("위도"), null=True, blank=True)
    author = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items"
    )
    shows_name = models.BooleanField(_("이름을 보임"), default=False)
    entered_by = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="the staff member who wrote it down for somebody",
    )
    reach = models.CharField(
        _("답을 전할 방법"),
        max_length=120,
        blank=True,
        help_text="staff only, blanked as soon as the answer was given back",
    )
    state = models.CharField(
        _("상태"), max_length=12, default=State.CAPTURED, choices=[*texts.STATES.items()]
    )
    outcome = models.CharField(
        _("결과"), max_length=12, blank=True, choices=[*texts.OUTCOMES.items()]
    )
    state_before_merge = models.CharField(
        max_length=12, blank=True, choices=[*texts.STATES.items()]
    )
    answer = models.TextField(
        _("답"), max_length=2000, blank=True, help_text="why it was declined, fixed or parked"
    )
    is_public = models.BooleanField(_("공개"), default=False)
    captured_at = models.DateTimeField(_("말한 때"))
    moved_at = models.DateTimeField(_("움직인 때"))
    due_on = models.DateField(
        _("언제까지"), null=True, blank=True, help_text="when staff owes the next move or answer"
    )
    given_back_at = models.DateTimeField(_("답을 직접 전한 때"), null=True, blank=True)
    supporter_count = models.PositiveIntegerField(
        _("공감"), default=0, help_text="different people in the whole matter; counted by actions"
    )

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("의제")
        indexes = [
            models.Index(name="agenda_list", fields=["dong", "-moved_at"]),
            models.Index(name="agenda_by_support", fields=["dong", "-supporter_count"]),
            models.Index(name="agenda_due", fields=["due_on"]),
            models.Index(name="agenda_of_author", fields=["author", "-captured_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="agenda_outcome_when_decided",
                condition=(Q(state=State.DECIDED) & ~Q(outcome=""))
                | (~Q(state=State.DECIDED) & Q(outcome="")),
            ),
            models.CheckConstraint(
                name="agenda_not_public_before_triage",
                condition=~Q(state=State.CAPTURED) | Q(is_public=False),
            ),
            models.CheckConstraint(
                name="agenda_merged_remembers_where_it_stood",
                condition=(Q(state=State.MERGED) & ~Q(state_before_merge=""))
                | (~Q(state=State.MERGED) & Q(state_before_merge="")),
            ),
            models.CheckConstraint(
                name="agenda_side_ends_carry_an_answer",
                condition=~Q(state__in=[State.DECLINED, State.FIXED, State.PARKED]) | ~Q(answer=""),
            ),
            models.CheckConstraint(
                name="agenda_longitude_and_latitude_go_together",
                condition=Q(longitude=None, latitude=None)
                | Q(longitude__isnull=False, latitude__isnull=False),
            ),
            models.CheckConstraint(
                name="agenda_somebody_said_or_wrote_it",
                condition=Q(author__isnull=False) | Q(entered_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("agenda:item", args=[self.number])

    @property
    def point(self):
        return None if self.longitude is None else (self.longitude, self.latitude)

    @property
    def said_by(self):
        """Whose sentence, as the public may read it."""
        if self.author and self.shows_name:
            return _("%(name)s 님") % {"name": self.author}
        return _("한 주민")

    @property
    def state_label(self):
        """The state in a word; a decided matter says which way."""
        return self.get_outcome_display() if self.outcome else self.get_state_display()

    @property
    def family(self):
        """The family of colour and icon its state wears."""
        if self.outcome in (Outcome.NOT_CHOSEN, Outcome.AGAIN):
            return "waiting"
        return texts.FAMILIES[self.state]

    @property
    def knot(self):
        """Its place on the line of the year, or None for what left the line."""
        if self.outcome == Outcome.CHOSEN:
            return 4
        return texts.KNOTS.get(self.state)

    @property
    def is_open(self):
        return self.state in rules.OPEN

    @property
    def owes_an_answer_by_mouth(self):
        """It has come to an end and its author has no account that could be told."""
        return (
            self.state in rules.ENDS - {State.WITHDRAWN}
            and self.author_id is None
            and self.given_back_at is None
        )

    @property
    def sentence(self):
        """Where it stands, in a sentence."""
        return self.answer or texts.SENTENCES.get(self.outcome or self.state, "")

    # What a worklist shows.

    @property
    def link(self):
        return self.get_absolute_url()

    @property
    def act_link(self):
        """Where the next act is done."""
        if self.owes_an_answer_by_mouth:
            return reverse("agenda:give_back", args=[self.number])
        if self.state == State.CAPTURED:
            return reverse("agenda:triage", args=[self.number])
        return self.get_absolute_url()

    @property
    def next_act(self):
        if self.owes_an_answer_by_mouth:
            return texts.GIVE_BACK
        return texts.NEXT_ACTS.get(self.state, "")
