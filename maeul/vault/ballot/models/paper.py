"""Paper in the count: boxes counted by hand, batches of sheets, what was read from each sheet.

Nothing here knows an elector.  Rows are only added: who miscounted a batch withdraws it with a
reason and makes another.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import CombinedExpression
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.ground.people.models import Person
from maeul.vault.ballot import paper, texts
from maeul.vault.ballot.models.booth import Booth
from maeul.vault.ballot.models.election import Election
from maeul.vault.ballot.models.fences import (
    OF_BATCH,
    OF_BOOTH,
    OF_ELECTION,
    OF_TURN,
    added_only_when,
)
from maeul.vault.ballot.rules import State


class BoxCountQuerySet(models.QuerySet):
    def newest(self):
        """Of each person: who counted again says so anew."""
        later = self.model.objects.filter(
            booth=models.OuterRef("booth"), by=models.OuterRef("by"), pk__gt=models.OuterRef("pk")
        )
        return self.filter(~models.Exists(later))


class BoxCount(AddOnly):
    """How many sheets one person counted in a booth's box; it holds when a second one counted
    the same."""

    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, related_name="box_counts")
    sheets = models.PositiveIntegerField(_("투표함의 투표용지"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    objects = BoxCountQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.CLOSED, path=OF_BOOTH)]
        verbose_name = _("투표함을 센 수")
        ordering = ["booth", "pk"]

    def __str__(self):
        return f"{self.booth}: {self.sheets}"


class PaperBatchQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawal=None)

    def closed(self):
        return self.standing().filter(closing__isnull=False)


class PaperBatch(AddOnly):
    """So many sheets of one style, counted by hand and tied together (묶음)."""

    election = models.ForeignKey(Election, on_delete=models.PROTECT, related_name="paper_batches")
    number = models.PositiveIntegerField(_("번호"))
    style = models.CharField(_("투표지 종류"), max_length=40)
    sheets = models.PositiveIntegerField(_("장"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    objects = PaperBatchQuerySet.as_manager()

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.CLOSED, path=OF_ELECTION)]
        verbose_name = _("투표용지 묶음")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="ballot_paper_number", fields=["election", "number"]),
            models.CheckConstraint(name="ballot_paper_has_sheets", condition=Q(sheets__gte=1)),
        ]

    def __str__(self):
        return str(_("묶음 %(number)s") % {"number": self.number})


class BatchShare(AddOnly):
    """How many sheets of a batch come from which booth."""

    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, related_name="shares")
    booth = models.ForeignKey(Booth, on_delete=models.PROTECT, related_name="paper_shares")
    sheets = models.PositiveIntegerField(_("장"))

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.CLOSED, path=OF_BATCH)]
        verbose_name = _("묶음의 투표소")
        ordering = ["booth"]
        constraints = [
            models.UniqueConstraint(name="ballot_share_once", fields=["batch", "booth"]),
            models.CheckConstraint(name="ballot_share_has_sheets", condition=Q(sheets__gte=1)),
        ]

    def __str__(self):
        return f"{self.booth}: {self.sheets}"


class BatchWithdrawal(AddOnly):
    """A batch that was miscounted or mixed wrongly; its sheets go into another."""

    batch = models.OneToOneField(
        PaperBatch, primary_key=True, on_delete=models.PROTECT, related_name="withdrawal"
    )
    reason = models.CharField(_("까닭"), max_length=200)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.CLOSED, path=OF_BATCH)]
        verbose_name = _("거둔 묶음")

    def __str__(self):
        return self.reason


class EntryTurn(AddOnly):
    """Who enters a batch: for the first time, for the second, or where those two differ.

    Each part is one person's, and nobody has two parts: the table says so.
    """

    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, related_name="turns")
    part = models.CharField(_("차례"), max_length=8, choices=[*texts.PARTS.items()])
    clerk = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.CLOSED, path=OF_BATCH)]
        verbose_name = _("옮겨 적는 차례")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="ballot_turn_of_one", fields=["batch", "part"]),
            models.UniqueConstraint(name="ballot_one_turn_each", fields=["batch", "clerk"]),
        ]

    def __str__(self):
        return self.get_part_display()


class PaperEntry(AddOnly):
    """What one person read from one sheet: per question the choices, or none where it cannot be
    told.  Never edited: a slip is found by the other and settled by a third."""

    turn = models.ForeignKey(EntryTurn, on_delete=models.PROTECT, related_name="entries")
    sheet = models.PositiveIntegerField(_("몇 번째 장"))
    said = models.JSONField()
    at = models.DateTimeField(_("때"))

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.CLOSED, path=OF_TURN)]
        verbose_name = _("옮겨 적은 장")
        ordering = ["sheet"]
        constraints = [
            models.UniqueConstraint(name="ballot_sheet_once", fields=["turn", "sheet"]),
            models.CheckConstraint(name="ballot_sheet_from_one", condition=Q(sheet__gte=1)),
        ]

    def __str__(self):
        return str(self.sheet)


class BatchClosing(AddOnly):
    """A batch is entered and settled: its leaf stands on the board and promises the content."""

    batch = models.OneToOneField(
        PaperBatch, primary_key=True, on_delete=models.PROTECT, related_name="closing"
    )
    nonce = models.BinaryField()
    content = models.BinaryField()
    leaf = models.BinaryField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("때"))

    class Meta(AddOnly.Meta):
        triggers = [*AddOnly.Meta.triggers, added_only_when(State.CLOSED, path=OF_BATCH)]
        verbose_name = _("닫은 묶음")
        constraints = [
            models.CheckConstraint(
                name="ballot_paper_leaf_is_hash",
                condition=Q(
                    leaf=models.Func(
                        CombinedExpression(F("nonce"), "||", F("content")),
                        function="sha256",
                        output_field=models.BinaryField(),
                    )
                ),
            ),
        ]

    def __str__(self):
        return bytes(self.leaf).hex()[:16]

    @property
    def leaf_text(self) -> str:
        return bytes(self.leaf).hex()

    @property
    def is_leaf(self) -> bool:
        return paper.leaf_of(bytes(self.nonce), bytes(self.content)) == bytes(self.leaf)
