"""By which hashes the door knows an elector again."""

from django.conf import settings

from maeul.vault.ballot import matching


def secret_of(election) -> bytes:
    """In no table: whoever has the database alone cannot try names and birth dates."""
    return matching.secret_of(settings.SECRET_KEY, election.pk.bytes)


def hashes_of(secret, name, born_on) -> dict[str, bytes]:
    """The columns `match_*` of an elector or an outer envelope; none without a birth date."""
    if born_on is None:
        return {}
    found = matching.hashes(secret, name=name, born_on=born_on)
    return {
        "match_exact": found.exact,
        "match_name_day": found.name_day,
        "match_birth_family": found.birth_family,
    }
