"""The day at the door, with the database: who came, what counts, what two people decide."""

from datetime import date, timedelta

import pgtrigger
import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection, transaction

from maeul.core.refusal import Refused
from maeul.ground.notice.models import Message
from maeul.vault.ballot import actions
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.models import CheckIn, Elector, Envelope, PollBookEntry, Slip
from maeul.vault.ballot.rules import Channel, ReasonForOuter, RulingKind, Way, Why
from maeul.vault.ballot.tests import factories

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def election(at):
    return factories.at_booths(at=at)


@pytest.fixture
def hall(election):
    return election.tables[0]


@pytest.fixture
def soon(election):
    """The first elector; their booth is the hall."""
    return election.electors.get(number=1)


def refused(why):
    return pytest.raises(Refused, check=lambda refusal: refusal.why == why)


def counts(elector):
    return Elector.objects.with_what_counts().get(pk=elector.pk).counts


def in_the_book(elector):
    return PollBookEntry.objects.get(elector=elector).channel


def ruled(check_in, kind, *people, at, reason="잘못 확인했습니다"):
    for person in people:
        with clock_at(at):
            actions.rule_on(check_in=check_in, kind=kind, reason=reason, by=person, at=at)


def test_a_check_in_on_paper_makes_the_online_ballot_void(election, hall, soon, at):
    receipt = factories.cast(election, soon, at=at, q1=[1])
    assert receipt.counts == "now"
    check_in = factories.came(soon, hall, Way.PAPER, at=at)
    assert (check_in.list_number, check_in.revision) == (1, 2)
    assert counts(soon) == in_the_book(soon) == Channel.PAPER
    assert not election.envelopes.counting().exists()
    assert actions.participants(election) == {Channel.PAPER: 1}


def test_the_retry_of_a_ballot_that_became_void_is_answered_as_void(election, hall, soon, at):
    sealed = factories.sealed(election, q1=[1])
    with clock_at(at):
        actions.cast(election=election, elector=soon, sealed=sealed)
        factories.came(soon, hall, Way.PAPER, at=at)
        assert actions.cast(election=election, elector=soon, sealed=sealed).counts == "void"


@pytest.mark.parametrize("way", [Way.PAPER, Way.KIOSK])
def test_after_a_sheet_was_given_nothing_else_is_accepted(election, hall, soon, at, way):
    factories.came(soon, hall, Way.PAPER, at=at)
    with refused(Why.VOTED_IN_PERSON):
        factories.came(soon, hall, way, at=at)
    with refused(Why.VOTED_IN_PERSON):
        factories.cast(election, soon, at=at, q1=[1])


def test_an_elector_is_checked_in_at_their_own_booth_only(election, soon, at):
    other = election.tables[1]
    with refused(Why.ANOTHER_BOOTH):
        factories.came(soon, other, Way.PAPER, at=at)
    assert not CheckIn.objects.exists()


def test_somebody_who_is_no_clerk_checks_nobody_in(hall, soon, at, stranger):
    with clock_at(at), refused(Why.NOT_A_CLERK):
        actions.check_in(elector=soon, booth=hall, way=Way.PAPER, by=stranger, at=at)


def test_a_clerk_whose_duty_ended_checks_nobody_in(election, hall, soon, at):
    actions.end_clerk(clerk=hall.clerks.get(), by=election.clerk, at=at)
    with refused(Why.NOT_A_CLERK):
        factories.came(soon, hall, Way.PAPER, at=at)


def test_an_elector_with_an_account_is_told_of_a_check_in(at, soonja):
    election = factories.at_booths(at=at, people=[soonja], names=())
    factories.came(election.electors.get(), election.tables[0], Way.PAPER, at=at)
    [message] = Message.objects.filter(person=soonja)
    assert "본인 확인" in message.title


def test_lines_of_the_signature_list_are_numbered_per_booth(election, at):
    one, two, three = election.electors.order_by("number")
    hall, other = election.tables
    assert factories.came(one, hall, Way.PAPER, at=at).list_number == 1
    assert factories.came(three, hall, Way.KIOSK, at=at).list_number == 2
    assert factories.came(two, other, Way.PAPER, at=at).list_number == 1


@pytest.mark.parametrize("before", [None, [1]])
def test_two_people_undo_a_check_in_and_the_former_state_returns(election, hall, soon, at, before):
    if before:
        factories.cast(election, soon, at=at, q1=before)
    check_in = factories.came(soon, hall, Way.PAPER, at=at)
    ruled(check_in, RulingKind.UNDONE, hall.helper, at=at)
    assert counts(soon) == Channel.PAPER, "one alone undoes nothing"
    with refused(Why.SAME_PERSON):
        ruled(check_in, RulingKind.UNDONE, hall.helper, at=at)
    ruled(check_in, RulingKind.UNDONE, election.clerk, at=at)
    former = Channel.ONLINE if before else Channel.NONE
    assert counts(soon) == in_the_book(soon) == former
    caches["limits"].clear()
    factories.cast(election, soon, at=at, q1=[2])
    assert Envelope.objects.counting().get().revision == (3 if before else 2)
    assert actions.participants(election) == {Channel.ONLINE: 1}


def test_after_an_undone_check_in_the_elector_may_be_checked_in_again(election, hall, soon, at):
    check_in = factories.came(soon, hall, Way.PAPER, at=at)
    ruled(check_in, RulingKind.UNDONE, hall.helper, election.clerk, at=at)
    again = factories.came(soon, hall, Way.PAPER, at=at)
    assert (again.list_number, again.revision) == (2, 2)
    assert counts(soon) == Channel.PAPER


def test_a_struck_check_in_gives_the_online_ballot_back_also_after_closing(
    election, hall, soon, at
):
    factories.cast(election, soon, at=at, q1=[1])
    check_in = factories.came(soon, hall, Way.PAPER, at=at)
    ruled(check_in, RulingKind.DISPUTED, hall.helper, at=at, reason="오지 않았다고 합니다")
    factories.closed(election)
    factories.reported(election)
    late = election.closes_at
    with clock_at(late), refused(Why.CHECK_INS_UNDECIDED):
        actions.fix_list(election=election, by=election.clerk, at=late)
    ruled(check_in, RulingKind.STRUCK, election.chair, election.clerk, at=late)
    assert counts(soon) == in_the_book(soon) == Channel.ONLINE
    with clock_at(late):
        assert actions.fix_list(election=election, by=election.clerk, at=late)
    assert Envelope.objects.counting().count() == 1
    assert actions.poll_book_is_as_derived(election)


def test_a_struck_kiosk_ballot_gives_the_earlier_online_ballot_back(election, hall, soon, at):
    factories.cast(election, soon, at=at, q1=[1])
    caches["limits"].clear()
    device = factories.kiosk(hall, at=at)
    check_in = factories.came(soon, hall, Way.KIOSK, at=at)
    slip = factories.slip(check_in, device, at=at)
    factories.cast_at_kiosk(election, slip, device, at=at, q1=[2])
    assert counts(soon) == in_the_book(soon) == Channel.KIOSK
    ruled(check_in, RulingKind.STRUCK, election.chair, election.clerk, at=at)
    assert counts(soon) == in_the_book(soon) == Channel.ONLINE
    assert Envelope.objects.counting().get().revision == 1


def test_a_disputed_check_in_may_stand(election, hall, soon, at):
    check_in = factories.came(soon, hall, Way.PAPER, at=at)
    ruled(check_in, RulingKind.DISPUTED, hall.helper, at=at)
    ruled(check_in, RulingKind.STANDS, election.chair, election.clerk, at=at)
    assert counts(soon) == Channel.PAPER
    assert not actions.check_ins_undecided(election).exists()
    with refused(Why.ALREADY_RULED):
        ruled(check_in, RulingKind.STRUCK, election.chair, at=at)


# Kiosk


@pytest.fixture
def device(hall, at):
    return factories.kiosk(hall, at=at)


def test_at_a_kiosk_the_poll_book_changes_when_the_ballot_is_cast(election, hall, soon, device, at):
    check_in = factories.came(soon, hall, Way.KIOSK, at=at)
    assert counts(soon) == Channel.NONE
    slip = factories.slip(check_in, device, at=at)
    receipt = factories.cast_at_kiosk(election, slip, device, at=at, q1=[2])
    assert receipt.counts == "now"
    assert counts(soon) == in_the_book(soon) == Channel.KIOSK
    assert Envelope.objects.get().check_in == check_in
    with refused(Why.VOTED_IN_PERSON):
        factories.cast(election, soon, at=at, q1=[1])


def test_a_slip_is_used_once_and_its_ballot_is_answered_again(election, hall, soon, device, at):
    slip = factories.slip(factories.came(soon, hall, Way.KIOSK, at=at), device, at=at)
    sealed = factories.sealed(election, q1=[2])
    send = {"election": election, "elector": soon, "slip": slip, "device": device}
    with clock_at(at):
        first = actions.cast(**send, sealed=sealed)
        assert actions.cast(**send, sealed=sealed) == first
        with refused(Why.SLIP_ENDED):
            actions.cast(**send, sealed=factories.sealed(election, q1=[1]))
    with clock_at(at + 31 * MINUTE):
        assert actions.cast(**send, sealed=sealed) == first, "a retry is never too late"


@pytest.mark.parametrize(
    ("after", "why"),
    [(30 * MINUTE - timedelta(microseconds=1), None), (30 * MINUTE, Why.SLIP_EXPIRED)],
)
def test_a_slip_is_good_for_half_an_hour(election, hall, soon, device, at, after, why):
    slip = factories.slip(factories.came(soon, hall, Way.KIOSK, at=at), device, at=at)
    if why:
        with refused(why):
            factories.cast_at_kiosk(election, slip, device, at=at + after, q1=[2])
    else:
        factories.cast_at_kiosk(election, slip, device, at=at + after, q1=[2])


def test_a_new_slip_ends_the_old_one(election, hall, soon, device, at):
    check_in = factories.came(soon, hall, Way.KIOSK, at=at)
    old, new = (factories.slip(check_in, device, at=at) for _ in range(2))
    with refused(Why.SLIP_REPLACED):
        factories.cast_at_kiosk(election, old, device, at=at, q1=[2])
    factories.cast_at_kiosk(election, new, device, at=at, q1=[2])


def test_who_waits_for_a_kiosk_keeps_their_line(hall, soon, at):
    first = factories.came(soon, hall, Way.KIOSK, at=at)
    assert factories.came(soon, hall, Way.KIOSK, at=at) == first


def test_a_slip_works_on_a_device_of_its_booth_only(election, hall, soon, device, at):
    slip = factories.slip(factories.came(soon, hall, Way.KIOSK, at=at), device, at=at)
    elsewhere = factories.kiosk(election.tables[1], at=at)
    with refused(Why.SLIP_OF_ANOTHER_BOOTH):
        factories.cast_at_kiosk(election, slip, elsewhere, at=at, q1=[2])


def test_a_revoked_device_casts_nothing(election, hall, soon, device, at):
    slip = factories.slip(factories.came(soon, hall, Way.KIOSK, at=at), device, at=at)
    actions.revoke_device(device=device, by=hall.helper, at=at)
    assert actions.device_known_by(device.secret) is None
    with refused(Why.DEVICE_UNKNOWN):
        factories.cast_at_kiosk(election, slip, device, at=at, q1=[2])


def test_an_undone_check_in_takes_its_slip_along(election, hall, soon, device, at):
    check_in = factories.came(soon, hall, Way.KIOSK, at=at)
    slip = factories.slip(check_in, device, at=at)
    ruled(check_in, RulingKind.UNDONE, hall.helper, election.clerk, at=at)
    with refused(Why.SLIP_ENDED):
        factories.cast_at_kiosk(election, slip, device, at=at, q1=[2])


def test_ten_wrong_codes_a_minute_stop_a_device(hall, soon, device, at):
    check_in = factories.came(soon, hall, Way.KIOSK, at=at)
    with clock_at(at):
        code = actions.new_slip(check_in=check_in, by=hall.helper, at=at)
        wrong = f"{(int(code) + 1) % 10**8:08d}"
        for _ in range(10):
            with refused(Why.SLIP_UNKNOWN):
                actions.slip_of(device=device, code=wrong)
        with refused(Why.SLIP_UNKNOWN):
            actions.slip_of(device=device, code=code)
        caches["limits"].clear()
        assert actions.slip_of(device=device, code=f"{code[:4]} {code[4:]}").check_in == check_in


def test_of_a_slip_only_a_hash_is_kept(hall, soon, at):
    check_in = factories.came(soon, hall, Way.KIOSK, at=at)
    with clock_at(at):
        code = actions.new_slip(check_in=check_in, by=hall.helper, at=at)
    assert code.encode() not in bytes(Slip.objects.get().code_hash)


@pytest.mark.parametrize(("after", "works"), [(10 * MINUTE, True), (11 * MINUTE, False)])
def test_a_device_is_taken_up_once_within_ten_minutes(hall, at, after, works):
    with clock_at(at):
        _device, code = actions.enrol_device(booth=hall, name="단말", by=hall.helper, at=at)
    with clock_at(at + after):
        if works:
            device, secret = actions.take_up_device(code=code)
            assert actions.device_known_by(secret) == device
            assert actions.device_known_by(code) is None
        with refused(Why.ENROLMENT_OVER):
            actions.take_up_device(code=code)


# Walk-ins and outer envelopes


def walks_in(booth, name, born_on, *, at, proof="주민등록증"):
    with clock_at(at):
        return actions.register_walk_in(
            booth=booth, name=name, born_on=born_on, proof=proof, by=booth.helper, at=at
        )


def test_somebody_on_no_list_is_registered_and_votes_at_once(election, hall, at):
    found = walks_in(hall, "박 새이웃", date(1970, 1, 1), at=at)
    elector = found.elector
    assert found.is_new
    assert (elector.roll, elector.number, elector.booth) == ("supplementary", 1, hall)
    assert elector.person is None
    factories.came(elector, hall, Way.PAPER, at=at)
    assert actions.participants(election) == {Channel.PAPER: 1}


def test_an_exact_match_is_that_elector_also_of_somebody_registered_before(hall, soon, at):
    assert walks_in(hall, "선거인 1", date(1960, 1, 1), at=at).elector == soon
    first = walks_in(hall, "박새이웃", date(1970, 1, 1), at=at).elector
    again = walks_in(hall, "박새이웃", date(1970, 1, 1), at=at)
    assert (again.elector, again.is_new) == (first, False)


def test_a_near_match_goes_into_an_outer_envelope_and_nobody_waits(hall, at):
    found = walks_in(hall, "선거인1", date(1961, 1, 1), at=at)
    assert found == actions.WalkIn(None, outer=ReasonForOuter.NEAR_MATCH)
    assert Elector.objects.filter(roll="supplementary").count() == 0


def test_two_exact_matches_go_into_an_outer_envelope(at):
    twins = factories.at_booths(at=at, names=["선거인1"])
    hall = twins.tables[0]
    for _ in range(2):
        Elector.objects.create(
            election=twins, roll="supplementary", number=Elector.objects.count() + 1,
            name="김순자", style="전체", proof="여권", booth=hall,
            **actions.hashes_of(actions.secret_of(twins), "김순자", date(1953, 4, 2)),
        )  # fmt: skip
    found = walks_in(hall, "김순자", date(1953, 4, 2), at=at)
    assert found.outer == ReasonForOuter.TWO_MATCHES


def outer_of(booth, *, at, reason=ReasonForOuter.NEAR_MATCH, **facts):
    usual = {"name": "선거인1", "born_on": date(1961, 1, 1), "proof": "여권"} | facts
    with clock_at(at):
        return actions.take_outer(booth=booth, reason=reason, by=booth.helper, at=at, **usual)


def decided(outer, *people, at, accepted=True, elector=None, reason=""):
    with clock_at(at):
        return [
            actions.rule_on_outer(
                outer=outer, accepted=accepted, elector=elector, reason=reason, by=by, at=at
            )
            for by in people
        ]


def test_an_outer_envelope_changes_nothing_until_two_officers_accept_it(election, hall, soon, at):
    factories.cast(election, soon, at=at, q1=[1])
    outer = outer_of(hall, at=at)
    assert decided(outer, election.chair, at=at, elector=soon) == [False]
    assert counts(soon) == Channel.ONLINE
    assert decided(outer, election.clerk, at=at, elector=soon) == [True]
    assert counts(soon) == in_the_book(soon) == Channel.PAPER
    check_in = CheckIn.objects.get()
    assert (check_in.way, check_in.list_number) == (Way.OUTER, outer.list_number)


def test_an_accepted_envelope_of_somebody_new_adds_them_to_the_supplementary_roll(
    election, hall, at
):
    outer = outer_of(hall, at=at)
    factories.closed(election)
    late = election.closes_at
    assert decided(outer, election.chair, election.clerk, at=late) == [False, True]
    [elector] = election.electors.filter(roll="supplementary")
    assert (elector.name, counts(elector)) == ("선거인1", Channel.PAPER)
    assert bytes(elector.match_exact) == bytes(outer.match_exact)


def test_officers_who_differ_decide_nothing_until_one_says_the_same(election, hall, soon, at):
    outer = outer_of(hall, at=at)
    decided(outer, election.chair, at=at, elector=soon)
    decided(outer, election.clerk, at=at, accepted=False, reason="다른 사람입니다")
    assert actions.outers_undecided(election).count() == 1
    decided(outer, election.chair, at=at, accepted=False, reason="다른 사람입니다")
    assert not actions.outers_undecided(election).exists()
    assert not CheckIn.objects.exists()
    with refused(Why.ALREADY_RULED):
        decided(outer, election.chair, at=at, elector=soon)


def test_an_envelope_of_somebody_who_voted_in_person_is_not_accepted(election, hall, soon, at):
    outer = outer_of(hall, at=at)
    factories.came(soon, hall, Way.PAPER, at=at)
    with refused(Why.VOTED_IN_PERSON):
        decided(outer, election.chair, at=at, elector=soon)


def test_clerks_decide_no_envelope(hall, soon, at):
    outer = outer_of(hall, at=at)
    with refused(Why.NOT_AN_OFFICER):
        decided(outer, hall.helper, at=at, elector=soon)


def test_elsewhere_an_elector_votes_in_an_outer_envelope(election, soon, at):
    other = election.tables[1]
    outer = outer_of(other, at=at, reason=ReasonForOuter.ELSEWHERE, elector=soon, born_on=None)
    assert (outer.name, outer.elector) == (soon.name, soon)
    with refused(Why.OUTER_KNOWN):
        outer_of(other, at=at, reason=ReasonForOuter.ELSEWHERE, elector=soon, born_on=None)
    decided(outer, election.chair, election.clerk, at=at, elector=soon)
    assert counts(soon) == Channel.PAPER


def test_the_list_waits_for_outer_envelopes_and_for_every_booth(election, hall, at):
    outer = outer_of(hall, at=at)
    factories.closed(election)
    late = election.closes_at

    def fix():
        with clock_at(late):
            return actions.fix_list(election=election, by=election.clerk, at=late)

    with refused(Why.BOOTHS_UNHEARD):
        fix()
    factories.reported(election)
    with refused(Why.OUTERS_UNDECIDED):
        fix()
    decided(outer, election.chair, election.clerk, at=late)
    assert fix()
    with refused(Why.LIST_IS_FIXED):
        outer_of(hall, at=late, list_number=9)


# Losing a booth, the line, late lines, extension


def test_a_lost_booth_gives_online_ballots_back(election, hall, soon, at):
    factories.cast(election, soon, at=at, q1=[1])
    factories.came(soon, hall, Way.PAPER, at=at)
    factories.closed(election)
    day = election.closes_at + timedelta(hours=24)
    told = []
    for officer in (election.chair, election.clerk):
        with clock_at(day):
            told.append(
                actions.declare_booth_lost(booth=hall, reason="불이 났다", by=officer, at=day)
            )
    assert told == [False, True]
    assert counts(soon) == in_the_book(soon) == Channel.ONLINE
    assert actions.lost_booths(election) == {hall.pk}
    assert list(actions.booths_unheard(election)) == [election.tables[1]]
    with clock_at(day), refused(Why.SAME_OFFICER):
        actions.declare_booth_lost(booth=hall, reason="불이 났다", by=election.chair, at=day)


def test_who_stood_in_line_at_closing_still_votes_on_paper(election, hall, soon, at):
    end = election.closes_at
    with clock_at(end - MINUTE):
        actions.hand_out_line_slips(booth=hall, slips=2, by=hall.helper, at=end)
    factories.closed(election)
    later = end + 20 * MINUTE
    with refused(Why.ALREADY_CLOSED):
        factories.came(soon, hall, Way.PAPER, at=later)
    factories.came(soon, hall, Way.PAPER, at=later, line_number=1)
    assert counts(soon) == in_the_book(soon) == Channel.PAPER
    third = election.electors.get(number=3)
    with refused(Why.LINE_SLIP_USED):
        factories.came(third, hall, Way.PAPER, at=later, line_number=1)
    factories.reported(election)
    with refused(Why.BOOTH_IS_SIGNED):
        factories.came(third, hall, Way.PAPER, at=later, line_number=2)


def late(elector, booth, number, by, *, at):
    with clock_at(at):
        return actions.enter_late(elector=elector, booth=booth, list_number=number, by=by, at=at)


def test_a_line_signed_without_network_is_entered_while_the_poll_runs(election, hall, soon, at):
    factories.cast(election, soon, at=at, q1=[1])
    check_in = late(soon, hall, 12, hall.helper, at=at)
    assert (check_in.list_number, check_in.late, counts(soon)) == (12, True, Channel.PAPER)
    third = election.electors.get(number=3)
    with refused(Why.LIST_NUMBER_TAKEN):
        late(third, hall, 12, hall.helper, at=at)
    assert factories.came(third, hall, Way.PAPER, at=at).list_number == 13


def test_after_closing_two_officers_read_a_line_each(election, hall, soon, at):
    factories.closed(election)
    end = election.closes_at
    with refused(Why.NOT_AN_OFFICER):
        late(soon, hall, 3, hall.helper, at=end)
    assert late(soon, hall, 3, election.chair, at=end) is None
    with refused(Why.SAME_PERSON):
        late(soon, hall, 3, election.chair, at=end)
    assert actions.what_is_pending(election).late == 1
    assert late(soon, hall, 3, election.clerk, at=end).list_number == 3
    assert counts(soon) == in_the_book(soon) == Channel.PAPER
    assert actions.what_is_pending(election).late == 0


def test_two_officers_who_read_differently_make_no_check_in(election, hall, soon, at):
    factories.closed(election)
    third, end = election.electors.get(number=3), election.closes_at
    late(soon, hall, 3, election.chair, at=end)
    assert late(third, hall, 3, election.clerk, at=end) is None
    assert not CheckIn.objects.exists()


def extended(election, officer, *, at, until):
    with clock_at(at):
        return actions.extend(election=election, until=until, reason="정전", by=officer, at=at)


def test_two_officers_extend_a_poll_once(election, hall, soon, at):
    until = election.closes_at + timedelta(hours=1)
    assert extended(election, election.chair, at=at, until=until) is False
    election.refresh_from_db()
    assert election.ends_at == election.closes_at, "one officer alone extends nothing"
    assert extended(election, election.clerk, at=at, until=until) is True
    factories.cast(election, soon, at=until - timedelta(seconds=1), q1=[1])
    third = election.electors.get(number=3)
    factories.came(third, hall, Way.PAPER, at=until - timedelta(seconds=1))
    with clock_at(election.closes_at), refused(Why.STILL_RUNNING):
        actions.close(election=election, by="system", at=at)
    with refused(Why.ALREADY_CLOSED):
        factories.cast(election, election.electors.get(number=2), at=until, q1=[1])
    with refused(Why.EXTENDED_ALREADY):
        extended(election, election.chair, at=at, until=until + timedelta(hours=1))


def test_online_voting_may_end_before_the_booths(at):
    election = factories.at_booths(at=at, online_closes_at=at + timedelta(days=1))
    elector, hall = election.electors.get(number=1), election.tables[0]
    with refused(Why.ALREADY_CLOSED):
        factories.cast(election, elector, at=at + timedelta(days=1), q1=[1])
    factories.came(elector, hall, Way.PAPER, at=at + timedelta(days=1))


def test_an_election_without_kiosk_takes_no_kiosk_ballot(at):
    election = factories.at_booths(at=at, channels=["online", "paper"])
    with refused(Why.NOT_IN_PERSON):
        factories.came(election.electors.get(number=1), election.tables[0], Way.KIOSK, at=at)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE ballot_checkin SET list_number = 9",
        "DELETE FROM ballot_checkin",
        "UPDATE ballot_ruling SET kind = 'stands'",
        "DELETE FROM ballot_outer",
        "UPDATE ballot_booth SET name = 'x'",
        "UPDATE ballot_boothhours SET closes_at = closes_at + interval '1 hour'",
        "UPDATE ballot_elector SET booth_id = NULL",
        "UPDATE ballot_elector SET name = 'x' WHERE roll = 'supplementary'",
        "UPDATE ballot_election SET extended_to = closes_at - interval '1 hour'",
        "UPDATE ballot_election SET channels = '{paper}'",
    ],
)
def test_what_happened_at_the_door_cannot_be_changed_by_plain_sql(election, hall, soon, at, change):
    check_in = factories.came(soon, hall, Way.PAPER, at=at)
    ruled(check_in, RulingKind.DISPUTED, hall.helper, at=at)
    outer_of(hall, at=at)
    walks_in(hall, "박새이웃", date(1970, 3, 3), at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        connection.cursor().execute(change)


def test_the_derived_channel_and_the_poll_book_agree_after_a_whole_day(election, hall, at):
    one, two, three = election.electors.order_by("number")
    factories.cast(election, one, at=at, q1=[1])
    factories.cast(election, two, at=at, q1=[2])
    factories.came(one, hall, Way.PAPER, at=at)
    device = factories.kiosk(hall, at=at)
    slip = factories.slip(factories.came(three, hall, Way.KIOSK, at=at), device, at=at)
    factories.cast_at_kiosk(election, slip, device, at=at, q1=[3])
    assert actions.poll_book_is_as_derived(election)
    in_each = dict.fromkeys((Channel.ONLINE, Channel.KIOSK, Channel.PAPER), 1)
    assert actions.participants(election) == in_each
    assert election.participants() == 3


def test_a_poll_book_that_was_changed_by_hand_is_found_out(election, soon, at, as_owner):
    factories.cast(election, soon, at=at, q1=[1])
    with pgtrigger.ignore("ballot.PollBookEntry:only_while_open"):
        PollBookEntry.objects.filter(elector=soon).update(channel=Channel.PAPER)
    assert not actions.poll_book_is_as_derived(election)
