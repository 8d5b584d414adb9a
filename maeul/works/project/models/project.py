from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from maeul.decision.budget.models import Allocation
from maeul.ground.district.models import Dong
from maeul.ground.people.models import Person
from maeul.ground.thread.models import Thread
from maeul.voice.agenda.models import Offer
from maeul.works.project import rules, texts
from maeul.works.project.rules import Asked, State


class ProjectQuerySet(models.QuerySet):
    def of(self, *, dong, year):
        return self.filter(dong=dong, year=year).order_by("title", "pk")

    def on_thread(self, thread):
        """Projects of the whole matter."""
        return self.filter(thread__root=thread.root_id).order_by("pk")

    def complete(self):
        """With what a line of a list shows."""
        rows = self.select_related("dong", "lead", "thread", "allocation")
        approved = Q(expenditures__state=Asked.APPROVED)
        return rows.annotate(
            spent=self._sum_of("expenditures__amount_won", approved),
            own=self._sum_of("purses__notices__won", Q(purses__part=None)),
        )

    def _sum_of(self, path, where):
        """Asked apart for each row that is shown, not for all rows of which some are shown."""
        one = self.model.objects.filter(pk=OuterRef("pk")).order_by().values("pk")
        return Coalesce(Subquery(one.annotate(won=Sum(path, filter=where)).values("won")), 0)

    def waiting_for(self, person):
        """Projects this person leads and has to move: end, settle, give back, share."""
        return (
            self.filter(lead=person)
            .exclude(state=State.SHARED)
            .exclude(settlements__state=Asked.ASKED)
            .order_by("due_on", "pk")
        )


class Project(models.Model):
    """A chosen matter being done: from the allocation to settled accounts and a shared story."""

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="projects")
    allocation = models.OneToOneField(Allocation, on_delete=models.PROTECT, related_name="project")
    title = models.CharField(_("사업 이름"), max_length=200)
    content = models.TextField(_("내용"), blank=True)
    goal = models.CharField(_("목표"), max_length=200, blank=True)
    dong = models.ForeignKey(Dong, on_delete=models.PROTECT, related_name="projects")
    year = models.PositiveSmallIntegerField(_("연도"))
    way = models.CharField(_("돈을 쓰는 방식"), max_length=8, choices=[*texts.WAYS.items()])
    state = models.CharField(
        _("상태"), max_length=12, default=State.STARTED, choices=[*texts.STATES.items()]
    )
    lead = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="projects_led")
    place = models.CharField(_("어디"), max_length=120, blank=True)
    longitude = models.FloatField(_("경도"), null=True, blank=True)
    latitude = models.FloatField(_("위도"), null=True, blank=True)
    starts_on = models.DateField(_("시작하는 날"))
    ends_on = models.DateField(_("끝나는 날"))
    due_on = models.DateField(_("다음 일을 언제까지"))
    due_back_won = models.BigIntegerField(_("돌려줄 돈(원)"), default=0)
    report = models.TextField(_("실적"), blank=True)
    completed_at = models.DateTimeField(_("완료한 때"), null=True, blank=True)
    story = models.TextField(_("나눈 이야기"), blank=True)
    shared_at = models.DateTimeField(_("나눈 때"), null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("마을사업")
        indexes = [models.Index(name="project_of_a_dong", fields=["dong", "year", "title", "id"])]
        constraints = [
            models.CheckConstraint(
                name="project_starts_before_it_ends", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="project_longitude_and_latitude_go_together",
                condition=Q(longitude=None, latitude=None)
                | Q(longitude__isnull=False, latitude__isnull=False),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("project:project", args=[self.pk])

    @property
    def point(self):
        return None if self.longitude is None else (self.longitude, self.latitude)

    @property
    def family(self):
        return texts.FAMILIES[self.state]

    # What a worklist shows.

    @property
    def link(self):
        return self.get_absolute_url()

    @property
    def next_act(self):
        return texts.NEXT_ACTS[
            rules.next_act(state=State(self.state), due_back_won=self.due_back_won)
        ]

    @property
    def is_under_way(self):
        return rules.why_not_work_on(state=State(self.state)) is None

    @property
    def spent_won(self):
        """What was spent and approved."""
        return self.expenditures.approved().sum_won()

    @property
    def money_won(self):
        """What it was given and what it brings itself."""
        own = getattr(self, "own", None)  # where `complete()` has asked for it
        if own is None:
            own = self.purses.filter(part=None).aggregate(won=Sum("notices__won"))["won"] or 0
        return self.allocation.won + own

    @property
    def planned_won(self):
        return self.lines.aggregate(won=Sum("amount_won"))["won"] or 0


class Step(models.Model):
    """Something to be done by a day; a milestone is one that others wait for."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="steps")
    title = models.CharField(_("할 일"), max_length=120)
    due_on = models.DateField(_("언제까지"))
    is_milestone = models.BooleanField(_("중요한 고비"), default=False)
    done_at = models.DateTimeField(_("마친 때"), null=True, blank=True)
    note = models.CharField(_("어떻게 되었나"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("사업 단계")
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.title


class Participant(models.Model):
    """A resident who takes part in the doing, perhaps after offering help when it was an idea."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="projects_joined")
    role = models.CharField(_("맡은 일"), max_length=80)
    offer = models.ForeignKey(
        Offer, null=True, blank=True, on_delete=models.PROTECT, related_name="participants"
    )
    joined_at = models.DateTimeField(_("함께한 때"))

    class Meta:
        verbose_name = _("함께하는 주민")
        constraints = [
            models.UniqueConstraint(name="project_joined_once", fields=["project", "person"])
        ]

    def __str__(self):
        return f"{self.project}: {self.role}"
