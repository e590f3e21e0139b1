"""Forgetting a visitor on request, and everything in time."""

from datetime import UTC, datetime, time, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from comparisons.models import Bookmark, Upload
from comparisons.services.visitors.retention import forget_old
from reviews.models import NetworkKey, RequestCount, Vote, VoteHour, VoteNetwork, VoteNetworkKey, VoteTally
from tests.factories import make_tool
from tests.html_text import text_of
from tests.votes import tally, vote

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
    assert not Vote.objects.given().exists()
    assert not Vote.objects.linked().exists()
    assert not Bookmark.objects.exists()
    assert {tally.ships for tally in VoteTally.objects.all()} == {0}


def test_forget_me_leaves_others_alone(client):
    from django.test import Client

    from tests.conftest import SAME_ORIGIN

    make_tool("Alpha")
    client.post("/tools/alpha/vote/", {"decision": "ship"})
    Client(headers=SAME_ORIGIN).post("/tools/alpha/vote/", {"decision": "ship"})
    client.post("/privacy/forget/")
    assert Vote.objects.given().count() == VoteTally.objects.get().ships == 1


def test_a_stranger_may_press_the_button_too(client):
    assert client.post("/privacy/forget/").status_code == 302


def test_the_page_names_the_times_that_the_code_keeps(client):
    text = text_of(client.get("/privacy/"))
    assert "It lasts 400 days" in text
    assert "Its key is random and lives 28 days at most" in text
    assert "for 36 days" in text


def test_old_votes_still_count_and_are_nobodys():
    tool = make_tool("Alpha")
    old = NOW - timedelta(days=401)
    young = NOW - timedelta(days=399)
    for visitor, moment in (("old", old), ("young", young)):
        Vote.objects.create(
            tool=tool, visitor=visitor, decision="ship", cast_at=moment, changed_at=moment, network="n"
        )
        Bookmark.objects.create(visitor=visitor, tool=tool, created_at=moment)
    gone = forget_old(now=NOW)
    assert (gone.votes, gone.bookmarks, gone.networks) == (1, 1, 2)
    assert Vote.objects.count() == 2
    assert Vote.objects.filter(visitor="young").exists()
    assert not Vote.objects.filter(visitor="old").exists()
    assert Bookmark.objects.get().visitor == "young"
    assert forget_old(now=NOW).votes == 0


def test_counters_and_keys_go_in_their_time():
    for days in (-2, -1, 0, 6):
        NetworkKey.objects.create(
            day=(NOW - timedelta(days=days)).date(), key=b"k"
        )  # two by clocks that are ahead
    VoteNetworkKey.objects.create(day=VoteNetworkKey.first_day(NOW.date()), key=b"k")
    VoteNetworkKey.objects.create(day=VoteNetworkKey.first_day(NOW.date()) - timedelta(days=28), key=b"k")
    RequestCount.objects.create(key="old", window=int((NOW - timedelta(days=2)).timestamp()), count=1)
    assert forget_old(now=NOW).requests == 1
    assert {key.day for key in NetworkKey.objects.all()} == {NOW.date(), NOW.date() + timedelta(days=1)}
    assert VoteNetworkKey.objects.get().day == VoteNetworkKey.first_day(NOW.date())


def test_the_hash_of_a_network_goes_with_its_key():
    tool = make_tool("Alpha")
    change = datetime.combine(VoteNetworkKey.first_day(NOW.date()), time(), UTC)
    for number, hours in enumerate((-1, 1)):
        vote(tool, number, at=change + timedelta(hours=hours))
    assert forget_old(now=change + timedelta(hours=2)).networks == 1
    assert [vote.network for vote in Vote.objects.order_by("pk")] == ["", "network 1"]
    assert [each.digest for each in VoteNetwork.objects.all()] == ["network 1"]
    assert tally(tool) == (2, 0, 0)


def test_what_is_left_of_a_withdrawn_vote_goes_after_36_days():
    tool = make_tool("Alpha")
    vote(tool, 1)
    vote(tool, 1, "")
    vote(tool, 2)
    assert forget_old(now=NOW + timedelta(days=36)).withdrawals == 0
    assert forget_old(now=NOW + timedelta(days=36, hours=1)).withdrawals == 1
    assert Vote.objects.get().visitor == "visitor 2"
    assert not VoteHour.objects.exists()
    assert VoteTally.objects.get().ships == 1


def test_a_file_that_nobody_imported_goes_after_a_day():
    for hours in (23, 25):
        Upload.objects.create(
            kind="tools",
            format="csv",
            text="slug",
            editor=f"{hours}",
            uploaded_at=NOW - timedelta(hours=hours),
        )
    assert forget_old(now=NOW).uploads == 1
    assert Upload.objects.get().editor == "23"


def test_the_commands_say_what_they_did():
    for command, words in (("forget_old", "0 votes cut loose"), ("settle_votes", "0 votes released.")):
        out = StringIO()
        call_command(command, stdout=out)
        assert words in out.getvalue()
