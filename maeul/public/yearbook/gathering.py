"""The year of a dong, gathered from what every concept holds: plain data, ready for page and PDF.

Nothing is typed in here: every figure is counted from the tables of its owner.  Amounts are won.
"""

from datetime import date

from django.db.models import Count, Sum
from django.utils.formats import date_format

from maeul.council.meeting.models import Meeting
from maeul.council.membership.models import Body
from maeul.decision.assembly.models import Assembly
from maeul.decision.plan.models import Plan
from maeul.vault.participation.models import Part
from maeul.voice.agenda.models import AgendaItem
from maeul.works.project.models import Project


def gather(dong, year):
    """Everything the book of this dong and year says, as JSON-ready data."""
    items = AgendaItem.objects.public().filter(dong=dong, captured_at__year=year)
    meetings = Meeting.objects.of_dong(dong).in_year(year).held().filter(public=True)
    projects = Project.objects.of(dong=dong, year=year).complete()
    council = Body.objects.council_of(dong)
    return {
        "dong": str(dong),
        "year": year,
        "items": {
            "said": items.count(),
            "by_outcome": [{"name": str(name), "count": count} for name, count in _by_state(items)],
        },
        "council": {
            "members": council.members_on(_last_day(year)).count() if council else 0,
            "meetings": meetings.count(),
        },
        "participation": _participation(dong, year),
        "assemblies": [_assembly(each) for each in _assemblies(dong, year)],
        "plan": _plan(dong, year),
        "projects": [_project(each) for each in projects],
        "granted_won": sum(each.money_won for each in projects),
        "spent_won": sum(each.spent for each in projects),
    }


def _by_state(items):
    counted = items.values("state").annotate(count=Count("pk")).order_by("state")
    names = dict(AgendaItem._meta.get_field("state").choices)
    return [(names[row["state"]], row["count"]) for row in counted]


def _participation(dong, year):
    parts = Part.objects.in_year(dong, year)
    total = parts.aggregate(minutes=Sum("minutes"), people=Count("person", distinct=True))
    by_kind = parts.values("kind").annotate(times=Count("pk"), minutes=Sum("minutes"))
    return {
        "people": total["people"],
        "walk_ins": parts.filter(person=None).count(),
        "hours": (total["minutes"] or 0) // 60,
        "by_kind": [
            {
                "name": str(Part.Kind(row["kind"]).label),
                "times": row["times"],
                "hours": row["minutes"] // 60,
            }
            for row in by_kind.order_by("kind")
        ],
    }


def _assemblies(dong, year):
    return Assembly.objects.of(dong, year).decided().complete()


def _assembly(assembly):
    election = assembly.election
    return {
        "title": assembly.title,
        "held_on": date_format(assembly.held_on, "Y년 n월 j일"),
        "electors": election.roll_size,
        "participants": election.participants(),
        "quorum": assembly.quorum,
        "quorum_met": bool(assembly.quorum_met),
        "link": assembly.get_absolute_url(),
        "questions": [
            {
                "title": str(question),
                "outcomes": [
                    {
                        "title": outcome.title,
                        "votes": outcome.votes,
                        "chosen": outcome.chosen,
                        "why": outcome.sentence,
                    }
                    for outcome in question.outcomes()
                ],
            }
            for question in assembly.questions.select_related("boxed__election", "assembly")
        ],
    }


def _plan(dong, year):
    plan = Plan.objects.of(dong, year).public().standing().first()
    if plan is None:
        return None
    return {
        "title": str(plan),
        "state": str(plan.get_state_display()),
        "link": plan.get_absolute_url(),
        "items": [
            {
                "title": item.title,
                "cost_won": item.cost_won,
                "verdict": str(item.get_verdict_display()) if item.verdict else "",
            }
            for item in plan.items.in_order().with_costs()
        ],
    }


def _project(project):
    return {
        "title": project.title,
        "state": str(project.get_state_display()),
        "granted_won": project.money_won,
        "spent_won": project.spent,
        "link": project.get_absolute_url(),
        "helpers": project.participants.count(),
        "story": project.story,
    }


def _last_day(year):

    return date(year, 12, 31)
