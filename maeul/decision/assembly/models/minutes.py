"""The minutes as far as the records know them; the secretary writes the rest."""

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from maeul.decision.assembly import texts
from maeul.decision.assembly.rules import GAP, Kind
from maeul.vault.ballot import texts as box_texts


def draft_of(assembly) -> str:
    """Text with a headline over each part; `GAP` where only people know."""
    turns = list(assembly.order.in_order())
    parts = [
        (_("때와 곳"), _when_and_where(assembly, turns)),
        (_("알린 일"), _announced(assembly)),
        (_("진행"), [assembly.presider or GAP]),
        (_("규칙"), [f"{name}: {words}" for name, words in assembly.settled]),
        (_("참여"), _turnout(assembly)),
        (_("식순"), [_turn(turn) for turn in turns]),
        (_("오간 이야기"), [GAP]),
        *((question.title, _outcome(question)) for question in assembly.questions.in_order()),
        (_("이의"), _objections(assembly)),
    ]
    return "\n\n".join("\n".join([title, *lines]) for title, lines in parts if lines)


def _when_and_where(assembly, turns):
    day = date_format(assembly.held_on, "Y년 n월 j일")
    begun = [turn.begun_at for turn in turns if turn.begun_at]
    if not begun:
        return [f"{day}, {assembly.place}"]
    opened = _("%(hour)s에 열었습니다.") % {"hour": _hour(begun[0])}
    return [f"{day}, {assembly.place}. {opened}"]


def _announced(assembly):
    announced = date_format(timezone.localtime(assembly.announced_at), "Y년 n월 j일")
    days = (assembly.held_on - timezone.localdate(assembly.announced_at)).days
    return [
        _("%(announced)s, 총회 %(days)s일 전에 공고했습니다.")
        % {"announced": announced, "days": days}
    ]


def _turnout(assembly):
    """Totals alone: of the roll, by channel, against the quorum."""
    election = assembly.election
    rows = election.electors.participating().values("counts").annotate(people=Count("pk"))
    channels = ", ".join(
        f"{box_texts.CHANNELS[row['counts']]} {row['people']:,}명"
        for row in rows.order_by("counts")
    )
    people = election.participants()
    met = _("정족수 %(quorum)s명을 채웠습니다.")
    missed = _("정족수 %(quorum)s명에 이르지 못했습니다.")
    lines = [
        _("선거인 %(roll)s명 가운데 %(people)s명이 투표했습니다.")
        % {"roll": f"{election.roll_size:,}", "people": f"{people:,}"},
        (met if assembly.quorum_met else missed) % {"quorum": f"{assembly.quorum:,}"},
    ]
    return [*lines, channels] if channels else lines


def _turn(turn):
    return f"{_hour(turn.begun_at)} {turn.title}" if turn.begun_at else turn.title


def _outcome(question):
    told = texts.YES_NO_TOLD if question.kind == Kind.YES_NO else texts.TOLD
    return [
        f"{row.title}: {told[row.chosen] % row.words}. {row.sentence}"
        for row in question.outcomes()
    ]


def _objections(assembly):
    until = date_format(assembly.objections_until, "Y년 n월 j일")
    lines = [
        _("이의는 %(until)s까지 받습니다. 글과 답은 결과 쪽에 그대로 이어집니다.")
        % {"until": until}
    ]
    return lines + [f"{row}: {row.phase[1]}" for row in assembly.objections.in_order()]


def _hour(moment):
    return date_format(timezone.localtime(moment), "H:i")
