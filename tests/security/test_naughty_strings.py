"""Texts that broke programs before, in every parameter, field, header, cookie and path.

The short form gives each place a few of them, in turn. `python -m drills.naughty_strings` gives many more, on
both databases.
"""

import gc
import os
import zlib
from collections.abc import Iterator
from time import thread_time

import pytest
from django.db import transaction
from django.test import Client

from reviews.models import Tool
from tests.security.inputs import ENCODINGS, Input, Request, desk_pages, inputs_of, public_pages, request_with
from tests.security.naughty_strings import STRINGS, comes_back_raw

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

USUAL = "1" if os.environ.get("TEST_DATABASE") == "postgresql" else "2"
EACH = int(os.environ.get("NAUGHTY_STRINGS_EACH", USUAL))
SHARDS = 4
MOST_SECONDS = 1.0  # of processor time


@pytest.fixture
def places(catalogue, admin_client) -> list[Input]:
    """Every input of the site, as an editor with all permissions sees it."""
    stranger = Client()
    pages = {path: stranger.get(path).content.decode() for path in public_pages()}
    pages["/admin/login/"] = stranger.get("/admin/login/").content.decode()
    pages["/visitor-state/"] = stranger.get("/visitor-state/?tool=mistral-3b").content.decode()
    for path in [path for path in desk_pages() if path not in pages]:
        answer = admin_client.get(path)
        if answer.status_code == 200:
            pages[path] = answer.content.decode()
    return inputs_of(pages)


def texts_for(place: Input) -> Iterator[tuple[str, str]]:
    """Yield the strings and encodings for this place."""
    first = zlib.crc32(str(place).encode())
    for index in range(EACH):
        yield STRINGS[(first + index) % len(STRINGS)], list(ENCODINGS)[(first + index) % len(ENCODINGS)]


def answer_to(request: Request, session: str):
    """Send a request as an editor, undo its changes, return the answer and its processor seconds."""
    client = Client(raise_request_exception=False)
    headers = dict(request.headers)
    cookie = headers.pop("Cookie", "")
    if not cookie.startswith("session="):
        cookie = f"session={session}; {cookie}"
    extra = {
        f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in headers.items()
        if name != "Content-Type"
    }
    # The log of thousands of requests is kept until the test ends: collecting it is no cost of one of them.
    gc.disable()
    began = thread_time()
    with transaction.atomic():
        answer = client.generic(
            request.method,
            request.path,
            request.body.encode(),
            content_type=headers.get("Content-Type", "") if request.method == "POST" else "",
            QUERY_STRING=request.query,
            HTTP_COOKIE=cookie,
            **extra,
        )
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    seconds = thread_time() - began
    gc.enable()
    return answer, body.decode(errors="replace"), seconds


@pytest.mark.parametrize("shard", range(SHARDS))
def test_each_gets_a_clear_answer(places, admin_client, shard):
    session = admin_client.cookies["session"].value
    wrong = []
    sent = 0
    for place in places[shard::SHARDS]:
        for text, encoding in texts_for(place):
            sent += 1
            answer, body, seconds = answer_to(request_with(place, text, encoding), session)
            is_html = answer.headers.get("Content-Type", "").startswith("text/html")
            problems = {
                f"answers {answer.status_code}": answer.status_code >= 500 and not is_no_mail(place),
                "comes back raw": is_html and comes_back_raw(text, body),
                "holds a NUL": "\0" in body,
                "writes a header": "x-naughty" in answer.headers,
                f"takes {seconds:.1f} s": seconds > MOST_SECONDS,
            }
            wrong += [
                f"{problem}: {place} with {text[:60]!r} in {encoding}"
                for problem, is_so in problems.items()
                if is_so
            ]
    print(f"{sent} requests sent")
    assert not wrong, "\n".join(wrong)


def is_no_mail(place: Input) -> bool:
    """Say whether an answer is the letter's 503 for a missing mail server."""
    return place.path == "/newsletter/subscribe/"


def test_every_kind_of_place_was_found(places):
    found = {str(place) for place in places}
    first_tool = Tool.objects.earliest("pk").pk
    assert {
        "path argument of /compare/<>/",
        "query q of /search/",
        "query category of /tools/",
        "field decision of /tools/mistral-3b/vote/",
        "field email of /newsletter/subscribe/",
        "field _selected_action of /admin/reviews/tool/",
        f"field name of /admin/reviews/tool/{first_tool}/change/",
        "field username of /admin/login/",
        "header HX-Current-URL of /visitor-state/",
        "cookie session of /admin/",
    } <= found


def test_raw_markup_would_be_seen():
    assert comes_back_raw("<script>nty</script>", "<p><script>nty</script></p>")
    assert not comes_back_raw("<script>nty</script>", "<p>&lt;script&gt;nty&lt;/script&gt;</p>")
