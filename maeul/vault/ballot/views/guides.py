"""Printed sheets for key holders, keepers of copies and officers."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from maeul.vault.ballot import actions, guides
from maeul.vault.ballot.views.desk import holders_file_of, run_by


@require_GET
def guide(request, election_id, kind):
    election = run_by(request, election_id)
    return render(
        request,
        "ballot/guide.html",
        {"election": election, "kind": kind, "paper": _paper(election, kind)},
    )


@require_GET
def guide_pdf(request, election_id, kind):
    return _paper(run_by(request, election_id), kind).answer()


def _paper(election, kind):
    if kind not in guides.titles_for(election):
        raise Http404
    return guides.guide(
        election,
        kind,
        on=timezone.localdate(),
        holders_file=holders_file_of(election),
        fixed=actions.fixed_hash(election),
    )
