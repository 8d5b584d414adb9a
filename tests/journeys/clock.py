"""A year in two minutes: the site and its ballot box believe the day the story tells.

Time runs on from where it was set.  The site's clock is `django.utils.timezone.now`, which the
live server reads in this very process; the ballot box asks the database.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.utils import timezone

BALLOT_CLOCK = """
CREATE OR REPLACE FUNCTION ballot_clock() RETURNS timestamptz LANGUAGE sql VOLATILE
AS $$
    SELECT coalesce(
        nullif(current_setting('maeul.at', true), '')::timestamptz,
        clock_timestamp() + interval '{seconds} seconds'
    )
$$
"""


class Clock:
    def __init__(self, monkeypatch):
        self._real = timezone.now
        self._ahead = timedelta()
        self.turns = 0
        monkeypatch.setattr(timezone, "now", lambda: self._real() + self._ahead)

    def turn_to(self, year, month, day, hour=10, minute=0) -> datetime:
        """From now on it is this hour in Korea; nobody acts too often any more."""
        self.turns += 1
        moment = timezone.make_aware(datetime(year, month, day, hour, minute))
        self._ahead = moment - self._real()
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE NONE")  # only the owner sets the clock of the box
            cursor.execute(BALLOT_CLOCK.format(seconds=self._ahead.total_seconds()))
            cursor.execute(f"SET ROLE {settings.SERVING_ROLE}")
        caches["limits"].clear()
        return moment
