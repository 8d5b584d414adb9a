"""The load of `bench/assembly.py`, from a process of its own, whose processor time it tells.

Reads a plan as JSON from a file, prints what it saw as JSON.  A plan: `address`, `path`, `votes` (a
file with a session and a body a line), `first` (of those lines), `clients`, `seconds`, `pace`
(casts a second, 0: each client sends the next when the last was answered), `reads` (a second) of
`pages`.  Each client keeps its connection.
"""

import asyncio
import json
import resource
import sys
import time
from collections import Counter
from itertools import islice
from pathlib import Path
from urllib.parse import urlsplit

TOKEN = "b" * 32


class Site:
    """One kept connection to the site."""

    def __init__(self, address):
        parts = urlsplit(address)
        self.host, self.port = parts.hostname, parts.port
        self.reader = self.writer = None

    async def ask(self, request):
        """(status, headers, body)"""
        for again in (True, False):
            try:
                if self.writer is None:
                    self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
                self.writer.write(request)
                return await self._answer()
            except (OSError, asyncio.IncompleteReadError):
                self.writer = None
                if not again:
                    raise
        raise AssertionError

    async def _answer(self):
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _colon, value in (line.partition(":") for line in head[1:] if line)
        }
        body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.writer.close()
            self.writer = None
        return int(head[0].split()[1]), headers, body


def cast_request(plan, session, sent):
    return (
        f"POST {plan['path']} HTTP/1.1\r\nHost: {urlsplit(plan['address']).netloc}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(sent)}\r\n"
        f"Cookie: sessionid={session}; csrftoken={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\n\r\n{sent}"
    ).encode()


def page_request(plan, page):
    return f"GET {page} HTTP/1.1\r\nHost: {urlsplit(plan['address']).netloc}\r\n\r\n".encode()


class Seen:
    def __init__(self):
        self.statuses, self.times, self.acknowledged = Counter(), [], []
        self.without_retry = 0
        self.reads, self.read_times = Counter(), []


async def caster(plan, votes, seen, end, due):
    """One client after another's ballot; with a pace, not before the next one is due."""
    site = Site(plan["address"])
    for session, sent in votes:
        if plan["pace"]:
            moment = next(due)
            if moment >= end:
                return
            await asyncio.sleep(max(0.0, moment - time.monotonic()))
        began = time.monotonic()
        if began >= end:
            return
        status, headers, body = await site.ask(cast_request(plan, session, sent))
        seen.times.append(time.monotonic() - began)
        seen.statuses[status] += 1
        if status == 200:
            seen.acknowledged.append(json.loads(body)["tracker"])
        elif status == 503 and "retry-after" not in headers:
            seen.without_retry += 1


async def reader(plan, number, readers, seen, end):
    """Reads at its share of the pace; one that is late reads at once."""
    site, pages = Site(plan["address"]), plan["pages"]
    step = readers / plan["reads"]
    due, turn = time.monotonic() + step * number / readers, number
    while due < end:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        began = time.monotonic()
        status, _headers, _body = await site.ask(page_request(plan, pages[turn % len(pages)]))
        seen.read_times.append(time.monotonic() - began)
        seen.reads[status] += 1
        due, turn = due + step, turn + 1


def paced(begin, pace):
    number = 0
    while True:
        yield begin + number / pace
        number += 1


async def run(plan):
    with Path(plan["votes"]).open() as file:
        lines = islice(file, plan["first"], None)
        votes = (line.rstrip("\n").split("\t") for line in lines)
        seen, begin = Seen(), time.monotonic()
        end = begin + plan["seconds"]
        due = paced(begin, plan["pace"]) if plan["pace"] else None
        readers = 16 if plan["reads"] else 0
        await asyncio.gather(
            *(caster(plan, votes, seen, end, due) for _client in range(plan["clients"])),
            *(reader(plan, number, readers, seen, end) for number in range(readers)),
        )
    took = time.monotonic() - begin
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "took": took,
                "cpu": used.ru_utime + used.ru_stime,
                "statuses": seen.statuses,
                "times": seen.times,
                "acknowledged": seen.acknowledged,
                "without_retry": seen.without_retry,
                "reads": seen.reads,
                "read_times": seen.read_times,
            }
        )
    )


if __name__ == "__main__":
    asyncio.run(run(json.loads(Path(sys.argv[1]).read_text())))
