"""What the count said, and the parcel with which anybody can count again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.vault.ballot import texts
from maeul.vault.ballot.models.election import Election
from maeul.vault.ballot.models.fences import OF_OPTION, added_only_when
from maeul.vault.ballot.models.question import Option
from maeul.vault.ballot.rules import State


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
            name: election.amount(self.facts.get(name))
            for name in ("missing_money", "remaining", "price", "supporters_left")
        }
        rivals = [
            texts.RIVAL % {"title": rival["title"], "paid": election.amount(rival["paid"])}
            for rival in self.facts.get("rivals", [])
        ]
        return texts.why(self, money_facts | {"rival": "".join(rivals)})

    @property
    def gathered(self) -> int | None:
        """Of its cost, what could be had for it: all of a winner's; else what was left in its
        turn, or what its supporters had left.  None where money was not asked."""
        if self.option.cost is None or not self.option.question.is_budget:
            return None
        if self.won:
            return self.option.cost
        left = self.facts.get("supporters_left")
        return left if left is not None else self.facts.get("remaining")

    @property
    def gathered_text(self) -> str:
        return self.option.question.election.amount(self.gathered)


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
