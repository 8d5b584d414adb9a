"""How the dong hears of its assembly: booklet, poster, banner, QR, calendar, and who helps."""

import io
from pathlib import Path

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maeul.core.pages import act_page, agree_page, allow, find_only_if, refusals_on
from maeul.core.paper import typeset
from maeul.core.templatetags.look import day_text, moment_text
from maeul.decision.assembly import access, actions, texts
from maeul.decision.assembly.forms import HelpForm, HoursForm
from maeul.decision.assembly.models import Assembly, Helper, booklet_of
from maeul.decision.assembly.rules import Method
from maeul.decision.assembly.views.ics import calendar_of
from maeul.ground.district.models import Dong

PAPERS = Path(__file__).parent.parent / "papers"
ON_A_POSTER = 7  # lines; more would be read by nobody in the street
EITHER = ["GET", "HEAD", "POST"]


@login_not_required
@require_safe
def promotion(request, assembly_id):
    assembly = _visible(request, assembly_id)
    return render(
        request,
        "assembly/promotion.html",
        {
            "assembly": assembly,
            "address": _address(assembly),
            "helpers": assembly.helpers.count(),
            "may_help": timezone.localdate() <= assembly.held_on
            and assembly.is_public
            and (request.user.is_anonymous or access.can_help(request.user, assembly)),
            "can_prepare": access.can_prepare(request.user, assembly),
        },
    )


@login_not_required
@require_safe
def booklet(request, assembly_id):
    assembly = _visible(request, assembly_id)
    return render(
        request,
        "assembly/booklet.html",
        {"assembly": assembly, "paper": booklet_of(assembly)},
    )


@login_not_required
@require_safe
def booklet_pdf(request, assembly_id):
    return booklet_of(_visible(request, assembly_id)).answer()


@login_not_required
@require_safe
def poster(request, assembly_id):
    assembly = _visible(request, assembly_id)
    return _sheet(assembly, "poster", _("%(assembly)s 포스터"), **_on_the_poster(assembly))


@login_not_required
@require_safe
def banner(request, assembly_id):
    assembly = _visible(request, assembly_id)
    when = f"{day_text(assembly.held_on)} {assembly.place}"
    return _sheet(assembly, "banner", _("%(assembly)s 현수막"), when=when)


@login_not_required
@require_safe
def qr(request, assembly_id):
    """The way to the assembly's page, for printing anywhere."""
    assembly = _visible(request, assembly_id)
    return HttpResponse(_qr(assembly), content_type="image/svg+xml")


@login_not_required
@require_safe
def calendar(request, code):
    """The dong's assemblies for a calendar to follow."""
    dong = get_object_or_404(Dong, code=code)
    rows = Assembly.objects.complete().filter(dong=dong, announced_at__isnull=False)
    answer = HttpResponse(
        calendar_of(rows.order_by("held_on", "pk"), name=_("%(dong)s 주민총회") % {"dong": dong}),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = f'attachment; filename="{dong.code}.ics"'
    return answer


@require_http_methods(EITHER)
def offer_help(request, assembly_id):
    """Sign up to help on the day, or take it back."""
    assembly = _visible(request, assembly_id)
    allow(access.can_help(request.user, assembly))
    form = HelpForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.offer_help(
                assembly=assembly, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("고맙습니다. 도우미로 적었습니다."))
            return redirect("assembly:offer_help", assembly.pk)
    return render(
        request,
        "assembly/offer_help.html",
        {
            "assembly": assembly,
            "form": form,
            "mine": assembly.helpers.in_order().filter(person=request.user),
        },
    )


@require_http_methods(EITHER)
def withdraw_help(request, helper_id):
    helper = get_object_or_404(Helper.objects.select_related("assembly"), pk=helper_id)
    allow(helper.person == request.user)
    back = reverse("assembly:offer_help", args=[helper.assembly_id])
    return agree_page(
        request,
        lambda **how: actions.withdraw_help(helper=helper, **how),
        done=_("돕기로 한 것을 거두었습니다."),
        to=back,
        back=back,
        back_label=helper.assembly.title,
        heading=_("돕기로 한 것 거두기"),
        lead=_("‘%(help)s’을 하지 못하게 되었다고 알립니다.") % {"help": helper},
        button=_("거두기"),
        after=_("다시 할 수 있게 되면 언제든 새로 적어 주세요."),
    )


@require_safe
def helpers(request, assembly_id):
    """Who comes to help, for the dong's staff."""
    assembly = _prepared(request, get_object_or_404(Assembly.objects.complete(), pk=assembly_id))
    rows = list(assembly.helpers.in_order())
    return render(
        request,
        "assembly/helpers.html",
        {
            "assembly": assembly,
            "groups": [
                {"name": name, "rows": [row for row in rows if row.help == task]}
                for task, name in texts.HELPS.items()
            ],
            "count": len(rows),
            "may_confirm": timezone.localdate() >= assembly.held_on,
        },
    )


@require_http_methods(EITHER)
def confirm_help(request, helper_id):
    helper = get_object_or_404(
        Helper.objects.select_related("assembly__dong", "assembly__election", "person"),
        pk=helper_id,
    )
    assembly = _prepared(request, helper.assembly)
    form = HoursForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.confirm_help(
                helper=helper, **form.cleaned_data, by=request.user, at=timezone.now()
            )
            messages.success(request, _("도운 시간을 확인했습니다. 참여 기록에 남았습니다."))
            return redirect("assembly:helpers", assembly.pk)
    return act_page(
        request,
        form,
        back=reverse("assembly:helpers", args=[assembly.pk]),
        back_label=_("총회 도우미"),
        heading=_("도운 시간 확인하기"),
        lead=f"{helper.person}, {helper}",
        button=_("확인하기"),
        after=_("확인한 시간은 그분의 참여 기록에 남고 바꿀 수 없습니다."),
    )


def _visible(request, assembly_id):
    assembly = get_object_or_404(Assembly.objects.complete(), pk=assembly_id)
    find_only_if(access.can_see(request.user, assembly))
    return assembly


def _prepared(request, assembly):
    allow(access.can_prepare(request.user, assembly))
    return assembly


def _address(assembly):
    return settings.SITE_ADDRESS + assembly.get_absolute_url()


def _qr(assembly) -> bytes:
    """Read from three metres on a poster: error correction for a folded or dirty one."""
    drawn = io.BytesIO()
    segno.make(_address(assembly), error="q").save(
        drawn, kind="svg", light="white", border=2, scale=8
    )
    return drawn.getvalue()


def _sheet(assembly, name, title, **told):
    on = timezone.localdate(assembly.announced_at or assembly.election.drafted_at)
    common = {
        "title": assembly.title,
        "publisher": _("%(dong)s 주민자치회") % {"dong": assembly.dong},
        "address": _address(assembly),
        "sample": settings.DEMO,
        "year": on.year,
        "month": on.month,
        "day": on.day,
    }
    content = typeset(PAPERS / f"{name}.typ", common | told, files={"qr.svg": _qr(assembly)}, on=on)
    answer = HttpResponse(content, content_type="application/pdf")
    kept = title % {"assembly": assembly.title}
    answer["Content-Disposition"] = content_disposition_header(True, f"{kept}.pdf")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _on_the_poster(assembly):
    election = assembly.election
    facts = [(_("총회 날"), day_text(assembly.held_on)), (_("곳"), assembly.place)]
    if election.opens_at:
        facts.append((_("투표"), moment_text(election.opens_at) + _("부터")))
        facts.append(("", moment_text(election.closes_at) + _("까지")))
    questions = list(assembly.questions.in_order())
    options = [
        row.boxed.title
        for question in questions
        if question.kind != "yes_no"
        for row in question.tabled.select_related("boxed").order_by("boxed__number")
    ]
    lines = [question.title for question in questions if question.kind == "yes_no"] + options
    more = len(lines) - ON_A_POSTER
    return {
        "slogan": str(texts.SLOGAN),
        "facts": facts,
        "asks": _("무엇을 정하나요?"),
        "lines": lines[:ON_A_POSTER],
        "more": _("그리고 %(more)s가지 더") % {"more": more} if more > 0 else "",
        "invite": _("미리 읽고 함께 오세요")
        if assembly.rules.get("method") == Method.HALL
        else _("미리 읽고, 집에서도 투표하세요"),
    }
