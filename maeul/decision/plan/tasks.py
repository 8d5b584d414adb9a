"""Every morning: who has to act soon, or should have, is told."""

from django.utils import timezone
from procrastinate.contrib.django import app

from maeul.decision.plan import actions
from maeul.decision.plan.models import Plan


@app.periodic(cron="0 0 * * *")  # 09:00 in Korea
@app.task(name="plan.remind_of_deadlines", queueing_lock="plan.remind_of_deadlines")
def remind_of_deadlines(timestamp):
    for plan in Plan.objects.with_a_deadline():
        actions.remind(plan=plan, by="system", at=timezone.now())
