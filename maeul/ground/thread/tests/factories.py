from datetime import UTC, datetime

from maeul.ground.thread import actions

THEN = datetime(2026, 3, 2, 1, tzinfo=UTC)


def thread(dong, *, opened_by=None, title="학교 뒷길이 어두워요", origins=()):
    return actions.open(
        title=title, dong=dong, by="system", at=THEN, opened_by=opened_by, origins=origins
    )


def step(on, title="걸음", *, link="/agenda/1/", public=True, at=THEN):
    return actions.note(
        thread=on,
        step="agenda.triage",
        title=title,
        link=link,
        public=public,
        by="system",
        at=at,
    )
