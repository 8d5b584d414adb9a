"""The line of the year of a dong: 의제 → 숙의 → 주민총회 → 실행 → 성과공유.

Derived from what the concepts below hold, stored nowhere.  Each stage says what it produced so
far and links to it.
"""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from maeul.decision.assembly.models import Assembly
from maeul.public.portal import rules, texts
from maeul.vault.ballot.models import PollBookEntry
from maeul.voice.agenda.models import AgendaItem
from maeul.voice.agenda.rules import State
from maeul.works.project.models import Project
from maeul.works.project.rules import State as ProjectState

ON_A_BALLOT = (State.TABLED, State.DECIDED)


@dataclass(frozen=True)
class Knot:
    """A stage of the year as the line shows it."""

    at: str  # past, now, ahead
    when: str
    name: str
    number: int
    unit: str
    text: str
    address: str


def line_of(dong, year, today):
    """The five knots of a dong's year, or of the whole district's where there is no dong."""
    items = AgendaItem.objects.public().filter(captured_at__year=year)
    announced = Assembly.objects.filter(year=year, announced_at__isnull=False)
    assemblies = Assembly.objects.decided().filter(year=year)
    projects = Project.objects.filter(year=year)
    if dong:
        items, assemblies = items.filter(dong=dong), assemblies.filter(dong=dong)
        projects, announced = projects.filter(dong=dong), announced.filter(dong=dong)
    said = items.aggregate(all=Count("pk"), tabled=Count("pk", filter=Q(state__in=ON_A_BALLOT)))
    voters = (
        PollBookEntry.objects.voted()
        .filter(elector__election__in=assemblies.values("election"))
        .count()
    )
    done = projects.aggregate(
        all=Count("pk"), shared=Count("pk", filter=Q(state=ProjectState.SHARED))
    )
    agenda_address = reverse("agenda:items") + (f"?dong={dong.code}" if dong else "")
    months = today.month if today.year == year else 12
    reached = rules.places(
        month=months,
        over=today.year > year,
        tabled=said["tabled"] > 0 or announced.exists(),
        decided=assemblies.exists(),
        started=done["all"] > 0,
        shared=done["shared"] > 0,
    )
    facts = [
        (said["all"], _("건"), _("주민이 보낸 문장입니다."), agenda_address),
        (said["tabled"], _("건"), _("부서 검토를 거쳐 투표에 올랐습니다."), agenda_address),
        (voters, _("명 참여"), _("주민총회에서 투표했습니다."), reverse("assembly:assemblies")),
        (done["all"], _("건"), _("주민이 정한 사업입니다."), reverse("portal:neighbourhood")),
        (
            done["shared"],
            _("건"),
            _("해낸 일을 이웃과 나누었습니다."),
            reverse("portal:neighbourhood"),
        ),
    ]
    return [
        Knot(place, texts.STAGES[stage][0], texts.STAGES[stage][1], *fact)
        for stage, place, fact in zip(rules.Stage, reached, facts, strict=True)
    ]
