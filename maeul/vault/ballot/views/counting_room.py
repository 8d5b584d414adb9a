"""The counting room: boxes are counted, sheets tied, entered by two, settled by a third, closed."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maeul.core.pages import act_page, allow, refusals_on
from maeul.core.refusal import sentence
from maeul.vault.ballot import access, actions, paper, rules, texts
from maeul.vault.ballot.forms import BatchForm, BoxForm, ReasonForm, SheetForm
from maeul.vault.ballot.models import Booth, PaperBatch
from maeul.vault.ballot.paper import BLIND, Part
from maeul.vault.ballot.rules import State
from maeul.vault.ballot.views import hall
from maeul.vault.ballot.views.counted import counted_by
from maeul.vault.ballot.views.desk import run_by

SAMPLE = 5  # sheets of each batch that are looked at again


def batch_counted_by(request, election_id, number) -> PaperBatch:
    election = counted_by(request, election_id)
    batch = get_object_or_404(election.paper_batches, number=number)
    batch.election = election
    return batch


def address(name, batch, *more):
    return reverse(f"ballot:{name}", args=[batch.election_id, batch.number, *more])


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in the overview: how many sheets each part has, never what they say."""

    batch: PaperBatch
    now: paper.BatchNow

    @property
    def entered(self):
        return [(texts.PARTS[part], len(self.now.of(part))) for part in BLIND]

    @property
    def unsettled(self):
        return len(self.now.unsettled)

    @property
    def state(self):
        if hasattr(self.batch, "withdrawal"):
            return "withdrawn"
        return "closed" if hasattr(self.batch, "closing") else "open"

    @property
    def can_close(self):
        return paper.why_not_close_batch(self.now) is None


@never_cache
@require_GET
def room(request, election_id):
    """What is counted, what is tied, what is still to do."""
    election = counted_by(request, election_id)
    if election.is_hall:
        return hall.room(request, election)
    booths = list(actions.booths_with_boxes(election))
    not_ready = actions.why_not_ready(election)
    is_fixed = bool(actions.fixed_hash(election))
    confirmed = actions.confirmed_by(election, "confirmed_counts")
    return render(
        request,
        "ballot/counting_room.html",
        {
            "election": election,
            "is_fixed": is_fixed,
            "is_closed": election.state == State.CLOSED,
            "is_officer": access.can_run(request.user, election),
            "is_electronic": actions.is_electronic(election),
            "boxes": [
                {
                    "booth": booth,
                    "in_box": actions.in_box(booth),
                    "left": actions.left_in_box(booth),
                    "counted_by": [count.by for count in booth.box_counts.newest()],
                }
                for booth in booths
            ],
            "rows": [
                BatchRow(batch, actions.batch_now(batch))
                for batch in election.paper_batches.select_related("withdrawal", "closing")
            ],
            "has_sheets": is_fixed and any(actions.left_in_box(booth) for booth in booths),
            "not_ready": not_ready and sentence(not_ready, texts.REFUSALS),
            "has_confirmed": request.user.pk in confirmed,
        },
    )


@require_http_methods(["GET", "POST"])
def count_box(request, election_id, number):
    """Each person types what they counted, and sees nobody else's number."""
    election = counted_by(request, election_id)
    booth = get_object_or_404(Booth, election=election, number=number)
    form = BoxForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            agreed = actions.count_box(
                booth=booth,
                sheets=form.cleaned_data["sheets"],
                by=request.user,
                at=timezone.now(),
            )
            if agreed is None:
                messages.info(request, _("적었습니다. 다른 한 사람이 같은 수를 적어야 합니다."))
            else:
                messages.success(request, _("두 사람이 같은 수로 세었습니다."))
            return redirect("ballot:paper", election.pk)
    return act_page(
        request,
        form,
        heading=_("%(booth)s 투표함에 몇 장이 있나요?") % {"booth": booth},
        lead=_("투표함을 열어 모두가 보는 데서 셉니다. 두 사람이 저마다 세어 적습니다."),
        button=_("센 수 적기"),
        after=_("두 사람의 수가 다르면 다시 세어 새로 적습니다."),
        back=reverse("ballot:paper", args=[election.pk]),
        back_label=_("종이 세기"),
    )


@require_http_methods(["GET", "POST"])
def make_batch(request, election_id):
    election = counted_by(request, election_id)
    booths = [booth for booth in actions.booths_with_boxes(election) if actions.left_in_box(booth)]
    left = {booth: actions.left_in_box(booth) for booth in booths}
    form = BatchForm(request.POST or None, styles=election.styles, left=left)
    if form.is_valid():
        with refusals_on(form):
            batch = actions.make_batch(
                election=election,
                style=form.style(),
                shares=form.shares(),
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("묶었습니다. 표지를 인쇄해 맨 위에 둡니다."))
            return redirect("ballot:batch", election.pk, batch.number)
    return act_page(
        request,
        form,
        heading=_("투표용지 묶기"),
        lead=_("50장쯤씩 손으로 세어 묶습니다. 20장보다 적게 남으면 다른 투표소와 섞습니다."),
        button=_("묶음 만들기"),
        after=_("다음은 두 사람이 서로 보지 않고 한 장씩 옮겨 적습니다."),
        back=reverse("ballot:paper", args=[election.pk]),
        back_label=_("종이 세기"),
    )


@never_cache
@require_GET
def batch(request, election_id, number):
    """A batch: who enters it, how far they are, and what comes next."""
    batch = batch_counted_by(request, election_id, number)
    now = actions.batch_now(batch)
    turns = {turn.part: turn for turn in batch.turns.select_related("clerk")}
    me = request.user.pk
    parts = [
        {
            "part": part.value,
            "title": texts.PARTS[part],
            "clerk": turns[part.value].clerk if part.value in turns else None,
            "is_mine": now.clerks.get(part) == me,
            "entered": len(now.of(part)),
            "of": len(now.differing) if part == Part.SETTLING else batch.sheets,
            "may_take": not paper.why_not_take_turn(now, part=part, by=me),
        }
        for part in Part
        if part != Part.SETTLING or now.differing
    ]
    return render(
        request,
        "ballot/batch.html",
        {
            "election": batch.election,
            "batch": batch,
            "row": BatchRow(batch, now),
            "shares": batch.shares.select_related("booth"),
            "parts": parts,
            "is_officer": access.can_run(request.user, batch.election),
            "is_closed": batch.election.state == State.CLOSED,
            "sample": _sample(batch, now) if hasattr(batch, "closing") else [],
        },
    )


def _sample(batch, now):
    """Sheets to look at again, once the public number is known."""
    if not batch.election.tie_value:
        return []
    seed = f"{batch.election.tie_value} 표본 {batch.number}"
    final = now.final()
    asked = batch.election.frozen().questions_of(batch.style)
    return [
        {"sheet": n, "said": [(q.title, texts.said(q.how, final[n - 1][q.key])) for q in asked]}
        for n in paper.sample(batch.sheets, size=SAMPLE, seed=seed)
    ]


@require_POST
def take_turn(request, election_id, number, part):
    batch = batch_counted_by(request, election_id, number)
    if part not in list(Part):
        raise Http404
    actions.take_turn(batch=batch, part=part, by=request.user, at=timezone.now())
    return redirect("ballot:enter", election_id, number)


@never_cache
@require_http_methods(["GET", "POST"])
def enter(request, election_id, number):
    """One sheet after the other: number keys or a thumb, Enter, the next."""
    batch = batch_counted_by(request, election_id, number)
    turn = get_object_or_404(batch.turns, clerk=request.user)
    now = actions.batch_now(batch)
    part = Part(turn.part)
    todo = now.unsettled if part == Part.SETTLING else range(1, batch.sheets + 1)
    sheet = next((n for n in todo if n not in now.of(part)), None)
    asked = batch.election.questions.prefetch_related("options")
    keys = {question.key for question in batch.election.frozen().questions_of(batch.style)}
    asked = [question for question in asked if question.key in keys]
    form = SheetForm(request.POST or None, questions=asked, initial={"sheet": sheet})
    if form.is_valid():
        with refusals_on(form):
            actions.enter(
                turn=turn,
                sheet=form.cleaned_data["sheet"],
                said=form.said(),
                by=request.user,
                at=timezone.now(),
            )
            return redirect("ballot:enter", election_id, number)
    if sheet is None and not form.is_bound:
        messages.success(request, _("모두 옮겨 적었습니다. 고맙습니다."))
        return redirect("ballot:batch", election_id, number)
    last = turn.entries.order_by("-at", "-sheet").first()
    return render(
        request,
        "ballot/enter.html",
        {
            "election": batch.election,
            "batch": batch,
            "part": texts.PARTS[part],
            "form": form,
            "sheet": form["sheet"].value() if form.is_bound else sheet,
            "entered": len(now.of(part)),
            "of": len(now.differing) if part == Part.SETTLING else batch.sheets,
            "last": last
            and {
                "sheet": last.sheet,
                "said": [(q.title, texts.said(q.how, last.said[q.key])) for q in asked],
            },
        },
    )


@require_POST
def close_batch(request, election_id, number):
    batch = batch_counted_by(request, election_id, number)
    allow(access.can_run(request.user, batch.election))
    actions.close_batch(batch=batch, by=request.user, at=timezone.now())
    messages.success(request, _("묶음을 닫았습니다. 그 번호가 게시판에 올랐습니다."))
    return redirect("ballot:paper", election_id)


@require_http_methods(["GET", "POST"])
def withdraw(request, election_id, number):
    batch = batch_counted_by(request, election_id, number)
    allow(access.can_run(request.user, batch.election))
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            actions.withdraw_batch(
                batch=batch,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            messages.success(request, _("묶음을 거두었습니다. 장을 다시 세어 새로 묶어 주세요."))
            return redirect("ballot:paper", election_id)
    return act_page(
        request,
        form,
        heading=_("묶음 %(number)s 거두기") % {"number": number},
        lead=_("장 수를 잘못 세었거나 잘못 섞었을 때 거둡니다. 옮겨 적은 것은 쓰지 않습니다."),
        button=_("거두기"),
        after=_("까닭은 결과와 함께 공개됩니다."),
        back=address("batch", batch),
        back_label=str(batch),
    )


@require_POST
def confirm_counts(request, election_id):
    election = run_by(request, election_id)
    now = actions.confirm_counts(election=election, by=request.user, at=timezone.now())
    if now.state == State.OPENED:
        messages.success(request, _("두 사람이 확인해 개표를 마쳤습니다."))
        return redirect("ballot:desk", election.pk)
    messages.success(request, _("확인했습니다. 다른 선거관리인 한 사람이 더 확인합니다."))
    return redirect("ballot:paper", election.pk)


@require_http_methods(["GET", "POST"])
def explain(request, election_id):
    """Why a number that was counted by hand differs.  Two officers each write it down."""
    election = run_by(request, election_id)
    name = request.GET.get("which", "")
    equation = next(
        (each for each in rules.equations(actions.figures(election)) if each.name == name), None
    )
    if equation is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            both = actions.explain_mismatch(
                election=election,
                equation=str(equation),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
            if both:
                messages.success(request, _("두 사람이 까닭을 적었습니다. 발표할 수 있습니다."))
            else:
                messages.info(request, _("적었습니다. 다른 선거관리인도 까닭을 적어야 합니다."))
            return redirect("ballot:desk", election.pk)
    which, what = texts.equation(equation.name)
    return act_page(
        request,
        form,
        heading=_("숫자가 왜 다른가요?"),
        lead=f"{which}: {what} ({equation.left} {equation.sign} {equation.right})",
        button=_("까닭 적기"),
        after=_("모두에게 공개됩니다. 이 차이로 결과가 달라질 수 있으면 받지 않습니다."),
        back=reverse("ballot:desk", args=[election.pk]),
        back_label=_("선거관리인의 책상"),
    )
