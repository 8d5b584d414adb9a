"""The least election that is legal, and the two holders who open it."""

from datetime import date, timedelta

from nacl.public import PrivateKey

from maeul.core.upload import Checked
from maeul.ground.people.tests.factories import PersonFactory
from maeul.vault.ballot import actions, opener, opening, sealing
from maeul.vault.ballot.actions.draft import ElectorText, OptionText
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.models import EVERYBODY

KEYS = (PrivateKey.generate(), PrivateKey.generate())
BENCH, LAMPS, GARDEN = (
    OptionText(title="그늘 의자", cost=500, reference="thread:1"),
    OptionText(title="밤길 조명", cost=600, reference="thread:2"),
    OptionText(title="골목 화분", cost=300, reference="thread:3"),
)


def drafted(*, at, electors=(), styles=(EVERYBODY,), officers=None, **facts):
    """A draft with locks and rehearsal, but no question yet."""
    chair, clerk = officers or (PersonFactory(name="위원"), PersonFactory(name="선거담당"))
    election = actions.draft(
        title="행복동 주민총회",
        opens_at=at,
        closes_at=at + timedelta(days=2),
        styles=styles,
        tie_source="로또 6/45 1200회 당첨 번호",
        head_places=["주민센터 게시판", "구의회 사무국"],
        by=clerk,
        at=at,
        **facts,
    )
    actions.name_officers(
        election=election, officers=[(chair, True), (clerk, False)], by=clerk, at=at
    )
    actions.enrol(election=election, electors=electors, by=clerk, at=at)
    rehearsed(election, by=clerk, at=at)
    election.chair, election.clerk = chair, clerk
    return election


def rehearsed(election, *, by, at, keys=KEYS):
    """The two holders register their locks and open the mock ballot twice."""
    locks = [(f"보관인 {n}", bytes(key.public_key)) for n, key in enumerate(keys, 1)]
    actions.set_locks(election=election, locks=locks, by=by, at=at)
    for with_copies in (False, True):
        rehearsal = actions.start_rehearsal(
            election=election, with_copies=with_copies, by=by, at=at
        )
        word = opener.open_rehearsal(bytes(rehearsal.parcel), list(keys))
        actions.check_rehearsal(rehearsal=rehearsal, word=word, by=by, at=at)


def budget_question(election, *, at, options=(BENCH, LAMPS, GARDEN), budget=1000, **facts):
    facts = {"at_most": len(options), "rule": "greedy", "parameters": {"budget": budget}} | facts
    return actions.put(
        election=election,
        title="예산을 어디에 쓸까요?",
        options=options,
        by=election.clerk,
        at=at,
        **facts,
    )


def yes_no_question(election, *, at, threshold="simple", **facts):
    return actions.put(
        election=election,
        title="자치계획을 받아들일까요?",
        options=[OptionText(title="찬성"), OptionText(title="반대")],
        rule="majority",
        parameters={"threshold": threshold},
        by=election.clerk,
        at=at,
        **facts,
    )


def walk_ins(number, *, style=EVERYBODY):
    """Electors without an account."""
    return [ElectorText(name=f"선거인{n}", style=style) for n in range(1, number + 1)]


def frozen(*, at, electors=None, questions=(budget_question,), **facts):
    """An election that takes ballots from `at` on for two days."""
    election = drafted(at=at, electors=walk_ins(5) if electors is None else electors, **facts)
    for question in questions:
        question(election, at=at)
    chair, clerk = election.chair, election.clerk
    with clock_at(at):
        election = actions.freeze(election=election, by=clerk, at=at)
    election.chair, election.clerk = chair, clerk
    return election


def sealed(election, style=EVERYBODY, **choices):
    """What a device would send: `sealed(election, q1=[1, 3])`."""
    manifest = election.frozen()
    return sealing.seal(sealing.compose(manifest, style, choices), manifest.locks)


def cast(election, elector, *, at, **choices):
    with clock_at(at):
        return actions.cast(
            election=election,
            elector=elector,
            sealed=sealed(election, elector.style, **choices),
        )


def closed(election):
    """Close on time."""
    at = election.closes_at
    with clock_at(at):
        closed = actions.close(election=election, by="system", at=at)
    closed.chair, closed.clerk = election.chair, election.clerk
    return closed


def opened_file(election, *, keys=KEYS, program=opening.PROGRAM) -> bytes:
    """What the holders bring back from their computer.

    That both programs open alike is shown in `test_holders_file`; here one of them stands for
    both, for speed.
    """
    at = election.closes_at
    actions.fix_list(election=election, by=election.clerk, at=at)
    result = opening.open_ballots(
        manifest_bytes=election.manifest.encode(),
        list_bytes=actions.export_list(election=election, by=election.clerk, at=at),
        board_bytes=actions.board_file(election, until=actions.closing(election)[0]),
        head=actions.closing(election)[1],
        private_keys=keys,
    )
    return opening.write_result(result | {"program": program})


def brought(election):
    """The results of both programs lie on the officers' desk; the first of them."""
    at = election.closes_at
    first, _second = [
        actions.record_opening(
            election=election,
            content=opened_file(election, program=program),
            by=election.clerk,
            at=at,
        )
        for program in opening.PROGRAMS
    ]
    return first


def opened(election):
    at = election.closes_at
    result = brought(election)
    for officer in (election.chair, election.clerk):
        now = actions.confirm_opening(opened=result, by=officer, at=at)
    now.chair, now.clerk = election.chair, election.clerk
    return now


def seeded(election):
    """The public number has been drawn and written down."""
    at = election.closes_at
    actions.record_tie_value(election=election, value="3 11 19 24 40 41", by=election.clerk, at=at)
    return election


def counted(election):
    seeded(election)
    actions.count(election=election, by=election.clerk, at=election.closes_at)
    election.refresh_from_db()
    return election


def published(election):
    at = election.closes_at
    for officer in (election.chair, election.clerk):
        now = actions.confirm_publication(election=election, by=officer, at=at)
    now.chair, now.clerk = election.chair, election.clerk
    return now


def at_booths(
    *, at, names=("선거인1", "선거인2", "선거인3"), people=(), booths=2, stands=None, **facts
):
    """An election with booths that take paper and kiosk, open from `at` for two days.

    Its electors, born on the first of a month each, stand at the booths in turn (or where
    `stands` says); booth n has the clerk `booths[n].helper` besides the two officers.
    """
    channels = facts.pop("channels", ["online", "kiosk", "paper"])
    questions = facts.pop("questions", (budget_question,))
    is_hall = facts.pop("hall", False)
    style_of = facts.pop("style_of", lambda n: EVERYBODY)
    election = drafted(at=at, channels=channels, **facts)
    chair, clerk = election.chair, election.clerk
    end = election.closes_at
    there = actions.set_booths(
        election=election,
        booths=[
            actions.BoothText(f"{n}투표소", [(f"{n}층 강당", at, end)])
            for n in range(1, booths + 1)
        ],
        by=clerk,
        at=at,
    )
    known = [*people, *names]
    electors = [
        ElectorText(
            name=getattr(each, "name", each),
            person=None if isinstance(each, str) else each,
            proof="resident",
            born_on=date(1960 + (n - 1) // 12, (n - 1) % 12 + 1, 1),
            booth=there[stands[n - 1] if stands else (n - 1) % booths],
            style=style_of(n),
        )
        for n, each in enumerate(known, 1)
    ]
    actions.enrol(election=election, electors=electors, by=clerk, at=at)
    for question in questions:
        question(election, at=at)
    if is_hall:
        actions.set_hall(election=election, is_hall=True, by=clerk, at=at)
        election.is_hall = True
    with clock_at(at):
        election = actions.freeze(election=election, by=clerk, at=at)
    election.chair, election.clerk = chair, clerk
    election.tables = list(election.booths.order_by("number"))
    for booth in election.tables:
        booth.helper = PersonFactory(name=f"사무원{booth.number}")
        actions.name_clerk(booth=booth, person=booth.helper, by=clerk, at=at)
    return election


def kiosk(booth, *, at):
    """A tablet that is enrolled at this booth."""
    with clock_at(at):
        _device, code = actions.enrol_device(booth=booth, name="단말 1", by=booth.helper, at=at)
        device, device.secret = actions.take_up_device(code=code)
    return device


def came(elector, booth, way, *, at, **facts):
    """Somebody is checked in."""
    with clock_at(at):
        return actions.check_in(
            elector=elector, booth=booth, way=way, by=booth.helper, at=at, **facts
        )


def slip(check_in, device, *, at):
    """The code of a new slip, as somebody types it at the device."""
    with clock_at(at):
        code = actions.new_slip(check_in=check_in, by=check_in.clerk, at=at)
        return actions.slip_of(device=device, code=code)


def cast_at_kiosk(election, slip, device, *, at, **choices):
    elector = slip.check_in.elector
    with clock_at(at):
        return actions.cast(
            election=election,
            elector=elector,
            sealed=sealed(election, elector.style, **choices),
            slip=slip,
            device=device,
        )


PHOTO = Checked(name="마감표.jpg", content_type="image/jpeg", data=b"\xff\xd8\xff signed")


def reported(election, **counts):
    """Every booth has signed its counts, after closing, and the two officers have read them."""
    for booth in election.booths.all():
        with_report(election, booth, **counts)
    return election


def with_sheets(*, at, sheets, online=(), **facts):
    """A poll in which so many people came to each booth and got a sheet; closed, each booth's
    counts signed.  `online`: what those who stayed at home chose."""
    stands = [0] * len(online)
    for booth, number in enumerate(sheets):
        stands += [booth] * number
    names = [f"이웃{n}" for n in range(1, len(stands) + 1)]
    election = at_booths(at=at, names=names, booths=len(sheets), stands=stands, **facts)
    tables = election.tables
    for n, elector in enumerate(election.electors.order_by("number")):
        if n < len(online):
            cast(election, elector, at=at, **online[n])
        else:
            came(elector, tables[stands[n]], "paper", at=at)
    election = closed(election)
    election.tables = tables
    for booth, number in zip(tables, sheets, strict=True):
        with_report(election, booth, signatures=number, sheets_given=number)
    return election


def with_report(election, booth, **counts):
    none = dict.fromkeys(("signatures", "sheets_given", "sheets_back", "outer_envelopes"), 0)
    at = election.closes_at
    with clock_at(at):
        for person in (election.chair, election.clerk):
            read = actions.report(booth=booth, by=person, at=at, photo=PHOTO, **none | counts)
    return read.report


def box_opened(election, *, at=None, found=None):
    """The list is fixed; chair and clerk count every box, and find what was signed or `found`."""
    at = at or election.closes_at
    actions.fix_list(election=election, by=election.clerk, at=at)
    for n, booth in enumerate(actions.booths_with_boxes(election)):
        sheets = booth.report.sheets_given if found is None else found[n]
        for person in (election.chair, election.clerk):
            actions.count_box(booth=booth, sheets=sheets, by=person, at=at)
    return election


def batch_of(election, shares, *, style=EVERYBODY):
    """`shares`: booth and how many of its sheets."""
    at = election.closes_at
    return actions.make_batch(
        election=election, style=style, shares=shares, by=election.clerk, at=at
    )


def entered(batch, sheets, *, by, part):
    """One person enters what every sheet says."""
    at = batch.at
    turn = actions.take_turn(batch=batch, part=part, by=by, at=at)
    for number, said in enumerate(sheets, 1):
        actions.enter(turn=turn, sheet=number, said=said, by=by, at=at)
    return turn


def closed_batch(election, sheets, *, shares=None, style=EVERYBODY):
    """All sheets of the first booth, or these shares, entered alike by two and closed."""
    batch = batch_of(election, shares or {election.tables[0]: len(sheets)}, style=style)
    entered(batch, sheets, by=election.chair, part="first")
    entered(batch, sheets, by=election.tables[0].helper, part="second")
    actions.close_batch(batch=batch, by=election.clerk, at=batch.at)
    return batch


def confirmed_on_paper(election):
    """Without devices: the two officers confirm the counted paper."""
    for officer in (election.chair, election.clerk):
        now = actions.confirm_counts(election=election, by=officer, at=election.closes_at)
    now.chair, now.clerk, now.tables = election.chair, election.clerk, election.tables
    return now


TOTALS = {
    "signatures": 5, "given": 5, "slips": 5,
    "q1.valid": 4, "q1.blank": 1, "q1.invalid": 0, "q1.1": 3, "q1.2": 1, "q1.3": 2,
    "q2.valid": 4, "q2.blank": 0, "q2.invalid": 1, "q2.1": 3, "q2.2": 1,
}  # fmt: skip
"""What five people said of a budget and of yes or no."""


def hall_vote(*, at, came=5, **facts):
    """A vote in one room on paper: so many of seven came; closed, and it is fixed who voted."""
    names = [f"회원{n}" for n in range(1, 8)]
    questions = facts.pop("questions", (budget_question, yes_no_question))
    election = at_booths(
        at=at, names=names, booths=1, channels=["paper"], questions=questions, hall=True, **facts
    )
    tables = election.tables
    for elector in election.electors.order_by("number")[:came]:
        with clock_at(at):
            actions.check_in(
                elector=elector, booth=tables[0], way="paper", by=tables[0].helper, at=at
            )
    election = closed(election)
    election.tables = tables
    actions.fix_list(election=election, by=election.clerk, at=election.closes_at)
    return election


def totals_read(election, **changed):
    """A teller and the chair type the same totals."""
    for person in (election.tables[0].helper, election.chair):
        read = actions.read_totals(
            election=election,
            numbers=TOTALS | changed,
            tally_sheet=PHOTO,
            minutes=PHOTO,
            by=person,
            at=election.closes_at,
        )
    return read


def hall_published(election):
    return published(counted(confirmed_on_paper(election)))
