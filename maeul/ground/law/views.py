from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maeul.core.pages import allow, refusals_on
from maeul.ground.district.models import Dong
from maeul.ground.law import access, actions, texts
from maeul.ground.law.forms import EnactForm
from maeul.ground.law.models import Provision


@login_not_required
@require_safe
def index(request):
    """Every limit in force today, for the district or for one dong, by group and by words."""
    dong = Dong.objects.filter(code=request.GET.get("dong", "")).first()
    group, words = request.GET.get("group", ""), request.GET.get("q", "").strip()
    law = Provision.objects.in_force(dong=dong, at=timezone.now())
    shown = [law[key] for key in texts.NAMES if key in law and _wanted(law[key], group, words)]
    return render(
        request,
        "law/index.html",
        {
            "groups": [
                (name, [row for row in shown if row.key.split(".")[0] == key])
                for key, name in texts.GROUPS.items()
            ],
            "count": len(shown),
            "dong": dong,
            "dongs_of_law": Dong.objects.in_order(),
            "chosen": group,
            "words": words,
            "filters": [("", _("모두"), None), *((k, v, None) for k, v in texts.GROUPS.items())],
        },
    )


def _wanted(row, group, words):
    if group and row.key.split(".")[0] != group:
        return False
    return not words or words in f"{row.name} {row.article} {row.source} {row.in_words}"


@login_not_required
@require_safe
def provision(request, key):
    """One limit: what holds today, and everything that held or will hold, here and in each dong."""
    rows = Provision.objects.history(key)
    newest = rows.first()
    if newest is None:
        raise Http404
    now = timezone.now()
    of_district = rows.filter(dong=None)
    return render(
        request,
        "law/provision.html",
        {
            "provision": newest,
            "today": of_district.filter(in_force_from__lte=now).first(),
            "page": Paginator(of_district, 50).get_page(request.GET.get("page")),
            "bylaws": rows.exclude(dong=None),
            "now": now,
            "may_enact": access.can_enact_somewhere(request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def enact(request, key):
    allow(access.can_enact_somewhere(request.user))
    unit = Provision.objects.unit_of(key)
    if unit is None:
        raise Http404
    form = EnactForm(request.POST or None, unit=unit)
    if form.is_valid():
        allow(access.can_enact(request.user, form.cleaned_data["dong"]))
        with refusals_on(form):
            made = actions.enact(key=key, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("새 값을 적었습니다."))
            return redirect(made)
    return render(request, "law/enact.html", {"form": form, "key": key, "name": texts.NAMES[key]})
