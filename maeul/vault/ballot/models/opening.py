"""What officers did, what the holders brought back, and what lay in the envelopes."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.ground.people.models import Person
from maeul.vault.ballot import marks, texts
from maeul.vault.ballot.models.election import Election
from maeul.vault.ballot.models.fences import OF_ELECTION, OF_QUESTION, added_only_when
from maeul.vault.ballot.models.question import Question
from maeul.vault.ballot.rules import State


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
    leaf = models.BinaryField(null=True, blank=True)
    """Of what must stand on the board: an extension, a lost booth."""

    class Meta(AddOnly.Meta):
        verbose_name = _("선거관리 행위")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="ballot_confirmed_once_each",
                fields=["election", "act", "subject", "by"],
                condition=Q(
                    act__in=[
                        "confirmed_opening",
                        "confirmed_publication",
                        "declared_lost",
                        "asked_to_extend",
                        "confirmed_counts",
                        "explained",
                    ]
                ),
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
    """One opened ballot for one question: what was chosen (ranked: in that order), and the points
    of each where points are given; nothing of who or when."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="ballots")
    cell = models.CharField(max_length=40)
    choices = ArrayField(models.PositiveSmallIntegerField())
    points = ArrayField(models.PositiveSmallIntegerField(), default=list)

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.CLOSED, path=OF_QUESTION)]
        verbose_name = _("연 표")
        constraints = [
            models.CheckConstraint(
                name="ballot_points_for_each_choice",
                condition=Q(points__len=0) | Q(points__len=F("choices__len")),
            )
        ]

    def __str__(self):
        return ",".join(map(str, self.choices))

    @property
    def answer(self) -> marks.Answer:
        return marks.put_together(self.choices, self.points)


class Tally(AddOnly):
    """Per question and cell: how many ballots were valid, blank, invalid."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="tallies")
    cell = models.CharField(max_length=40)
    valid = models.PositiveIntegerField(_("유효"))
    blank = models.PositiveIntegerField(_("기권"))
    invalid = models.PositiveIntegerField(_("무효"))
    votes = models.JSONField(null=True, blank=True)
    """Of a hall vote, of which no ballots are known: votes by the number of the option."""

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.CLOSED, path=OF_QUESTION)]
        verbose_name = _("표 수")
        constraints = [
            models.UniqueConstraint(name="ballot_tally_once", fields=["question", "cell"])
        ]

    def __str__(self):
        return f"{self.valid}/{self.blank}/{self.invalid}"
