"""Officers of the council, chosen by a secret hall vote in the meeting of all members."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from maeul.core.refusal import Refused
from maeul.council.meeting import actions, rules
from maeul.council.meeting.models import OfficerElection
from maeul.council.meeting.models.minutes import written_so_far
from maeul.council.meeting.rules import Kind, State, Why
from maeul.council.meeting.tests.factories import opened, plenary
from maeul.vault.ballot import actions as ballot
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.rules import State as Poll
from maeul.vault.ballot.tests.factories import PHOTO, closed, counted, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
HOUR = timedelta(hours=1)


@pytest.fixture
def meeting(dong, secretary, at):
    return opened(plenary(dong, by=secretary, at=at, members=6), by=secretary)


@pytest.fixture
def members(meeting):
    return list(meeting.members_in_office())


def begin(meeting, secretary, members, **changed):
    at = meeting.starts_at
    facts = {"office": "chair", "candidates": members[:2], "officer": members[2]}
    facts |= {"ends_at": at + HOUR} | changed
    with clock_at(at):
        return actions.elect(meeting=meeting, by=secretary, at=at, **facts)


def why(**changed):
    at = datetime(2026, 5, 12, 10, tzinfo=UTC)
    facts = {
        "state": State.OPENED,
        "kind": Kind.PLENARY,
        "office": "chair",
        "secret": True,
        "rule": "plurality",
        "candidates": [1, 2],
        "members": range(1, 7),
        "officers": [3, 99],
        "member_officer": 3,
        "present": 4,
        "needed": 4,
        "running": set(),
        "ends_at": at + HOUR,
        "at": at,
    }
    if "lasts" in changed:
        changed["ends_at"] = at + changed.pop("lasts")
    no = rules.why_not_elect(**facts | changed)
    return no and no.why


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"kind": Kind.SUBCOMMITTEE}, Why.ELECTED_IN_PLENARY),
        ({"kind": Kind.PLENARY_EXTRA}, None),
        ({"state": State.CALLED}, Why.NOT_RUNNING),
        ({"office": "auditor"}, Why.NOT_ELECTED_HERE),
        ({"secret": False}, Why.NOT_ELECTED_HERE),
        ({"rule": "majority"}, Why.NOT_ELECTED_HERE),
        ({"running": {"chair"}}, Why.ELECTION_RUNS),
        ({"running": {"vice_chair"}}, None),
        ({"candidates": [1]}, Why.TWO_CANDIDATES),
        ({"candidates": [1, 7]}, Why.CANDIDATE_NO_MEMBER),
        ({"officers": [3, 3]}, Why.OFFICER_APART),
        ({"officers": [1, 99], "member_officer": 1}, Why.OFFICER_APART),
        ({"officers": [3, 2]}, Why.OFFICER_APART),
        ({"officers": [98, 99], "member_officer": 98}, Why.OFFICER_APART),
        ({"present": 3}, Why.BELOW_ELECTION_QUORUM),
        ({"lasts": timedelta()}, Why.ENDS_TODAY),
        ({"lasts": timedelta(days=1)}, None),
        ({"lasts": timedelta(days=1, seconds=1)}, Why.ENDS_TODAY),
    ],
)
def test_when_an_office_is_voted_on(changed, expected):
    assert why(**changed) == expected


def test_two_thirds_of_the_members_in_office_must_be_here(dong, secretary, at):
    meeting = plenary(dong, by=secretary, at=at, members=7)
    members = list(meeting.members_in_office())
    meeting = opened(meeting, by=secretary, here=members[:4])
    with pytest.raises(Refused, match="below_election_quorum"):
        begin(meeting, secretary, members)
    actions.attend(meeting=meeting, person=members[4], by=secretary, at=meeting.starts_at)
    assert begin(meeting, secretary, members).kept["council.chair_election_attendance"]


def test_the_election_is_a_frozen_hall_vote_of_the_members(meeting, secretary, members):
    poll = begin(meeting, secretary, members).poll
    assert (poll.state, poll.is_hall, poll.roll_size) == (Poll.FROZEN, True, 6)
    assert {officer.person for officer in poll.officers.all()} == {members[2], secretary}
    assert [option.title for option in poll.questions.get().options.all()] == [
        person.name for person in members[:2]
    ]
    with pytest.raises(Refused, match="election_runs"):
        begin(meeting, secretary, members)


def voted(election, secretary, members, *, first=4):
    """Everybody came and voted; so many for the first candidate."""
    poll = election.poll
    poll.chair, poll.clerk, at = members[2], secretary, poll.closes_at
    [room] = poll.booths.all()
    for elector in poll.electors.order_by("number"):
        with clock_at(poll.opens_at):
            ballot.check_in(
                elector=elector, booth=room, way="paper", by=secretary, at=poll.opens_at
            )
    poll = closed(poll)
    ballot.fix_list(election=poll, by=secretary, at=at)
    numbers = {"signatures": 6, "given": 6, "slips": 6, "q1.valid": 6, "q1.blank": 0}
    numbers |= {"q1.invalid": 0, "q1.1": first, "q1.2": 6 - first}
    for act in (
        lambda by: ballot.read_totals(
            election=poll, numbers=numbers, tally_sheet=PHOTO, minutes=PHOTO, by=by, at=at
        ),
        lambda by: ballot.confirm_counts(election=poll, by=by, at=at),
    ):
        for person in (secretary, members[2]):
            act(person)
    poll.refresh_from_db()
    published(counted(poll))
    election.refresh_from_db()
    return election


def test_whoever_has_the_most_votes_is_entered_as_officer(meeting, secretary, members):
    election = begin(meeting, secretary, members)
    at = election.poll.closes_at
    with pytest.raises(Refused, match="nobody_elected"):
        actions.install_elected(election=election, by=secretary, at=at)
    election = OfficerElection.objects.get(pk=voted(election, secretary, members, first=2).pk)
    election = actions.install_elected(election=election, by=secretary, at=at)
    assert election.elected.name == members[1].name
    assert meeting.body.holder_of("chair", meeting.on) == members[1]
    said = " ".join(line["text"] for line in written_so_far(meeting)["lines"])
    assert "비밀투표로 시작했습니다" in said
    assert "자치회장에 뽑혔습니다" in said
    with pytest.raises(Refused, match="installed_already"):
        actions.install_elected(election=election, by=secretary, at=at)


def test_the_secretary_begins_it_on_the_running_page_and_enters_who_was_elected(
    client, meeting, secretary, members
):
    client.force_login(secretary)
    page = client.get(meeting.run_link).content.decode()
    assert reverse("meeting:elect", args=[meeting.pk]) in page
    typed = {
        "office": "chair",
        "candidates": [members[0].pk],
        "officer": members[2].pk,
        "ends_at": (meeting.starts_at + HOUR).strftime("%Y-%m-%d %H:%M"),
    }
    address = reverse("meeting:elect", args=[meeting.pk])
    assert "후보가 두 명 이상일 때" in client.post(address, typed).content.decode()
    election = voted(begin(meeting, secretary, members), secretary, members)
    page = client.get(meeting.run_link).content.decode()
    assert f"{members[0].name}님을 자치회장으로 올리기" in page
    client.post(reverse("meeting:install_elected", args=[election.pk]))
    assert f"{members[0].name}님이 뽑혔습니다" in client.get(meeting.link).content.decode()
