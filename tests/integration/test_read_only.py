"""A read-only database: pages show, and writes are told to come back."""

import pytest
from django.db import connection

from tests.factories import make_tool
from tests.html_text import text_of

pytestmark = pytest.mark.django_db(transaction=True)
HTMX = {"hx-request": "true"}
SWITCHES = {
    "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
    "sqlite": ("PRAGMA query_only = on", "PRAGMA query_only = off"),
}


@pytest.fixture
def read_only():
    make_tool("Alpha")
    on, off = SWITCHES[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(on)
    yield
    with connection.cursor() as cursor:
        cursor.execute(off)


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "plain form"])
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/tools/alpha/vote/", {"decision": "ship"}),
        ("/tools/alpha/vote/", {"decision": "none"}),
        ("/tools/alpha/bookmark/", {"bookmarked": "yes"}),
    ],
)
def test_votes_and_bookmarks_are_told_to_come_back(client, read_only, path, fields, headers):
    response = client.post(path, fields, headers=headers)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "Nothing was lost" in text_of(response)


def test_pages_still_show(client, read_only):
    assert client.get("/tools/alpha/").status_code == 200
    assert client.get("/visitor-state/?tool=alpha").status_code == 200
