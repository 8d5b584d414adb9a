"""A calendar that other programs follow (RFC 5545): two kinds of entries, a dozen lines each."""

from datetime import UTC, timedelta

from django.conf import settings
from django.utils.translation import gettext as _


def calendar_of(assemblies, *, name) -> bytes:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Maeul//Assembly//KO",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    ]
    for assembly in assemblies:
        lines += _day(assembly) + _poll(assembly)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _day(assembly):
    after = assembly.held_on + timedelta(days=1)
    return _event(
        assembly,
        "day",
        assembly.title,
        f"DTSTART;VALUE=DATE:{assembly.held_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        f"LOCATION:{_escaped(assembly.place)}",
    )


def _poll(assembly):
    election = assembly.election
    if election.opens_at is None:
        return []
    return _event(
        assembly,
        "poll",
        _("%(assembly)s 투표") % {"assembly": assembly.title},
        f"DTSTART:{_utc(election.opens_at)}",
        f"DTEND:{_utc(election.closes_at)}",
        "TRANSP:TRANSPARENT",  # nobody is busy for two weeks
    )


def _event(assembly, part, summary, *lines):
    host = settings.SITE_ADDRESS.partition("://")[2]
    return [
        "BEGIN:VEVENT",
        f"UID:assembly-{assembly.pk}-{part}@{host}",
        f"DTSTAMP:{_utc(assembly.announced_at)}",
        f"SUMMARY:{_escaped(summary)}",
        *lines,
        f"URL:{settings.SITE_ADDRESS}{assembly.get_absolute_url()}",
        f"STATUS:{'CANCELLED' if assembly.is_void else 'CONFIRMED'}",
        "END:VEVENT",
    ]


def _utc(moment):
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text):
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _folded(line) -> bytes:
    """No line is longer than 75 octets, and no letter is cut in two."""
    pieces, piece = [], b""
    for letter in line:
        octets = letter.encode()
        if len(piece) + len(octets) > 74:
            pieces.append(piece)
            piece = b""
        piece += octets
    return b"\r\n ".join([*pieces, piece]) + b"\r\n"
