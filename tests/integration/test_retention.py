"""Forget me, and what is forgotten by itself."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from comparisons.models import Bookmark, Upload
from comparisons.services.visitors.retention import forget_old
from reviews.models import NetworkKey, RequestCount, Vote, VoteTally
from tests.factories import make_tool
from tests.html_text import text_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def test_forget_me_deletes_votes_bookmarks_and_cookie(client):
    make_tool("Alpha")
    make_tool("Beta")
    for slug in ("alpha", "beta"):
        client.post(f"/tools/{slug}/vote/", {"decision": "ship"})
        client.post(f"/tools/{slug}/bookmark/", {"bookmarked": "yes"})
    response = client.post("/privacy/forget/")
    assert response["Location"] == "/privacy/#forgotten"
    assert response.cookies["visitor"].value == ""
    assert not Vote.objects.exists()
    assert not Bookmark.objects.exists()
    assert {tally.ships for tally in VoteTally.objects.all()} == {0}


def test_forget_me_leaves_others_alone(client):
    from django.test import Client

    from tests.conftest import SAME_ORIGIN

    make_tool("Alpha")
    client.post("/tools/alpha/vote/", {"decision": "ship"})
    Client(headers=SAME_ORIGIN).post("/tools/alpha/vote/", {"decision": "ship"})
    client.post("/privacy/forget/")
    assert Vote.objects.count() == VoteTally.objects.get().ships == 1


def test_a_stranger_may_press_the_button_too(client):
    assert client.post("/privacy/forget/").status_code == 302


def test_the_page_names_the_times_that_the_code_keeps(client):
    text = text_of(client.get("/privacy/"))
    assert "It lasts 400 days" in text
    assert "the hash itself goes after 7 days" in text


def test_old_votes_still_count_and_are_nobodys():
    tool = make_tool("Alpha")
    old, young = NOW - timedelta(days=401), NOW - timedelta(days=399)
    for visitor, moment in (("old", old), ("young", young)):
        Vote.objects.create(tool=tool, visitor=visitor, decision="ship", cast_at=moment, changed_at=moment, network="n")
        Bookmark.objects.create(visitor=visitor, tool=tool, created_at=moment)
    gone = forget_old(now=NOW)
    assert (gone.votes, gone.bookmarks, gone.networks) == (1, 1, 2)
    assert Vote.objects.count() == 2
    assert Vote.objects.filter(visitor="young").exists()
    assert not Vote.objects.filter(visitor="old").exists()
    assert Bookmark.objects.get().visitor == "young"
    assert forget_old(now=NOW).votes == 0


def test_network_hashes_counters_and_keys_go_in_their_time():
    tool = make_tool("Alpha")
    for days in (6, 8):
        Vote.objects.create(tool=tool, visitor=f"v{days}", decision="ship", cast_at=NOW - timedelta(days=days), network="n")
        NetworkKey.objects.create(day=(NOW - timedelta(days=days)).date(), key=b"k")
    NetworkKey.objects.create(day=NOW.date(), key=b"k")
    NetworkKey.objects.create(day=(NOW + timedelta(days=1)).date(), key=b"made by a clock that is ahead")
    NetworkKey.objects.create(day=(NOW + timedelta(days=2)).date(), key=b"made by a clock that is wrong")
    RequestCount.objects.create(key="old", window=int((NOW - timedelta(days=2)).timestamp()), count=1)
    gone = forget_old(now=NOW)
    assert (gone.networks, gone.requests) == (1, 1)
    assert Vote.objects.get(visitor="v6").network == "n"
    assert NetworkKey.objects.count() == 2


def test_a_file_that_nobody_imported_goes_after_a_day():
    for hours in (23, 25):
        Upload.objects.create(
            kind="tools", format="csv", text="slug", editor=f"{hours}", uploaded_at=NOW - timedelta(hours=hours)
        )
    assert forget_old(now=NOW).uploads == 1
    assert Upload.objects.get().editor == "23"


def test_the_commands_say_what_they_did():
    for command, words in (("forget_old", "0 votes cut loose"), ("settle_votes", "0 released.")):
        out = StringIO()
        call_command(command, stdout=out)
        assert words in out.getvalue()
