"""The day of a residents' assembly, from the first ballot at home to a parcel that a stranger
checks: 40 electors of whom 15 are on no list, two booths, two tablets, a network that drops.

Each kind of act is done once on the page where a person does it; others of a crowd go through the
same acts.
"""

import io
import json
import shutil
from zipfile import ZipFile

import pytest

from tests.journeys import at_the_door, counting, deciding, getting_ready, hall
from tests.journeys.at_the_door import gives_a_sheet, registers, votes_at_the_tablet
from tests.journeys.getting_ready import comes_to_the_table
from tests.journeys.hall import BENCH, FIRST, GARDEN, HALL, LAMPS, LISTED, NO, WALK_INS, YES
from tests.journeys.key_holders import KeyHolders

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("stage", ["390"], indirect=True)
def test_a_whole_day_of_the_assembly(stage, tmp_path):
    prepare(stage, holders := KeyHolders(stage, tmp_path / "holders"))
    at_home(stage)
    first, in_the_hall = stage.day.at(FIRST), stage.day.at(HALL)
    doors_open(stage, first, in_the_hall)
    the_network_fails(stage, first, in_the_hall)
    people_on_no_list_come(stage, in_the_hall)
    mistakes_are_mended(stage, first, in_the_hall)
    the_poll_is_closed(stage, first, in_the_hall)
    holders.read_aloud = counting.read_the_list_aloud(stage)
    counting.count_the_boxes(stage)
    counting.type_the_sheets(stage)
    holders.loses("first")
    deciding.open_ballots(stage, holders)
    deciding.count_and_publish(stage)
    bundle = counting.read_the_result(stage, "soonja")
    a_stranger_checks(bundle, tmp_path)


def prepare(stage, holders):
    day = stage.clock.turn_to
    for key, (label, _booth) in getting_ready.CLERKS.items():
        stage.joins(key, label, hall.date(1980, 1, 1), stage.clock.turn_to(2026, 4, 1))
    getting_ready.call_the_assembly(stage, day(2026, 4, 20))
    day(2026, 5, 6)  # the roll has lain open
    getting_ready.open_two_booths(stage)
    deciding.prepare_vote(stage, holders)
    getting_ready.name_the_clerks(stage)


def at_home(stage):
    """Four vote on their phones; one of them thinks better of it."""
    stage.clock.turn_to(2026, 5, 30, 20)
    votes(stage, "soonja", NO, GARDEN)
    votes(stage, "minsu", NO, GARDEN)
    votes(stage, "yeonju", YES, LAMPS)
    votes(stage, "haesook", YES, BENCH, LAMPS)
    stage.clock.turn_to(2026, 5, 31, 9)
    votes(stage, "soonja", YES, BENCH)


def votes(stage, key, plan, *items):
    deciding.vote(stage, key, plan=plan, items=list(items))
    stage.day.sealed[stage.people[key].name] = (plan, *items)


def doors_open(stage, first, in_the_hall):
    """Two tablets are enrolled; the first ones come."""
    at = stage.clock.turn_to(2026, 6, 6, 9, 5)
    getting_ready.print_the_rolls(stage)
    for table in (first, in_the_hall):
        getting_ready.enrol_a_tablet(stage, table)
    votes_at_the_tablet(stage, in_the_hall, LISTED[7], (YES, LAMPS, GARDEN))
    at_the_door.the_others_come(
        stage,
        first,
        at,
        on_paper=[(name, (YES, GARDEN)) for name in LISTED[1:3]],
        at_the_tablet=[(name, (YES, LAMPS)) for name in LISTED[3:5]],
    )
    at_the_door.the_others_come(
        stage,
        in_the_hall,
        at,
        on_paper=[(name, (NO, LAMPS)) for name in LISTED[11:13]],
        at_the_tablet=[(name, (NO, BENCH)) for name in LISTED[13:16]],
    )


def the_network_fails(stage, first, in_the_hall):
    """At a tablet in the middle of a vote, and at a door.  One of three lines on paper is left out
    when they are entered; the number of the next line tells it."""
    stage.clock.turn_to(2026, 6, 6, 11)
    at_the_door.votes_while_the_network_fails(stage, first, "진호", (YES, LAMPS))
    sheets = {LISTED[8]: (YES, LAMPS), LISTED[9]: (NO,), LISTED[10]: (YES, LAMPS)}
    *lines, left_out = at_the_door.the_line_goes_dead(stage, in_the_hall, sheets).items()
    clerk = comes_to_the_table(stage, in_the_hall)
    clerk.follows("종이 서명부 옮겨 적기")
    for line, (name, number) in lines:
        at_the_door.enters_late(clerk, line, number)
        clerk.reads(f"{line}번 줄, {name}님을 옮겨 적었습니다.")
    line, (_name, number) = left_out
    clerk.follows(in_the_hall.name)
    clerk.reads(f"다음 서명은 {line}번 줄입니다.")
    clerk.follows("빠진 줄을 먼저 옮겨 적어 주세요")
    at_the_door.enters_late(clerk, line, number)


def people_on_no_list_come(stage, table):
    """Fifteen of them are registered in a minute each and vote like everybody else."""
    stage.clock.turn_to(2026, 6, 6, 13)
    votes_at_the_tablet(stage, table, WALK_INS[1], (YES, LAMPS))
    clerk = comes_to_the_table(stage, table)
    for number, name in enumerate(WALK_INS):
        if name != WALK_INS[1]:
            registers(clerk, name)
            gives_a_sheet(clerk, table, name, (YES if number % 3 else NO, LAMPS, GARDEN))
    assert stage.box.electors.count() == 40


def mistakes_are_mended(stage, first, in_the_hall):
    stage.clock.turn_to(2026, 6, 6, 15)
    at_the_door.comes_after_voting_online(stage, first, "minsu", (YES, LAMPS))
    at_the_door.is_checked_in_while_at_home(
        stage, first, "haesook", meant=LISTED[0], chosen=(NO, BENCH)
    )
    at_the_door.somebody_signs_for(stage, first, "yeonju", (NO, GARDEN))
    at_the_door.comes_back_under_a_near_name(stage, in_the_hall)


def the_poll_is_closed(stage, first, in_the_hall):
    """The network fails once more before the end.  What is signed on paper is typed, and two
    officers decide what is open."""
    stage.clock.turn_to(2026, 6, 6, 16, 50)
    sheets = {LISTED[16]: (NO, GARDEN)}
    [forgotten] = at_the_door.the_line_goes_dead(stage, in_the_hall, sheets).items()
    stage.clock.turn_to(2026, 6, 6, 17, 1)
    deciding.close(stage)
    for table in (first, in_the_hall):
        counting.sign_the_counts(stage, table)
    line, (name, number) = forgotten
    counting.enter_the_forgotten_line(stage, in_the_hall, line, name, number)
    counting.strike_the_false_signature(stage, "yeonju")
    counting.refuse_the_second_envelope(stage)


def a_stranger_checks(bundle, folder):
    """With Python and nothing else; whoever changed a byte is found out."""
    home = folder / "bundle"
    with ZipFile(io.BytesIO(bundle)) as archive:
        archive.extractall(home)
    told = counting.verify(home)
    assert told.returncode == 0, told.stderr
    assert "틀림" not in told.stdout
    for file in sorted(home.rglob("*")):
        if file.is_file() and file.name != "verify.py":
            forged = shutil.copytree(home, folder / "forged")
            counting.change_a_byte(forged / file.relative_to(home))
            assert counting.verify(forged).returncode == 1, f"{file.name} was changed unseen"
            shutil.rmtree(forged)
    forged = shutil.copytree(home, folder / "forged")
    result = json.loads((forged / "result.json").read_text())
    for winners, code in ([2], 0), ([3], 1):
        result["questions"]["q2"]["winners"] = winners
        (forged / "result.json").write_text(json.dumps(result))
        counting.mend_the_sums(forged)
        assert counting.verify(forged).returncode == code, f"{winners} with sums that fit"
