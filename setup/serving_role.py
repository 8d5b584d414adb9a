"""The role whom pages and the worker connect as, on a PostgreSQL that is not ours.

Run inside the virtual environment: prints the role's address, or says on standard error what an
administrator has to do. Its password is random and kept in a file that only we may read.
"""

import json
import os
import secrets
import sys
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROLE = os.environ.get("MAEUL_SERVING_ROLE", "maeul_serving")


def serving_url(url: str, kept: Path) -> str:
    """Address of the serving role; the role is made when it is not there."""
    try:
        owner = psycopg.connect(url, connect_timeout=10, autocommit=True)
    except psycopg.OperationalError as error:
        raise SystemExit(f"DATABASE_URL does not answer: {error}") from None
    with owner:
        if owner.info.server_version < 150000:
            raise SystemExit("The database of DATABASE_URL is too old: PostgreSQL 15 is needed.")
        password = kept.read_text() if kept.exists() else ""
        known = owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone()
        if not known:
            password = _make(owner, kept)
    address = _with(url, password)
    try:
        psycopg.connect(address, connect_timeout=10).close()
    except psycopg.OperationalError as error:
        raise SystemExit(
            f"The role {ROLE} is there, but it cannot sign in: {error}\n"
            "Tell us how: SERVING_DATABASE_URL=postgresql://…"
        ) from None
    return address


def _make(owner: psycopg.Connection, kept: Path) -> str:
    password = secrets.token_urlsafe(32)
    words = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
    try:
        owner.execute(words.format(sql.Identifier(ROLE), sql.Literal(password)))
        # The tests ask as this role without signing in anew.
        owner.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(ROLE)))
    except psycopg.errors.InsufficientPrivilege:
        raise SystemExit(
            f"The owner in DATABASE_URL may not make roles. Ask the administrator to run\n\n"
            f"  CREATE ROLE {ROLE} LOGIN PASSWORD '…';\n\n"
            "and then start again with SERVING_DATABASE_URL=postgresql://… of that role."
        ) from None
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.touch(mode=0o600)
    kept.write_text(password)
    return password


def _with(url: str, password: str) -> str:
    """The owner's address with the other name; read by libpq and Django alike."""
    parts = urlsplit(url)
    who = ROLE + (f":{quote(password, safe='')}" if password else "")
    place = parts.netloc.rpartition("@")[2]
    query = [(k, v) for k, v in parse_qsl(parts.query) if k not in ("user", "password")]
    return urlunsplit(parts._replace(netloc=f"{who}@{place}", query=urlencode(query, safe="/")))


if __name__ == "__main__":
    print(json.dumps(serving_url(sys.argv[1], Path(sys.argv[2]))))
