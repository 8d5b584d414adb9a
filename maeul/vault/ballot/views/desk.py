"""The officers' desk of one election: the one act that is next, and who has done what."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from maeul.core.pages import allow, refusals_on
from maeul.core.refusal import sentence
from maeul.vault.ballot import (
    access,
    actions,
    clock,
    guides,
    offline,
    opening,
    outside,
    rules,
    texts,
)
from maeul.vault.ballot.forms import (
    LocksForm,
    OpeningForm,
    OutsideBoardForm,
    SeedForm,
    VoidForm,
    WordForm,
)
from maeul.vault.ballot.models import Election, Opening, Rehearsal
from maeul.vault.ballot.rules import Channel, State


def holders_file_of(election) -> str:
    """The hash of the file its holders use: as frozen, else today's."""
    frozen = election.frozen().raw if election.chain0 else {}
    return frozen.get("holders_file") or offline.hash_of(offline.holders_file())


def run_by(request, election_id) -> Election:
    election = get_object_or_404(Election, pk=election_id)
    allow(access.can_run(request.user, election))
    return election


@require_GET
def desk(request, election_id):
    return show(request, run_by(request, election_id))


def show(request, election, **forms):
    """The desk; a form that was refused is shown again as it was typed."""
    drafted = actions.what_is_drafted(election)
    state = State(election.state)
    no_freeze = rules.why_not_freeze(drafted, clock=clock.now()) if state == State.DRAFT else None
    return render(
        request,
        "ballot/desk.html",
        {
            "election": election,
            "state": state.value,
            "drafted": drafted,
            "no_freeze": no_freeze and sentence(no_freeze, texts.REFUSALS),
            "can_close": state in (State.FROZEN, State.OPEN)
            and not rules.why_not_close(state, closes_at=election.ends_at, clock=clock.now()),
            "is_open": election.is_open_now(),
            "voted": election.turnout_on_board(),
            "locks": election.locks.all(),
            "rehearsals": election.rehearsals.order_by("with_copies"),
            "fixed": actions.fixed_hash(election),
            "holders_file": holders_file_of(election),
            "guides": guides.titles_for(election).items(),
            **(openings_of(election) if state == State.CLOSED else {}),
            "head": _head(election),
            "takes_outside": state in outside.OPEN_TO_IT,
            "takes_paper": election.takes(Channel.PAPER),
            "is_electronic": actions.is_electronic(election),
            "is_counted": actions.is_counted(election),
            "equations": equations(election) if state == State.OPENED else [],
            "confirmed_publication": actions.confirmed_by(election, "confirmed_publication"),
            "me": request.user.pk,
            "acts": election.acts.select_related("by"),
            "has_booths": election.booths.exists(),
            "officers": election.officers.select_related("person"),
            "locks_form": LocksForm(),
            "word_form": WordForm(),
            "seed_form": SeedForm(),
            "opening_form": OpeningForm(),
            "void_form": VoidForm(),
            "outside_form": OutsideBoardForm(),
            "is_behind": state in (State.FROZEN, State.OPEN) and election.is_behind(),
            **forms,
        },
    )


def _head(election) -> str:
    """The last head of the sealed ballots: paper that follows it is nothing for the openers."""
    if election.state in (State.CLOSED, State.OPENED):
        return actions.closing(election)[1].hex()
    return election.head().hex() if election.chain0 else ""


def openings_of(election):
    """What the holders brought, side by side, and which of it may be confirmed."""
    every = actions.brought(election)
    holding = [opened for opened, _result in actions.openings_that_hold(election)]
    confirm = holding[0] if holding else None
    return {
        "openings": [
            {
                "opened": opened,
                "program": texts.PROGRAMS[result["program"]],
                "result": result,
                "holds": opened in holding,
            }
            for opened, result in every
        ],
        "outcomes": len(opening.alike([result for _opened, result in every])),
        "confirm": confirm,
        "confirmed_opening": confirm
        and actions.confirmed_by(election, "confirmed_opening", confirm.content_hash),
    }


def equations(election):
    """Every equation in words, and whether it holds or two officers said why not."""
    explained = actions.explained(election)
    rows = []
    for equation in rules.equations(actions.figures(election)):
        which, text = texts.equation(equation.name)
        rows.append(
            {
                "text": text,
                "which": which,
                "sign": "≤" if equation.sign == "<=" else equation.sign,
                "is": equation,
                "explained": str(equation) in explained,
                "may_explain": equation.name.rpartition(".")[2] in rules.EXPLAINABLE,
            }
        )
    return rows


@require_POST
def locks(request, election_id):
    election = run_by(request, election_id)
    form = LocksForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            actions.set_locks(
                election=election, locks=form.locks(), by=request.user, at=timezone.now()
            )
            messages.success(request, _("자물쇠를 등록했습니다. 이제 예행연습을 합니다."))
            return redirect("ballot:desk", election.pk)
    return show(request, election, locks_form=form)


@require_POST
def rehearsal(request, election_id):
    """A mock ballot for the holders, with the originals or with the copies of their keys."""
    election = run_by(request, election_id)
    rehearsal = actions.start_rehearsal(
        election=election,
        with_copies=request.POST.get("keys") == "copies",
        by=request.user,
        at=timezone.now(),
    )
    return attachment(bytes(rehearsal.parcel), "application/json", "rehearsal.json")


@require_POST
def rehearsed(request, election_id, rehearsal_id):
    election = run_by(request, election_id)
    rehearsal = get_object_or_404(Rehearsal, pk=rehearsal_id, election=election)
    form = WordForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            actions.check_rehearsal(
                rehearsal=rehearsal,
                word=form.cleaned_data["word"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("예행연습을 마쳤습니다."))
            return redirect("ballot:desk", election.pk)
    return show(request, election, word_form=form, word_for=rehearsal.pk)


@require_POST
def freeze(request, election_id):
    election = run_by(request, election_id)
    actions.freeze(election=election, by=request.user, at=timezone.now())
    messages.success(request, _("투표를 확정했습니다. 이제 아무도 바꿀 수 없습니다."))
    return redirect("ballot:desk", election.pk)


@require_POST
def close(request, election_id):
    election = run_by(request, election_id)
    actions.close(election=election, by=request.user, at=timezone.now())
    messages.success(request, _("투표를 마감했습니다. 게시판의 마지막 값을 적어 두세요."))
    return redirect("ballot:desk", election.pk)


@require_POST
def fix_list(request, election_id):
    election = run_by(request, election_id)
    actions.fix_list(election=election, by=request.user, at=timezone.now())
    messages.success(request, _("목록을 확정했습니다. 지문을 소리 내어 읽고 서명해 주세요."))
    return redirect("ballot:desk", election.pk)


@require_POST
def parcel(request, election_id):
    election = run_by(request, election_id)
    content = actions.parcel(election=election, by=request.user, at=timezone.now())
    return attachment(content, "application/zip", "opening.zip")


@require_POST
def bring(request, election_id):
    election = run_by(request, election_id)
    form = OpeningForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals_on(form):
            actions.record_opening(
                election=election,
                content=form.cleaned_data["result"].read(),
                by=request.user,
                at=timezone.now(),
            )
            messages.success(
                request, _("결과 파일을 받았습니다. 아래에서 두 프로그램의 결과를 견줍니다.")
            )
            return redirect("ballot:desk", election.pk)
    return show(request, election, opening_form=form)


@require_POST
def confirm_opening(request, election_id, opening_id):
    election = run_by(request, election_id)
    opened = get_object_or_404(Opening, pk=opening_id, election=election)
    now = actions.confirm_opening(opened=opened, by=request.user, at=timezone.now())
    if now.state == State.OPENED:
        messages.success(request, _("두 사람이 확인해 개표를 마쳤습니다."))
    else:
        messages.success(request, _("확인했습니다. 다른 선거관리인 한 사람이 더 확인합니다."))
    return redirect("ballot:desk", election.pk)


@require_POST
def seed(request, election_id):
    election = run_by(request, election_id)
    form = SeedForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            actions.record_tie_value(
                election=election,
                value=form.cleaned_data["value"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("추첨 숫자를 적었습니다."))
            return redirect("ballot:desk", election.pk)
    return show(request, election, seed_form=form)


@require_POST
def count(request, election_id):
    election = run_by(request, election_id)
    actions.count(election=election, by=request.user, at=timezone.now())
    messages.success(request, _("표를 세었습니다. 숫자가 모두 맞으면 발표할 수 있습니다."))
    return redirect("ballot:desk", election.pk)


@require_POST
def publish(request, election_id):
    election = run_by(request, election_id)
    now = actions.confirm_publication(election=election, by=request.user, at=timezone.now())
    if now.state == State.PUBLISHED:
        messages.success(request, _("결과를 발표했습니다."))
    else:
        messages.success(request, _("동의했습니다. 다른 선거관리인 한 사람이 더 동의합니다."))
    return redirect("ballot:desk", election.pk)


@require_POST
def restore(request, election_id):
    election = run_by(request, election_id)
    form = OutsideBoardForm(request.POST, request.FILES)
    if form.is_valid():
        with refusals_on(form):
            done = actions.restore_board(
                election=election,
                content=form.cleaned_data["board"].read(),
                by=request.user,
                at=timezone.now(),
            )
            if done:
                messages.success(
                    request, _("게시판을 되살렸습니다. 다시 투표할 시간이 모자라면 연장해 주세요.")
                )
            else:
                messages.success(
                    request, _("확인했습니다. 다른 선거관리인도 같은 파일을 넣어 주세요.")
                )
            return redirect("ballot:desk", election.pk)
    return show(request, election, outside_form=form)


@require_POST
def void(request, election_id):
    election = run_by(request, election_id)
    form = VoidForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            actions.void(
                election=election,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("투표를 무효로 했습니다. 까닭이 공개됩니다."))
            return redirect("ballot:desk", election.pk)
    return show(request, election, void_form=form)


def attachment(content, kind, name):
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
