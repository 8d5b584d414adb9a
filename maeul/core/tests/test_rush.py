import threading

import pytest

from maeul.core.rush import Line, Lines, Remembered


class Answer(list):
    """As Django's own: iterable, with its whole content."""

    def __init__(self, text):
        super().__init__([text])
        self.content = text


class Site:
    """Answers each request with its number; holds back those it is told to."""

    def __init__(self, headers=(), status="200 OK"):
        self.asked, self.headers, self.status = 0, list(headers), status
        self.inside, self.most = 0, 0
        self.open = threading.Event()
        self.open.set()
        self.lock = threading.Lock()

    def __call__(self, environ, start_response):
        with self.lock:
            self.asked += 1
            number = self.asked
            self.inside += 1
            self.most = max(self.most, self.inside)
        self.open.wait(10)
        with self.lock:
            self.inside -= 1
        start_response(self.status, self.headers)
        return Answer(str(number).encode())


class Body:
    def __init__(self):
        self.was_read = 0

    def read(self, length):
        self.was_read += length
        return b""


def ask(application, path="/", *, method="GET", **environ):
    told = []
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.input": Body(), **environ}
    answer = application(environ, lambda status, headers, *rest: told.extend([status, headers]))
    return told[0], dict(told[1]), b"".join(answer)


def remembered(site, **how):
    return Remembered(site, session="__Host-session", **how)


BALLOT = "/votes/7f9904c0-0000-0000-0000-000000000000/cast/"


@pytest.fixture
def crowd():
    """People who come at the same time and stay until the site opens."""
    threads = []

    def come(application, path, people, answers):
        for _person in range(people):
            thread = threading.Thread(target=lambda: answers.append(ask(application, path)[0]))
            thread.start()
            threads.append(thread)

    yield come
    for thread in threads:
        thread.join(10)


def waits_for(condition):
    for _moment in range(1000):
        if condition():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it did not happen")


def lines(site, **sizes):
    line = {"at_work": 2, "waiting": 3} | sizes
    return Lines(site, ballots=Line(**line), others=Line(**line))


def test_whoever_does_not_fit_into_the_line_is_told_when_to_come_again(crowd):
    site = Site()
    site.open.clear()
    application, answers = lines(site), []
    crowd(application, "/", 5, answers)
    waits_for(lambda: site.inside == 2 and not application.others.room._value)
    status, headers, text = ask(application, "/")
    assert status.startswith("503")
    assert 2 <= int(headers["Retry-After"]) <= 6
    assert "지금 사람이 몰렸습니다" in text.decode()
    site.open.set()
    waits_for(lambda: len(answers) == 5)
    assert set(answers) == {"200 OK"}, "those in the line are all served"
    assert site.most == 2, "never more at work than there are places"
    assert ask(application, "/")[0] == "200 OK", "and the line is free again"


def test_readers_cannot_push_a_ballot_out(crowd):
    site = Site()
    site.open.clear()
    application, answers = lines(site), []
    crowd(application, "/", 5, answers)
    waits_for(lambda: not application.others.room._value)
    crowd(application, BALLOT, 1, answers)
    waits_for(lambda: site.inside == 3)
    site.open.set()
    waits_for(lambda: len(answers) == 6)
    assert set(answers) == {"200 OK"}


def test_a_ballot_too_many_is_answered_as_its_page_understands_and_was_read(crowd):
    site = Site()
    site.open.clear()
    application = lines(site, at_work=1, waiting=0)
    crowd(application, BALLOT, 1, [])
    waits_for(lambda: site.inside == 1)
    body = Body()
    status, headers, text = ask(
        application, BALLOT, method="POST", **{"wsgi.input": body, "CONTENT_LENGTH": "900"}
    )
    assert status.startswith("503")
    assert headers["Content-Type"] == "application/json"
    assert "같은 표를 곧 다시 보냅니다" in text.decode()
    assert body.was_read == 900
    site.open.set()


def test_a_page_that_fails_gives_its_place_back():
    def broken(environ, start_response):
        raise RuntimeError("broken")

    application = lines(broken, at_work=1, waiting=0)
    for _twice in range(2):
        with pytest.raises(RuntimeError):
            ask(application)


def test_what_everybody_reads_is_asked_once_in_some_seconds():
    site = Site()
    application = remembered(site, seconds=60)
    assert [ask(application)[2] for _time in range(3)] == [b"1", b"1", b"1"]
    assert ask(application, "/", QUERY_STRING="page=2")[2] == b"2"
    assert ask(application, "/", HTTP_COOKIE="dong=1")[2] == b"3"
    assert ask(application, "/", HTTP_ACCEPT_LANGUAGE="en")[2] == b"4"
    assert ask(application)[2] == b"1"


def test_it_is_asked_again_when_the_seconds_are_over():
    site = Site()
    application = remembered(site, seconds=0)
    assert [ask(application)[2] for _time in range(2)] == [b"1", b"2"]


def test_while_one_asks_anew_the_others_get_the_old_answer(crowd):
    site, answers = Site(), []
    application = remembered(site, seconds=0.05)
    ask(application)
    threading.Event().wait(0.1)
    site.open.clear()
    application.seconds = 60
    crowd(application, "/", 1, answers)
    waits_for(lambda: site.inside == 1)
    assert ask(application)[2] == b"1"
    site.open.set()
    waits_for(lambda: len(answers) == 1)
    assert ask(application)[2] == b"2"


@pytest.mark.parametrize(
    ("environ", "headers", "status"),
    [
        ({"HTTP_COOKIE": "a=b; __Host-session=c"}, [], "200 OK"),
        ({"method": "POST"}, [], "200 OK"),
        ({"HTTP_RANGE": "bytes=0-9"}, [], "200 OK"),
        ({}, [("Set-Cookie", "csrftoken=x")], "200 OK"),
        ({}, [("Cache-Control", "max-age=0, no-store")], "200 OK"),
        ({}, [("cache-control", "private")], "200 OK"),
        ({}, [], "404 Not Found"),
    ],
)
def test_what_is_somebodys_own_or_forbids_it_is_always_asked_anew(environ, headers, status):
    application = remembered(Site(headers, status), seconds=60)
    assert [ask(application, **environ)[2] for _time in range(2)] == [b"1", b"2"]


def test_it_does_not_grow_without_end_and_keeps_nothing_large():
    application = remembered(Site(), seconds=60, most=3)
    for number in range(9):
        ask(application, f"/{number}/")
    assert len(application.kept) == 3
    assert ask(remembered(Site(), largest=0))[2] == b"1"
    small = remembered(Site(), seconds=60, largest=0)
    assert [ask(small)[2] for _time in range(2)] == [b"1", b"2"]
