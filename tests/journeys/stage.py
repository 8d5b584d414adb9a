"""Before the curtain rises: the district, its law, a dong with few people, who holds which role.

Everything else of the story happens on the pages.
"""

from datetime import date

from maeul.core import sheet
from maeul.council.membership import actions as membership
from maeul.decision.budget import actions as budget
from maeul.ground.district import actions as district
from maeul.ground.district.models import Department, District, Dong
from maeul.ground.law import actions as law
from maeul.ground.people import actions as people
from maeul.ground.people.models import DemoSignIn
from tests.browser import PHONE
from tests.journeys.walker import Walker

SIGN_INS = "/people/demo/"
PHONES = {"390": PHONE, "200": {"width": PHONE["width"] // 2, "height": PHONE["height"] // 2}}
RESIDENTS = {
    "soonja": ("순자", date(1953, 4, 2)),
    "minsu": ("민수", date(1996, 9, 9)),
    "haesook": ("해숙", date(1961, 2, 11)),
    "jinho": ("진호", date(1984, 7, 30)),
    "yeonju": ("연주", date(1990, 12, 1)),
}
COUNT = "동,연도,성별,나이부터,나이까지,인구\n독산1동,2026,여,0,,310\n독산1동,2026,남,0,,290\n"
MEMBERS = ("haesook", "jinho", "yeonju")


class Stage:
    def __init__(self, clock, site, new_page, device):
        self.clock, self.site, self.new_page, self.device = clock, site, new_page, device
        self.looked_at, self.walkers, self.people = set(), {}, {}
        self._signed_in = {}

    def comes(self, key):
        """Somebody takes up their device and signs in, again when the clock was turned."""
        walker = self.takes_up(key, PHONES[self.device], self.device)
        if self._signed_in.get(key) == self.clock.turns:
            return walker
        walker.page.context.clear_cookies()
        walker.goes(SIGN_INS)
        label = DemoSignIn.objects.get(key=key).label
        walker.presses(f"들어가기: {label}")
        self._signed_in[key] = self.clock.turns
        return walker

    def takes_up(self, key, viewport, device):
        """A device of its own, the same one each time."""
        if key not in self.walkers:
            page = self.new_page(viewport)
            self.walkers[key] = Walker(page, self.site, self.looked_at, device=device)
        return self.walkers[key]

    def furnish(self):
        at = self.clock.turn_to(2026, 1, 5)
        told = {"by": "system", "at": at}
        district.found(**told)
        law.enact_catalogue(**told)
        self.district = District.objects.get()
        self.dong = Dong.objects.named("독산1동").get()
        self.department = Department.objects.get(code="roads")
        self._count_people(at)
        self._give_roles(at)
        self._let_in_residents(at)
        self._seat_council(at)
        self._set_money_aside(at)

    def _count_people(self, at):
        """Six hundred: three of them are a quorum."""
        rows = sheet.read(COUNT.encode(), heads=district.HEADS)
        district.import_population(
            counts=district.read_population(rows, at=at),
            source="주민등록 인구통계",
            counted_on=date(2025, 12, 31),
            by="system",
            at=at,
        )

    def _give_roles(self, at):
        everywhere, here = {"district": self.district}, {"dong": self.dong}
        for key, label, kind, where in (
            ("officer", "동 담당자", "dong_officer", here),
            ("secretary", "주민자치회 간사", "secretary", here),
            ("election_officer", "선거관리 담당", "election_officer", here),
            ("reviewer", "도로 부서 검토자", "reviewer", {"department": self.department}),
            ("mayor_office", "구청장실", "mayor_office", everywhere),
            ("district_officer", "구 담당자", "district_officer", everywhere),
            ("second_district_officer", "구 둘째 담당자", "district_officer", everywhere),
        ):
            person = self.joins(key, label, date(1980, 1, 1), at)
            people.give_role(
                person=person, kind=kind, from_on=date(2026, 1, 1), by="system", at=at, **where
            )

    def _let_in_residents(self, at):
        for key, (name, born_on) in RESIDENTS.items():
            person = self.joins(key, name, born_on, at)
            standing = people.state_standing(
                person=person, dong=self.dong, kind="resident", by=person, at=at
            )
            people.verify_standing(
                standing=standing, document="주민등록증", by=self.people["officer"], at=at
            )

    def _seat_council(self, at):
        told = {"by": self.people["officer"], "at": at}
        council = membership.found(kind="council", dong=self.dong, name="주민자치회", **told)
        membership.found(kind="joint", dong=self.dong, name="연석회의", **told)
        membership.begin_term(council=council, number=1, from_on=date(2026, 1, 5), **told)
        for key in MEMBERS:
            membership.seat(body=council, person=self.people[key], from_on=date(2026, 1, 5), **told)

    def _set_money_aside(self, at):
        told = {"by": self.people["district_officer"], "at": at}
        stream = budget.found_stream(
            district=self.district,
            code="dong-budget",
            name="동단위 시민참여예산 사업",
            origin="구 예산",
            decided_by="주민총회",
            from_on=date(2026, 1, 1),
            **told,
        )
        for source, won in (("city", 10_000_000), ("district", 20_000_000)):
            budget.appropriate(
                stream=stream, source=source, year=2026, dong=self.dong, amount_won=won, **told
            )

    def joins(self, key, name, born_on, at):
        person = people.join(
            email=f"{key}@example.org",
            password=None,
            name=name,
            born_on=born_on,
            consents=("privacy", "birth_and_sex"),
            email_verified=True,
            at=at,
        )
        people.offer_demo_sign_in(person=person, key=key, label=name, by="system", at=at)
        self.people[key] = person
        return person
