"""Totals counted elsewhere are brought in as a sheet, whole or not at all, and told apart."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maeul.core.no import No
from maeul.core.refusal import refuse_if
from maeul.core.sheet import BadCell, Problems
from maeul.ground.audit import actions as audit
from maeul.vault.ballot import outside
from maeul.vault.ballot.actions.acts import locked, note, officers_of
from maeul.vault.ballot.models import OutsideTotals, OutsideWithdrawal
from maeul.vault.ballot.rules import State, Why
from maeul.vault.ballot.texts import OUTSIDE_HEADS, REFUSALS

IMPORTED, WITHDREW = "imported_outside", "withdrew_outside"
QUESTION, NUMBER, VOTES = OUTSIDE_HEADS
MOST_VOTES = 10_000_000


def look_over_outside(*, election, rows) -> dict[str, dict[str, int]]:
    """What the sheet says, per question votes by option; `SheetErrors` with every line and its
    reason, or all of it."""
    titles = {
        question.key: {option.number: option.title for option in question.options.all()}
        for question in election.questions.prefetch_related("options")
    }
    problems, said = Problems(), {}
    for row in rows:
        with problems.of(row):
            key, number = f"q{row.number(QUESTION)}", row.number(NUMBER)
            if key not in titles:
                raise BadCell(_("%(question)s번 안건은 없습니다.") % {"question": key[1:]})
            if number not in titles[key]:
                facts = {"question": key[1:], "number": number}
                raise BadCell(_("%(question)s번 안건에 %(number)s번은 없습니다.") % facts)
            if (key, number) in said:
                raise BadCell(_("같은 안건의 같은 번호가 앞에 이미 있습니다."))
            name = row.cells.get("이름", "")
            if name and name != titles[key][number]:
                facts = {"number": number, "title": titles[key][number], "name": name[:40]}
                raise BadCell(_("%(number)s번은 ‘%(title)s’인데 ‘%(name)s’입니다.") % facts)
            votes = row.number(VOTES)
            if votes > MOST_VOTES:
                raise BadCell(_("표가 너무 많습니다. 숫자를 다시 봐 주세요."))
            said[key, number] = votes
    asked = {key: frozenset(numbers) for key, numbers in titles.items()}
    for key, numbers in outside.left_out(said, asked).items() if not problems.found else ():
        facts = {"question": key[1:], "numbers": ", ".join(map(str, numbers))}
        problems.add(
            0, _("%(question)s번 안건의 %(numbers)s번이 빠졌습니다. 0표라도 적어 주세요.") % facts
        )
    problems.raise_if_any()
    told: dict[str, dict[str, int]] = {}
    for (key, number), votes in sorted(said.items(), key=lambda each: (int(each[0][0][1:]), each)):
        told.setdefault(key, {})[str(number)] = votes
    return told


@transaction.atomic
def import_outside(*, election, kind, source, counted_on, rows, by, at) -> OutsideTotals:
    """An officer brings in what was counted elsewhere, with where it comes from and when."""
    election = locked(election)
    refuse_if(
        _why_not_by(election, by)
        or outside.why_not_import(
            State(election.state), counted_on=counted_on, today=timezone.localdate(at)
        ),
        REFUSALS,
    )
    said = look_over_outside(election=election, rows=rows)
    last = election.outside_totals.order_by("-number").first()
    totals = OutsideTotals.objects.create(
        election=election,
        number=last.number + 1 if last else 1,
        kind=outside.Kind(kind),
        source=" ".join(source.split()),  # on one line, also of the bundle's sheet
        counted_on=counted_on,
        said=said,
        by=by,
        at=at,
    )
    note(election, IMPORTED, by=by, at=at, subject=str(totals.number), **facts_of(totals))
    return totals


@transaction.atomic
def withdraw_outside(*, totals, reason, by, at) -> OutsideWithdrawal:
    """They were wrong: with the reason they are told no more."""
    election = locked(totals.election)
    refuse_if(
        _why_not_by(election, by)
        or outside.why_not_withdraw(
            State(election.state), is_withdrawn=hasattr(totals, "withdrawal"), reason=reason
        ),
        REFUSALS,
    )
    withdrawn = OutsideWithdrawal.objects.create(totals=totals, reason=reason.strip(), by=by, at=at)
    audit.note("ballot.outside_withdrawn", on=withdrawn, by=by, at=at)
    note(election, WITHDREW, by=by, at=at, subject=str(totals.number), reason=reason.strip())
    return withdrawn


def facts_of(totals) -> dict:
    """As the act and the bundle tell them."""
    return {
        "kind": totals.kind,
        "source": totals.source,
        "counted_on": totals.counted_on.isoformat(),
        "assurance": outside.ASSURANCE,
        "votes": totals.said,
    }


def _why_not_by(election, by) -> No | None:
    return None if by.pk in officers_of(election) else No(Why.NOT_AN_OFFICER)
