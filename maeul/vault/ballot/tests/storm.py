"""A device that casts one ballot after the other and writes down each receipt, for the faults.

    python -m maeul.vault.ballot.tests.storm ELECTION NUMBER OF ACKS

It takes every OF-th elector from NUMBER on.  When the database goes away it sends the same bytes
again until it has an answer, as the ballot page does.
"""

import os
import sys
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.tests"
django.setup()

from django.db import DatabaseError, InterfaceError, connection  # noqa: E402

from maeul.vault.ballot import actions  # noqa: E402
from maeul.vault.ballot.models import Election  # noqa: E402
from maeul.vault.ballot.tests import factories  # noqa: E402


def main(election_id, number, of, acks):
    election = Election.objects.get(pk=election_id)
    electors = list(election.electors.order_by("number"))[int(number) :: int(of)]
    with open(acks, "a", buffering=1) as book:
        for elector in electors:
            sealed = factories.sealed(election, q1=[1 + elector.number % 3])
            book.write(f"{cast_until_answered(election, elector, sealed)}\n")


def cast_until_answered(election, elector, sealed):
    while True:
        try:
            receipt = actions.cast(election=election, elector=elector, sealed=sealed)
        except (DatabaseError, InterfaceError):
            connection.close()
            time.sleep(0.05)
        else:
            return receipt.tracker.hex()


if __name__ == "__main__":
    main(*sys.argv[1:])
