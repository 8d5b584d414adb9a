from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from maeul.ground.district.models import Dong
from maeul.vault.record import access
from maeul.vault.record.models import Record


@login_not_required
@require_safe
def register(request, dong_code, year):
    """The dong's register of one year; lines that are not public only for its staff."""
    dong = get_object_or_404(Dong, code=dong_code)
    records = Record.objects.of_year(dong, year)
    if not access.can_see_all(request.user, dong):
        records = records.filter(public=True)
    page = Paginator(records, 50).get_page(request.GET.get("page"))
    return render(request, "record/register.html", {"dong": dong, "year": year, "page": page})
