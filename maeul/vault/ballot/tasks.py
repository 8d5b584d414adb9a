"""Jobs of the ballot box: the board every ten minutes, and closing on time."""

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from maeul.vault.ballot import actions, clock
from maeul.vault.ballot.models import Election


@app.periodic(cron="*/10 * * * *")
@app.task(name="ballot.append_batches", queueing_lock="ballot.append_batches")
def append_batches(timestamp):
    for election in Election.objects.running():
        actions.open_poll(election=election, by="system", at=timezone.now())
        if not actions.look_outside(election=election, at=timezone.now()):
            actions.append_batch(election=election)
            actions.keep_outside(election=election)


@app.periodic(cron="* * * * *")
@app.task(
    name="ballot.close_those_over",
    queueing_lock="ballot.close_those_over",
    retry=RetryStrategy(max_attempts=3, wait=5),
)
def close_those_over(timestamp):
    for election in Election.objects.to_close(clock.now()):
        if not actions.look_outside(election=election, at=timezone.now()):
            actions.close(election=election, by="system", at=timezone.now())
            actions.keep_outside(election=election)
