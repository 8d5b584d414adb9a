"""The elector's one line in the poll book: held, and brought back to what counts."""

from maeul.vault.ballot.models import Elector, PollBookEntry
from maeul.vault.ballot.rules import Channel


def lock_entry(elector) -> PollBookEntry:
    """The elector's one line in the poll book, held until the end of the transaction."""
    PollBookEntry.objects.bulk_create([PollBookEntry(elector=elector)], ignore_conflicts=True)
    return PollBookEntry.objects.select_for_update().get(elector=elector)


def bring_back(entry) -> None:
    """After a check-in was undone, struck or lost, the former state returns."""
    elector = Elector.objects.with_what_counts().get(pk=entry.elector_id)
    if elector.counts != entry.channel:
        entry.channel = Channel(elector.counts)
        entry.save(update_fields=["channel"])
