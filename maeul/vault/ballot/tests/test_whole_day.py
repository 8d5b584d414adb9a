"""A day with every channel at once, from the door to a bundle that verifies."""

import io
from datetime import date
from zipfile import ZipFile

import pytest
from django.core.cache import caches

from maeul.vault.ballot import actions, verify
from maeul.vault.ballot.clock import clock_at
from maeul.vault.ballot.models import Outcome
from maeul.vault.ballot.rules import Channel, RulingKind, Way
from maeul.vault.ballot.tests import factories

pytestmark = pytest.mark.django_db
LAMPS = {"q1": [2]}


def test_online_kiosk_paper_walk_in_and_outer_envelope_are_counted_once_each(at):
    """One stays at home, one votes again on paper, one at a tablet, one walks in, one comes under
    a near name, and one leaves without voting."""
    names = [f"이웃{n}" for n in range(1, 7)]
    election = factories.at_booths(at=at, names=names, booths=1)
    [hall] = tables = election.tables
    home, again, tablet, near, gone, _absent = election.electors.order_by("number")
    device = factories.kiosk(hall, at=at)

    for elector in (home, again):
        factories.cast(election, elector, at=at, q1=[1])
    caches["limits"].clear()
    factories.came(again, hall, Way.PAPER, at=at)
    slip = factories.slip(factories.came(tablet, hall, Way.KIOSK, at=at), device, at=at)
    factories.cast_at_kiosk(election, slip, device, at=at, q1=[2])
    left = factories.came(gone, hall, Way.PAPER, at=at)
    with clock_at(at):
        new = actions.register_walk_in(
            booth=hall,
            name="박새이웃",
            born_on=date(1970, 1, 1),
            proof="여권",
            by=hall.helper,
            at=at,
        )
        outer = actions.take_outer(
            booth=hall, reason="near_match", name=near.name, born_on=date(1961, 4, 1),
            proof="여권", by=hall.helper, at=at,
        )  # fmt: skip
        for person in (hall.helper, election.clerk):
            actions.rule_on(
                check_in=left, kind=RulingKind.UNDONE, reason="그냥 갔습니다", by=person, at=at
            )
    factories.came(new.elector, hall, Way.PAPER, at=at)

    election = factories.closed(election)
    election.tables = tables
    factories.with_report(
        election, hall, signatures=4, sheets_given=4, sheets_back=1, outer_envelopes=1
    )
    late = election.closes_at
    with clock_at(late):
        for officer in (election.chair, election.clerk):
            actions.rule_on_outer(outer=outer, accepted=True, elector=near, by=officer, at=late)
    expected = {Channel.ONLINE: 1, Channel.KIOSK: 1, Channel.PAPER: 3}
    assert actions.participants(election) == expected
    factories.box_opened(election, found=[3])
    factories.closed_batch(election, [LAMPS, LAMPS, LAMPS])
    election = factories.published(factories.counted(factories.opened(election)))
    assert dict(Outcome.objects.values_list("option__number", "votes")) == {1: 1, 2: 4, 3: 0}
    with ZipFile(io.BytesIO(bytes(election.bundle.content))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert list(verify.check(files))
    actions.destroy(election=election, by=election.clerk, at=late)
    assert actions.participants(election) == expected, "told the same without the envelopes"
