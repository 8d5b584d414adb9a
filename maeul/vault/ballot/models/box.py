"""Sealed ballots and the board on which their numbers stand."""

from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from maeul.core.addonly import AddOnly
from maeul.vault.ballot import texts
from maeul.vault.ballot.models.door import CheckIn
from maeul.vault.ballot.models.election import Election
from maeul.vault.ballot.models.fences import leaves_of_their_time
from maeul.vault.ballot.models.roll import Elector
from maeul.vault.ballot.rules import Channel


class EnvelopeQuerySet(models.QuerySet):
    def valid(self):
        """Without those cast at a kiosk on a check-in that was undone or struck."""
        standing = CheckIn.objects.standing()
        return self.filter(Q(check_in=None) | Q(check_in__in=standing.values("pk")))

    def counting(self):
        """Derived each time: the newest valid one of electors who have no sheet in a box."""
        own = models.OuterRef("elector")
        later = self.model.objects.valid().filter(
            elector=own, revision__gt=models.OuterRef("revision")
        )
        sheet = CheckIn.objects.standing().on_paper().filter(elector=own)
        return self.valid().filter(~models.Exists(later), ~models.Exists(sheet))

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
    check_in = models.ForeignKey(
        CheckIn, null=True, blank=True, on_delete=models.PROTECT, related_name="envelopes"
    )
    """Of one cast at a kiosk: the check-in that opened the ballot."""
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
                condition=Q(channel=Channel.ONLINE, check_in=None)
                | Q(channel=Channel.KIOSK, check_in__isnull=False),
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
            leaves_of_their_time(),
        ]
        verbose_name = _("게시판 줄")
        constraints = [
            models.UniqueConstraint(name="ballot_leaf_once", fields=["election", "leaf"]),
            models.CheckConstraint(name="ballot_batch_from_one", condition=Q(batch__gte=1)),
        ]
        indexes = [models.Index(name="ballot_board_batch", fields=["election", "batch"])]

    def __str__(self):
        return f"{self.batch}"
