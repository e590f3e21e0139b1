"""What is personal about a page: one uncached fragment for all its tools."""

import re

import pytest
from django.test import Client

from tests.conftest import SAME_ORIGIN
from tests.factories import make_tool
from tests.html_text import text_of

pytestmark = pytest.mark.django_db
URL = "/visitor-state/?tool=alpha&tool=beta&votes=yes"
PART = f"{URL}&part=blocks"


@pytest.fixture
def voter(client):
    make_tool("Alpha")
    make_tool("Beta")
    client.post("/tools/alpha/vote/", {"decision": "skip"})
    client.post("/tools/beta/bookmark/", {"bookmarked": "yes"})
    return client


def pressed(response):
    return re.findall(r'id="((?:vote|bookmark)-[\w-]+)"[^>]*aria-pressed="true"', response.content.decode())


def test_the_fragment_fills_votes_bookmarks_and_count_for_the_whole_page(voter):
    response = voter.get(PART)
    assert pressed(response) == ["vote-alpha-skip", "bookmark-beta-button"]
    assert '<span id="bookmark-count" hx-swap-oob="innerHTML">1</span>' in response.content.decode()
    assert "no-store" in response["Cache-Control"]


def test_the_fragment_takes_three_queries_at_most(voter, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        voter.get(PART)


def test_a_stranger_gets_every_block_unpressed(voter, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        response = Client(headers=SAME_ORIGIN).get(PART)
    assert pressed(response) == []
    assert 'id="vote-alpha"' in response.content.decode()


def test_without_javascript_it_is_a_page_of_its_own(voter):
    response = voter.get(URL + "&back=/compare/")
    assert b"<html" in response.content
    text = text_of(response)
    assert "You voted skip" in text
    assert "You have not voted" in text
    assert b'<a href="/compare/">Back to the page</a>' in response.content


def test_the_public_page_links_to_it_and_asks_for_it_at_once(client):
    make_tool("Alpha")
    make_tool("Beta")
    html = client.get("/compare/alpha-vs-beta/").content.decode()
    assert 'href="/visitor-state/?tool=alpha&amp;tool=beta&amp;votes=yes"' in html
    assert 'hx-trigger="load, refresh"' in html


def test_hidden_and_unknown_tools_are_left_out(client):
    make_tool("Alpha", status="draft")
    assert "Nothing yet" in text_of(client.get("/visitor-state/?tool=alpha&tool=gone"))


def test_an_own_vote_is_in_the_count_at_once(voter):
    assert "1 vote, too few for a percentage" in text_of(voter.get(PART))
