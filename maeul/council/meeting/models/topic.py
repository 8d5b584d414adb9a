from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maeul.council.meeting import texts
from maeul.council.meeting.models.meeting import WAS_CLOSED, Meeting
from maeul.council.meeting.rules import State, TopicOutcome
from maeul.ground.thread.models import Thread


class TopicQuerySet(models.QuerySet):
    def in_order(self):
        return self.order_by("order")

    def on_the_list(self):
        return self.filter(withdrawn_at=None)

    def undecided(self):
        return self.filter(withdrawn_at=None, decided_at=None)

    def decided(self, *outcomes):
        """Decided topics, optionally with one of these outcomes, newest first."""
        rows = self.exclude(decided_at=None).select_related("meeting__body__dong", "thread")
        if outcomes:
            rows = rows.filter(outcome__in=outcomes)
        return rows.order_by("-decided_at", "-pk")

    def of_dong(self, dong):
        return self.filter(meeting__body__dong=dong)

    def on_thread(self, thread):
        """The topics under which a matter stood, newest first."""
        return (
            self.filter(thread__root=thread.root_id)
            .select_related("meeting__body__dong")
            .order_by("-put_at", "-pk")
        )

    def to_carry_over(self, body):
        """Topics that a closed meeting of this body put off, or that a cancelled one never came
        to, and that stand nowhere yet."""
        put_off = Q(meeting__state__in=WAS_CLOSED, outcome=TopicOutcome.CARRY_OVER)
        never_met = Q(meeting__state=State.CANCELLED, outcome="", withdrawn_at=None)
        return (
            self.filter(put_off | never_met, meeting__body=body, carried_to=None)
            .select_related("thread")
            .order_by("meeting__starts_at", "order")
        )


class Topic(models.Model):
    """One matter on a meeting's list, and what the meeting made of it.

    The matter is its thread: the floor that owns it reads the outcome and carries it on.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="topics")
    order = models.PositiveSmallIntegerField(_("순서"))
    title = models.CharField(_("안건"), max_length=200)
    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="topics")
    brought_by = models.CharField(_("낸 사람이나 모임"), max_length=60, blank=True)
    put_at = models.DateTimeField(_("올린 때"))
    outcome = models.CharField(
        _("결과"), max_length=12, blank=True, choices=[*texts.OUTCOMES.items()]
    )
    outcome_text = models.TextField(_("결과 설명"), blank=True)
    decided_at = models.DateTimeField(_("정한 때"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("거둔 때"), null=True, blank=True)
    withdrawn_because = models.CharField(_("거둔 까닭"), max_length=300, blank=True)
    carried_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="carried_to"
    )
    carried_over_count = models.PositiveSmallIntegerField(_("넘어온 횟수"), default=0)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("회의 안건")
        constraints = [
            models.UniqueConstraint(name="meeting_topic_order", fields=["meeting", "order"]),
            models.UniqueConstraint(
                name="meeting_each_matter_once",
                fields=["meeting", "thread"],
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="meeting_topic_outcome_and_time_go_together",
                condition=Q(outcome="", decided_at=None)
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="meeting_topic_is_decided_or_withdrawn",
                condition=Q(decided_at=None) | Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="meeting_topic_counts_from_where_it_came",
                condition=Q(carried_from=None, carried_over_count=0)
                | Q(carried_from__isnull=False, carried_over_count__gt=0),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"{self.meeting.get_absolute_url()}#topic-{self.pk}"

    @property
    def link(self):
        return self.get_absolute_url()

    @property
    def is_done(self):
        return self.decided_at is not None or self.withdrawn_at is not None

    @property
    def family(self):
        if self.withdrawn_at:
            return "refused"
        if self.outcome:
            return texts.OUTCOME_FAMILIES[self.outcome]
        return "next" if self.is_now else "waiting"

    @property
    def word(self):
        """One word for where it stands."""
        if self.withdrawn_at:
            return _("거둠")
        if self.outcome:
            return self.get_outcome_display()
        return _("지금") if self.is_now else _("다음")

    # Set by `numbered` on the first topic without an outcome of a running meeting.
    is_now = False

    @staticmethod
    def numbered(topics, *, state):
        """The topics of one meeting as a list, the one that is being talked about marked."""
        topics = list(topics)
        if state == State.OPENED:
            for topic in topics:
                if not topic.is_done:
                    topic.is_now = True
                    break
        return topics
