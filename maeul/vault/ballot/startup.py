"""What a database must promise before it may hold a real vote."""

from django.conf import settings
from django.core import checks
from django.db import connection

from maeul.vault.ballot import clock

PROMISES = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
"""With any of these off, a ballot could be acknowledged and be gone after a crash."""


def register() -> None:
    checks.register(check_clock, checks.Tags.database)
    checks.register(check_promises, checks.Tags.database)


def in_earnest() -> bool:
    return not (settings.DEMO or getattr(settings, "PLAYED_CLOCK", False))


def check_clock(app_configs, databases=(), **kwargs):
    """Run by `manage.py check --database default`, with which every real start begins."""
    if not databases or not in_earnest() or not clock.is_played():
        return []
    return [
        checks.Error(
            "이 데이터베이스의 투표 시계는 시범용이라 실제 투표에 쓸 수 없습니다.",
            hint="실제 설치에는 새 데이터베이스를 만들어 쓰십시오.",
            id="ballot.E001",
        )
    ]


def check_promises(app_configs, databases=(), **kwargs):
    """Run by the same command."""
    if not databases or not in_earnest():
        return []
    return [
        checks.Error(
            f"PostgreSQL의 {name} 설정이 {found}입니다. 정전이 나면 받은 표를 잃을 수 있습니다.",
            hint=f"{name} = on 으로 두십시오.",
            id="ballot.E002",
        )
        for name, found in broken_promises().items()
    ]


def broken_promises() -> dict[str, str]:
    with connection.cursor() as cursor:
        found = {}
        for name in PROMISES:
            cursor.execute("SELECT current_setting(%s)", [name])
            [found[name]] = cursor.fetchone()
    return {name: value for name, value in found.items() if value != PROMISES[name]}
