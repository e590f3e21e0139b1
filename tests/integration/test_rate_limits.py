"""Rate limits: counted in one statement, answered with 429 in the pressed block."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from reviews.models import RequestCount, Vote
from reviews.services.rate_limits import allow
from tests.factories import make_tool
from tests.html_text import text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, 0, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def frozen_clock():
    """All of a test happens in one minute, the window of the limits."""
    with time_machine.travel(NOW, tick=False):
        yield


def test_a_limit_begins_again_with_the_next_window():
    answers = [allow(key="a", limit=2, seconds=60, now=NOW).is_allowed for _ in range(3)]
    assert answers == [True, True, False]
    assert allow(key="a", limit=2, seconds=60, now=NOW).retry_after == 50
    assert allow(key="b", limit=2, seconds=60, now=NOW).is_allowed
    assert allow(key="a", limit=2, seconds=60, now=NOW + timedelta(seconds=50)).is_allowed


def test_only_a_hash_of_the_key_is_stored():
    allow(key="secret visitor", limit=2, seconds=60, now=NOW)
    assert "secret" not in RequestCount.objects.get().key


def test_a_visitor_who_floods_is_told_to_wait_in_the_block_that_was_pressed(client, settings):
    settings.REQUESTS_PER_VISITOR = 2
    make_tool("Alpha")
    for _ in range(3):
        response = client.post("/tools/alpha/vote/", {"decision": "ship"}, headers={"hx-request": "true"})
    response = client.post("/tools/alpha/vote/", {"decision": "skip"}, headers={"hx-request": "true"})
    assert response.status_code == 429
    assert response["Retry-After"] == "50"
    assert "That was a lot at once. Please wait" in text_of(response)
    assert b'id="vote-alpha"' in response.content
    assert Vote.objects.get().decision == "ship"
    assert client.post("/tools/alpha/vote/", {"decision": "skip"}).status_code == 429
    assert client.post("/tools/alpha/bookmark/", {"bookmarked": "yes"}).status_code == 429


def test_a_network_that_floods_is_told_to_wait(client, settings):
    from django.test import Client

    from tests.conftest import SAME_ORIGIN

    settings.REQUESTS_PER_NETWORK = 2
    make_tool("Alpha")
    statuses = [
        Client(headers=SAME_ORIGIN).post("/tools/alpha/vote/", {"decision": "ship"}).status_code
        for _ in range(3)
    ]
    assert statuses == [303, 303, 429]
    elsewhere = Client(headers=SAME_ORIGIN, REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post("/tools/alpha/vote/", {"decision": "ship"}).status_code == 303
