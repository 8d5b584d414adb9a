from datetime import datetime, time
from hashlib import sha256
from json import dumps

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.council.membership.models import Body
from maeul.decision.assembly import rules
from maeul.decision.assembly.actions.say import locked, refuse, say
from maeul.decision.assembly.models import Assembly
from maeul.decision.assembly.rules import Kind, Method, State, WithoutQuorum
from maeul.ground.audit import actions as audit
from maeul.ground.district.models import Population
from maeul.ground.law.models import Provision
from maeul.ground.people.models import Standing
from maeul.ground.people.rules import RoleKind
from maeul.ground.thread import actions as thread
from maeul.vault.ballot import actions as ballot


@transaction.atomic
def convene(*, dong, year, number, held_on, place, by, at, title="", tie_source="", tie_on=None):
    """Plan the dong's assembly of a year and begin the draft of its vote.

    The quorum is worked out here from the population of the newest count and kept.  Equal votes
    are ordered by a public number nobody knows before closing; by default six numbers drawn by
    residents in the hall, after closing and before any ballot is opened.
    """
    law = Provision.objects.in_force(dong=dong, at=at)
    counted = Population.objects.of(
        dong, year=Population.objects.latest_year(dong, until=held_on.year)
    )
    population = counted.people()
    refuse(
        rules.why_not_convene(
            year=year,
            held_on=held_on,
            on=timezone.localdate(at),
            already=sum(not each.asks_again for each in Assembly.objects.of(dong, year).complete()),
            per_year=law["assembly.per_year"].value,
            population=population,
        )
    )
    council = Body.objects.council_of(dong)
    quorum = rules.quorum_needed(
        population=population,
        members=council.members_on(held_on).count() if council else 0,
        base=law["assembly.quorum_base"].value,
        at_least=law["assembly.quorum"].share(),
        times=law["assembly.quorum_times"].value,
    )
    title = title.strip() or _("%(year)s년 %(dong)s 주민총회") % {"year": year, "dong": dong}
    if not tie_source.strip():
        tie_source, tie_on = _("총회장에서 마감한 뒤 주민이 공개로 뽑는 여섯 숫자"), held_on
    source = counted.order_by("pk").first()
    assembly = Assembly.objects.create(
        dong=dong,
        year=year,
        number=number,
        title=title,
        thread=thread.open(title=title, dong=dong, by=by, at=at),
        held_on=held_on,
        place=place,
        announce_by=held_on - law["assembly.promote_days_before"].days(),
        population=population,
        population_on=source.counted_on,
        population_source=source.source,
        quorum=quorum,
        election=ballot.draft(
            title=title,
            quorum=quorum,
            quorum_source=law["assembly.quorum"].article,
            tie_source=tie_source,
            tie_on=tie_on,
            head_places=[
                _("%(dong)s 주민센터 게시판") % {"dong": dong},
                _("%(district)s 누리집 공고란") % {"district": dong.district},
            ],
            by=by,
            at=at,
        ),
    )
    say(assembly, "convene", _("주민총회를 준비하기 시작했습니다"), by=by, at=at)
    return assembly


@transaction.atomic
def freeze_rules(
    *,
    assembly,
    motion,
    opens_at,
    closes_at,
    by,
    at,
    method=Method.ONLINE,
    quorum=None,
    passing=None,
    without_quorum=None,
):
    """Take over what the council's plenary decided: how this assembly votes (art. 23(2)).

    What it left open is as the law has it.  Keeps the limits in force with their articles and a
    hash over all of it.
    """
    assembly = locked(assembly)
    law = Provision.objects.in_force(dong=assembly.dong, at=at)
    least, quorum = assembly.quorum, quorum or assembly.quorum
    passing = passing or law["assembly.pass"].value
    weight = law["assembly.early_weight"]
    day = _moment(assembly.held_on, time.min), _moment(assembly.held_on, time.max)
    refuse(
        rules.why_not_freeze_rules(
            state=State(assembly.state),
            carried=bool(motion.is_carried),
            by_the_council=motion.meeting.body == Body.objects.council_of(assembly.dong),
            opens_at=opens_at,
            closes_at=closes_at,
            day=day,
            early_vote=law["assembly.early_vote"].value,
            weight=None if weight.value is None else weight.share(),
            method=Method(method),
            lawful_method=law["assembly.method"].value,
            quorum=quorum,
            least=least,
            at=at,
        )
    )
    ballot.set_times(
        election=assembly.election,
        opens_at=opens_at,
        closes_at=closes_at,
        born_by=rules.youngest(assembly.held_on, law["assembly.voting_age"].value),
        by=by,
        at=at,
    )
    ballot.set_channels(
        election=assembly.election, channels=rules.CHANNELS[Method(method)], by=by, at=at
    )
    if quorum != least:
        source = _("전체회의 의결 (%(motion)s)") % {"motion": motion.text}
        ballot.set_quorum(
            election=assembly.election, quorum=quorum, source=source[:120], by=by, at=at
        )
    for question in assembly.questions.in_order().filter(kind=Kind.YES_NO):  # put before today
        ballot.set_rule(
            question=question.boxed,
            rule="majority",
            parameters=rules.PASSING[passing],
            whole_ballots=question.boxed.whole_ballots,
            by=by,
            at=at,
        )
    assembly.quorum = quorum
    assembly.motion, assembly.rules_at = motion, at
    assembly.rules = {
        "law": law.kept(*rules.KEYS),
        "method": Method(method).value,
        "early_vote": opens_at < day[0],
        "passing": passing,
        "without_quorum": WithoutQuorum(without_quorum or law["assembly.no_quorum"].value).value,
        "quorum": assembly.quorum,
        "population": assembly.population,
        "held_on": assembly.held_on.isoformat(),
        "opens_at": opens_at.isoformat(),
        "closes_at": closes_at.isoformat(),
        "motion": motion.pk,
    }
    written = dumps(assembly.rules, ensure_ascii=False, sort_keys=True)
    assembly.rules_hash = sha256(written.encode()).hexdigest()
    assembly.state = State.RULES_FROZEN
    assembly.save(update_fields=["quorum", "motion", "rules", "rules_hash", "rules_at", "state"])
    title = _("전체회의가 투표 방법과 규칙을 정했습니다")
    say(assembly, "freeze_rules", title, by=by, at=at, motion=motion.pk)
    return assembly


@transaction.atomic
def name_officers(*, assembly, from_council, from_office, by, at):
    """Name the two who open, count and publish together: the council's election officer and
    somebody of the dong's office.  The rest happens at the desk of the vote."""
    assembly = locked(assembly)
    refuse(
        rules.why_not_name_officers(
            from_council=from_council.holds(RoleKind.ELECTION_OFFICER, dong=assembly.dong),
            from_office=from_office.holds(RoleKind.DONG_OFFICER, dong=assembly.dong),
            different=from_council != from_office,
        )
    )
    ballot.name_officers(
        election=assembly.election,
        officers=[(from_council, True), (from_office, False)],
        by=by,
        at=at,
    )
    audit.note("assembly.officers_named", on=assembly, by=by, at=at)


@transaction.atomic
def build_roll(*, assembly, by, at):
    """Enrol everybody with a verified ground in the dong who is old enough on the day.

    Returns how many were added; who is on the roll already stays.
    """
    assembly = locked(assembly)
    law = Provision.objects.in_force(dong=assembly.dong, at=at)
    voting_age = law["assembly.voting_age"].value
    standings = (
        Standing.objects.verified()
        .filter(
            dong=assembly.dong,
            kind__in=law["assembly.grounds"].value,
            person__is_active=True,
            person__born_on__isnull=False,
        )
        .select_related("person")
        .order_by("person__name", "person", "pk")
    )
    electors = {}
    for standing in standings:
        if standing.person.age(assembly.held_on) >= voting_age:
            electors.setdefault(
                standing.person_id,
                ballot.ElectorText(
                    standing.person.name,
                    person=standing.person,
                    proof=standing.kind,
                    born_on=standing.person.born_on,
                ),
            )
    return ballot.enrol(election=assembly.election, electors=electors.values(), by=by, at=at)


def _moment(on, hour):
    return timezone.make_aware(datetime.combine(on, hour))
