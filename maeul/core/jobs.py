"""Background work, enqueued by name in the transaction that wants it done.

A concept's `tasks.py` holds one action per job; nobody imports it, so that an action does not
lean on the page side of its own concept.
"""

from procrastinate.contrib.django import app


def enqueue(name, *, at=None, **arguments):
    """Have the worker do `name` (e.g. `notice.send_letter`) after this transaction, or `at` a time.

    If the transaction is taken back, so is the job.
    """
    app.configure_task(name, schedule_at=at).defer(**arguments)
