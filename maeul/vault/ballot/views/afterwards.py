"""After the count: letters to people who voted, and the end of what was sealed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from maeul.core.pages import agree_page, refusals_on
from maeul.core.paper import Facts, PageBreak, Paper, Text
from maeul.vault.ballot import actions, texts
from maeul.vault.ballot.forms import AnswersForm
from maeul.vault.ballot.views.desk import run_by


@require_http_methods(["GET", "POST"])
def letters(request, election_id):
    """Who is asked, and what came back."""
    election = run_by(request, election_id)
    form = AnswersForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.note_answers(
                election=election, by=request.user, at=timezone.now(), **form.cleaned_data
            )
            messages.success(request, _("답을 적었습니다."))
            return redirect("ballot:letters", election.pk)
    return render(
        request,
        "ballot/letters.html",
        {
            "election": election,
            "asked": len(actions.drawn_for_letters(election)),
            "answers": election.acts.filter(act="letters_answered"),
            "form": form,
        },
    )


@require_GET
def letters_paper(request, election_id):
    """One page for each: what the poll book says, and how to say that it is not so."""
    election = run_by(request, election_id)
    drawn = actions.drawn_for_letters(election)
    if not drawn:
        raise Http404
    parts = []
    for elector in drawn:
        parts += [PageBreak()] * bool(parts)
        parts += [
            Facts([(_("받는 분"), elector.name), (_("명부 번호"), str(elector))]),
            Text(
                _(
                    "투표자명부에 이 투표에서 투표하신 것으로 적혀 있습니다."
                    " 무엇을 고르셨는지는 아무도 모르고, 여쭙지도 않습니다."
                )
            ),
            Facts([(_("적힌 방법"), str(texts.CHANNELS[elector.counts]))]),
            Text(_("맞나요? 하나에 ○표를 해서 돌려주시거나 선거관리인에게 알려 주세요.")),
            Text(_("(    ) 맞습니다.        (    ) 투표하지 않았거나 다른 방법으로 했습니다.")),
            Text(
                _("추첨 숫자로 뽑은 %(asked)s명에게 보냅니다.") % {"asked": len(drawn)}
                + (f" {election.help_place}" if election.help_place else "")
            ),
        ]
    return Paper(
        title=_("투표하셨나요?"), on=timezone.localdate(), publisher=election.title, parts=parts
    ).answer(_("확인 편지"))


@require_http_methods(["GET", "POST"])
def destroy(request, election_id):
    election = run_by(request, election_id)

    def act(*, by, at):
        actions.destroy(election=election, by=by, at=at)

    return agree_page(
        request,
        act,
        done=_("봉투를 없앴습니다. 없앤 때와 사람이 적혔습니다."),
        to=reverse("ballot:desk", args=[election.pk]),
        heading=_("봉투를 없앱니다"),
        lead=_(
            "이의를 낼 수 있는 기간이 끝난 다음에, 봉해 둔 투표용지를 함께 없애고 여기에 적습니다."
        )
        if election.is_hall
        else _(
            "이의를 낼 수 있는 기간이 끝난 다음에 없앱니다. 잠긴 표와 확인증 열쇠를 지우고,"
            " 두 보관인의 열쇠와 종이 봉투도 함께 없앱니다."
        ),
        button=_("없애기"),
        after=_("되돌릴 수 없습니다. 결과, 게시판, 묶음은 그대로 남습니다."),
        back=reverse("ballot:desk", args=[election.pk]),
        back_label=_("선거관리인의 책상"),
    )
