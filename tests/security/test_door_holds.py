"""Short forms of the drills, on the served site: it goes on answering while somebody does it harm.

The figures are in `drills/RESULTS.md`; here the limits are wide, for a busy machine.
"""

import contextlib
import http.client
import re
import socket
import threading
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings

from drills.relay import Relay
from drills.site import Site
from tests.throwaway_postgres import start

pytestmark = pytest.mark.slow

PATIENCE = 30.0  # seconds, for a busy machine; without the door there is no answer at all
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
SLOW = (
    b"POST /tools/mistral-3b/vote/ HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nd"
)


def assert_answers(site, *paths):
    for path in paths:
        began = time.monotonic()
        assert site.get(path, timeout=PATIENCE)[0] == 200
        assert time.monotonic() - began < PATIENCE


@pytest.mark.parametrize("number", [8, 200])
def test_while_forms_arrive_a_byte_at_a_time(served, number):
    with contextlib.ExitStack() as stack:
        for _ in range(number):
            stack.enter_context(socket.create_connection(("127.0.0.1", served.port), timeout=10)).sendall(
                SLOW
            )
        assert_answers(served, "/tools/mistral-3b/", "/privacy/", "/static/css/site.css")
        vote = served.get(
            "/tools/mistral-3b/vote/", method="POST", headers=FORM, body=b"decision=ship", timeout=PATIENCE
        )
        assert vote[0] == 303


@pytest.mark.parametrize("sent", ["Content-Length: 300000000", "Transfer-Encoding: chunked"])
def test_a_body_of_300_mb_is_not_read_to_its_end(served, sent):
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as client:
        client.sendall(f"POST /newsletter/subscribe/ HTTP/1.1\r\nHost: 127.0.0.1\r\n{sent}\r\n\r\n".encode())
        megabytes = 0
        with contextlib.suppress(OSError):
            for _ in range(300):
                client.sendall(b"F4240\r\n" + b"x" * 1_000_000 + b"\r\n")
                megabytes += 1
        assert megabytes < 50
        with contextlib.suppress(ConnectionResetError):  # it went on sending after the answer
            assert client.recv(12) == b"HTTP/1.1 413"


def test_who_asks_first_whether_to_send_is_told_no_before_a_byte(served):
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as client:
        client.sendall(
            b"POST /newsletter/subscribe/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            b"Expect: 100-continue\r\nContent-Length: 300000000\r\n\r\n"
        )
        assert client.recv(12) == b"HTTP/1.1 413"


def test_who_asks_first_is_told_to_go_on_with_a_small_form(served):
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as client:
        head = SLOW.partition(b"\r\n\r\n")[0].replace(b"1000", b"13")
        client.sendall(head + b"\r\nExpect: 100-continue\r\n\r\n")
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"decision=ship")
        assert client.recv(12) == b"HTTP/1.1 303"


def test_a_header_with_underscores_says_nothing_about_who_asks(served):
    networks = "from reviews.models import Vote; print(Vote.objects.values('network').distinct().count())"
    before = int(served.manage("shell", "--no-imports", "-c", networks))
    for number in range(3):
        headers = FORM | {"X-Forwarded-For": "192.0.2.1", "X_Forwarded_For": f"203.0.{number}.1"}
        assert (
            served.get("/tools/smollm3/vote/", method="POST", headers=headers, body=b"decision=ship")[0]
            == 303
        )
    assert int(served.manage("shell", "--no-imports", "-c", networks)) == before + 1


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "cp037", "hex", "nonsense"])
def test_a_charset_on_a_get_changes_nothing(served, charset):
    path = "/search/?q=caf%C3%A9+%00"
    bent = served.get(path, headers={"Content-Type": f"text/plain; charset={charset}"})
    usual = served.get(path)
    assert (bent[0], bent[2]) == (usual[0], usual[2])


def test_what_is_under_way_is_finished_when_the_server_stops():
    """An upgrade loses no request: a form whose last bytes come after the signal is answered."""
    with Site() as site:
        client = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
        client.putrequest("POST", "/tools/mistral-3b/vote/")
        for name, value in {**FORM, "Content-Length": "13"}.items():
            client.putheader(name, value)
        client.endheaders()
        client.send(b"decision")
        time.sleep(0.5)
        stopping = threading.Thread(target=site.stop)
        stopping.start()
        time.sleep(1)
        client.send(b"=ship")
        assert client.getresponse().status == 303
        stopping.join(30)
        assert site.process.returncode == 0


@pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"), reason="SQLite has no network"
)
def test_while_the_database_is_silent():
    """What needs no database answers, everything else is refused, and pages are back when the database is."""
    folder = Path(unquote(urlsplit(start()).netloc.rpartition("@")[2]))
    with Relay(folder) as relay, Site(database_url=relay.url, is_seeded=False) as site:
        assert_answers(site, "/tools/mistral-3b/")
        relay.fall_silent()
        began = time.monotonic()
        assert site.get("/tools/mistral-3b/", timeout=20)[0] == 503
        assert time.monotonic() - began < 15
        assert_answers(site, "/privacy/", "/static/css/site.css")
        status, headers, body = site.get("/tools/mistral-3b/")
        assert (status, headers["retry-after"]) == (503, "5")
        assert re.search(b"<h1>[^<]+", body)
        relay.speak()
        assert site.wait_until_healthy(path="/tools/mistral-3b/", seconds=30) < 30
