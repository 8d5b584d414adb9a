"""Chosen matters become projects: grant, spending with receipts, settlement, sharing."""

from datetime import date, timedelta

from maeul.decision.budget import actions as budget
from maeul.decision.budget.models import Allocation, Round
from maeul.demo.chapters.voices import recall
from maeul.demo.papers import bank_notice, receipt
from maeul.demo.play import chapter
from maeul.voice.agenda.models import Offer
from maeul.works.grant import actions as grant
from maeul.works.grant.models import Grant
from maeul.works.project import actions as project
from maeul.works.project.models import Project

# Who leads what is asked of them, in turn.
LEADS = ("miyoung", "yongsook", "dongwoo", "hana", "jungho")
SHOPS = ("시장 철물점", "동네 문구점", "꽃과 나무", "한길 조명", "살림 협동조합")


@chapter("06-02", "10:00")
def allocate(scene):
    """The published result gives every chosen matter its won."""
    budget.allocate(round=_round(scene), by=scene.who("officer"), at=scene.at)


@chapter("06-10", "10:00")
def start(scene):
    officer = scene.who("officer")
    told = {recall(scene, each["key"]).thread_id: each for each in scene.told("plan")}
    allocations = Allocation.objects.filter(round=_round(scene)).order_by("pk")
    for number, allocation in enumerate(allocations):
        each = told[allocation.thread.root_id]
        begun = project.start(
            allocation=allocation,
            title=each["title"],
            content=each["said"],
            lead=scene.who(LEADS[number % len(LEADS)]),
            way="grant",
            starts_on=scene.at.date(),
            ends_on=date(scene.year, 10, 31),
            place=each["place"],
            point=tuple(each["point"]),
            by=officer,
            at=scene.at,
        )
        lead = begun.lead
        for title, due in (
            ("함께할 사람 모으기", "06-30"),
            ("준비 모임", "07-20"),
            ("이웃과 함께하는 날", "09-20"),
        ):
            month, day = map(int, due.split("-"))
            project.plan_step(
                project=begun,
                title=title,
                due_on=date(scene.year, month, day),
                is_milestone=title == "이웃과 함께하는 날",
                by=lead,
                at=scene.at,
            )
        for title, share in (("강사와 활동가 사례", 3), ("재료와 물품", 6), ("홍보와 안전", 1)):
            project.plan_line(
                project=begun,
                title=title,
                amount_won=allocation.won * share // 10,
                by=lead,
                at=scene.at,
            )
        for offer in Offer.objects.of_matter(allocation.thread).standing(scene.at.date()):
            project.take_in(
                project=begun,
                person=offer.person,
                role="함께하는 이웃",
                offer=offer,
                by=lead,
                at=scene.at,
            )


@chapter("06-12", "10:00")
def ask_for_grants(scene):
    for each in _projects(scene):
        grant.request(
            project=each,
            requested_won=each.allocation.won,
            plan="자치계획과 총회에서 정한 대로 씁니다.",
            by=each.lead,
            at=scene.at,
        )


@chapter("06-20", "10:00")
def decide_and_pay(scene):
    """One officer of the district decides and prepares, another pays."""
    district, payer = scene.who("district_officer"), scene.who("district_officer2")
    for each in Grant.objects.filter(project__in=_projects(scene)).order_by("pk"):
        grant.decide(
            grant=each,
            granted_won=each.requested_won,
            conditions="영수증을 열흘 안에 올리고, 남은 돈과 이자는 돌려줍니다.",
            by=district,
            at=scene.at,
        )
        for purse in each.project.purses.order_by("pk"):
            prepared = grant.prepare_payment(
                grant=each, purse=purse, won=purse.part.won, by=district, at=scene.at
            )
            grant.approve_payment(
                payment=prepared,
                on=scene.at.date(),
                notice=bank_notice("교부금 입금", on=scene.at.date(), amount_won=purse.part.won),
                by=payer,
                at=scene.at + timedelta(hours=2),
            )


@chapter("07-18", "10:00")
def spend_in_july(scene):
    _spend(scene, share=35)
    _finish_steps(scene, 2)


@chapter("09-22", "10:00")
def spend_in_september(scene):
    _spend(scene, share=48)
    _finish_steps(scene, 1)


@chapter("10-06", "10:00")
def note_interest(scene):
    for each in _projects(scene):
        for purse in each.purses.order_by("pk"):
            amount = max(100, purse.part.won // 6000)
            project.note_interest(
                purse=purse,
                won=amount,
                on=scene.at.date(),
                notice=bank_notice("예금 이자", on=scene.at.date(), amount_won=amount),
                by=each.lead,
                at=scene.at,
            )


@chapter("10-31", "16:00")
def complete(scene):
    for each in _projects(scene):
        project.complete(
            project=each,
            report="계획한 일을 마쳤습니다. 이웃과 함께한 날에 서른 분 넘게 오셨습니다.",
            by=each.lead,
            at=scene.at,
        )


@chapter("11-10", "10:00")
def settle(scene):
    """All but one are settled in time; the last one waits for the officer's look."""
    waiting = list(_projects(scene))
    for each in waiting:
        asked = project.ask_settlement(project=each, by=each.lead, at=scene.at)
        if scene.first or each != waiting[-1]:
            project.approve_settlement(
                settlement=asked, by=scene.who("officer"), at=scene.at + timedelta(days=2)
            )


@chapter("11-18", "10:00")
def give_back(scene):
    for each in _projects(scene).filter(state="settled"):
        for purse in each.purses.order_by("pk"):
            if due := purse.figures().due:
                project.refund(
                    purse=purse,
                    on=scene.at.date(),
                    bank_notice=bank_notice("반납", on=scene.at.date(), amount_won=due),
                    by=each.lead,
                    at=scene.at,
                )
    for each in Grant.objects.filter(project__in=_projects(scene).filter(state="settled")):
        grant.close(grant=each, by=scene.who("district_officer"), at=scene.at)


@chapter("11-21", "14:00")
def share(scene):
    """성과공유회: every settled project tells its story."""
    for each in _projects(scene).filter(state="settled"):
        project.share(
            project=each,
            story="처음에는 한 사람의 말이었지만 한 해 동안 이웃의 일이 되었습니다.",
            by=each.lead,
            at=scene.at,
        )


def _round(scene):
    return Round.objects.get(dong=scene.dong, year=scene.year)


def _projects(scene):
    return Project.objects.of(dong=scene.dong, year=scene.year)


def _spend(scene, *, share):
    """Every project spends a share of each of its lines; another person approves.

    A receipt is paid out of one purse; where a purse runs low, the next one pays the rest with a
    receipt of its own.
    """
    officer, day = scene.who("officer"), scene.at.date()
    for number, each in enumerate(_projects(scene)):
        for place, line in enumerate(each.lines.order_by("pk")):
            left = line.amount_won * share // 100 // 10 * 10
            payee = SHOPS[(number + place) % len(SHOPS)]
            for purse in each.purses.order_by("pk"):
                amount = min(left, purse.figures().may_spend)
                if amount <= 0:
                    continue
                left -= amount
                paper = receipt(line.title, on=day, payee=payee, amount_won=amount)
                asked = project.ask_spending(
                    project=each,
                    line=line,
                    purse=purse,
                    purpose=line.title,
                    payee=payee,
                    amount_won=amount,
                    method="card",
                    paid_on=day,
                    evidence=[("card_slip", paper)],
                    by=each.lead,
                    at=scene.at,
                )
                project.approve_spending(
                    expenditure=asked, by=officer, at=scene.at + timedelta(hours=3)
                )


def _finish_steps(scene, count):
    for each in _projects(scene):
        for step in each.steps.filter(done_at=None).order_by("due_on")[:count]:
            project.finish_step(step=step, note="잘 마쳤습니다.", by=each.lead, at=scene.at)
