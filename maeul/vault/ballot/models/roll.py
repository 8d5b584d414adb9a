"""Who may vote, and that they did."""

from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maeul.ground.people.models import Person
from maeul.vault.ballot import texts
from maeul.vault.ballot.models.election import Election
from maeul.vault.ballot.models.fences import only_in_draft
from maeul.vault.ballot.rules import Channel


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
