"""What is printed for voting on paper: sheets, the cover of a batch, an empty tally."""

from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from maeul.core.pages import allow
from maeul.core.paper import Facts, Paper, Table, Text, typeset
from maeul.vault.ballot import access, guides, texts
from maeul.vault.ballot.forms import SheetsForm
from maeul.vault.ballot.marks import Marking
from maeul.vault.ballot.models import Election
from maeul.vault.ballot.views.counting_room import batch_counted_by
from maeul.vault.ballot.views.desk import run_by

PAPERS = Path(__file__).resolve().parent.parent / "papers"


@require_GET
def sheets(request, election_id):
    """Ballot sheets of one style, as many as are asked for."""
    election = run_by(request, election_id)
    form = SheetsForm(request.GET or None, styles=election.styles)
    if form.is_valid():
        style = form.cleaned_data.get("style") or election.styles[0]
        content = typeset(
            PAPERS / "sheet.typ",
            _told(election, style, form.cleaned_data["copies"]),
            on=timezone.localdate(),
        )
        answer = HttpResponse(content, content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="sheets.pdf"'
        return answer
    return render(request, "ballot/sheets.html", {"election": election, "form": form})


def _told(election, style, copies):
    today = timezone.localdate()
    questions = [
        question
        for question in election.questions.prefetch_related("options")
        if not question.styles or style in question.styles
    ]
    return {
        "title": election.title,
        "style": style if len(election.styles) > 1 else "",
        "copies": copies,
        "sample": settings.DEMO,
        "year": today.year,
        "month": today.month,
        "day": today.day,
        "blank": _("아무것도 고르지 않으면 기권입니다."),
        "stamp": _("선거관리인 도장"),
        "questions": [
            {
                "number": question.position,
                "title": question.title,
                "how": _how(question),
                "options": [
                    {
                        "number": option.number,
                        "title": option.title,
                        "lines": option.lines,
                        "cost": option.cost_text if question.is_budget else "",
                    }
                    for option in question.options.all()
                ],
            }
            for question in questions
        ],
    }


def _how(question):
    if question.marking == Marking.RANK:
        return _(
            "가장 바라는 것에 1, 그다음에 2처럼 네모 안에 순위를 적습니다. %(most)s순위까지 됩니다."
            " 같은 순위를 두 번 적거나 건너뛰면 무효입니다."
        ) % {"most": question.at_most}
    if question.marking == Marking.SCORE:
        how = _("네모 안에 0에서 %(most)s까지 점수를 적습니다. 비우면 0점입니다.") % {
            "most": question.each_at_most
        }
        if question.total_at_most:
            how += " " + _("모두 더해 %(most)s점을 넘으면 무효입니다.") % {
                "most": question.total_at_most
            }
        return how
    if question.one_of:
        how = _("하나만 골라 네모 안에 ○표를 합니다.")
    else:
        how = _("%(most)s가지까지 골라 네모 안에 ○표를 합니다.") % {"most": question.at_most}
    if question.ballot_limit:
        how += " " + _("고른 것의 비용이 모두 %(limit)s을 넘으면 무효입니다.") % {
            "limit": question.limit_text
        }
    return how


@require_GET
def cover(request, election_id, number):
    """The cover of a batch: its number, its sheets, from where, and who enters it."""
    batch = batch_counted_by(request, election_id, number)
    return Paper(
        title=_("투표용지 묶음 %(number)s 표지") % {"number": number},
        on=timezone.localdate(),
        publisher=batch.election.title,
        parts=[
            Facts(
                [
                    (_("투표"), batch.election.title),
                    (_("투표지 종류"), batch.style),
                    (_("장"), _("%(sheets)s장") % {"sheets": batch.sheets}),
                    *((share.booth.name, _("%(sheets)s장") % {"sheets": share.sheets})
                      for share in batch.shares.select_related("booth")),
                    (_("묶은 사람"), str(batch.by)),
                ]
            ),
            Text(_("장마다 오른쪽 위에 1부터 번호를 적고, 번호 차례로 옮겨 적습니다.")),
            Table(
                heads=[_("할 일"), _("이름"), _("서명"), _("마친 때")],
                rows=[[str(title), "", "", ""] for title in texts.PARTS.values()],
                widths=[3, 2, 2, 2],
            ),
        ],
    ).answer(_("묶음 %(number)s 표지") % {"number": number})  # fmt: skip


@require_GET
def tally(request, election_id):
    """An empty table for counting aloud."""
    election = get_object_or_404(Election, pk=election_id)
    allow(access.can_count(request.user, election))
    return guides.guide(election, "tally", on=timezone.localdate()).answer(_("집계표"))
