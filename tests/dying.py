"""The site as it is served, but a process of it is killed at a chosen place of a cast.

    DIE=after_commit DEATHS=5 DEATHS_IN=FOLDER granian tests.dying:application

`DIE`: `before_commit`, or `after_commit` and before the answer is sent.  Each death leaves a file
in FOLDER; after so many none dies any more.  `WITHOUT=tracker`: ballots are not known again.
"""

import os
import signal
import sys
from pathlib import Path

from config.wsgi import application as site
from maeul.core.rush import is_cast
from maeul.vault.ballot import actions


def die_once_more():
    for number in range(int(os.environ["DEATHS"])):
        try:
            Path(os.environ["DEATHS_IN"], str(number)).touch(exist_ok=False)
        except FileExistsError:
            continue
        os.kill(os.getpid(), signal.SIGKILL)


def application(environ, start_response):
    answer = site(environ, start_response)
    if is_cast(environ) and os.environ["DIE"] == "after_commit":
        die_once_more()
    return answer


assert actions
cast = sys.modules["maeul.vault.ballot.actions.cast"]
if os.environ["DIE"] == "before_commit":
    tell = cast._tell

    def told_and_gone(*arguments):
        tell(*arguments)
        die_once_more()

    cast._tell = told_and_gone
if os.environ.get("WITHOUT") == "tracker":
    cast._known = lambda election, tracker: None
