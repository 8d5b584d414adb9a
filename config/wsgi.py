import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from maeul.core.rush import Line, Lines, Remembered

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.serving")

# Of each web process.  Behind so many a ballot waits less than a second for its turn.
BALLOTS, OTHERS = Line(at_work=3, waiting=30), Line(at_work=3, waiting=30)

# Many threads wait in a line and few are at work: these share as many connections.
database = settings.DATABASES["default"]
database["OPTIONS"] = database.get("OPTIONS", {}) | {
    "pool": {"min_size": 0, "max_size": BALLOTS.at_work + OTHERS.at_work + 2, "timeout": 10}
}
database["CONN_MAX_AGE"] = 0  # a pool keeps them itself

site = Lines(get_wsgi_application(), ballots=BALLOTS, others=OTHERS)
application = Remembered(site, session=settings.SESSION_COOKIE_NAME)
