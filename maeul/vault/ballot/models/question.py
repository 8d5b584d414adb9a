"""What is asked and what can be chosen."""

from collections import Counter

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maeul.vault.ballot import marks, texts
from maeul.vault.ballot.models.election import Election
from maeul.vault.ballot.models.fences import only_in_draft, parts_only_in_draft
from maeul.vault.ballot.rules import BUDGET_RULES, BY_POINTS, MARKED_BY, Rule, Shown

MOST_BUTTONS = 10


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
    whole_ballots = models.CharField(
        _("표를 공개하는 법"), max_length=9, default=Shown.CHOICES, choices=[*texts.SHOWN.items()]
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
    def is_budget(self) -> bool:
        return Rule(self.rule) in BUDGET_RULES

    @property
    def marking(self) -> str:
        """How its ballots are marked."""
        return MARKED_BY[Rule(self.rule)].value

    @property
    def how(self) -> marks.Choosing:
        return marks.MARKINGS[self.marking]

    @property
    def unit(self) -> str:
        """What its options are counted in, as it stands behind a number."""
        return texts.UNITS[self.marking]

    @property
    def each_at_most(self) -> int | None:
        return self.parameters.get("each_at_most")

    @property
    def points_in_a_row(self) -> range | None:
        """The points as buttons; where there would be too many, a number is typed."""
        most = self.each_at_most
        return range(most + 1) if most and most <= MOST_BUTTONS else None

    @property
    def total_at_most(self) -> int | None:
        return self.parameters.get("total_at_most")

    @property
    def worths_text(self) -> str:
        """What each place is worth."""
        return ", ".join(
            texts.WORTH % {"place": place, "points": worth}
            for place, worth in enumerate(self.parameters.get("worths", []), 1)
        )

    @property
    def is_by_points(self) -> bool:
        return Rule(self.rule) in BY_POINTS

    @property
    def limit_text(self) -> str:
        return self.election.amount(self.ballot_limit)

    @property
    def one_of(self) -> bool:
        """Exactly one may be chosen: round marks, not squares."""
        return self.at_most == 1

    @property
    def rule_sentence(self) -> str:
        """How it is counted, as a resident reads it."""
        return texts.RULE_SENTENCES[Rule(self.rule)]

    def options_for(self, number: int) -> list["Option"]:
        """In the order of somebody's ballot: begun at another one for each number of the roll.
        Yes and no stay in their order, which everybody knows."""
        options = list(self.options.all())
        if Rule(self.rule) == Rule.MAJORITY or not options:
            return options
        begin = number % len(options)
        return options[begin:] + options[:begin]

    def marks_opened(self) -> Counter[marks.Mark]:
        """How often each option got what, over all opened ballots and the totals of a hall vote."""
        found: Counter[marks.Mark] = Counter()
        for choices, points in self.ballots.values_list("choices", "points"):
            found.update(self.how.marks(marks.put_together(choices, points)))
        for votes in self.tallies.exclude(votes=None).values_list("votes", flat=True):
            found.update({(int(number), 1): n for number, n in votes.items()})
        return found

    def most_possible(self) -> int:
        """What an option would have if every valid ballot gave it the most."""
        return self.how.most(self.parameters) * self.sums()["valid"]

    def whole_opened(self) -> list[list[str]]:
        """What every opened ballot that is not blank named here, numbers as text; where they are
        ranked, in that order."""
        opened = self.ballots.order_by("pk").values_list("choices", flat=True)
        return [[str(number) for number in choices] for choices in opened if choices]

    def costs(self) -> dict[str, int]:
        return {str(option.number): option.cost or 0 for option in self.options.all()}

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
    easy = models.CharField(_("쉬운 말로"), max_length=300, blank=True)
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
        triggers = [parts_only_in_draft("ballot_question", "question_id")]

    def __str__(self):
        return self.title
