"""Who may open which door: THE table of every address against every role.

An address of the site that is not here fails, and so does a row whose address is gone.  A row says
what each role gets; `made` builds what the address needs, with the factories of its concept:

    "agenda:triage": only("officer", "secretary", made=lambda scene: [item(scene.dong).pk]),

Roles are those of `Scene`.  The people named by a row get `then` (200), others `others` (403), and
whoever is not signed in is sent to sign in.  `post=True` is for addresses that only act; what they
change is taken back after each role.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from maeul.core import sheet
from maeul.council.meeting import actions as meetings
from maeul.council.meeting.tests import factories as gatherings
from maeul.council.membership.tests.factories import (
    council_of,
    office_of,
    subcommittee_of,
)
from maeul.decision.assembly import actions as assembly_actions
from maeul.decision.assembly.tests import factories as assembly
from maeul.decision.budget.tests import factories as budget
from maeul.decision.plan.tests import factories as plan
from maeul.ground.district.tests.factories import (
    DistrictFactory,
    DongFactory,
    OtherDongFactory,
    department,
)
from maeul.ground.law.tests.factories import enact_all
from maeul.ground.notice import actions as notice
from maeul.ground.notice.models import Letter, Message
from maeul.ground.notice.rules import LetterState
from maeul.ground.people.tests.factories import PersonFactory, holder, resident, stated
from maeul.ground.thread import actions as thread
from maeul.vault.ballot import actions as ballot_actions
from maeul.vault.ballot import offline
from maeul.vault.ballot.tests import factories as ballot
from maeul.vault.ledger.tests import factories as ledger
from maeul.voice.agenda.tests import factories as agenda
from maeul.voice.review.tests import factories as review
from maeul.works.grant import actions as grant_actions
from maeul.works.grant.tests import factories as grant
from maeul.works.pledge.tests import factories as pledge
from maeul.works.project import actions as project_actions
from maeul.works.project.tests import factories as project

ROLES = (
    "anonymous",
    "resident",  # verified in the dong
    "newcomer",  # an account, nothing verified yet
    "other_officer",  # officer of another dong
    "officer",
    "secretary",
    "district_officer",
    "reviewer",
    "mayor_office",
    "election_officer",
)
STAFF = ROLES[3:]
MOMENT = datetime(2026, 5, 12, 1, tzinfo=UTC)
LOGIN = "to the sign-in page"


@dataclass
class Scene:
    """The dong, its neighbour, and one person of each role."""

    dong: Any
    other_dong: Any = field(default_factory=OtherDongFactory)
    department: Any = field(default_factory=department)
    district: Any = field(default_factory=DistrictFactory)
    browsers: dict = field(default_factory=dict)

    def __post_init__(self):
        dong, district = self.dong, self.district
        self.resident = resident("순자", dong, born_on=date(1953, 4, 2))
        self.newcomer = PersonFactory(name="민수", born_on=date(1996, 9, 9))
        self.other_officer = holder("옆동담당", "dong_officer", dong=self.other_dong)
        self.officer = holder("동담당", "dong_officer", dong=dong)
        self.secretary = holder("간사", "secretary", dong=dong)
        self.district_officer = holder("구담당", "district_officer", district=district)
        self.reviewer = holder("검토자", "reviewer", department=self.department)
        self.mayor_office = holder("구청장실", "mayor_office", district=district)
        self.election_officer = holder("선거담당", "election_officer", dong=dong)


@dataclass
class Door:
    answers: dict  # role -> status or LOGIN
    made: Any = None  # scene -> arguments of the address
    post: bool = False
    data: Any = None  # scene -> what is sent


def everyone(status=200, **how):
    """The same answer for all, signed in or not."""
    return Door(dict.fromkeys(ROLES, status), **how)


def only(*roles, then=200, others=403, anonymous=LOGIN, **how):
    """`then` for these roles, `others` for everybody else who is signed in."""
    assert set(roles) <= set(ROLES), f"unknown role among {roles}"
    answers = {role: then if role in roles else others for role in ROLES}
    return Door({**answers, "anonymous": anonymous}, **how)


def signed_in(status=200, **how):
    return only(*ROLES[1:], then=status, **how)


def staff(status=200, *, others=403, **how):
    """For everyone who holds a role, and so has a second factor."""
    return only(*STAFF, then=status, others=others, **how)


def guests(signed_in=302, **how):
    """Pages for those who are not signed in; whoever is, is sent on."""
    return Door({**dict.fromkeys(ROLES, signed_in), "anonymous": 200}, **how)


# What addresses need; a concept's own factories where it has them.


def message(scene):
    notice.tell(person=scene.resident, title="소식", at=MOMENT, link="/")
    return Message.objects.get()


def announcement(scene):
    return notice.announce(
        title="공지", text="글", dong=scene.dong, by=scene.officer, at=timezone.now()
    )


def unclear_letter(scene):
    message(scene)
    Letter.objects.update(state=LetterState.UNCLEAR, handed_at=MOMENT, done_at=MOMENT)
    return Letter.objects.get()


def matter(scene):
    """A thread with one public step."""
    told = {"by": scene.resident, "at": MOMENT}
    opened = thread.open(title="담장", dong=scene.dong, **told)
    thread.note(thread=opened, step="agenda.capture", title="담장", link="/", public=True, **told)
    return opened


DONG_STAFF = ("officer", "secretary", "district_officer")


def agenda_act(state):
    """An address that only acts, on an item in a state."""
    return {"post": True, "made": lambda scene: [agenda.item_in(scene.dong, state).number]}


def own_sentence(status, **how):
    """Its author may; the dong's staff knows of it and may not; for others it is not there."""
    answers = {role: 403 if role in DONG_STAFF else 404 for role in ROLES}
    return Door(
        {**answers, "anonymous": LOGIN, "resident": status},
        made=lambda scene: [agenda.said(scene.dong, author=scene.resident).number],
        **how,
    )


ELECTION_OFFICERS = ("secretary", "election_officer")  # those of `poll`, by name


def poll(scene, *, began=timedelta(hours=1), draft=False):
    """A vote of two days in which only the resident has a ballot."""
    facts = {
        "at": timezone.now() - began,
        "electors": [ballot.ElectorText(name="순자", person=scene.resident)],
        "officers": (scene.secretary, scene.election_officer),
    }
    if draft:
        election = ballot.drafted(**facts)
        ballot.budget_question(election, at=timezone.now())
        return election
    return ballot.frozen(**facts)


def over(scene):
    return poll(scene, began=timedelta(days=3))


def closed(scene):
    return ballot.closed(over(scene))


def counted(scene):
    return ballot.counted(ballot.opened(closed(scene)))


def laid_open(scene):
    """A draft whose roll lies open today."""
    now = timezone.now()
    election = poll(scene, draft=True)
    return ballot_actions.lay_open(
        election=election, until=timezone.localdate(now), by="system", at=now
    )


def roll_objection(scene):
    return ballot_actions.object_to_roll(
        election=laid_open(scene),
        claim="other",
        text="이사 간 사람이 있습니다.",
        by=scene.resident,
        at=timezone.now(),
    )


def desk_act(stage, status=302):
    """A button on the officers' desk, at a stage of the vote."""
    return only(*ELECTION_OFFICERS, then=status, post=True, made=lambda scene: [stage(scene).pk])


AT_THE_TABLE = ("newcomer", *ELECTION_OFFICERS)


def at_booths(scene, *, began=timedelta(hours=1)):
    """A vote with booths, the newcomer a clerk of the first."""
    election = ballot.at_booths(
        at=timezone.now() - began,
        people=[scene.resident],
        officers=(scene.secretary, scene.election_officer),
    )
    for booth in election.tables:
        booth.helper = scene.newcomer
    ballot_actions.name_clerk(
        booth=election.tables[0], person=scene.newcomer, by=scene.secretary, at=timezone.now()
    )
    return election


def table(*more, post=False, then=200, began=timedelta(hours=1), data=None):
    """A page of the first booth; `more` make what it speaks of."""

    def made(scene):
        election = at_booths(scene, began=began)
        return [election.pk, 1, *(each(election) for each in more)]

    return only(*AT_THE_TABLE, then=then, post=post, made=made, data=data)


def signed_table():
    """A page of the first booth after its counts were signed."""

    def made(scene):
        election = at_booths(scene, began=timedelta(days=2, minutes=5))
        ballot.with_report(election, election.tables[0])
        return [election.pk, 1]

    return only(*AT_THE_TABLE, made=made)


def counted_paper(scene, *, stage="boxes"):
    """A vote on paper alone, closed: boxes counted, then a batch, then the paper in the count."""
    election = ballot.with_sheets(
        at=timezone.now() - timedelta(days=2, hours=1),
        sheets=[2],
        channels=["paper"],
        officers=(scene.secretary, scene.election_officer),
    )
    ballot_actions.name_clerk(
        booth=election.tables[0],
        person=scene.newcomer,
        by=scene.secretary,
        at=timezone.now(),
    )
    if stage == "shut":
        ballot_actions.fix_list(election=election, by=scene.secretary, at=election.closes_at)
        return election
    ballot.box_opened(election, found=[3] if stage == "counted" else None)
    if stage == "batch":
        ballot.batch_of(election, {election.tables[0]: 2})
    if stage in ("entered", "closed", "counted"):
        sheets = [{"q1": [2]}] * (3 if stage == "counted" else 2)
        batch = ballot.batch_of(election, {election.tables[0]: len(sheets)})
        ballot.entered(batch, sheets, by=scene.newcomer, part="first")
        ballot.entered(batch, sheets, by=scene.election_officer, part="second")
        if stage != "entered":
            ballot_actions.close_batch(batch=batch, by=scene.secretary, at=batch.at)
    if stage == "counted":
        return ballot.counted(ballot.confirmed_on_paper(election))
    return election


def in_the_room(*more, stage="boxes", then=200, post=False, officers=False):
    """A page of the counting room: for clerks and officers, or for officers alone."""
    return only(
        *(ELECTION_OFFICERS if officers else AT_THE_TABLE),
        then=then,
        post=post,
        made=lambda scene: [counted_paper(scene, stage=stage).pk, *more],
    )


def outside_totals(scene):
    """Totals of stickers in the street that the secretary brought in."""
    election = poll(scene)
    options = election.questions.get(position=1).options.all()
    rows = sheet.read(
        sheet.write(["안건", "번호", "표"], [(1, option.number, 3) for option in options]),
        heads=["안건", "번호", "표"],
    )
    totals = ballot_actions.import_outside(
        election=election, kind="stickers", source="거리 스티커", rows=rows, by=scene.secretary,
        counted_on=timezone.localdate(), at=timezone.now(),
    )  # fmt: skip
    return [election.pk, totals.number]


def in_the_hall(*more, stage="counted"):
    """Where a hall vote is counted aloud: for clerks and officers."""

    def made(scene):
        election = ballot.hall_vote(
            at=timezone.now() - timedelta(days=2, hours=1),
            officers=(scene.secretary, scene.election_officer),
        )
        ballot_actions.name_clerk(
            booth=election.tables[0], person=scene.newcomer, by=scene.secretary, at=timezone.now()
        )
        if stage == "read":
            ballot.totals_read(election)
        return [election.pk, *more]

    return only(*AT_THE_TABLE, made=made)


def with_two_turns(scene):
    """A batch that the newcomer and the election officer have entered."""
    return [counted_paper(scene, stage="entered").pk, 1]


def came_to_kiosk(election):
    hall = election.tables[0]
    elector = election.electors.filter(booth=hall).first()
    return ballot.came(elector, hall, "kiosk", at=timezone.now()).pk


def tablet(election):
    return ballot.kiosk(election.tables[0], at=timezone.now()).pk


def enrolment(scene):
    """The code of a tablet that is to be taken up."""
    election = at_booths(scene)
    _device, code = ballot_actions.enrol_device(
        booth=election.tables[0], name="단말", by=scene.secretary, at=timezone.now()
    )
    return [code]


def an_outer(election):
    hall = election.tables[0]
    return ballot_actions.take_outer(
        booth=hall, reason="near_match", name="선거인1", born_on=date(1961, 2, 1), proof="여권",
        by=hall.helper, at=timezone.now(),
    ).pk  # fmt: skip


def councillors(scene):
    """The council of the dong, with the resident in a seat."""
    return council_of(scene.dong, members=[scene.resident])


def called_meeting(scene):
    """A joint meeting with one topic, to be held in a week."""
    return gatherings.joint_meeting(
        scene.dong, by=scene.secretary, at=timezone.now(), topics=["가로등이 어둡습니다"]
    )


def past_meeting(scene):
    """The same, whose day has come."""
    return gatherings.joint_meeting(scene.dong, by=scene.secretary, at=MOMENT, topics=["가로등"])


def running_meeting(scene):
    return gatherings.opened(past_meeting(scene), by=scene.secretary, here=[])


def closed_meeting(scene):
    return meetings.close(meeting=running_meeting(scene), by=scene.secretary, at=timezone.now())


def published_meeting(scene):
    meeting = closed_meeting(scene)
    meetings.publish_minutes(meeting=meeting, by=scene.secretary, at=timezone.now())
    return meeting


def officer_election(scene):
    """Members of a running plenary vote on their chair; nothing is counted yet."""
    meeting = gatherings.opened(
        gatherings.plenary(scene.dong, by=scene.secretary, at=MOMENT, members=3),
        by=scene.secretary,
    )
    first, second, third = meeting.members_in_office()
    election = meetings.elect(
        meeting=meeting, office="chair", candidates=[first, second], officer=third,
        ends_at=timezone.now() + timedelta(hours=1), by=scene.secretary, at=timezone.now(),
    )  # fmt: skip
    return [election.pk]


def open_motion(scene):
    """A motion of a running plenary whose only member is the resident."""
    meeting = gatherings.opened(
        gatherings.plenary(scene.dong, by=scene.secretary, at=MOMENT, members=[scene.resident]),
        by=scene.secretary,
    )
    return meetings.move(meeting=meeting, text="쓴다", by=scene.secretary, at=timezone.now())


def job(scene):
    """Something the resident took upon themselves."""
    return meetings.add_follow_up(
        meeting=running_meeting(scene),
        text="묻기",
        owner=scene.resident,
        due_on=timezone.localdate(),
        by=scene.secretary,
        at=timezone.now(),
    )


RUNS_MEETINGS = ("officer", "secretary", "district_officer")
MANAGES_COUNCIL = ("officer", "district_officer")


def runs(then=302, **how):
    """Acts and pages of those who run the dong's meetings."""
    return only(*RUNS_MEETINGS, then=then, **how)


def under_way(scene):
    """A project of the dong that the resident leads."""
    return project.started(lead=scene.resident)


def handed_in(scene):
    return project.asked(under_way(scene))


def in_the_books(scene):
    return project.spent(under_way(scene))


def banks_word(scene):
    return project.interest(under_way(scene))


def change_asked(scene):
    return project_actions.ask_change(
        project=under_way(scene),
        reason="장마",
        content="가을에 합니다",
        by=scene.resident,
        at=project.WHEN,
    )


def settlement_asked(scene):
    return project_actions.ask_settlement(
        project=project.completed(under_way(scene)), by=scene.resident, at=project.WHEN
    )


def step_planned(scene):
    return project_actions.plan_step(
        project=under_way(scene),
        title="칠하기",
        due_on=date(2026, 6, 1),
        by=scene.resident,
        at=project.WHEN,
    )


LEADS = ("resident", "secretary")  # the project's lead and the council's secretary
ANSWERS = ("officer", "district_officer")


def one_of(thing):
    return {"made": lambda scene: [thing(scene).pk]}


def planned_assembly(scene):
    return assembly.convened(scene.dong, by=scene.officer, at=timezone.now())


def asked_assembly(scene):
    """Its rules are frozen and it has a question."""
    now = timezone.now()
    ruled = assembly.ruled(scene.dong, by=scene.officer, at=now)
    names = ("그늘 의자", "밤길 조명")
    matters = [(assembly.matter(name, scene.dong, at=now), 1_000_000) for name in names]
    return assembly.budget_question(ruled, matters, by=scene.officer, at=now)


def announced_assembly(scene):
    asked = asked_assembly(scene).assembly
    return assembly_actions.announce(assembly=asked, by=scene.officer, at=timezone.now())


def decided_assembly(scene):
    """Held today: its result is announced and objections are taken."""
    at = timezone.now() - timedelta(days=45)
    matters = [(assembly.matter(name, scene.dong, at=at), 5) for name in ("그늘 의자", "화분")]
    return assembly.held(
        scene.dong,
        officer=scene.officer,
        at=at,
        choices=[{"q1": [1]}] * 5,
        matters=matters,
        limit=9,
    )


def objection(scene):
    held = decided_assembly(scene)
    return assembly_actions.object_to_result(
        assembly=held, text="표가 빠졌습니다.", by=scene.resident, at=held.result_at
    )


def helper(scene):
    return assembly_actions.offer_help(
        assembly=announced_assembly(scene),
        help="carry",
        note="",
        by=scene.resident,
        at=timezone.now(),
    )


def prepares(made=planned_assembly):
    """A page of those who prepare the assembly."""
    return only("officer", "secretary", made=lambda scene: [made(scene).pk])


def grant_asked(scene):
    return grant.requested(project=project.started(lead=scene.resident, way="grant"))


def payment_prepared(scene):
    return grant.prepared(grant.granted(project=project.started(lead=scene.resident, way="grant")))


def call_open(scene):
    opens = timezone.now() + timedelta(minutes=1)
    return grant_actions.call(
        district=scene.district,
        title="마을사업 공모",
        text="모집",
        opens_at=opens,
        closes_at=opens + timedelta(days=15),
        by=scene.district_officer,
        at=timezone.now(),
    )


def drafted_plan(scene):
    return plan.filled(scene.dong, by=scene.officer, at=timezone.now())


def adopted_plan(scene):
    return plan.adopted(scene.dong, by=scene.officer, at=timezone.now())


def reviewed_item(scene):
    return agenda.item_in(scene.dong, "reviewed", title="그늘 의자")


def writes(made=drafted_plan):
    """A page of those who write the plan and carry it on."""
    return only("officer", "secretary", made=lambda scene: [made(scene).pk])


KEEPER = ("district_officer",)


def the_pledge(scene):
    return {"code": pledge.loaded().code}


def a_cell(scene):
    return [pledge.cell(pledge.loaded()).pk]


DOORS = {
    # the residents' council
    "membership:council": everyone(made=lambda scene: [councillors(scene).dong.code]),
    "membership:body": everyone(
        made=lambda scene: [subcommittee_of(councillors(scene), members=[scene.resident]).pk]
    ),
    "membership:mine": signed_in(),
    "membership:resign": only(
        "resident", others=404, made=lambda scene: [councillors(scene).seats.get().pk]
    ),
    "membership:end_seat": only(
        *MANAGES_COUNCIL, made=lambda scene: [councillors(scene).seats.get().pk]
    ),
    "membership:end_office": only(
        *MANAGES_COUNCIL,
        made=lambda scene: [office_of(councillors(scene), scene.resident).pk],
    ),
    "membership:found": only(*MANAGES_COUNCIL, made=lambda scene: [scene.dong.code]),
    "membership:begin_term": only(
        *MANAGES_COUNCIL, made=lambda scene: [councillors(scene).dong.code]
    ),
    "membership:import_members": only(
        *MANAGES_COUNCIL, made=lambda scene: [councillors(scene).dong.code]
    ),
    "membership:empty_sheet": only(*MANAGES_COUNCIL, made=lambda scene: [scene.dong.code]),
    "membership:install": only(*MANAGES_COUNCIL, made=lambda scene: [councillors(scene).dong.code]),
    # meetings
    "portal:front": everyone(),
    "portal:dong": everyone(made=lambda scene: [scene.dong.code]),
    "portal:neighbourhood": everyone(),
    "portal:gatherings": everyone(),
    "portal:mine": signed_in(),
    "yearbook:book": everyone(made=lambda scene: [scene.dong.code, 2026]),
    "yearbook:pdf": everyone(made=lambda scene: [scene.dong.code, 2026]),
    "yearbook:publish": only("officer", "secretary", made=lambda scene: [scene.dong.code, 2026]),
    "meeting:meetings": everyone(made=lambda scene: [called_meeting(scene).dong.code]),
    "meeting:convene": runs(200, made=lambda scene: [scene.dong.code]),
    "meeting:follow_ups": everyone(made=lambda scene: [job(scene).meeting.dong.code]),
    "meeting:meeting": everyone(made=lambda scene: [called_meeting(scene).pk]),
    "meeting:minutes": everyone(made=lambda scene: [published_meeting(scene).pk]),
    "meeting:minutes_pdf": everyone(made=lambda scene: [published_meeting(scene).pk]),
    "meeting:run": runs(200, made=lambda scene: [running_meeting(scene).pk]),
    "meeting:call_roll": runs(
        post=True, data=lambda scene: {"guests": 3}, made=lambda scene: [past_meeting(scene).pk]
    ),
    "meeting:open": runs(post=True, made=lambda scene: [past_meeting(scene).pk]),
    "meeting:put_topic": runs(
        post=True,
        data=lambda scene: {"title": "쓰레기"},
        made=lambda scene: [past_meeting(scene).pk],
    ),
    "meeting:move": runs(
        post=True,
        data=lambda scene: {"text": "쓴다"},
        made=lambda scene: [open_motion(scene).meeting_id],
    ),
    "meeting:elect": runs(200, made=lambda scene: [running_meeting(scene).pk]),
    "meeting:install_elected": runs(409, post=True, made=officer_election),
    "meeting:remark": runs(
        post=True, data=lambda scene: {"text": "말"}, made=lambda scene: [running_meeting(scene).pk]
    ),
    "meeting:add_follow_up": runs(
        post=True,
        data=lambda scene: {"text": "묻기", "owner_text": "안전분과", "due_on": "2099-01-01"},
        made=lambda scene: [running_meeting(scene).pk],
    ),
    "meeting:close": runs(post=True, made=lambda scene: [running_meeting(scene).pk]),
    "meeting:cancel": runs(200, made=lambda scene: [called_meeting(scene).pk]),
    "meeting:write_minutes": runs(
        post=True, data=lambda scene: {"note": "끝"}, made=lambda scene: [closed_meeting(scene).pk]
    ),
    "meeting:publish_minutes": runs(post=True, made=lambda scene: [closed_meeting(scene).pk]),
    "meeting:correct_minutes": runs(
        post=True,
        data=lambda scene: {"note": "고침", "because": "틀림"},
        made=lambda scene: [published_meeting(scene).pk],
    ),
    "meeting:decide_topic": runs(
        post=True,
        data=lambda scene: {"outcome": "take_up"},
        made=lambda scene: [running_meeting(scene).topics.get().pk],
    ),
    "meeting:withdraw_topic": runs(200, made=lambda scene: [called_meeting(scene).topics.get().pk]),
    "meeting:vote_on": runs(
        post=True,
        data=lambda scene: {"yes": 1, "no": 0, "abstain": 0},
        made=lambda scene: [open_motion(scene).pk],
    ),
    "meeting:settle_follow_up": only(
        "resident",
        *RUNS_MEETINGS,
        then=302,
        post=True,
        data=lambda scene: {"state": "done"},
        made=lambda scene: [job(scene).pk],
    ),
    # sign-in, accounts and second factor (allauth)
    "account_login": guests(),
    "account_signup": guests(),
    "account_logout": Door({**dict.fromkeys(ROLES, 200), "anonymous": 302}),
    "account_inactive": everyone(),
    "account_reauthenticate": signed_in(),
    "account_email": signed_in(),
    "account_email_verification_sent": everyone(),
    "account_confirm_email": everyone(made=lambda scene: ["no-such-key"]),
    "account_change_password": signed_in(),
    "account_set_password": signed_in(302),  # whoever has one already
    "account_reset_password": everyone(),
    "account_reset_password_done": everyone(),
    "account_reset_password_from_key": everyone(made=lambda scene: ["1", "no-such-key"]),
    "account_reset_password_from_key_done": everyone(),
    "account_confirm_login_code": signed_in(302),  # not in use
    "mfa_index": signed_in(),
    "mfa_authenticate": signed_in(302),
    "mfa_reauthenticate": staff(200, others=302),
    "mfa_activate_totp": signed_in(302),  # asks for the password again, or is there already
    "mfa_deactivate_totp": staff(302, others=404),
    "mfa_view_recovery_codes": signed_in(404),  # none made yet
    "mfa_generate_recovery_codes": signed_in(302),
    "mfa_download_recovery_codes": signed_in(404),
    #
    # core
    "core:view_settings": everyone(302, post=True),
    "core:styleguide": everyone(),
    #
    # ground/audit
    #
    # ground/district
    "district:index": everyone(),
    "district:dong_facts": everyone(made=lambda scene: [scene.dong.code]),
    "district:departments": everyone(),
    "district:population": only("district_officer"),
    #
    # ground/law
    "law:index": everyone(),
    "law:provision": everyone(made=lambda scene: ["council.max_members"]),
    "law:enact": only("district_officer", made=lambda scene: ["council.max_members"]),
    #
    # ground/people
    "people:me": signed_in(),
    "people:state": signed_in(),
    "people:end_standing": Door(
        {**dict.fromkeys(ROLES, 404), "anonymous": LOGIN}
        | dict.fromkeys(["resident", "officer", "district_officer"], 302),
        made=lambda scene: [scene.resident.standings.get().pk],
        post=True,
    ),
    "people:consents": signed_in(),
    "people:leave": signed_in(),
    "people:left": everyone(),
    "people:standings": only("officer", "other_officer", "district_officer"),
    "people:standing": only(
        "officer",
        "district_officer",
        others=404,
        made=lambda scene: [stated(scene.newcomer, scene.dong).pk],
    ),
    "people:persons": only("officer", "other_officer", "district_officer"),
    "people:person": only(
        "officer", "district_officer", others=404, made=lambda scene: [scene.resident.pk]
    ),
    "people:correct": only(
        "resident",
        "officer",
        "district_officer",
        others=404,
        made=lambda scene: [scene.resident.pk],
    ),
    "people:enter": only("officer", "other_officer", "secretary", "district_officer"),
    "people:roles": only("district_officer"),
    "people:give_role": only("district_officer", made=lambda scene: [scene.resident.pk]),
    "people:end_role": only(
        "district_officer",
        then=302,
        post=True,
        made=lambda scene: [scene.secretary.roles.get().pk],
    ),
    "people:demo_sign_ins": everyone(404),
    "people:demo_sign_in": everyone(404, made=lambda scene: ["resident"]),
    "people:privacy": everyone(),
    "people:terms": everyone(),
    #
    # ground/notice
    "notice:inbox": signed_in(),
    "notice:open_message": only(
        "resident", then=302, others=404, post=True, made=lambda scene: [message(scene).pk]
    ),
    "notice:announcements": everyone(),
    "notice:announcement": everyone(made=lambda scene: [announcement(scene).pk]),
    "notice:announce": only(
        "officer", "secretary", "district_officer", made=lambda scene: [scene.dong.code]
    ),
    "notice:letters": only("district_officer"),
    "notice:settle_letter": only(
        "district_officer",
        then=302,
        post=True,
        made=lambda scene: [unclear_letter(scene).pk],
    ),
    #
    # ground/search
    #
    # ground/thread
    #
    # vault/record
    "record:register": everyone(made=lambda scene: [scene.dong.code, 2026]),
    #
    # vault/participation
    #
    # vault/ledger
    "ledger:account": everyone(made=lambda scene: [ledger.AccountFactory().pk]),
    "ledger:entry": everyone(
        made=lambda scene: [ledger.holding(1_000).postings.get().entry_id],
    ),
    #
    # vault/ballot
    "ballot:elections": everyone(),
    "ballot:counting": everyone(),
    "ballot:limits": everyone(),
    "ballot:monitor_file": everyone(),
    "ballot:verify_page": everyone(),
    "ballot:holders": everyone(),
    "ballot:holders_file": everyone(made=lambda scene: [offline.hash_of(offline.holders_file())]),
    "ballot:election": everyone(made=lambda scene: [poll(scene).pk]),
    "ballot:board": everyone(made=lambda scene: [poll(scene).pk]),
    "ballot:board_file": everyone(made=lambda scene: [poll(scene).pk]),
    "ballot:manifest": everyone(made=lambda scene: [poll(scene).pk]),
    "ballot:result": everyone(made=lambda scene: [ballot.published(counted(scene)).pk]),
    "ballot:bundle": everyone(made=lambda scene: [ballot.published(counted(scene)).pk]),
    "ballot:ballot": only("resident", made=lambda scene: [poll(scene).pk]),
    "ballot:cast": only("resident", then=400, post=True, made=lambda scene: [poll(scene).pk]),
    "ballot:mine": only("resident", made=lambda scene: [poll(scene).pk]),
    "ballot:scanned": only(
        *AT_THE_TABLE,
        then=302,
        made=lambda scene: [
            (election := at_booths(scene)).pk,
            election.electors.get(person=scene.resident).pk,
        ],
    ),
    "ballot:table": table(),
    "ballot:elector": table(lambda election: election.electors.get(number=1).pk),
    "ballot:elsewhere": table(lambda election: election.electors.get(number=2).pk),
    "ballot:check_in": table(came_to_kiosk),
    "ballot:slip": table(came_to_kiosk, post=True),
    "ballot:rule": table(came_to_kiosk),
    "ballot:register": table(),
    "ballot:outer": table(),
    "ballot:devices": table(),
    "ballot:revoke": table(tablet, post=True, then=302),
    "ballot:late": table(),
    "ballot:line": table(),
    "ballot:report": table(began=timedelta(days=2, minutes=5)),
    "ballot:report_photo": signed_table(),
    "ballot:roll_paper": table(),
    "ballot:kiosk": everyone(403),  # known by its own secret, whoever is signed in
    "ballot:kiosk_cast": everyone(403, post=True),
    "ballot:take_up": everyone(made=enrolment),
    "ballot:paper": in_the_room(),
    "ballot:count_box": in_the_room(1, stage="shut"),
    "ballot:make_batch": in_the_room(),
    "ballot:batch": in_the_room(1, stage="batch"),
    "ballot:take_turn": in_the_room(1, "first", stage="batch", then=302, post=True),
    "ballot:enter": Door(
        only("newcomer", "election_officer", then=302).answers | {"secretary": 404},
        made=with_two_turns,
    ),
    "ballot:close_batch": in_the_room(1, stage="entered", then=302, post=True, officers=True),
    "ballot:withdraw_batch": in_the_room(1, stage="batch", officers=True),
    "ballot:cover": in_the_room(1, stage="batch"),
    "ballot:tally": in_the_room(),
    "ballot:totals": in_the_hall(),
    "ballot:totals_paper": in_the_hall("tally_sheet", stage="read"),
    "ballot:confirm_counts": in_the_room(stage="closed", then=302, post=True, officers=True),
    "ballot:sheets": in_the_room(officers=True),
    "ballot:letters": in_the_room(stage="counted", officers=True),
    "ballot:letters_paper": in_the_room(stage="counted", officers=True),
    "ballot:destroy": in_the_room(stage="counted", officers=True),
    "ballot:explain": only(
        *ELECTION_OFFICERS,
        data=lambda scene: {"which": "b1.sheets_are_checked_in"},
        made=lambda scene: [counted_paper(scene, stage="counted").pk],
    ),
    "ballot:decisions": only(*ELECTION_OFFICERS, made=lambda scene: [at_booths(scene).pk]),
    "ballot:outside": only(*ELECTION_OFFICERS, made=lambda scene: [poll(scene).pk]),
    "ballot:outside_sheet": only(*ELECTION_OFFICERS, made=lambda scene: [poll(scene).pk]),
    "ballot:withdraw_outside": only(*ELECTION_OFFICERS, made=outside_totals),
    "ballot:set_hall": desk_act(lambda scene: poll(scene, draft=True)),
    "ballot:in_person": only(*ELECTION_OFFICERS, made=lambda scene: [poll(scene, draft=True).pk]),
    "ballot:extend": only(*ELECTION_OFFICERS, made=lambda scene: [at_booths(scene).pk]),
    "ballot:outer_ruling": only(
        *ELECTION_OFFICERS,
        made=lambda scene: [(election := at_booths(scene)).pk, an_outer(election)],
    ),
    "ballot:lost": only(*ELECTION_OFFICERS, made=lambda scene: [at_booths(scene).pk, 1]),
    "ballot:clerks": only(*ELECTION_OFFICERS, made=lambda scene: [at_booths(scene).pk, 1]),
    "ballot:end_clerk": only(
        *ELECTION_OFFICERS,
        then=302,
        post=True,
        made=lambda scene: [
            (election := at_booths(scene)).pk,
            election.tables[0].clerks.first().pk,
        ],
    ),
    "ballot:roll": signed_in(made=lambda scene: [laid_open(scene).pk]),
    "ballot:object_to_roll": signed_in(made=lambda scene: [laid_open(scene).pk]),
    "ballot:roll_objections": only(*ELECTION_OFFICERS, made=lambda scene: [laid_open(scene).pk]),
    "ballot:decide_roll_objection": only(
        *ELECTION_OFFICERS, made=lambda scene: [roll_objection(scene).pk]
    ),
    "ballot:desk": only(*ELECTION_OFFICERS, made=lambda scene: [poll(scene, draft=True).pk]),
    "ballot:guide": only(
        *ELECTION_OFFICERS, made=lambda scene: [poll(scene, draft=True).pk, "holder"]
    ),
    "ballot:guide_pdf": only(
        *ELECTION_OFFICERS, made=lambda scene: [poll(scene, draft=True).pk, "record"]
    ),
    "ballot:locks": desk_act(lambda scene: poll(scene, draft=True), 200),  # nothing typed
    "ballot:rehearsal": desk_act(lambda scene: poll(scene, draft=True), 200),
    "ballot:rehearsed": only(
        *ELECTION_OFFICERS,
        post=True,
        made=lambda scene: [
            (election := poll(scene, draft=True)).pk,
            election.rehearsals.first().pk,
        ],
    ),
    "ballot:freeze": desk_act(lambda scene: poll(scene, draft=True)),
    "ballot:close": desk_act(over),
    "ballot:fix_list": desk_act(closed),
    "ballot:parcel": desk_act(lambda scene: ballot.brought(closed(scene)).election, 200),
    "ballot:opening": desk_act(closed, 200),
    "ballot:confirm_opening": only(
        *ELECTION_OFFICERS,
        then=302,
        post=True,
        made=lambda scene: [
            (opening := ballot.brought(closed(scene))).election_id,
            opening.pk,
        ],
    ),
    "ballot:seed": desk_act(lambda scene: ballot.opened(closed(scene)), 200),
    "ballot:count": desk_act(
        lambda scene: ballot.seeded(ballot.opened(closed(scene))),
    ),
    "ballot:publish": desk_act(counted),
    "ballot:restore": desk_act(poll, 200),  # nothing brought
    "ballot:void": desk_act(poll, 200),
    #
    # council/membership
    #
    # council/meeting
    #
    # voice/agenda
    "agenda:items": everyone(),
    "agenda:new": everyone(),
    "agenda:similar": everyone(),
    "agenda:item": everyone(made=lambda scene: [agenda.item_in(scene.dong).number]),
    "agenda:support": signed_in(302, **agenda_act("triaged")),
    "agenda:unsupport": signed_in(409, **agenda_act("triaged")),  # nobody has supported it
    "agenda:offer_help": signed_in(made=lambda scene: [agenda.item_in(scene.dong).number]),
    "agenda:withdraw_offer": only(
        "resident",
        then=302,
        others=404,
        post=True,
        made=lambda scene: [agenda.offer_of(scene.resident, scene.dong).pk],
    ),
    # what its author has sent and nobody has read: for others there is no such page
    "agenda:correct": own_sentence(200),
    "agenda:withdraw": own_sentence(302, post=True),
    "agenda:photo": everyone(made=lambda scene: agenda.photo_address(scene.dong)),
    "agenda:take_out_photo": only(
        *DONG_STAFF, then=302, post=True, made=lambda scene: agenda.photo_address(scene.dong)
    ),
    "agenda:map": everyone(404, made=lambda scene: [scene.dong.code]),  # no boundary in the scene
    "agenda:desk": only(*DONG_STAFF, made=lambda scene: [scene.dong.code]),
    "agenda:bring_to_meeting": only(*DONG_STAFF, then=302, **agenda_act("triaged")),
    "agenda:take_up": only(
        *DONG_STAFF, then=302, post=True, made=lambda scene: [agenda.topic_decided(scene.dong).pk]
    ),
    "agenda:worklist": only("other_officer", *DONG_STAFF),
    "agenda:write_down": only("other_officer", *DONG_STAFF),
    "agenda:triage": only(
        *DONG_STAFF, others=404, made=lambda scene: [agenda.said(scene.dong).number]
    ),
    "agenda:decline": only(*DONG_STAFF, made=lambda scene: [agenda.item_in(scene.dong).number]),
    "agenda:fix": only(*DONG_STAFF, made=lambda scene: [agenda.item_in(scene.dong).number]),
    "agenda:park": only(*DONG_STAFF, made=lambda scene: [agenda.item_in(scene.dong).number]),
    "agenda:merge": only(*DONG_STAFF, made=lambda scene: [agenda.item_in(scene.dong).number]),
    "agenda:split": only(*DONG_STAFF, made=lambda scene: [agenda.item_in(scene.dong).number]),
    "agenda:give_back": only(*DONG_STAFF, made=lambda scene: [agenda.item_in(scene.dong).number]),
    "agenda:resume": only(*DONG_STAFF, then=302, **agenda_act("parked")),
    "agenda:unmerge": only(*DONG_STAFF, then=302, **agenda_act("merged")),
    "agenda:bring_again": only(*DONG_STAFF, then=302, **agenda_act("again")),
    #
    # voice/review
    "review:desk": only("other_officer", "reviewer", *DONG_STAFF),
    "review:ask": only(*DONG_STAFF, made=lambda scene: [agenda.item_in(scene.dong).number]),
    "review:review": everyone(made=lambda scene: [review.asked(scene.dong).pk]),
    "review:answer": only("reviewer", made=lambda scene: [review.asked(scene.dong).pk]),
    "review:withdraw": only(
        *DONG_STAFF, then=302, post=True, made=lambda scene: [review.asked(scene.dong).pk]
    ),
    "review:remind": only(
        *DONG_STAFF, then=302, post=True, made=lambda scene: [review.asked(scene.dong).pk]
    ),
    #
    # decision/assembly
    #
    # decision/assembly
    "assembly:assemblies": everyone(),
    "assembly:dong": everyone(made=lambda scene: [scene.dong.code]),
    "assembly:convene": only("officer", "secretary", made=lambda scene: [scene.dong.code]),
    "assembly:assembly": everyone(made=lambda scene: [announced_assembly(scene).pk]),
    "assembly:hall": everyone(made=lambda scene: [announced_assembly(scene).pk]),
    "assembly:order": prepares(),
    "assembly:begin_next": only(
        "officer",
        "secretary",
        then=302,
        post=True,
        made=lambda scene: [planned_assembly(scene).pk],
    ),
    "assembly:take_back": only(
        "officer",
        "secretary",
        then=302,
        post=True,
        made=lambda scene: [planned_assembly(scene).pk],
    ),
    "assembly:calendar": everyone(made=lambda scene: [scene.dong.code]),
    **{
        f"assembly:{name}": everyone(made=lambda scene: [announced_assembly(scene).pk])
        for name in ("promotion", "booklet", "booklet_pdf", "poster", "banner", "qr")
    },
    "assembly:offer_help": only(
        "resident", "officer", "secretary", made=lambda scene: [announced_assembly(scene).pk]
    ),
    "assembly:helpers": prepares(),
    "assembly:confirm_help": prepares(helper),
    "assembly:withdraw_help": only("resident", made=lambda scene: [helper(scene).pk]),
    "assembly:objections": everyone(made=lambda scene: [decided_assembly(scene).pk]),
    "assembly:object_to_result": only("resident", made=lambda scene: [decided_assembly(scene).pk]),
    "assembly:answer_objection": only(
        "officer", "election_officer", made=lambda scene: [objection(scene).pk]
    ),
    "assembly:prepare": prepares(),
    "assembly:freeze_rules": prepares(),
    "assembly:put": prepares(),
    "assembly:choose_rule": prepares(asked_assembly),
    "assembly:take_out": prepares(asked_assembly),
    "assembly:build_roll": prepares(),
    "assembly:import_roll": prepares(),
    "assembly:empty_roll": prepares(),
    "assembly:lay_open_roll": prepares(),
    "assembly:roll_pdf": prepares(),
    "assembly:roll_letters": only(
        "officer",
        "secretary",
        then=302,
        post=True,
        made=lambda scene: [planned_assembly(scene).pk],
    ),
    "assembly:name_officers": prepares(),
    "assembly:announce": prepares(),
    "assembly:announce_result": prepares(),
    "assembly:publish_minutes": prepares(),
    #
    # decision/budget
    "budget:streams": everyone(),
    "budget:found_stream": only("district_officer"),
    "budget:dong_year": everyone(made=lambda scene: [scene.dong.code, 2026]),
    "budget:open_round": only(
        "officer", "district_officer", made=lambda scene: [scene.dong.code, 2026]
    ),
    "budget:appropriate": only("district_officer"),
    "budget:appropriation": everyone(made=lambda scene: [budget.appropriation().pk]),
    "budget:change": only("district_officer", made=lambda scene: [budget.appropriation().pk]),
    "budget:round": everyone(made=lambda scene: [budget.open_round().pk]),
    "budget:put": only(*ANSWERS, made=lambda scene: [budget.open_round().pk]),
    "budget:allocate": only(
        *ANSWERS, then=409, post=True, made=lambda scene: [budget.open_round().pk]
    ),
    "budget:allocation": everyone(made=lambda scene: [budget.allocation().pk]),
    #
    # decision/plan
    "plan:plans": everyone(),
    "plan:dong": everyone(made=lambda scene: [scene.dong.code]),
    "plan:draw_up": only("officer", "secretary", made=lambda scene: [scene.dong.code]),
    "plan:plan": everyone(made=lambda scene: [adopted_plan(scene).pk]),
    "plan:paper": everyone(made=lambda scene: [adopted_plan(scene).pk]),
    "plan:draft": writes(),
    "plan:set_text": writes(),
    "plan:add_item": only(
        "officer",
        "secretary",
        made=lambda scene: [drafted_plan(scene).pk, reviewed_item(scene).number],
    ),
    "plan:edit_item": writes(lambda scene: drafted_plan(scene).items.first()),
    "plan:drop_item": writes(lambda scene: drafted_plan(scene).items.first()),
    "plan:bring_to_plenary": writes(),
    "plan:adopt": writes(),
    "plan:table": writes(adopted_plan),
    "plan:ask_for_money": only(
        "officer", "district_officer", made=lambda scene: [adopted_plan(scene).pk]
    ),
    "plan:take_result": writes(adopted_plan),
    "plan:submit": writes(adopted_plan),
    "plan:take_effect": writes(adopted_plan),
    "plan:expire": writes(adopted_plan),
    "plan:reply": only("mayor_office", made=lambda scene: [adopted_plan(scene).items.first().pk]),
    #
    # works/project
    "project:dong_year": everyone(made=lambda scene: [scene.dong.code, 2026]),
    "project:start": only(
        "officer",
        "secretary",
        "district_officer",
        made=lambda scene: [budget.allocation().pk],
    ),
    "project:project": everyone(**one_of(under_way)),
    "project:plan_line": only(*LEADS, **one_of(under_way)),
    "project:plan_step": only(*LEADS, **one_of(under_way)),
    "project:finish_step": only(*LEADS, **one_of(step_planned)),
    "project:take_in": only(*LEADS, **one_of(under_way)),
    "project:work": only(*LEADS, **one_of(under_way)),
    "project:suspend": only(*LEADS, **one_of(under_way)),
    "project:resume": only(*LEADS, **one_of(under_way)),
    "project:cancel": only(*LEADS, **one_of(under_way)),
    "project:complete": only(*LEADS, **one_of(under_way)),
    "project:share": only(*LEADS, **one_of(under_way)),
    "project:ask_spending": only(*LEADS, **one_of(under_way)),
    "project:expenditure": everyone(**one_of(in_the_books)),
    "project:approve_spending": only(*ANSWERS, then=302, post=True, **one_of(handed_in)),
    "project:return_spending": only(*ANSWERS, **one_of(handed_in)),
    "project:take_back_spending": only(*ANSWERS, **one_of(in_the_books)),
    "project:evidence": only(
        *LEADS,
        *ANSWERS,
        "mayor_office",
        others=404,
        anonymous=404,
        made=lambda scene: [handed_in(scene).evidence.get().pk],
    ),
    "project:note_interest": only(*LEADS, **one_of(under_way)),
    "project:pay_in_own": only(*LEADS, **one_of(under_way)),
    "project:notice": everyone(**one_of(banks_word)),
    "project:notice_paper": only(
        *LEADS, *ANSWERS, "mayor_office", others=404, **one_of(banks_word)
    ),
    "project:ask_change": only(*LEADS, **one_of(under_way)),
    "project:change": everyone(**one_of(change_asked)),
    "project:approve_change": only(*ANSWERS, then=302, post=True, **one_of(change_asked)),
    "project:return_change": only(*ANSWERS, **one_of(change_asked)),
    "project:ask_settlement": only(*LEADS, **one_of(under_way)),
    "project:settlement": everyone(**one_of(settlement_asked)),
    "project:settlement_paper": everyone(**one_of(settlement_asked)),
    "project:approve_settlement": only(*ANSWERS, then=302, post=True, **one_of(settlement_asked)),
    "project:return_settlement": only(*ANSWERS, **one_of(settlement_asked)),
    "project:refund": only(*LEADS, made=lambda scene: [under_way(scene).purses.get().pk]),
    #
    # works/grant
    "grant:dong_year": everyone(made=lambda scene: [scene.dong.code, 2026]),
    "grant:make_call": only("district_officer"),
    "grant:call": everyone(**one_of(call_open)),
    "grant:request": only(
        *LEADS, made=lambda scene: [project.started(lead=scene.resident, way="grant").pk]
    ),
    "grant:grant": everyone(**one_of(grant_asked)),
    "grant:decide": only("district_officer", **one_of(grant_asked)),
    "grant:refuse": only("district_officer", **one_of(grant_asked)),
    "grant:prepare": only("district_officer", **one_of(grant_asked)),
    "grant:cancel": only("district_officer", **one_of(grant_asked)),
    "grant:close": only("district_officer", **one_of(grant_asked)),
    "grant:pay": only("district_officer", **one_of(payment_prepared)),
    "grant:drop": only("district_officer", **one_of(payment_prepared)),
    #
    # works/pledge
    "pledge:money": everyone(),
    "pledge:card": everyone(made=the_pledge),
    "pledge:paper": everyone(made=the_pledge),
    "pledge:budget_sheet": everyone(made=the_pledge),
    "pledge:spending_sheet": everyone(made=the_pledge),
    "pledge:cell": everyone(made=a_cell),
    "pledge:import_table": only(*KEEPER, made=the_pledge),
    "pledge:report_progress": only(*KEEPER, made=the_pledge),
    "pledge:change": only(*KEEPER, made=the_pledge),
    "pledge:tie": only(*KEEPER, made=a_cell),
    #
    # public/yearbook
    #
    # public/portal
    "portal:search": everyone(),
    "portal:matter": everyone(made=lambda scene: [matter(scene).pk]),
    "portal:worklist": signed_in(),
    #
    # demo
    #
}


def addresses(patterns=None, space=""):
    """The name of every address of the site."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(pattern, "url_patterns"):
            inside = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from addresses(pattern.url_patterns, space + inside)
        else:
            assert pattern.name, f"the address {pattern.pattern} has no name"
            yield space + pattern.name


def test_every_address_has_its_row_and_every_row_its_address():
    there = set(addresses())
    assert sorted(there - set(DOORS)) == [], "addresses without a row in DOORS"
    assert sorted(set(DOORS) - there) == [], "rows whose address is gone"


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """Built once, with a browser for each role; what a row adds is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        enact_all()
        built = Scene(DongFactory())
        for role in ROLES:
            built.browsers[role] = Client()
            if role != "anonymous":
                built.browsers[role].force_login(getattr(built, role))
        yield built
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", sorted(DOORS))
def test_each_door_opens_for_its_roles_and_for_no_other(name, scene):
    cache.clear()  # rate limits count in the cache
    with transaction.atomic():
        door = DOORS[name]
        arguments = door.made(scene) if door.made else []
        how = {"kwargs" if isinstance(arguments, dict) else "args": arguments}
        address = reverse(name, **how)
        data = door.data(scene) if door.data else {}
        got = {role: opened(door, address, scene.browsers[role], data) for role in ROLES}
        transaction.set_rollback(True)
    wrong = {
        role: (got[role], door.answers[role]) for role in ROLES if got[role] != door.answers[role]
    }
    assert wrong == {}, "role: (what it got, what the table says)"


def opened(door, address, browser, data):
    """What the role gets; who is turned away at the page is turned away when sending to it too."""
    got = asked(browser, "post" if door.post else "get", address, data)
    if got in (LOGIN, 403, 404) and not door.post:
        sent = asked(browser, "post", address, data)
        assert sent in (got, 405), f"whoever gets {got} on looking gets {sent} on sending"
    return got


def asked(browser, method, address, data):
    cookies = browser.cookies.copy()
    with transaction.atomic():
        response = getattr(browser, method)(address, data)
        transaction.set_rollback(True)
    browser.cookies = cookies
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return LOGIN
    return response.status_code
