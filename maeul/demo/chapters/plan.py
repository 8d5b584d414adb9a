"""The self-governance plan: drawn up, adopted by the plenary, tabled, sent, answered."""

from datetime import timedelta

from maeul.council.meeting import actions as meeting
from maeul.council.membership.models import Body
from maeul.decision.assembly import actions as assembly
from maeul.decision.budget import actions as budget
from maeul.decision.budget.models import Round
from maeul.decision.plan import actions as plan
from maeul.decision.plan.models import Plan
from maeul.demo.chapters.assembly import this_years
from maeul.demo.chapters.meetings import PLACE, open_plenary
from maeul.demo.chapters.voices import recall
from maeul.demo.play import chapter
from maeul.demo.scene import moment
from maeul.vault.ballot.counting import VALUES
from maeul.vault.ballot.rules import Rule, Shown
from maeul.voice.agenda.rules import State

AT_MOST = 5


@chapter("04-01", "10:00")
def draw_up(scene):
    """Every reviewed sentence that a department called feasible comes into the draft."""
    by = scene.who("secretary")
    drawn = plan.draw_up(dong=scene.dong, year=scene.year, by=by, at=scene.at)
    for told in scene.told("plan"):
        item = recall(scene, told["key"])
        if item.state != State.REVIEWED:
            continue
        plan.add_item(
            plan=drawn,
            item=item,
            title=told["title"],
            lines=_lines(told["cost_won"]),
            by=by,
            at=scene.at,
        )


@chapter("04-04", "10:00")
def call_the_plenary(scene):
    meeting.convene(
        body=Body.objects.council_of(scene.dong),
        kind="plenary",
        starts_at=scene.at.replace(day=14, hour=19),
        place=PLACE,
        by=scene.who("secretary"),
        at=scene.at,
    )


@chapter("04-14", "23:30")
def adopt(scene):
    """The plenary adopts the plan and says how the assembly votes; both are put on the ballot."""
    by, held, drawn = scene.who("secretary"), this_years(scene), this_years_plan(scene)
    called = open_plenary(scene)
    now = called.starts_at + timedelta(minutes=40)
    here = called.attendances.here().count()
    motions = []
    for text, thread in (
        (f"{scene.year}년 자치계획안을 주민총회에 올린다.", drawn.thread),
        ("온라인 투표는 5월 8일부터 총회 날 16시까지, 다섯 가지까지 고른다.", held.thread),
    ):
        moved = meeting.move(
            meeting=called,
            text=text,
            thread=thread,
            moved_by=scene.who("jungho"),
            by=by,
            at=now,
        )
        motions.append(meeting.vote_on(motion=moved, yes=here - 2, no=1, abstain=1, by=by, at=now))
    meeting.close(meeting=called, by=by, at=now + timedelta(minutes=20))
    meeting.publish_minutes(meeting=called, by=by, at=now + timedelta(minutes=80))
    plan.adopt(plan=drawn, motion=motions[0], by=by, at=scene.at)
    assembly.freeze_rules(
        assembly=held,
        motion=motions[1],
        opens_at=moment(scene.year, "05-08", "09:00"),
        closes_at=moment(scene.year, "05-23", "16:00"),
        by=by,
        at=scene.at,
    )
    plan.table(plan=drawn, assembly=held, by=by, at=scene.at)
    round = Round.objects.get(dong=scene.dong, year=scene.year)
    budget.put(
        round=round,
        assembly=held,
        options=[
            (row.item.thread, row.title, row.cost_won)
            for row in drawn.items.in_order().with_costs()
        ],
        at_most=AT_MOST,
        title="우리 동네 예산을 어디에 쓸까요?",
        by=scene.who("officer"),
        at=scene.at,
    )
    if not scene.first:  # after a trial on last year's ballots
        round.refresh_from_db()
        assembly.choose_rule(
            question=round.question,
            rule=Rule.EQUAL_SHARES,
            values=VALUES[Rule.EQUAL_SHARES],
            whole_ballots=Shown.PUBLIC,
            by=by,
            at=scene.at,
        )


@chapter("06-05", "10:00")
def submit(scene):
    drawn = this_years_plan(scene)
    by = scene.who("secretary")
    plan.take_result(plan=drawn, by=by, at=scene.at)
    plan.submit(plan=drawn, by=by, at=scene.at)


@chapter("07-01", "14:00")
def the_mayor_replies(scene):
    by = scene.who("mayor_office")
    for row in this_years_plan(scene).items.chosen().in_order().with_costs():
        plan.reply(
            plan_item=row,
            verdict="accepted",
            reason="주민총회에서 정한 대로 반영합니다.",
            department=row.department,
            budget_won=row.cost_won,
            by=by,
            at=scene.at,
        )


@chapter("07-02", "10:00")
def take_effect(scene):
    plan.take_effect(plan=this_years_plan(scene), by=scene.who("secretary"), at=scene.at)


@chapter("05-28", "10:00", only="second")
def let_last_years_plan_end(scene):
    """A plan holds until the day before the next assembly (ordinance article 6)."""
    last = Plan.objects.of(scene.dong, scene.year - 1).standing().get()
    plan.expire(plan=last, by=scene.who("secretary"), at=scene.at)


def this_years_plan(scene):
    return Plan.objects.get(dong=scene.dong, year=scene.year)


def _lines(cost_won):
    """What the money is for, in three parts that add up."""
    people, things = cost_won * 3 // 10, cost_won * 6 // 10
    return [
        ("강사와 활동가 사례", people, 1),
        ("재료와 물품", things, 1),
        ("홍보와 안전", cost_won - people - things, 1),
    ]
