"""The residents' assembly in May: rules, announcement, roll, vote, count, result."""

from datetime import date, timedelta
from random import Random

from maeul.decision.assembly import actions as assembly
from maeul.decision.assembly.models import Assembly, draft_of
from maeul.decision.assembly.rules import GAP
from maeul.demo import holders
from maeul.demo.play import chapter
from maeul.demo.scene import moment
from maeul.vault.ballot import actions as ballot
from maeul.vault.ballot import sealing
from maeul.vault.ballot.clock import clock_at

PLACE = "마을활력소 앞마당"
MINUTES = (
    "여는 말에 이어 지난해에 한 일을 알렸습니다. 올해 자치계획을 설명하고, 의제를 낸 주민이"
    " 한 사람씩 앞에 나와 까닭을 말했습니다.\n\n표를 세는 동안 분과별로 함께할 사람을 모았습니다."
    " 결과를 알리고 모두 함께 사진을 찍었습니다."
)

ORDER = (
    "여는 말",
    "지난해에 한 일",
    "올해 자치계획 설명",
    "의제 발표",
    "함께 이야기하기",
    "투표와 개표",
    "결과 알리기",
)
HELPERS = (("miyoung", "check_in"), ("dongwoo", "carry"), ("hana", "children"))
OBJECTION = (
    "마감 10분 전에 투표했는데 게시판에서 제 번호가 늦게 보였습니다."
    " 그 표도 들어갔는지 알고 싶습니다."
)
ANSWER = (
    "게시판은 10분마다 새로 적습니다. 마지막 묶음에 마감 전의 표가 모두 들어 있고, 게시판의 수와"
    " 연 표의 수가 같은 것을 참관인과 함께 확인했습니다."
)


@chapter("04-02", "10:00")
def convene(scene):
    assembly.convene(
        dong=scene.dong,
        year=scene.year,
        number=scene.year - 2017,
        held_on=date(scene.year, 5, 23),
        place=PLACE,
        by=scene.who("secretary"),
        at=scene.at,
    )


@chapter("04-20", "10:00")
def announce(scene):
    assembly.announce(assembly=this_years(scene), by=scene.who("secretary"), at=scene.at)


@chapter("04-28", "10:00")
def lay_the_roll_open(scene):
    """Everybody verified so far; whoever comes until the freezing is added then."""
    held, by = this_years(scene), scene.who("secretary")
    assembly.build_roll(assembly=held, by=by, at=scene.at)
    assembly.lay_open_roll(assembly=held, by=by, at=scene.at)


@chapter("05-06", "10:00")
def prepare_the_vote(scene):
    prepare(
        this_years(scene),
        scene,
        from_council=scene.who("election_officer"),
        from_office=scene.who("officer"),
        secretary=scene.who("secretary"),
    )


@chapter("05-20", "11:00")
def write_the_order_of_the_day(scene):
    """And some neighbours say that they will help."""
    held = this_years(scene)
    assembly.set_order(
        assembly=held,
        titles=ORDER,
        presider=scene.who("jungho").name,
        by=scene.who("secretary"),
        at=scene.at,
    )
    for part, help in HELPERS:
        assembly.offer_help(assembly=held, help=help, note="", by=scene.who(part), at=scene.at)


@chapter("05-23", "16:20")
def hold_the_day(scene):
    held = this_years(scene)
    for number in range(len(ORDER) - 1):
        at = scene.on("05-23", "14:00") + timedelta(minutes=25 * number)
        assembly.begin_next(assembly=held, by=scene.who("secretary"), at=at)


@chapter("05-23", "16:30")
def vote_and_count(scene):
    """Two weeks of votes, one after another, then closing, opening, counting, announcing."""
    held = this_years(scene)
    chances = {each["title"]: each["votes"] for each in scene.told("plan")}
    cast_votes(held, chances=chances, turnout=82)
    count(held, scene)
    held = this_years(scene)
    by = scene.who("secretary")
    for helper in held.helpers.in_order():
        assembly.confirm_help(helper=helper, minutes=180, by=by, at=held.result_at)


@chapter("05-25", "20:00")
def object_to_the_result(scene):
    assembly.object_to_result(
        assembly=this_years(scene), text=OBJECTION, by=scene.who("minsu"), at=scene.at
    )


@chapter("05-26", "10:00")
def answer_the_objection(scene):
    [raised] = this_years(scene).objections.unanswered()
    by = scene.who("election_officer")
    assembly.answer_objection(objection=raised, upheld=False, answer=ANSWER, by=by, at=scene.at)


@chapter("05-27", "14:00")
def publish_minutes(scene):
    """The draft of the day's records, with what people said put into its gap."""
    held = this_years(scene)
    text = draft_of(held).replace(GAP, MINUTES)
    assembly.publish_minutes(assembly=held, text=text, by=scene.who("secretary"), at=scene.at)


def this_years(scene):
    return Assembly.objects.complete().get(dong=scene.dong, year=scene.year)


def prepare(held, scene, *, from_council, from_office, secretary):
    """Roll, officers, locks, rehearsal, freezing: everything before the first vote."""
    election = held.election
    assembly.build_roll(assembly=held, by=secretary, at=scene.at)
    assembly.name_officers(
        assembly=held,
        from_council=from_council,
        from_office=from_office,
        by=secretary,
        at=scene.at,
    )
    holders.bring_locks(election, by=from_council, at=scene.at)
    with clock_at(scene.at):
        ballot.freeze(election=election, by=from_council, at=scene.at)


def cast_votes(held, *, chances, turnout):
    """`turnout` of a hundred electors vote until closing; `chances` says how many of a hundred
    choose an option, by its title."""
    dice = Random(f"{held.year} {held.dong.code}")
    held.election.refresh_from_db()
    electors = held.election.electors.order_by("number")
    voting = [elector for elector in electors if dice.randrange(100) < turnout]
    _cast(held.election, voting, until=held.election.closes_at, chances=chances, dice=dice)


def cast_some(held, *, until, count, skip):
    """The first `count` electors vote until a moment; `skip` keeps their vote for later."""
    held.election.refresh_from_db()
    electors = held.election.electors.exclude(person=skip).order_by("number")[:count]
    dice = Random(f"{held.year} {held.dong.code}")
    _cast(held.election, list(electors), until=until, chances={}, dice=dice)


def _cast(election, electors, *, until, chances, dice):
    """Each elector's own device seals and sends, one after another; a batch a day."""
    manifest = election.frozen()
    questions = list(election.questions.order_by("position"))
    span = (until - election.opens_at) / (len(electors) + 1)
    batch_on = None
    for number, elector in enumerate(electors, 1):
        at = election.opens_at + span * number
        choices = {question.key: _choose(question, chances, dice) for question in questions}
        sealed = sealing.seal(sealing.compose(manifest, elector.style, choices), manifest.locks)
        with clock_at(at):
            ballot.cast(election=election, elector=elector, sealed=sealed)
            if batch_on != at.date():
                ballot.append_batch(election=election)
                batch_on = at.date()


def _choose(question, chances, dice):
    options = list(question.options.order_by("number"))
    if question.rule == "majority":
        return [options[0 if dice.randrange(100) < 86 else 1].number]
    wanted = [o for o in options if dice.randrange(100) < chances.get(o.title, 35)]
    dice.shuffle(wanted)
    return sorted(option.number for option in wanted[: question.at_most])


def count(held, scene):
    """Closing by the clock, the holders' computer, two officers, the announcement."""
    by, election = scene.who("election_officer"), held.election
    officers = (by, scene.who("officer"))
    election.refresh_from_db()
    closed_at = election.closes_at + timedelta(seconds=1)
    with clock_at(closed_at):
        ballot.close(election=election, by="system", at=closed_at)
    at = election.closes_at + timedelta(minutes=40)
    election.refresh_from_db()
    ballot.fix_list(election=election, by=by, at=at)
    for content in holders.open_ballots(election, by=by, at=at):
        brought = ballot.record_opening(election=election, content=content, by=by, at=at)
    for officer in officers:
        election = ballot.confirm_opening(opened=brought, by=officer, at=at)
    ballot.record_tie_value(election=election, value="3 11 19 24 40 41", by=by, at=at)
    ballot.count(election=election, by=by, at=at)
    for officer in officers:
        ballot.confirm_publication(election=election, by=officer, at=at)
    held.refresh_from_db()
    announced = moment(held.held_on.year, f"{held.held_on:%m-%d}", "18:00")
    assembly.announce_result(assembly=held, by=scene.who("secretary"), at=announced)
