from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from django.core.management import call_command

from conftest import SEOUL
from maeul.core.refusal import Refused
from maeul.ground.audit.models import Act
from maeul.ground.law import actions
from maeul.ground.law.models import Provision
from maeul.ground.law.rules import Why

pytestmark = pytest.mark.django_db


def enact_age(at, **changed):
    told = {
        "key": "assembly.voting_age",
        "value": 16,
        "level": "ordinance",
        "article": "주민자치 조례 제23조",
        "in_force_from": datetime(2026, 6, 1, tzinfo=SEOUL),
        "by": "system",
        "at": at,
    }
    return actions.enact(**(told | changed))


def test_a_limit_holds_from_its_day_on_and_not_a_moment_before(law, at):
    enact_age(at)
    day = datetime(2026, 6, 1, tzinfo=SEOUL)
    assert law.in_force(at=day - timedelta(seconds=1))["assembly.voting_age"].value == 15
    assert law.in_force(at=day)["assembly.voting_age"].value == 16


def test_a_dongs_bylaw_holds_before_the_districts_row_whatever_the_dates(law, dong, at):
    enact_age(
        at,
        dong=dong,
        level="bylaw",
        value=13,
        article="운영세칙 제5조",
        in_force_from=datetime(2020, 1, 1, tzinfo=SEOUL),
    )
    enact_age(at, in_force_from=datetime(2021, 1, 1, tzinfo=SEOUL))
    assert law.in_force(at=at, dong=dong)["assembly.voting_age"].value == 13
    assert law.in_force(at=at)["assembly.voting_age"].value == 16


def test_enacting_leaves_a_line_in_the_trail_and_takes_the_unit_over(law, at):
    provision = enact_age(at)
    assert provision.unit == "세"
    [act] = Act.objects.on(provision)
    assert (act.verb, act.facts) == (
        "law.enacted",
        {"key": "assembly.voting_age", "value": 16},
    )


def test_a_second_value_from_the_same_day_is_refused(law, at):
    enact_age(at)
    with pytest.raises(Refused) as refused:
        enact_age(at, value=17)
    assert refused.value.why == Why.SAME_DAY


def test_loading_the_catalogue_twice_changes_nothing(at):
    added = actions.enact_catalogue(by="system", at=at)
    assert added == Provision.objects.count() > 100
    assert actions.enact_catalogue(by="system", at=at) == 0
    assert Provision.objects.count() == added


def test_loading_the_catalogue_leaves_a_corrected_row_as_it_is(law, at):
    Provision.objects.filter(key="council.max_members").update(value=40)
    actions.enact_catalogue(by="system", at=at)
    assert law.in_force(at=at)["council.max_members"].value == 40


def test_the_participatory_budget_committee_may_renew_once_since_24_july_2025(law):
    before, since = (datetime(2025, 7, day, tzinfo=SEOUL) for day in (23, 24))
    assert law.in_force(at=before)["pb.renewals"].value == 2
    assert law.in_force(at=since)["pb.renewals"].value == 1


def test_shares_are_exact_and_months_follow_the_calendar(law, at):
    now = law.in_force(at=at)
    assert now["assembly.quorum"].share() == Fraction(1, 200)
    assert now["council.chair_election_attendance"].share() == Fraction(2, 3)
    assert now["meetings.plenary_notice_days"].days() == timedelta(days=7)
    assert now["plan.submit_months"].months_after(date(2026, 1, 31)) == date(2026, 2, 28)


def test_a_decision_keeps_value_and_article(law, at):
    assert law.in_force(at=at).kept("plan.submit_months") == {
        "plan.submit_months": {"value": 1, "article": "주민자치 조례 제6조"}
    }


def test_a_limit_nobody_enacted_is_an_error_that_says_so(law, at):
    with pytest.raises(LookupError, match=r"assembly\.colour"):
        law.in_force(at=at)["assembly.colour"]


def test_the_command_loads_the_catalogue_and_says_how_much(db, capsys):
    call_command("load_catalogue")
    call_command("load_catalogue")
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"규정 {Provision.objects.count()}개를 새로 넣었습니다."
    assert second == "규정 0개를 새로 넣었습니다."
