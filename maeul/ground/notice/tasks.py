from datetime import timedelta

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from maeul.ground.notice import actions

PATIENCE = timedelta(minutes=10)


@app.task(
    name="notice.send_letter",
    queue="mail",
    retry=RetryStrategy(max_attempts=8, exponential_wait=4),
)
def send_letter(letter_id):
    actions.send(letter_id=letter_id)


@app.periodic(cron="*/5 * * * *")
@app.task(name="notice.sweep", queue="mail", queueing_lock="notice.sweep")
def sweep(timestamp):
    actions.sweep(since=timezone.now() - PATIENCE)
