"""What the mayor's office does: an answer to every item that the assembly chose."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from maeul.core.pages import allow, refusals_on
from maeul.decision.plan import access, actions
from maeul.decision.plan.forms import ReplyForm
from maeul.decision.plan.models import PlanItem


@require_http_methods(["GET", "HEAD", "POST"])
def reply(request, plan_item_id):
    row = get_object_or_404(PlanItem.objects.in_order().prefetch_related("lines"), pk=plan_item_id)
    allow(access.can_reply(request.user, row.plan))
    form = ReplyForm(request.POST or None, plan=row.plan)
    if form.is_valid():
        with refusals_on(form):
            actions.reply(plan_item=row, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("답을 적었습니다. 의제를 낸 분께 알렸습니다."))
            return redirect(following(row))
    return render(request, "plan/reply.html", {"row": row, "plan": row.plan, "form": form})


def following(row):
    """The next item without an answer, else the plan."""
    left = row.plan.items.chosen().unanswered().order_by("position", "pk").first()
    return reverse("plan:reply", args=[left.pk]) if left else row.plan.get_absolute_url()
