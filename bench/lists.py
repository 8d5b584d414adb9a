"""Every page that shows rows: how many questions it asks, how long it takes, at two sizes.

The demo's years are the village; one legal row of a kind is copied until there are 100 or 10,000
of it where the page looks.
"""

import time
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.rows import Rows
from maeul.council.meeting.models import FollowUp, Meeting
from maeul.decision.assembly.models import Assembly
from maeul.decision.budget.models import Allocation, Round
from maeul.decision.plan.models import Plan
from maeul.demo.play import HOME
from maeul.ground.district.models import Department, Dong
from maeul.ground.law.models import Provision
from maeul.ground.notice.models import Announcement, Letter, Message
from maeul.ground.people.models import Consent, DemoSignIn, Role, Standing
from maeul.ground.search.models import Entry
from maeul.vault.ballot.models import BoardEntry, Election
from maeul.vault.ledger.models import Account, Posting
from maeul.vault.participation.models import Part
from maeul.vault.record.models import Record
from maeul.voice.agenda.models import AgendaItem, Offer
from maeul.voice.review.models import Review
from maeul.works.grant.models import Grant
from maeul.works.pledge.models import Pledge, Progress, Tie
from maeul.works.project.models import BankNotice, Expenditure, Participant, Project

SIZES = (100, 10_000)
QUERIES, MILLISECONDS = 15, 100
GATHERING = 30  # pages that show something of every concept may ask each of them once
RUNS = 7
NOTE = """Every page with rows, read in the bench's own process, median of 7; goal: as many queries
at 10,000 rows as at 100, at most 15 (pages of `portal` that gather from every concept: 30), under
100 ms. Left out: pages whose rows a rule or the law keeps few (members of a council, topics and
attendance of a meeting, options and officers of a vote, items of a plan, standings and roles of one
person), pages that are one whole document (yearbook, minutes, papers, sheets, bundles, maps), and
forms."""


@dataclass(frozen=True)
class Page:
    """An address, who looks at it, and of what it shows many."""

    name: str
    who: str
    rows: str
    arguments: tuple = ()
    asking: str = ""

    @property
    def gathers(self):
        return self.name.startswith("portal:")

    @property
    def address(self):
        return reverse(self.name, args=self.arguments) + self.asking


@dataclass(frozen=True)
class Measured:
    page: Page
    queries: tuple[int, ...]
    milliseconds: tuple[float, ...]

    @property
    def is_constant(self):
        return len(set(self.queries)) == 1

    @property
    def asks_little(self):
        return max(self.queries) <= (GATHERING if self.page.gathers else QUERIES)

    @property
    def is_quick(self):
        return max(self.milliseconds) < MILLISECONDS

    @property
    def is_good(self):
        return self.is_constant and self.asks_little and self.is_quick


class Village:
    """The demo's home dong in the year that is told to its end, and heaps of rows in it."""

    def __init__(self):
        self.rows = Rows()
        self.dong = Dong.objects.get(code=HOME)
        self.year = timezone.localdate().year
        self.people = {offer.key: offer.person for offer in DemoSignIn.objects.all()}
        self.resident = self.people["resident"]
        self.item = AgendaItem.objects.filter(dong=self.dong, is_public=True).latest("pk")
        self.project = Project.objects.filter(dong=self.dong).latest("pk")
        self.meeting = Meeting.objects.filter(body__dong=self.dong, public=True).latest("pk")
        self.account = Account.objects.filter(purse__project=self.project).latest("pk")
        self.plan = Plan.objects.filter(dong=self.dong).latest("pk")
        self.assembly = Assembly.objects.filter(dong=self.dong).decided().latest("pk")
        self.round = Round.objects.filter(dong=self.dong).latest("pk")
        self.pledge = Pledge.objects.get()
        self.tie = Tie.objects.filter(
            appropriation__dong=self.dong, appropriation__year=self.project.year
        ).latest("pk")

    def grow(self, times):
        copy = self.rows.copy
        today = f"'{timezone.localdate()}'"
        persons = copy(self.resident, times, email="NULL", name="'주민 ' || new")
        self._voices(times, today)
        copy(Message.objects.filter(person=self.resident).latest("pk"), times, read_at="NULL")
        letter = Letter.objects.exclude(message=None).latest("pk")
        unclear = {"state": "'unclear'", "to": "'who@example.org'"}  # sent ones have none
        copy(letter, times, mail_id="'<b' || new || '@maeul>'", **unclear)
        announcement = Announcement.objects.filter(dong=self.dong).latest("pk")
        copy(announcement, times, until_on="NULL")
        standing = Standing.objects.filter(dong=self.dong).latest("pk")
        asks = {"verified_at": "NULL", "verified_by_id": "NULL", "ended_on": "NULL"}
        copy(standing, times, person_id=f"{persons} + n", refused_at="NULL", **asks)
        copy(Role.objects.filter(dong=self.dong).latest("pk"), times, person_id=f"{persons} + n")
        consent = Consent.objects.filter(person=self.resident).latest("pk")
        copy(consent, times)
        record = Record.objects.filter(dong=self.dong).latest("pk")
        copy(record, times, number="1000 + new", year=str(self.year), public="true")
        self._gatherings(times)
        self._votes(times)
        self._money(times, persons)
        provision = Provision.objects.filter(dong=None).earliest("in_force_from")
        copy(provision, times, in_force_from="t.in_force_from - new * interval '1 day'")
        department = Department.objects.latest("pk")
        departments = copy(department, times, code="'b' || new")
        copy(department.names.latest("pk"), times, department_id=f"{departments} + n")
        part = Part.objects.filter(person=self.resident).latest("pk")
        copy(part, times, source="'bench:' || new")
        self.rows.settle()

    def _voices(self, times, today):
        copy, item = self.rows.copy, self.item
        threads = copy(item.thread, times, root_id="new")
        link = f"'/agenda/b' || ({threads} + n) || '/'"
        thread = f"{threads} + n"
        step = item.thread.steps.filter(step="agenda.triaged").latest("pk")
        copy(step, times, thread_id=thread, link=link)
        items = copy(
            item,
            times,
            number=f"'b' || ({threads} + n)",
            thread_id=thread,
            author_id=str(self.resident.pk),
            state="'triaged'",
            outcome="''",
            state_before_merge="''",
            due_on=f"date {today} + (new % 60)::int - 10",
            captured_at="t.captured_at + new * interval '1 minute'",
            title="left(t.title, 60) || ' ' || new",
            supporter_count="new % 50",
        )
        entry = Entry.objects.get(link=item.link)
        copy(entry, times, link=link, thread_number=thread, title="t.title || ' ' || new")
        offer = Offer.objects.latest("pk")
        until = f"date {today} + 30"
        who = str(self.resident.pk)
        copy(
            offer, times, item_id=f"{items} + n", person_id=who, until_on=until, withdrawn_at="NULL"
        )
        review = Review.objects.filter(item__dong=self.dong).latest("pk")
        open_again = {
            "verdict": "''",
            "reason": "''",
            "adjusted_cost_won": "NULL",
            "concerns": "'[]'",
            "reviewer_id": "NULL",
            "answered_at": "NULL",
            "transferred_from_id": "NULL",
        }
        copy(
            review,
            times,
            item_id=f"{items} + n",
            due_on=f"date {today} + (new % 60)::int",
            **open_again,
        )
        copy(step, times)  # a matter with many steps

    def _gatherings(self, times):
        copy, meeting = self.rows.copy, self.meeting
        copy(meeting, times, number="1000 + new", year=str(self.year))
        copy(
            Meeting.objects.filter(body__dong=self.dong, kind="joint").latest("starts_at"),
            times,
            number="1000 + new",
            starts_at="now() + (1 + new % 300) * interval '1 day'",
            state="'called'",
            **dict.fromkeys(
                ("opened_at", "in_office", "present_at_opening", "closed_at", "minutes_due_on"),
                "NULL",
            ),
        )
        job = FollowUp.objects.filter(meeting__body__dong=self.dong).latest("pk")
        copy(job, times, state="'open'", settled_at="NULL", result="''")

    def _votes(self, times):
        copy = self.rows.copy
        salt = Election.objects.count()
        threads = copy(self.assembly.thread, times, root_id="new")
        number = f"md5('{salt}' || n)::uuid"
        copy(self.assembly.election, times, id=number)
        thread = f"{threads} + n"
        copy(
            self.assembly,
            times,
            number="1000 + new",
            thread_id=thread,
            election_id=number,
            state="'minutes_published'",
            minutes_at="now()",
        )
        leaf = "decode(md5(random()::text) || md5(random()::text), 'hex')"
        line = BoardEntry.objects.filter(election=self.assembly.election).latest("batch")
        batch = f"{line.batch} + n"
        copy(line, times, id="gen_random_uuid()", leaf=leaf, batch=batch)
        plans = copy(self.plan.thread, times, root_id="new")
        copy(
            self.plan,
            times,
            year="2100 + new",
            thread_id=f"{plans} + n",
            question_id="NULL",
            state="'expired'",
        )

    def _money(self, times, persons):
        copy, project = self.rows.copy, self.project
        thread = {"root_id": "new"}
        # Lines of one account.
        posting = Posting.objects.filter(account=self.account).latest("pk")
        entries = copy(posting.entry, times, corrects_id="NULL")
        copy(posting, times, entry_id=f"{entries} + n")
        # Money set aside, each of a stream of its own.
        appropriation = self.tie.appropriation
        threads = copy(appropriation.thread, times, **thread)
        streams = copy(appropriation.stream, times, code="'b' || new")
        funds = copy(appropriation.fund, times)
        accounts = copy(appropriation.account, times)
        appropriations = copy(
            appropriation,
            times,
            thread_id=f"{threads} + n",
            stream_id=f"{streams} + n",
            fund_id=f"{funds} + n",
            account_id=f"{accounts} + n",
        )
        copy(self.tie, times, appropriation_id=f"{appropriations} + n")
        # Projects that were given a part of one appropriation, each with its grant.
        threads = copy(project.thread, times, **thread)
        allocation = project.allocation
        part = allocation.parts.latest("pk")
        allocations = copy(allocation, times, thread_id=f"{threads} + n")
        accounts = copy(part.account, times)
        parts = copy(part, times, allocation_id=f"{allocations} + n", account_id=f"{accounts} + n")
        projects = copy(
            project, times, thread_id=f"{threads} + n", allocation_id=f"{allocations} + n"
        )
        purse = project.purses.latest("pk")
        accounts = copy(purse.account, times)
        copy(
            purse,
            times,
            project_id=f"{projects} + n",
            part_id=f"{parts} + n",
            account_id=f"{accounts} + n",
        )
        copy(Grant.objects.latest("pk"), times, project_id=f"{projects} + n")
        # Of one project: receipts, notices, people.
        spent = Expenditure.objects.filter(project=project, entry__isnull=False).latest("pk")
        entries = copy(spent.entry, times, corrects_id="NULL")
        copy(spent, times, entry_id=f"{entries} + n")
        notice = BankNotice.objects.filter(purse__project=project).latest("pk")
        upload = f"md5('{BankNotice.objects.count()}' || n)::uuid"
        copy(notice.upload, times, id=upload)
        copy(notice, times, upload_id=upload)
        someone = Participant.objects.latest("pk")
        copy(
            someone,
            times,
            project_id=str(project.pk),
            person_id=f"{persons} + n",
            offer_id="NULL",
        )
        copy(Progress.objects.latest("pk"), times)

    def pages(self):
        code, year = self.dong.code, self.year
        dong = f"?dong={code}"
        money_year = self.project.year
        lead = Allocation.objects.get(project=self.project)
        return [
            Page("agenda:items", "anyone", "items", (), dong),
            Page("agenda:items", "anyone", "items", (), f"?dong=all&q={self.word()}"),
            Page("agenda:item", "anyone", "steps", (self.item.number,)),
            Page("agenda:worklist", "officer", "items"),
            Page("agenda:desk", "secretary", "items", (code,)),
            Page("review:desk", "reviewer", "reviews"),
            Page("review:desk", "officer", "reviews"),
            Page("portal:front", "resident", "items, meetings, projects"),
            Page("portal:dong", "anyone", "projects, assemblies, announcements", (code,)),
            Page("portal:neighbourhood", "anyone", "projects"),
            Page("portal:gatherings", "anyone", "meetings"),
            Page("portal:search", "anyone", "entries", (), f"?q={self.word()}"),
            Page("portal:matter", "anyone", "steps", (self.item.thread_id,)),
            Page("portal:matter", "officer", "steps", (self.item.thread_id,)),
            Page("portal:mine", "resident", "items, offers, parts"),
            Page("portal:worklist", "officer", "duties"),
            Page("portal:worklist", "district", "duties"),
            Page("notice:inbox", "resident", "messages"),
            Page("notice:announcements", "anyone", "announcements", (), dong),
            Page("notice:letters", "district", "letters"),
            Page("people:standings", "officer", "grounds"),
            Page("people:persons", "officer", "persons", (), "?q=주민"),
            Page("people:roles", "district", "roles"),
            Page("people:consents", "resident", "consents"),
            Page("law:index", "anyone", "provisions"),
            Page("law:provision", "anyone", "provisions", (self.law_key(),)),
            Page("district:departments", "anyone", "departments"),
            Page("record:register", "anyone", "records", (code, year)),
            Page("ledger:account", "anyone", "postings", (self.account.pk,)),
            Page("ballot:elections", "anyone", "elections"),
            Page("ballot:board", "anyone", "batches", (self.assembly.election_id,)),
            Page("assembly:assemblies", "anyone", "assemblies"),
            Page("assembly:dong", "anyone", "assemblies", (code,)),
            Page("plan:plans", "anyone", "plans"),
            Page("plan:dong", "anyone", "plans", (code,)),
            Page("meeting:meetings", "anyone", "meetings", (code,)),
            Page("meeting:follow_ups", "secretary", "follow-ups", (code,)),
            Page("budget:streams", "anyone", "streams"),
            Page("budget:dong_year", "anyone", "appropriations", (code, money_year)),
            Page("budget:appropriation", "anyone", "parts", (self.parted(),)),
            Page("budget:round", "anyone", "allocations", (lead.round_id,)),
            Page("project:dong_year", "anyone", "projects", (code, money_year)),
            Page("project:project", "anyone", "receipts, notices, people", (self.project.pk,)),
            Page("grant:dong_year", "anyone", "grants", (code, money_year)),
            Page("pledge:money", "anyone", "all money", (), f"?year={money_year}&dong={code}"),
            Page("pledge:card", "anyone", "progress", (self.pledge.code,)),
            Page("pledge:cell", "anyone", "appropriations", (self.tie.cell_id,)),
        ]

    def word(self):
        """A word that is in every copied item."""
        return max(self.item.title.split(), key=len)

    def law_key(self):
        return Provision.objects.filter(dong=None).earliest("in_force_from").key

    def parted(self):
        return self.project.allocation.parts.latest("pk").appropriation_id

    def browser(self, who):
        browser = Client()
        if who != "anyone":
            browser.force_login(self.people[who])
            session = browser.session
            session["demo"] = True
            session.save()
        return browser


def measure(say=print):
    """Every page at both sizes."""
    village = Village()
    browsers, seen, here = {}, {}, 0
    for size in SIZES:
        village.grow(size - here)
        here = size
        for page in village.pages():
            browser = browsers.setdefault(page.who, village.browser(page.who))
            counted = look(browser, page)
            seen.setdefault(page, []).append(counted)
            queries, took = counted
            say(f"{size:>6} {page.who:<10} {page.address[:60]:<60} {queries:>4} {took:8.1f} ms")
    return [Measured(page, *map(tuple, zip(*counts, strict=True))) for page, counts in seen.items()]


def look(browser, page):
    """(queries, median milliseconds) of one page."""
    answer = browser.get(page.address)
    assert answer.status_code == 200, f"{page.address} for {page.who}: {answer.status_code}"
    with CaptureQueriesContext(connection) as asked:
        browser.get(page.address)
    queries = len(asked)  # now: the next request forgets them
    times, slow = [], 0
    for _run in range(RUNS):
        began = time.perf_counter()
        browser.get(page.address)
        times.append((time.perf_counter() - began) * 1000)
        slow += times[-1] > 2000
        if slow == 2:  # slow enough to be sure
            break
    return queries, median(times)
