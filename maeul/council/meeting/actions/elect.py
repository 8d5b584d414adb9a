"""Officers of the council are chosen by a secret hall vote in their meeting."""

from django.db import transaction
from django.utils import timezone

from decide import quorum
from maeul.council.meeting import rules, texts
from maeul.council.meeting.actions.meeting import locked, refuse
from maeul.council.meeting.models import OfficerElection
from maeul.council.membership import actions as membership
from maeul.council.membership.rules import OfficeKind
from maeul.council.membership.texts import OFFICES
from maeul.ground.audit import actions as audit
from maeul.ground.law.models import Provision
from maeul.vault.ballot import actions as ballot
from maeul.vault.ballot.rules import Channel, Rule

LAW = (
    "council.chair_election_secret",
    "council.chair_election_attendance",
    "council.chair_election_rule",
)


@transaction.atomic
def elect(*, meeting, office, candidates, officer, ends_at, by, at) -> OfficerElection:
    """Begin to vote on an office now.  `officer` is a member and runs the vote together with `by`;
    the roll are the members in office today."""
    meeting = locked(meeting)
    members = list(meeting.members_in_office())
    law = Provision.objects.in_force(dong=meeting.dong, at=at)
    secret, attendance, rule = (law[key] for key in LAW)
    refuse(
        rules.why_not_elect(
            state=meeting.state,
            kind=meeting.kind,
            office=office,
            secret=bool(secret.value),
            rule=rule.value,
            candidates=[person.pk for person in candidates],
            members=[person.pk for person in members],
            officers=[officer.pk, by.pk],
            member_officer=officer.pk,
            present=meeting.attendances.here().members().count(),
            needed=quorum.needed(len(members), at_least=attendance.share()),
            running=set(
                OfficerElection.objects.running()
                .filter(meeting__body=meeting.body)
                .values_list("office", flat=True)
            ),
            ends_at=ends_at,
            at=at,
        )
    )
    poll = _poll(meeting, office, candidates, members, officer, ends_at, by=by, at=at)
    election = OfficerElection.objects.create(
        meeting=meeting, office=office, poll=poll, called_at=at, kept=law.kept(*LAW)
    )
    audit.note("meeting.elects", on=election, by=by, at=at, office=office)
    return election


def _poll(meeting, office, candidates, members, officer, ends_at, *, by, at):
    """The hall vote, frozen: one room, the members, whoever has the most votes."""
    how = {"by": by, "at": at}
    title = str(texts.ELECTION_TITLE) % {"body": meeting.body, "office": OFFICES[office]}
    poll = ballot.draft(
        title=title,
        lead=str(texts.ELECTION_LEAD) % {"meeting": meeting.title},
        opens_at=at,
        closes_at=ends_at,
        channels=[Channel.PAPER],
        tie_source=str(texts.LOT),
        head_places=[str(place) for place in texts.HEAD_PLACES],
        **how,
    )
    ballot.name_officers(election=poll, officers=[(officer, True), (by, False)], **how)
    room = ballot.BoothText(str(texts.BALLOT_BOX), [(meeting.place, at, ends_at)])
    ballot.set_booths(election=poll, booths=[room], **how)
    ballot.set_hall(election=poll, is_hall=True, **how)
    electors = [
        ballot.ElectorText(name=person.name, person=person, born_on=person.born_on)
        for person in members
    ]
    ballot.enrol(election=poll, electors=electors, **how)
    ballot.put(
        election=poll,
        title=title,
        options=[
            ballot.OptionText(title=person.name, reference=f"person:{person.pk}")
            for person in candidates
        ],
        rule=Rule.APPROVAL,
        parameters={"seats": 1},
        **how,
    )
    return ballot.freeze(election=poll, **how)


@transaction.atomic
def install_elected(*, election, by, at) -> OfficerElection:
    """Enter who was elected as an officer of the council, from today on."""
    election = OfficerElection.objects.select_for_update(of=["self"]).get(pk=election.pk)
    winners = list(election.winners())
    refuse(
        rules.why_not_install_elected(
            is_published=election.is_published,
            is_installed=election.elected_id is not None,
            winners=len(winners),
        )
    )
    [elected] = winners
    membership.install(
        body=election.meeting.body,
        person=elected,
        kind=OfficeKind(election.office),
        from_on=timezone.localdate(at),
        by=by,
        at=at,
    )
    election.elected, election.installed_at = elected, at
    election.save(update_fields=["elected", "installed_at"])
    audit.note("meeting.elected_installed", on=election, by=by, at=at)
    return election
