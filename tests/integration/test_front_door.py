"""The front door before a test's application."""

import asyncio
import threading
import time

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from comparisons.database import silence as silence_module
from comparisons.database.silence import Silence
from comparisons.desk.accounts.devices import remember_device
from comparisons.http.front_door import door as door_module
from comparisons.http.front_door.answers import Whole
from comparisons.http.front_door.door import FrontDoor
from comparisons.http.front_door.incoming import read_incoming
from comparisons.http.front_door.routes import Routes
from tests import timeouts
from tests.asgi_client import request, scope_of


def door_to(answer, *, store=None):
    """Return a door before an application that answers with `answer(environ)`."""

    def django(environ, start_response):
        response = answer(environ)
        start_response(f"{response.status_code} X", list(response.items()))
        return response

    return FrontDoor(django, store=store)


def ask(answer, scope=None, **options):
    return asyncio.run(request(door_to(answer), scope or scope_of(), **options))


def test_a_page_passes():
    answer = ask(lambda environ: HttpResponse(f"Hello {environ['PATH_INFO']}"), scope_of("/tools/"))
    assert (answer.status, answer.body, answer.is_complete) == (200, b"Hello /tools/", True)


def test_a_head_has_no_body_and_the_length_of_the_page():
    answer = ask(lambda environ: HttpResponse("Hello"), scope_of(method="HEAD"))
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", "5")


def test_a_form_arrives():
    answer = ask(
        lambda environ: HttpResponse(environ["wsgi.input"].read() + environ["CONTENT_LENGTH"].encode()),
        scope_of(method="POST"),
        body=[b"decision", b"=ship"],
    )
    assert answer.body == b"decision=ship13"


@pytest.mark.parametrize(
    ("scope", "body", "status"),
    [
        (scope_of("/" + "a" * 9_000), (), 414),
        (scope_of(headers=[("X", "a" * 33_000)]), (), 431),
        (scope_of(method="POST", headers=[("Content-Type", "text/plain; charset=hex")]), [b"x"], 415),
        (scope_of(method="POST", headers=[("Content-Length", "300000000")]), [b"x"], 413),
        (scope_of(method="POST"), [b"x" * 40_000, b"x" * 40_000], 413),
    ],
)
def test_the_doors_own_answers_are_pages_of_the_site(scope, body, status):
    answer = ask(lambda environ: HttpResponse("never"), scope, body=body)
    assert answer.status == status
    assert b"<h1>" in answer.body
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_fragment_gets_its_refusal_where_the_page_shows_it():
    scope = scope_of(method="POST", headers=[("Content-Length", "300000000"), ("HX-Request", "true")])
    answer = ask(lambda environ: HttpResponse("never"), scope)
    assert answer.headers["hx-reswap"] == "none"
    assert b'role="alert"' in answer.body
    assert b"<html" not in answer.body


def test_a_program_gets_problem_details():
    answer = ask(lambda environ: HttpResponse("never"), scope_of("/api/v1/" + "a" * 9_000))
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_error_outside_every_view_gets_a_page_with_all_headers(caplog):
    answer = ask(lambda environ: 1 / 0)
    assert answer.status == 500
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "ZeroDivisionError" in caplog.text


def test_a_page_that_grows_is_sent_as_it_grows():
    """The second piece is made only after the first has arrived."""
    arrived = threading.Event()

    def pages():
        yield b"first"
        assert arrived.wait(timeouts.SECONDS)
        yield b"second"

    class Watched(list):
        def append(self, chunk):
            super().append(chunk)
            arrived.set()

    async def run():
        door = door_to(lambda environ: StreamingHttpResponse(pages()))
        chunks = Watched()

        async def send(message):
            if message["type"] == "http.response.body":
                chunks.append(message["body"])

        async def receive():
            await asyncio.Event().wait()

        await door(scope_of("/admin/files/"), receive, send)
        return chunks

    assert asyncio.run(run()) == [b"first", b"second", b""]


def test_a_page_that_grows_stops_when_its_reader_leaves():
    closed = threading.Event()

    def pages():
        try:
            while True:
                yield b"x"
                time.sleep(0.01)
        finally:
            closed.set()

    answer = ask(lambda environ: StreamingHttpResponse(pages()), scope_of("/admin/files/"), leaves_after=3)
    assert not answer.is_complete
    assert closed.wait(timeouts.SECONDS)


def test_a_page_that_breaks_off_does_not_look_whole():
    def pages():
        yield b"half"
        raise ValueError("broken")

    async def run():
        answer = door_to(lambda environ: StreamingHttpResponse(pages()))
        with pytest.raises(ValueError, match="broken"):
            await request(answer, scope_of())

    asyncio.run(run())


def test_a_thread_that_hangs_is_not_waited_for():
    end = threading.Event()

    async def run():
        door = door_to(
            lambda environ: (
                HttpResponse("light") if environ["PATH_INFO"] == "/privacy/" else end.wait(timeouts.SECONDS)
            )
        )
        door.routes.reading.seconds = 0.2
        hung = [await request(door, scope_of()) for _ in range(2)]
        light = await request(door, scope_of("/privacy/"))
        end.set()
        return [each.status for each in hung], light.status

    assert asyncio.run(run()) == ([503, 503], 200)


def test_while_the_database_is_silent_one_request_a_second_asks_it(monkeypatch):
    silence = Silence()
    monkeypatch.setattr(door_module, "silence", silence)
    monkeypatch.setattr(silence_module, "SECONDS_BETWEEN_PROBES", timeouts.SECONDS)

    async def run():
        door = door_to(lambda environ: HttpResponse("page"))
        silence.note_silence(asked_at=time.monotonic())
        refused = [(await request(door, scope_of("/tools/"))).status for _ in range(3)]
        light = (await request(door, scope_of("/privacy/"))).status
        silence._probed_at -= timeouts.SECONDS
        probes = [(await request(door, scope_of("/tools/"))).status for _ in range(3)]
        silence.note_answer()
        after = (await request(door, scope_of("/tools/"))).status
        return refused, light, probes, after

    assert asyncio.run(run()) == ([503, 503, 503], 200, [200, 503, 503], 200)


def test_a_stored_page_takes_no_thread_and_no_database():
    class Store:
        kept = []

        def find(self, incoming):
            return Whole(200, [], b"stored") if incoming.path == "/stored/" else None

        def keep(self, incoming, answer):
            self.kept.append((incoming.path, answer.body))

    def answer(environ):
        assert environ["PATH_INFO"] != "/stored/"
        return HttpResponse("rendered")

    async def run():
        door = door_to(answer, store=Store())
        return [(await request(door, scope_of(path))).body for path in ("/stored/", "/other/")]

    assert asyncio.run(run()) == [b"stored", b"rendered"]
    assert Store.kept == [("/other/", b"rendered")]


@pytest.mark.parametrize(
    ("scope", "lane"),
    [
        (scope_of("/"), "reading"),
        (scope_of("/privacy/"), "light"),
        (scope_of("/static/css/site.css"), "light"),
        (scope_of("/tools/x/vote/", method="POST"), "writing"),
        (scope_of("/privacy/", method="DELETE"), "writing"),
        (scope_of("/admin/login/"), "desk"),
        (scope_of("/admin/login/", method="POST"), "signing in"),
        (scope_of("/%61dmin/login/", method="POST"), "signing in"),
        (scope_of("/admin/files/", method="POST"), "desk"),
    ],
)
def test_each_request_takes_its_lane(scope, lane):
    assert Routes().lane_of(read_incoming(scope)).name == lane


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/account/second-factor/"])
def test_a_browser_that_an_account_knows_signs_in_beside_the_strangers(path, rf):
    response = HttpResponse()
    remember_device(rf.get("/"), response, username="grace")
    cookie = f"csrf=x; {response.cookies.output(header='', sep='').split(';')[0].strip()}"
    for sent, lane in (
        (cookie, "signing in, known browser"),
        (cookie[:-1], "signing in"),
        ("desk-device=x", "signing in"),
    ):
        scope = scope_of(path, method="POST", headers=[("cookie", sent)])
        assert Routes().lane_of(read_incoming(scope)).name == lane


@pytest.mark.parametrize(
    ("path", "cookie", "may"),
    [
        ("/admin/files/", "session=x", True),
        ("/admin/files/", "visitor=x", False),
        ("/admin/login/", "session=x", False),
        ("/tools/x/vote/", "session=x", False),
    ],
)
def test_only_the_desk_takes_files(path, cookie, may):
    assert (
        Routes().may_upload(read_incoming(scope_of(path, method="POST", headers=[("Cookie", cookie)]))) is may
    )
