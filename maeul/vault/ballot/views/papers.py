"""What a booth has on paper, so that it can go on when the network fails."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from maeul.core.paper import Heading, PageBreak, Paper, Table, Text
from maeul.vault.ballot.rules import Channel
from maeul.vault.ballot.views.table import worked_at_by

ROOM = "\N{NO-BREAK SPACE}\n\N{NO-BREAK SPACE}"  # for a hand that signs
SPARE_LINES = 40  # for people who are registered at the door


@require_GET
def roll(request, election_id, number):
    """The booth's own electors, and its numbered signature list."""
    booth = worked_at_by(request, election_id, number)
    election = booth.election
    own = election.electors.of(election).select_related("entry")
    if election.booths.count() > 1:
        own = own.filter(booth=booth)
    own = list(own)
    paper = Paper(
        title=_("%(booth)s 선거인명부와 서명부") % {"booth": booth},
        on=timezone.localdate(),
        publisher=election.title,
        parts=[
            Text(
                _(
                    "네트워크가 끊기면 여기 있는 분 가운데 아직 서명하지 않은 분만 종이로"
                    " 투표합니다. 신분증을 보고, 서명부의 다음 줄에 명부 번호와 이름을 적고"
                    " 서명받은 다음 투표용지를 드립니다. 명부에 없는 분과 다른 투표소의 분은"
                    " 겉봉투로 합니다. 다시 이어지면 서명한 줄을 옮겨 적습니다."
                )
            ),
            Heading(_("선거인명부")),
            Table(
                heads=[_("번호"), _("이름"), _("인쇄할 때 이미 한 투표")],
                rows=[[_short(each), each.name, _voted(each)] for each in own],
                numbers={0},
                widths=[1, 2, 2],
            ),
            PageBreak(),
            Heading(_("서명부")),
            Table(
                heads=[_("줄"), _("명부 번호"), _("이름"), _("서명"), _("방법")],
                rows=[[str(n), ROOM, "", "", ""] for n in range(1, len(own) + SPARE_LINES + 1)],
                numbers={0},
                widths=[1, 2, 3, 4, 2],
            ),
        ],
    )
    return paper.answer(_("%(booth)s 명부") % {"booth": booth})


def _short(elector):
    return str(elector.number) if elector.roll == "main" else _("현장 %d") % elector.number


def _voted(elector):
    entry = getattr(elector, "entry", None)
    in_person = entry and entry.channel in (Channel.KIOSK, Channel.PAPER)
    return str(entry.get_channel_display()) if in_person else ""
