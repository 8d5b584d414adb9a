"""Who may vote, and that they did."""

from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from maeul.ground.people.models import Person
from maeul.vault.ballot import texts
from maeul.vault.ballot.models.booth import Booth
from maeul.vault.ballot.models.election import Election
from maeul.vault.ballot.models.fences import IS_FIXED, electors_of_their_time
from maeul.vault.ballot.rules import ELECTRONIC, ON_PAPER, Channel, State


class ElectorQuerySet(models.QuerySet):
    def of(self, election):
        return self.filter(election=election).order_by("roll", "number")

    def named(self, words):
        """Whose name holds the words, or who has this number, for the table at the door."""
        found = Q(name__icontains=words)
        if words.isascii() and words.isdigit() and len(words) < 10:
            found |= Q(number=int(words))
        return self.filter(found).order_by("name", "roll", "number")

    def exactly(self, hashes):
        return self.filter(match_exact=hashes.exact)

    def nearly(self, hashes):
        """The same name and day of the year, or the same birth date and family name."""
        near = Q(match_name_day=hashes.name_day) | Q(match_birth_family=hashes.birth_family)
        return self.filter(near).exclude(match_exact=hashes.exact)

    def with_what_counts(self):
        """Each with `counts`: the channel whose ballot counts, `none` where none does.

        Derived from what lies in the box and what happened at the door, by the channel table: a
        sheet ends every envelope before it, the newest envelope ends the earlier ones.  After
        the envelopes were destroyed the poll book is what is left of them.
        """
        check_ins = self.model._meta.get_field("check_ins").related_model.objects
        envelopes = self.model._meta.get_field("envelopes").related_model.objects
        own = models.OuterRef("pk")
        sheet = check_ins.standing().filter(elector=own, way__in=ON_PAPER)
        newest = envelopes.valid().filter(elector=own).order_by("-revision")
        return self.annotate(
            counts=models.Case(
                models.When(models.Exists(sheet), then=models.Value(Channel.PAPER.value)),
                default=Coalesce(
                    models.Subquery(newest.values("channel")[:1]),
                    models.Case(
                        models.When(
                            entry__channel__in=ELECTRONIC,
                            election__state__in=[State.DESTROYED, State.VOID],
                            then=models.F("entry__channel"),
                        ),
                        default=models.Value(Channel.NONE.value),
                    ),
                ),
                output_field=models.CharField(),
            )
        )

    def given_a_sheet(self, until=None):
        """Whose check-in on paper stands, as of a moment."""
        check_ins = self.model._meta.get_field("check_ins").related_model.objects
        sheets = check_ins.standing().on_paper()
        if until is not None:
            sheets = sheets.filter(at__lte=until)
        return self.filter(pk__in=sheets.values("elector"))

    def participating(self):
        return self.with_what_counts().exclude(counts=Channel.NONE)


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
    booth = models.ForeignKey(
        Booth, null=True, blank=True, on_delete=models.PROTECT, related_name="electors"
    )
    match_exact = models.BinaryField(null=True, blank=True)
    match_name_day = models.BinaryField(null=True, blank=True)
    match_birth_family = models.BinaryField(null=True, blank=True)

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
            models.CheckConstraint(
                name="ballot_supplementary_has_no_account",
                condition=Q(roll="main") | Q(person=None, booth__isnull=False) & ~Q(proof=""),
            ),
        ]
        indexes = [
            models.Index(name="ballot_elector_exact", fields=["election", "match_exact"]),
            models.Index(name="ballot_elector_name_day", fields=["election", "match_name_day"]),
            models.Index(name="ballot_elector_family", fields=["election", "match_birth_family"]),
        ]
        triggers = [electors_of_their_time()]

    def __str__(self):
        return f"{self.get_roll_display()} {self.number}"


# After closing the poll book moves only for what was decided at the door, until the list is fixed.
PAPER = "'paper' IN (OLD.channel, NEW.channel)"
RULED = "OLD.channel = 'kiosk'"
FIXED = IS_FIXED % "found_id"


class PollBookQuerySet(models.QuerySet):
    def voted(self):
        return self.exclude(channel=Channel.NONE)


class PollBookEntry(models.Model):
    """That an elector voted, by which channel.  One row for all channels: nobody votes twice.

    What counts is derived again at the count; a test and an equation hold the two together.
    """

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
                name="ballot_entry_vote_has_a_revision",
                condition=Q(channel=Channel.NONE) | Q(revision__gt=0),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="only_while_open",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                declare=[("found_state", "text"), ("found_id", "uuid")],
                func=f"""
                    SELECT e.state, e.id INTO found_state, found_id FROM ballot_election e
                      JOIN ballot_elector l ON l.election_id = e.id
                     WHERE l.id = coalesce(NEW.elector_id, OLD.elector_id);
                    IF TG_OP = 'INSERT' AND NEW.channel = 'none' THEN
                        RETURN NEW;
                    END IF;
                    IF TG_OP = 'DELETE' OR found_state NOT IN ('frozen', 'open')
                       AND NOT (TG_OP = 'UPDATE' AND found_state = 'closed'
                                AND ({PAPER} OR {RULED}) AND NOT {FIXED}) THEN
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
