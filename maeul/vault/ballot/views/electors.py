"""Pages of an elector: the ballot, its way into the box, and what became of it."""

import json
from base64 import b64decode

from django.db import OperationalError
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from maeul.core.no import No
from maeul.core.pages import allow
from maeul.core.refusal import Refused, sentence
from maeul.vault.ballot import access, actions, clock, rules
from maeul.vault.ballot.rules import IN_PERSON, Channel, State, Why
from maeul.vault.ballot.texts import BALLOT_WORDS, REFUSALS
from maeul.vault.ballot.views.codes import drawn
from maeul.vault.ballot.views.everybody import visible

MOST_BYTES = 64 * 1024  # of a sealed ballot on its way; one of a few hundred choices has a tenth


@never_cache
@require_GET
def ballot(request, election_id):
    """Choose, check, seal, cast: all on one page, because nothing chosen may leave the device."""
    election = visible(request, election_id)
    elector = access.elector_for(request.user, election)
    allow(elector is not None and access.is_for_electors(election))
    entry = getattr(elector, "entry", None)
    before = Channel(entry.channel if entry else Channel.NONE)
    no = (
        rules.why_not_open_now(
            State(election.state),
            opens_at=election.opens_at,
            closes_at=election.online_ends_at,
            clock=clock.now(),
        )
        or (No(Why.BEHIND) if election.is_behind() else None)
        or rules.why_not_by(Channel.ONLINE, election.channels)
        or rules.why_not_accept(before, Channel.ONLINE)
    )
    if no:
        return render(
            request,
            "ballot/no_ballot.html",
            {"election": election, "sentence": sentence(no, REFUSALS)},
            status=409,
        )
    return ballot_page(
        request,
        election,
        elector,
        cast=reverse("ballot:cast", args=[election.pk]),
        voted_before=before != Channel.NONE,
    )


def ballot_page(request, election, elector, *, cast, voted_before=False, kiosk=None):
    """The ballot of an elector, online and at a kiosk.  Options begin at another one for each
    number of the roll, so that no place on the list is anybody's advantage."""
    questions = [
        question
        for question in election.questions.prefetch_related("options")
        if not question.styles or elector.style in question.styles
    ]
    for question in questions:
        question.shown = question.options_for(elector.number)
    return render(
        request,
        "ballot/ballot.html",
        {
            "election": election,
            "questions": questions,
            "voted_before": voted_before,
            "kiosk": kiosk,
            "ends_at": election.ends_at if kiosk else election.online_ends_at,
            "data": {
                "election": str(election.pk),
                "style": elector.style,
                "manifest": reverse("ballot:manifest", args=[election.pk]),
                "cast": cast,
                **({"slip": kiosk["code"], "start": reverse("ballot:kiosk")} if kiosk else {}),
            },
            "words": {name: str(word) for name, word in BALLOT_WORDS.items()},
        },
    )


@require_POST
def cast(request, election_id):
    """Take a sealed ballot.  Answers programs: the ballot page sends the same bytes until it
    has a receipt."""
    elector = access.line_of(request.user, election_id)
    if elector is None:
        visible(request, election_id)
        allow(False)
    election = elector.election
    allow(access.is_for_electors(election))
    sent = sealed_in(request)
    if sent is None:
        return _no(
            _("보낸 것을 읽을 수 없습니다. 투표 화면을 새로 열고 다시 해 주세요."), status=400
        )
    try:
        receipt = actions.cast(
            election=election,
            elector=elector,
            sealed=sent["sealed"],
            tracker=sent["tracker"],
        )
    except Refused as refusal:
        return _no(refusal.sentence, status=409)
    except OperationalError:
        busy = _no(_("지금 사람이 몰려 넣지 못했습니다. 같은 표를 곧 다시 보냅니다."), status=503)
        busy["Retry-After"] = "2"
        return busy
    return answer(receipt, mine=reverse("ballot:mine", args=[election.pk]))


def sealed_in(request) -> dict | None:
    """What a device sent: sealed bytes and their tracker.  None for anything else."""
    try:
        if request.content_type != "application/json" or len(request.body) > MOST_BYTES:
            raise ValueError("not a ballot")
        sent = json.loads(request.body)
        return {
            **sent,
            "sealed": b64decode(sent["sealed"], validate=True),
            "tracker": bytes.fromhex(sent["tracker"]),
        }
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def answer(receipt, **more):
    return JsonResponse(
        {
            "tracker": receipt.tracker.hex(),
            "signature": receipt.signature.hex(),
            "counts": receipt.counts,
            **more,
        }
    )


@never_cache
@require_GET
def mine(request, election_id):
    """That the vote counts, and the current number; nothing of earlier ones."""
    election = visible(request, election_id)
    elector = access.elector_for(request.user, election)
    allow(elector is not None and access.is_for_electors(election))
    entry = getattr(elector, "entry", None)
    envelope = elector.envelopes.counting().first()
    channel = Channel(entry.channel if entry else Channel.NONE)
    tracker = bytes(envelope.tracker) if envelope else None
    batch = election.board.filter(leaf=tracker).first() if tracker else None
    return render(
        request,
        "ballot/mine.html",
        {
            "election": election,
            "in_person": channel in IN_PERSON,
            "tracker": tracker.hex() if tracker else "",
            "batch": batch,
            "is_open": election.is_open_online_now(),
            "has_closed": election.ends_at is not None and election.ends_at <= clock.now(),
            "has_result": access.can_read_result(election),
            "at_the_door": _code_for_the_door(request, election, elector),
        },
    )


def _code_for_the_door(request, election, elector):
    """A code that leads a clerk's phone to this elector; it opens nothing for anybody else."""
    if not (election.is_open_now() and IN_PERSON & set(election.channels)):
        return ""
    link = reverse("ballot:scanned", args=[election.pk, elector.pk])
    return drawn(request.build_absolute_uri(link))


def _no(text, *, status):
    return JsonResponse({"sentence": text}, status=status)
