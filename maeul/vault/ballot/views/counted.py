"""Who may enter the counting room."""

from django.shortcuts import get_object_or_404

from maeul.core.pages import allow
from maeul.vault.ballot import access
from maeul.vault.ballot.models import Election


def counted_by(request, election_id) -> Election:
    election = get_object_or_404(Election, pk=election_id)
    allow(access.can_count(request.user, election))
    return election
