"""When more people come than can be served: around the whole site, before Django sees a request.

A request that waits in a long line is lost for everybody: who waits sends it again.  So a line is
short, and whoever does not fit into it is told so at once, with when to come again.  Ballots have a
line of their own; readers cannot push them out.  What everybody reads is kept for a few seconds.
"""

import re
import threading
import time
from collections import OrderedDict
from itertools import cycle

FORBIDDING = re.compile("no-store|no-cache|private")  # in Cache-Control
AGAIN_IN = ("2", "3", "4", "5", "6")  # seconds; not all come again in the same one
TOO_MANY = """<!doctype html><html lang="ko"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>잠시 뒤에 다시 열어 주세요</title>
<body style="font:1.2rem/1.6 sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem">
<h1 style="font-size:1.6rem">지금 사람이 몰렸습니다</h1>
<p>적은 것과 고른 것은 이 기기에 그대로 있습니다. 몇 초 뒤에 이 화면을 다시 열어 주세요.</p>
"""
TOO_MANY_BALLOTS = '{"sentence": "지금 사람이 몰려 넣지 못했습니다. 같은 표를 곧 다시 보냅니다."}'


class Line:
    """So many at work, so many waiting behind them."""

    def __init__(self, *, at_work: int, waiting: int) -> None:
        self.at_work = at_work
        self.work = threading.BoundedSemaphore(at_work)
        self.room = threading.BoundedSemaphore(at_work + waiting)


class Lines:
    """Each request in its line; more than fit into it are answered 503 with `Retry-After`."""

    def __init__(self, application, *, ballots: Line, others: Line) -> None:
        self.application, self.ballots, self.others = application, ballots, others
        self.again_in = cycle(AGAIN_IN)

    def __call__(self, environ, start_response):
        is_ballot = is_cast(environ)
        line = self.ballots if is_ballot else self.others
        if not line.room.acquire(blocking=False):
            return self._too_many(environ, start_response, is_ballot)
        try:
            with line.work:
                answer = self.application(environ, start_response)
        finally:
            line.room.release()
        return answer

    def _too_many(self, environ, start_response, is_ballot):
        # What was sent is read, else the connection breaks before the answer is seen.
        environ["wsgi.input"].read(min(int(environ.get("CONTENT_LENGTH") or 0), 1 << 17))
        text = (TOO_MANY_BALLOTS if is_ballot else TOO_MANY).encode()
        kind = "application/json" if is_ballot else "text/html; charset=utf-8"
        start_response(
            "503 Service Unavailable",
            [
                ("Content-Type", kind),
                ("Content-Length", str(len(text))),
                ("Cache-Control", "no-store"),
                ("Retry-After", next(self.again_in)),
            ],
        )
        return [text]


def is_cast(environ) -> bool:
    path = environ.get("PATH_INFO", "")
    return path.startswith("/votes/") and path.endswith("/cast/")


class Remembered:
    """Keeps for a few seconds what a visitor without a session reads, and gives it to the next.

    Kept are whole answers to GET that set no cookie and do not forbid it; who has a session (a
    cookie of the name `session`) is always asked anew.  While one visitor's request makes an answer
    anew the others get the old one.
    """

    def __init__(
        self,
        application,
        *,
        session: str,
        seconds: float = 5,
        most: int = 500,
        largest: int = 1 << 20,
    ):
        self.application, self.session = application, session
        self.seconds, self.most, self.largest = seconds, most, largest
        self.kept: OrderedDict[tuple, tuple[float, str, list, bytes]] = OrderedDict()
        self.lock = threading.Lock()

    def __call__(self, environ, start_response):
        key = self._key(environ)
        if key is None:
            return self.application(environ, start_response)
        now = time.monotonic()
        with self.lock:
            found = self.kept.get(key)
            if found and now >= found[0]:
                self.kept[key] = (now + self.seconds, *found[1:])  # this one goes and asks
                found = None
        if found:
            start_response(found[1], found[2])
            return [found[3]]
        return self._asked(key, environ, start_response)

    def _key(self, environ):
        if environ["REQUEST_METHOD"] != "GET" or "HTTP_RANGE" in environ:
            return None
        cookies = environ.get("HTTP_COOKIE", "")
        if f"{self.session}=" in cookies:
            return None
        names = ("HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "PATH_INFO", "QUERY_STRING")
        says = ("HTTP_ACCEPT_LANGUAGE", "HTTP_ACCEPT_ENCODING", "HTTP_HX_REQUEST")
        return cookies, *(environ.get(name, "") for name in names + says)

    def _asked(self, key, environ, start_response):
        told = []

        def begun(status, headers, *rest):
            told[:] = status, list(headers)
            return start_response(status, headers, *rest)

        answer = self.application(environ, begun)
        body = getattr(answer, "content", None)  # what comes in pieces has none
        if body is not None and self._may_be_kept(*told, body):
            with self.lock:
                self.kept[key] = (time.monotonic() + self.seconds, *told, body)
                while len(self.kept) > self.most:
                    self.kept.popitem(last=False)
        return answer

    def _may_be_kept(self, status, headers, body) -> bool:
        said = {name.lower(): value for name, value in headers}
        return (
            status.startswith("200")
            and len(body) <= self.largest
            and "set-cookie" not in said
            and not FORBIDDING.search(said.get("cache-control", ""))
        )
