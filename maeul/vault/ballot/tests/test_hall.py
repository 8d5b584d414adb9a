"""A hall vote: totals counted aloud, read alike by two, and all that hangs on them."""

import io
import json
from datetime import timedelta
from hashlib import sha256
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from maeul.core.refusal import Refused
from maeul.ground.people.tests.factories import PersonFactory
from maeul.vault.ballot import actions, hall, rules, verify
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.models import HallTotals, OpenedBallot, Outcome, Tally, TotalsReading
from maeul.vault.ballot.rules import State, Why
from maeul.vault.ballot.tests import factories
from maeul.vault.ballot.tests.factories import PHOTO, TOTALS
from maeul.vault.ballot.tests.test_door_pages import photo
from maeul.vault.ballot.tests.test_verify import change_json, in_browser, summed_up, verdict


class Asked:
    """Of three options up to two, at least one."""

    key, numbers, at_least, at_most = "q1", frozenset({1, 2, 3}), 0, 2


NUMBERS = {"signatures": 5, "given": 6, "slips": 5, "q1.valid": 3, "q1.blank": 1, "q1.invalid": 1}


def why(votes=(3, 2, 1), state=State.CLOSED, asked=Asked, **changed):
    facts = {"is_hall": True, "is_fixed": True, "is_agreed": False}
    facts |= {"has_tally_sheet": True, "has_minutes": True}
    facts |= {name: changed.pop(name) for name in list(changed) if name in facts}
    chosen = {f"q1.{number}": n for number, n in enumerate(votes, 1)}
    numbers = NUMBERS | {name.replace("_", "."): n for name, n in changed.items()} | chosen
    no = hall.why_not_read_totals(
        state, totals=hall.gathered(numbers, [asked]), asked=[asked], **facts
    )
    return no and no.why


class AtLeastTwo(Asked):
    at_least = 2


@pytest.mark.parametrize(
    ("no", "expected"),
    [
        (why(), None),
        (why(state=State.OPEN), Why.NOT_CLOSED),
        (why(is_hall=False), Why.NOT_A_HALL_VOTE),
        (why(is_fixed=False), Why.LIST_NOT_FIXED),
        (why(is_agreed=True), Why.TOTALS_AGREED),
        (why(given=5), None),
        (why(given=4), Why.MORE_SLIPS_THAN_GIVEN),
        (why(q1_invalid=0), Why.NOT_EVERY_SLIP),
        (why(q1_blank=2), Why.NOT_EVERY_SLIP),
        (why(votes=(3, 3, 0)), None),
        (why(votes=(4, 0, 0)), Why.MORE_VOTES_THAN_VALID),
        (why(votes=(3, 3, 1)), Why.CHOICES_DO_NOT_FIT),
        (why(votes=(1, 1, 1)), None),
        (why(votes=(1, 1, 0)), Why.CHOICES_DO_NOT_FIT),
        (why(votes=(3, 3, 0), asked=AtLeastTwo), None),
        (why(votes=(3, 2, 0), asked=AtLeastTwo), Why.CHOICES_DO_NOT_FIT),
        (why(has_tally_sheet=False), Why.TALLY_SHEET_MISSING),
        (why(has_minutes=False), Why.MINUTES_MISSING),
    ],
)
def test_totals_that_cannot_be_are_refused_while_the_slips_lie_on_the_table(no, expected):
    assert no == expected


def test_totals_go_through_their_names_and_come_back_the_same():
    numbers = NUMBERS | {"q1.1": 3, "q1.2": 2, "q1.3": 1}
    assert hall.named(hall.gathered(numbers, [Asked])) == numbers


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, None),
        ({"booths": 0}, Why.HALL_ONE_BOOTH),
        ({"booths": 2}, Why.HALL_ONE_BOOTH),
        ({"styles": 2}, Why.HALL_ONE_STYLE),
        ({"by_totals": False}, Why.HALL_ONLY_TOTALS),
        ({"whole_ballots": True}, Why.HALL_ONLY_TOTALS),
    ],
)
def test_a_hall_vote_is_one_room_one_ballot_and_rules_that_need_no_more_than_sums(facts, expected):
    usual = {"booths": 1, "styles": 1, "by_totals": True, "whole_ballots": False}
    no = hall.why_not_hold_here(**usual | facts)
    assert (no and no.why) == expected


def read(election, person, *, tally_sheet=PHOTO, minutes=PHOTO, **changed):
    return actions.read_totals(
        election=election,
        numbers=TOTALS | changed,
        tally_sheet=tally_sheet,
        minutes=minutes,
        by=person,
        at=election.closes_at,
    )


@pytest.fixture
def election(db, at):
    return factories.hall_vote(at=at)


def test_a_hall_vote_goes_from_two_tellers_to_a_published_result(election):
    assert not read(election, election.tables[0].helper).totals
    assert read(election, election.chair, tally_sheet=None, minutes=None).totals
    election = factories.hall_published(election)
    assert election.state == State.PUBLISHED
    assert [o.option.number for o in Outcome.objects.of(election).won()] == [1, 3, 1]
    assert not OpenedBallot.objects.exists()
    assert all(equation.holds for equation in rules.equations(actions.figures(election)))


def test_one_person_alone_does_not_make_totals(election):
    for _again in range(2):
        read(election, election.chair)
    assert not HallTotals.objects.exists()
    with pytest.raises(Refused, match="totals_missing"):
        actions.confirm_counts(election=election, by=election.chair, at=election.closes_at)


def test_two_who_read_otherwise_are_told_where_and_nothing_holds(election):
    read(election, election.chair)
    other = read(election, election.clerk, **{"q1.1": 2, "q1.3": 3})
    assert (other.totals, other.differing) == (None, ("q1.1", "q1.3"))
    assert not HallTotals.objects.exists()
    assert read(election, election.clerk).totals


def test_the_papers_that_hold_are_those_of_the_two_who_read_alike(election):
    """Somebody else's photograph neither stands in for theirs nor hangs on the board."""
    meddler = PersonFactory(name="다른 사무원")
    actions.name_clerk(
        booth=election.tables[0], person=meddler, by=election.clerk, at=election.closes_at
    )
    teller, chair = election.tables[0].helper, election.chair
    read(election, meddler, **{"q1.1": 2, "q1.3": 3})
    read(election, teller, tally_sheet=None, minutes=None)
    with pytest.raises(Refused, match="tally_sheet_missing"):
        read(election, chair, tally_sheet=None, minutes=None)
    agreed = read(election, chair).totals
    papers = election.totals_readings.filter(by=chair).values_list("tally_sheet", flat=True)
    assert agreed.tally_sheet_id in papers


def test_a_stranger_types_no_totals(election):
    stranger = factories.PersonFactory()
    with pytest.raises(Refused, match="not_counting"):
        read(election, stranger)


def test_agreed_totals_hang_on_the_board_and_are_never_changed(election):
    before = election.board.count()
    factories.totals_read(election)
    assert election.board.count() == before + 1
    with pytest.raises(Refused, match="totals_agreed"):
        read(election, election.clerk)
    for table in (HallTotals, TotalsReading):
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.update(at=election.closes_at)


def test_totals_of_one_person_are_refused_by_the_table_itself(election):
    read(election, election.chair)
    [reading] = TotalsReading.objects.all()
    with pytest.raises(IntegrityError, match="ballot_totals_of_two"), transaction.atomic():
        HallTotals.objects.create(
            election=election, said=reading.said, tally_sheet=reading.tally_sheet,
            minutes=reading.minutes, first_by=election.chair, by=election.chair, at=reading.at,
        )  # fmt: skip


def test_sheets_of_a_hall_vote_are_neither_tied_nor_is_its_box_counted(election):
    at, hall = election.closes_at, election.tables[0]
    for act in (
        lambda: actions.count_box(booth=hall, sheets=5, by=election.chair, at=at),
        lambda: actions.make_batch(
            election=election, style="전체", shares={hall: 5}, by=election.chair, at=at
        ),
    ):
        with pytest.raises(Refused, match="counted_aloud"):
            act()


def test_the_only_room_of_a_hall_vote_is_not_declared_lost(election):
    late = election.closes_at + timedelta(days=2)
    with clock_at(late), pytest.raises(Refused, match="hall_is_not_lost"):
        actions.declare_booth_lost(
            booth=election.tables[0], reason="불", by=election.chair, at=late
        )


@pytest.mark.parametrize(
    ("changed", "equation"),
    [
        ({"signatures": 6}, "b1.signatures: 6 = 5"),
        ({"given": 6}, "b1.sheets_are_checked_in: 6 = 5"),
    ],
)
def test_signatures_and_slips_must_be_those_of_the_people_who_came(election, changed, equation):
    factories.totals_read(election, **changed)
    election = factories.counted(factories.confirmed_on_paper(election))
    with pytest.raises(Refused, match="publication_blocked") as refused:
        actions.confirm_publication(election=election, by=election.chair, at=election.closes_at)
    assert equation in refused.value.sentence


def test_a_signature_too_many_is_explained_by_two_where_it_decides_nothing(db, at):
    election = factories.hall_vote(at=at, came=6, questions=(factories.yes_no_question,))
    numbers = {"signatures": 6, "given": 6, "slips": 6, "q1.valid": 6, "q1.blank": 0}
    numbers |= {"q1.invalid": 0, "q1.1": 6, "q1.2": 0}
    for person in (election.chair, election.clerk):
        read(election, person, **numbers | {"signatures": 7})
    election = factories.counted(factories.confirmed_on_paper(election))
    for person in (election.chair, election.clerk):
        actions.explain_mismatch(
            election=election, equation="b1.signatures: 7 = 6", reason="두 번 서명한 줄",
            by=person, at=election.closes_at,
        )  # fmt: skip
    assert factories.published(election).state == State.PUBLISHED


def test_a_rule_that_needs_whole_ballots_is_not_frozen_as_a_hall_vote(db, at):
    def shares(election, *, at):
        return factories.budget_question(
            election, at=at, rule="phragmen", whole_ballots="witnessed"
        )

    with pytest.raises(Refused, match="hall_only_totals"):
        factories.hall_vote(at=at, questions=(shares,))


def test_choosing_other_ways_ends_the_hall_vote_and_the_table_holds_to_it(db, at):
    election = factories.drafted(at=at)
    election = actions.set_hall(election=election, is_hall=True, by=election.clerk, at=at)
    assert (election.is_hall, election.channels) == (True, ["paper"])
    with pytest.raises(IntegrityError, match="ballot_hall_is_on_paper"), transaction.atomic():
        type(election).objects.filter(pk=election.pk).update(channels=["online"])
    clerk = election.officers.first().person
    election = actions.set_channels(election=election, channels=["online"], by=clerk, at=at)
    assert (election.is_hall, election.channels) == (False, ["online"])


def test_only_totals_are_written_down(election):
    factories.totals_read(election)
    factories.confirmed_on_paper(election)
    told = Tally.objects.order_by("question__position").values_list("valid", "blank", "votes")
    assert list(told) == [(4, 1, {"1": 3, "2": 1, "3": 2}), (4, 0, {"1": 3, "2": 1})]


# The bundle


def act(name, change):
    """Change the facts of an act in acts.jsonl."""

    def changed(files):
        lines = [json.loads(line) for line in files["acts.jsonl"].decode().splitlines()]
        for line in lines:
            if line["act"] == name:
                change(line)
        told = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        return files | {"acts.jsonl": told.encode()}

    return changed


def rehung(change):
    """Totals changed, and the board made anew for them: the numbers themselves must not fit."""

    def changed(files):
        def leaf(content):
            [line] = [
                line
                for line in map(json.loads, content["acts.jsonl"].decode().splitlines())
                if line["act"] == "agreed_totals"
            ]
            told = {key: line[key] for key in ("act", "subject", "at", "facts")}
            text = json.dumps(told, ensure_ascii=False, sort_keys=True)
            return sha256(text.encode()).hexdigest()

        forged = act("agreed_totals", lambda line: change(line["facts"]["totals"]))(files)
        board = files["board.jsonl"].decode().replace(leaf(files), leaf(forged))
        head, lines = None, []
        for line in map(json.loads, board.splitlines()):
            leaves = b"".join(map(bytes.fromhex, line["leaves"]))
            head = sha256(head + leaves).digest() if head else bytes.fromhex(line["head"])
            lines.append(json.dumps(line | {"head": head.hex()}) + "\n")
        return forged | {
            "board.jsonl": "".join(lines).encode(),
            "heads/last.txt": head.hex().encode(),
        }

    return changed


def of_question(**facts):
    return lambda totals: totals["questions"]["q1"].update(facts)


def reconciled(change):
    return change_json("reconciliation.json", change)


MUTANTS = {
    "totals changed": act("agreed_totals", lambda line: line["facts"]["totals"].update(slips=6)),
    "another tally sheet": act("agreed_totals", lambda line: line["facts"].update(minutes="0")),
    "totals of one": act("read_totals", lambda line: line.update(by="위원")),
    "no totals": act("agreed_totals", lambda line: line.update(act="counted")),
    "a slip more": rehung(lambda totals: totals.update(slips=6)),
    "a signature more": rehung(lambda totals: totals.update(signatures=6)),
    "a vote exchanged": rehung(of_question(votes={"1": 2, "2": 2, "3": 2})),
    "a blank made valid": rehung(of_question(valid=5, blank=0)),
    "more votes than valid": rehung(of_question(votes={"1": 5, "2": 0, "3": 1})),
    "a question gone": rehung(lambda totals: totals["questions"].pop("q2")),
    "fewer choices than valid": rehung(of_question(votes={"1": 1, "2": 1, "3": 1})),
    "somebody more": reconciled(lambda told: told["participants"].update(paper=6)),
    "a slip more in the box": reconciled(lambda told: told["paper"]["booths"][0].update(in_box=6)),
    "a slip taken away": reconciled(
        lambda told: told["paper"]["booths"][0].update(in_box=4, not_handed_in=1)
    ),
    "a signature less": reconciled(
        lambda told: told["paper"]["booths"][0].update(signatures=4, in_person=4)
    ),
    "valid changed": reconciled(lambda told: told["questions"]["q1"].update(valid=5, blank=0)),
    "a vote in the result": change_json(
        "result.json", lambda told: told["questions"]["q1"]["votes"].update({"1": 4})
    ),
    "said to be no hall vote": change_json("manifest.json", lambda told: told.pop("hall")),
}


def files_of(election):
    with ZipFile(io.BytesIO(bytes(election.bundle.content))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def files(election):
    factories.totals_read(election)
    return files_of(factories.hall_published(election))


def test_the_bundle_of_a_hall_vote_holds_its_totals_and_whatever_is_changed_is_found(files):
    said = list(verify.check(files))
    assert any("q2: 다시 세었습니다. 선정 1" in sentence for sentence in said)
    missed = [what for what, change in MUTANTS.items() if not verdict(summed_up(change(files)))]
    assert missed == []


@pytest.mark.browser
def test_the_browser_finds_in_every_changed_hall_vote_what_the_program_finds(files, check_page):
    changed = [summed_up(change(files)) for change in MUTANTS.values()]
    honest, *found = in_browser(check_page, summed_up(files), *changed)
    assert any("q2: 다시 세었습니다. 선정 1" in sentence for sentence in honest), honest
    missed = [what for what, said in zip(MUTANTS, found, strict=True) if isinstance(said, list)]
    assert missed == []


# Pages


def typed(**changed):
    return {name: str(n) for name, n in (TOTALS | changed).items()}


def text(answer):
    return answer.content.decode()


def test_two_tellers_type_the_totals_and_two_officers_confirm_them(client, election):
    address = reverse("ballot:totals", args=[election.pk])
    client.force_login(election.tables[0].helper)
    without = text(client.post(address, typed(slips="")))
    assert "없으면 0을 적습니다" in without
    assert "집계표의 사진을 골라 주세요" in without
    wrong = client.post(address, typed(slips=4) | {"tally_sheet": photo(), "minutes": photo()})
    assert "투표함에서 나온 것은 4장입니다" in text(wrong)
    assert 'value="4"' in text(wrong)  # nothing typed is lost
    answer = client.post(address, typed() | {"tally_sheet": photo(), "minutes": photo()})
    assert "다른 한 사람도 집계표를" in text(client.get(answer.url))
    client.force_login(election.clerk)
    other = client.post(address, typed(**{"q1.1": 2, "q1.3": 3}) | {"once": "second"})
    again = text(client.get(other.url))
    assert "1번 안건 그늘 의자, 1번 안건 골목 화분." in again
    assert 'name="q1.3" value="3"' in again  # nothing typed is lost
    room = text(client.get(client.post(address, typed()).url))
    assert "두 사람이 같은 합계를 적었습니다" in room
    assert "2번 안건 찬성" in room
    for kind in ("tally_sheet", "minutes"):
        paper = client.get(reverse("ballot:totals_paper", args=[election.pk, kind]))
        assert paper["Content-Type"] == "image/jpeg"
    assert client.get(reverse("ballot:totals_paper", args=[election.pk, "by"])).status_code == 404
    for officer in (election.clerk, election.chair):
        client.force_login(officer)
        client.post(reverse("ballot:confirm_counts", args=[election.pk]))
    election.refresh_from_db()
    assert election.state == State.OPENED


def test_a_teller_sees_nobody_elses_numbers(client, election):
    numbers = {"signatures": 86421}
    read(election, election.chair, **numbers)
    client.force_login(election.clerk)
    for name in ("paper", "totals"):
        shown = text(client.get(reverse(f"ballot:{name}", args=[election.pk])))
        assert "86421" not in shown


def test_everybody_reads_before_and_after_what_a_hall_vote_loses(client, election):
    loses = "남이 표를 한 장씩 다시 셀 수 없습니다"
    assert loses in text(client.get(reverse("ballot:election", args=[election.pk])))
    factories.totals_read(election)
    factories.hall_published(election)
    result = text(client.get(reverse("ballot:result", args=[election.pk])))
    assert loses in result
    assert "투표함에서 나온 투표용지" in result
    assert "다르게 읽어" not in result


def test_an_officer_turns_a_draft_into_a_hall_vote_and_back(client, db, at):
    election = factories.drafted(at=at)
    client.force_login(election.clerk)
    address = reverse("ballot:set_hall", args=[election.pk])
    page = text(client.get(client.post(address, {"hall": "yes"}).url))
    assert "회의장 투표를 하지 않기" in page
    assert "확인 번호가 없습니다" in page
    desk = text(client.get(reverse("ballot:desk", args=[election.pk])))
    assert "자물쇠 두 개" not in desk
    client.post(address)
    election.refresh_from_db()
    assert not election.is_hall


@pytest.mark.parametrize("kind", ["hall", "tally", "minutes"])
def test_its_steps_its_tally_sheet_and_its_minutes_are_printed_from_one_source(
    client, election, kind
):
    client.force_login(election.chair)
    page = text(client.get(reverse("ballot:guide", args=[election.pk, kind])))
    assert {"hall": "이 투표가 하지 못하는 것", "tally": "그늘 의자", "minutes": "개표인"}[
        kind
    ] in page
    pdf = client.get(reverse("ballot:guide_pdf", args=[election.pk, kind]))
    assert pdf.content.startswith(b"%PDF")
    assert "열쇠 보관인의 차례" not in text(client.get(reverse("ballot:desk", args=[election.pk])))
