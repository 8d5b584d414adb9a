"""Totals counted elsewhere: whole or not at all, told apart, and in no result."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from maeul.core import sheet
from maeul.core.refusal import Refused
from maeul.core.sheet import SheetErrors
from maeul.vault.ballot import actions, outside, rules, verify
from maeul.vault.ballot.models import OutsideTotals
from maeul.vault.ballot.rules import Rule, Shown, State, Why
from maeul.vault.ballot.tests import factories
from maeul.vault.ballot.tests.test_hall import act, files_of
from maeul.vault.ballot.tests.test_verify import change_text, in_browser, summed_up, verdict

HEADS = ["안건", "번호", "표", "이름"]
STICKERS = [(1, 1, 40), (1, 2, "1,200"), (1, 3, 0), (2, 1, 7), (2, 2, 3)]
SOURCE = "역 앞 거리 스티커"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.DRAFT, Why.NOT_FROZEN),
        (State.FROZEN, None),
        (State.CLOSED, None),
        (State.OPENED, Why.OUTSIDE_TOO_LATE),
        (State.PUBLISHED, Why.OUTSIDE_TOO_LATE),
        (State.VOID, Why.OUTSIDE_TOO_LATE),
    ],
)
def test_they_are_taken_from_freezing_until_somebody_knows_the_result(state, expected):
    today = date(2026, 5, 12)
    no = outside.why_not_import(state, counted_on=today, today=today)
    assert (no and no.why) == expected


def test_nothing_is_counted_tomorrow():
    today = date(2026, 5, 12)
    later = outside.why_not_import(State.OPEN, counted_on=today + timedelta(days=1), today=today)
    assert later.why == Why.COUNTED_LATER_THAN_TODAY


@pytest.mark.parametrize(
    ("merging", "expected"), [("apart", None), ("add", Why.OUTSIDE_ONLY_APART)]
)
def test_a_rule_that_adds_them_to_the_result_is_refused_before_freezing(merging, expected):
    no = rules.why_not_count_by(
        rule=Rule.APPROVAL,
        parameters={"seats": 1, "outside": merging},
        costs=[None, None],
        at_most=1,
        whole_ballots=Shown.CHOICES,
    )
    assert (no and no.why) == expected


def rows_of(*lines):
    return sheet.read(sheet.write(HEADS, lines), heads=HEADS[:3], optional=HEADS[3:])


def stickers(lines=STICKERS):
    return rows_of(*((*line, "")[:4] for line in lines))


@pytest.fixture
def election(db, at):
    return factories.at_booths(
        at=at, questions=(factories.budget_question, factories.yes_no_question), booths=1
    )


def bring(election, *, rows=None, by=None, at=None, **facts):
    usual = {"kind": "stickers", "source": SOURCE, "counted_on": date(2026, 5, 10)}
    return actions.import_outside(
        election=election,
        rows=stickers() if rows is None else rows,
        by=by or election.clerk,
        at=at or election.opens_at,
        **usual | facts,
    )


def test_a_sheet_is_brought_in_by_an_officer_with_its_source_and_its_day(election):
    totals = bring(election)
    assert totals.said == {"q1": {"1": 40, "2": 1200, "3": 0}, "q2": {"1": 7, "2": 3}}
    noted = election.acts.get(act="imported_outside")
    assert (noted.facts["assurance"], noted.facts["source"]) == ("low", SOURCE)
    with pytest.raises(Refused, match="not_an_officer"):
        bring(election, by=factories.PersonFactory())
    with pytest.raises(DatabaseError), transaction.atomic():
        OutsideTotals.objects.update(source="다른 곳")


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ([*STICKERS[:4], (3, 1, 5)], "6번째 줄: 3번 안건은 없습니다"),
        ([*STICKERS, (1, 9, 5)], "7번째 줄: 1번 안건에 9번은 없습니다"),
        ([*STICKERS, (1, 1, 5)], "7번째 줄: 같은 안건의 같은 번호"),
        ([*STICKERS[:4], (2, 2, "셋")], "6번째 줄: ‘표’ 칸의 ‘셋’은"),
        ([(1, 1, -4), *STICKERS[1:]], "2번째 줄: ‘표’ 칸의"),
        ([(1, 1, 10_000_001), *STICKERS[1:]], "표가 너무 많습니다"),
        ([*STICKERS[:2], *STICKERS[3:]], "1번 안건의 3번이 빠졌습니다"),
        ([(1, 1, 4, "밤길 조명"), *STICKERS[1:]], "1번은 ‘그늘 의자’인데 ‘밤길 조명’입니다"),
    ],
)
def test_a_sheet_with_one_wrong_line_is_not_taken_at_all(election, lines, reason):
    with pytest.raises(SheetErrors) as errors:
        bring(election, rows=stickers(lines))
    assert any(reason in sentence for sentence in errors.value.sentences)
    assert not OutsideTotals.objects.exists()


def test_a_question_that_nobody_asked_outside_may_be_left_out(election):
    assert bring(election, rows=stickers(STICKERS[:3])).said.keys() == {"q1"}


def test_wrong_totals_are_withdrawn_once_with_a_reason(election):
    totals = bring(election)
    how = {"totals": totals, "by": election.clerk, "at": election.opens_at}
    with pytest.raises(Refused, match="reason_missing"):
        actions.withdraw_outside(reason=" ", **how)
    actions.withdraw_outside(reason="두 번 셌습니다", **how)
    assert not election.outside_totals.standing().exists()
    with pytest.raises(Refused, match="withdrawn_already"):
        actions.withdraw_outside(reason="다시", **how)


def published(election):
    at = election.opens_at
    factories.cast(election, election.electors.get(number=1), at=at, q1=[1], q2=[1])
    election = factories.closed(election)
    factories.reported(election)
    factories.box_opened(election, found=[0])
    return factories.published(factories.counted(factories.opened(election)))


def test_what_was_counted_elsewhere_changes_neither_votes_nor_winners_and_stands_apart(
    client, election
):
    bring(election)
    wrong = bring(election, kind="mvoting", source="잘못 올린 것")
    actions.withdraw_outside(
        totals=wrong, reason="다른 총회의 것", by=election.clerk, at=election.opens_at
    )
    election = published(election)
    files = files_of(election)
    told = list(csv.DictReader(io.StringIO(files["outside.csv"].decode())))
    assert {row["assurance"] for row in told} == {"low"}
    assert [(row["option"], row["votes"]) for row in told][:2] == [("1", "40"), ("2", "1200")]
    result = json.loads(files["result.json"])["questions"]["q1"]
    assert result["votes"] == {"1": 1, "2": 0, "3": 0}
    assert result["winners"] == [1]
    assert any("결과에는 더하지 않았습니다" in sentence for sentence in verify.check(files))
    page = client.get(reverse("ballot:result", args=[election.pk])).content.decode()
    assert "바깥에서 센 표: 결과에 더하지 않았습니다" in page
    assert SOURCE in page
    assert "1,200표" in page
    assert "잘못 올린 것" not in page


MUTANTS = {
    "a vote more": change_text("outside.csv", b",q1,1,40\n", b",q1,1,41\n"),
    "a line gone": change_text("outside.csv", b",q1,3,0\n", b",q1,3,0\n"[:0] + b",q1,3,1\n"),
    "another source": change_text("outside.csv", "스티커,".encode(), "투표,".encode()),
    "a higher assurance": change_text("outside.csv", b",low,q2,2", b",high,q2,2"),
    "an option nobody asked": change_text("outside.csv", b",low,q2,2", b",low,q2,9"),
    "no file": lambda files: {name: c for name, c in files.items() if name != "outside.csv"},
    "nothing was brought": act("imported_outside", lambda line: line.update(act="counted")),
}


def test_whatever_is_changed_of_them_is_found(election):
    bring(election)
    files = files_of(published(election))
    assert verdict(summed_up(files)) is None
    missed = [what for what, change in MUTANTS.items() if not verdict(summed_up(change(files)))]
    assert missed == []


def test_strange_line_breaks_in_a_sentence_leave_the_bundle_readable(election):
    """A separator of lines (U+2028) or a carriage return comes along when something is pasted."""
    strange = "역 앞\u2028거리\r스티커\x85"
    assert bring(election, source=strange).source == "역 앞 거리 스티커"
    actions.withdraw_outside(
        totals=bring(election), reason=strange, by=election.clerk, at=election.opens_at
    )
    assert verdict(files_of(published(election))) is None


@pytest.mark.browser
def test_the_browser_finds_of_them_what_the_program_finds(election, check_page):
    bring(election)
    files = files_of(published(election))
    changed = [summed_up(change(files)) for change in MUTANTS.values()]
    honest, *found = in_browser(check_page, summed_up(files), *changed)
    assert any("결과에는 더하지 않았습니다" in sentence for sentence in honest), honest
    missed = [what for what, said in zip(MUTANTS, found, strict=True) if isinstance(said, list)]
    assert missed == []


def test_an_officer_looks_the_sheet_over_before_it_is_taken(client, election):
    client.force_login(election.clerk)
    address = reverse("ballot:outside", args=[election.pk])
    empty = client.get(reverse("ballot:outside_sheet", args=[election.pk])).content.decode()
    assert "그늘 의자" in empty
    typed = {"kind": "stickers", "source": SOURCE, "counted_on": "2026-05-10"}
    broken = SimpleUploadedFile("표.csv", sheet.write(HEADS[:3], [(1, 1, "많음")]))
    page = client.post(address, typed | {"file": broken}).content.decode()
    assert "2번째 줄" in page
    assert SOURCE in page  # nothing typed is lost
    good = SimpleUploadedFile("표.csv", sheet.write(HEADS[:3], STICKERS))
    shown = client.post(address, typed | {"file": good})
    page = shown.content.decode()
    assert "이렇게 올립니다" in page
    assert "1,200표" in page
    assert not OutsideTotals.objects.exists()
    confirm = {name: field.value() for name, field in _fields(shown.context["confirm"])}
    client.post(address, confirm)
    totals = OutsideTotals.objects.get()
    there = client.get(address).content.decode()
    assert "1,200표" in there
    assert "거둠" not in there
    assert (totals.source, totals.counted_on) == (SOURCE, date(2026, 5, 10))
    withdraw = reverse("ballot:withdraw_outside", args=[election.pk, totals.number])
    client.post(withdraw, {"reason": "두 번 셌습니다"})
    assert "거둠: 두 번 셌습니다" in client.get(address).content.decode()


def _fields(form):
    return [(name, form[name]) for name in form.fields]
