"""Casting and withdrawing, by service and HTTP: a table of every transition."""

import re
from itertools import product

import pytest
from django.test import Client
from django.utils import timezone

from comparisons.http.visitor_cookie import new_visitor
from comparisons.models import Bookmark
from reviews.models import Vote, VoteTally
from reviews.services.voting.cast import cast, withdraw
from tests.conftest import SAME_ORIGIN
from tests.factories import make_tool
from tests.html_text import html_of, text_of

pytestmark = pytest.mark.django_db

STATES = ("none", "ship", "skip")
TRANSITIONS = list(product(STATES, repeat=2))
TALLIES = {"none": (0, 0), "ship": (1, 0), "skip": (0, 1)}


def put(tool, visitor, state):
    if state == "none":
        withdraw(tool=tool, visitor=visitor, networks=(), now=timezone.now())
    else:
        cast(tool=tool, visitor=visitor, decision=state, networks=(), now=timezone.now())


def state_of(tool):
    tally = VoteTally.objects.get(tool=tool)
    vote = Vote.objects.given().filter(tool=tool).first()
    return (vote.decision if vote else "none"), (tally.ships, tally.skips)


@pytest.mark.parametrize(("before", "after"), TRANSITIONS)
def test_every_transition_through_the_service(before, after):
    tool = make_tool("Alpha")
    visitor = new_visitor()
    put(tool, visitor, before)
    put(tool, visitor, after)
    assert state_of(tool) == (after, TALLIES[after])


@pytest.mark.parametrize("is_htmx", [True, False], ids=["htmx", "plain form"])
@pytest.mark.parametrize(("before", "after"), TRANSITIONS)
def test_every_transition_through_http(client, before, after, is_htmx):
    tool = make_tool("Alpha")
    headers = {"hx-request": "true"} if is_htmx else {}
    for state in (before, after):
        response = client.post(
            "/tools/alpha/vote/", {"decision": state, "back": "/compare/"}, headers=headers
        )
        if is_htmx:
            assert response.status_code == 200
        else:
            assert response.status_code == 303
            note = "withdrawn-alpha" if state == "none" else f"voted-{state}-alpha"
            assert response["Location"] == f"/compare/#{note}"
        assert response["Cache-Control"] == "no-store"
    assert state_of(tool) == (after, TALLIES[after])
    if is_htmx:
        html = html_of(response)
        pressed = re.findall(r'id="vote-alpha-(\w+)"[^>]*aria-pressed="true"', html)
        assert pressed == ([] if after == "none" else [after])


def test_each_button_says_what_it_sets(client):
    make_tool("Alpha")
    html = html_of(client.post("/tools/alpha/vote/", {"decision": "ship"}, headers={"hx-request": "true"}))
    assert re.search(r'id="vote-alpha-ship"[^>]*value="none" aria-pressed="true"', html)
    assert re.search(r'id="vote-alpha-skip"[^>]*value="skip" aria-pressed="false"', html)


def test_the_answer_tells_screen_readers_what_happened_and_updates_the_card(client):
    make_tool("Alpha")
    html = client.post(
        "/tools/alpha/vote/", {"decision": "ship"}, headers={"hx-request": "true"}
    ).content.decode()
    assert (
        'id="announcer" hx-swap-oob="innerHTML">You voted ship for Alpha. 1 vote, too few for a percentage.'
        in html
    )
    assert 'id="community-alpha" hx-swap-oob="innerHTML"' in html


def test_sending_a_vote_twice_does_no_harm(client):
    tool = make_tool("Alpha")
    for _ in range(3):
        client.post("/tools/alpha/vote/", {"decision": "ship"})
    assert state_of(tool) == ("ship", (1, 0))


def test_two_visitors_count_twice_and_one_changing_counts_once(client):
    from django.test import Client

    from tests.conftest import SAME_ORIGIN

    tool = make_tool("Alpha")
    other = Client(headers=SAME_ORIGIN)
    client.post("/tools/alpha/vote/", {"decision": "ship"})
    other.post("/tools/alpha/vote/", {"decision": "ship"})
    other.post("/tools/alpha/vote/", {"decision": "skip"})
    assert (VoteTally.objects.get(tool=tool).ships, VoteTally.objects.get(tool=tool).skips) == (1, 1)


@pytest.mark.parametrize("fields", [{"status": "draft", "published_at": None}, {"status": "retired"}])
def test_an_unpublished_or_retired_tool_takes_no_vote(client, fields):
    make_tool("Alpha", **fields)
    assert client.post("/tools/alpha/vote/", {"decision": "ship"}).status_code == 404
    assert not Vote.objects.exists()


def test_a_scheduled_tool_takes_no_vote_before_its_moment(client):
    from datetime import timedelta

    make_tool("Alpha", published_at=timezone.now() + timedelta(minutes=1))
    assert client.post("/tools/alpha/vote/", {"decision": "ship"}).status_code == 404


def test_an_unknown_tool_takes_no_vote(client):
    assert client.post("/tools/gone/vote/", {"decision": "ship"}).status_code == 404


@pytest.mark.parametrize("decision", ["", "maybe", "SHIP", "ship; drop table", "\x00"])
def test_a_wrong_decision_is_reported_in_the_block_that_was_pressed(client, decision):
    make_tool("Alpha")
    response = client.post("/tools/alpha/vote/", {"decision": decision}, headers={"hx-request": "true"})
    assert "Choose ship it or skip it." in text_of(response)
    assert b'id="vote-alpha"' in response.content
    assert client.post("/tools/alpha/vote/", {"decision": decision}).status_code == 422
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example", ""]
)
def test_a_vote_never_redirects_to_another_site(client, back):
    make_tool("Alpha")
    response = client.post("/tools/alpha/vote/", {"decision": "ship", "back": back})
    assert response["Location"] == "/tools/alpha/#voted-ship-alpha"


def test_a_null_character_in_the_way_back_is_replaced_and_leads_to_no_other_site(client):
    make_tool("Alpha")
    response = client.post("/tools/alpha/vote/", {"decision": "ship", "back": "/a\0b"})
    assert response["Location"] == "/a%EF%BF%BDb#voted-ship-alpha"


def test_a_null_character_in_the_return_address_does_not_stop_the_vote(client):
    tool = make_tool("Alpha")
    response = client.post(
        "/tools/alpha/vote/", {"decision": "ship", "back": "/a\0b"}, headers={"hx-request": "true"}
    )
    assert response.status_code == 200
    assert b"\0" not in response.content
    assert state_of(tool) == ("ship", (1, 0))


def test_the_cookie_is_set_by_the_act_of_voting(client, settings):
    make_tool("Alpha")
    assert not client.get("/tools/alpha/").cookies
    cookie = client.post("/tools/alpha/vote/", {"decision": "ship"}).cookies["visitor"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["secure"]
    assert cookie["max-age"] == 400 * 86_400

    settings.SITE_IS_SECURE = True
    cookie = client.post("/tools/alpha/vote/", {"decision": "ship"}).cookies["__Host-visitor"]
    assert cookie["secure"]
    assert cookie["path"] == "/"
    assert not cookie["domain"]


@pytest.mark.parametrize("forged", ["x", "WzFd:1abc:signature", "", "a" * 5000])
def test_an_unsigned_visitor_cookie_makes_a_new_visitor(client, forged):
    make_tool("Alpha")
    client.cookies["visitor"] = forged
    response = client.post("/tools/alpha/vote/", {"decision": "ship"})
    assert response.status_code == 303
    assert response.cookies["visitor"].value != forged


def test_the_public_page_counts_from_ten_votes_on(client):
    tool = make_tool("Alpha", "ship, ship, ship, ship")
    make_tool("Beta")
    for number in range(12):
        cast(
            tool=tool,
            visitor=f"visitor {number}",
            decision="skip" if number % 3 else "ship",
            networks=(),
            now=timezone.now(),
        )
    text = text_of(client.get("/compare/alpha-vs-beta/"))
    assert re.search("Community ?33%", text)
    assert "33% · 4 ship / 8 skip" in text


def test_the_page_says_when_crowd_and_panel_disagree(client):
    tool = make_tool("Alpha", "ship, ship, ship, ship")
    VoteTally.objects.create(tool=tool, ships=5, skips=15, networks=20)
    make_tool("Beta")
    words = "The crowd is 75 percentage points less keen than the panel."
    assert words in text_of(client.get("/compare/alpha-vs-beta/"))
    assert words in text_of(client.get("/tools/alpha/"))


def test_a_database_that_is_down_keeps_the_form_and_says_when_to_come_back(client, monkeypatch):
    from django.db import OperationalError

    make_tool("Alpha")

    def fail(**_):
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr("comparisons.views.votes.cast", fail)
    response = client.post("/tools/alpha/vote/", {"decision": "ship"})
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    response = client.post("/tools/alpha/vote/", {"decision": "ship"}, headers={"hx-request": "true"})
    assert (response.status_code, response["HX-Reswap"]) == (503, "none")
    assert "Nothing was lost" in text_of(response)


WORD = {"X-First-Act": "0123456789abcdef0123456789abcdef"}


def test_first_acts_with_the_same_word_are_one_visitors_though_no_answer_has_arrived():
    make_tool("Alpha")
    make_tool("Beta")
    for address, data in (
        ("/tools/alpha/vote/", {"decision": "ship"}),
        ("/tools/beta/bookmark/", {"bookmarked": "yes"}),
    ):
        assert Client(headers=SAME_ORIGIN).post(address, data, headers=WORD).status_code == 303
    visitor = Vote.objects.get().visitor
    assert Bookmark.objects.get().visitor == visitor
    assert len(visitor) == 22
    assert visitor not in WORD.values(), "whose name can be chosen could be somebody else's"


@pytest.mark.parametrize("word", ["", "short", "0123456789abcdef0123456789abcdeg", "0" * 33, "é" * 32])
def test_an_invalid_first_action_word_makes_a_new_visitor(word):
    make_tool("Alpha")
    for _ in range(2):
        Client(headers=SAME_ORIGIN).post(
            "/tools/alpha/vote/", {"decision": "ship"}, headers={"X-First-Act": word}
        )
    assert Vote.objects.count() == 2


def test_the_cookie_wins_over_the_first_action_word(client):
    make_tool("Alpha")
    for headers in ({}, WORD):
        client.post("/tools/alpha/vote/", {"decision": "ship"}, headers=headers)
    assert Vote.objects.count() == 1


def test_a_visitor_who_left_early_gets_the_cookie_with_the_personal_fragment():
    make_tool("Alpha")
    assert not Client(headers=SAME_ORIGIN).get("/visitor-state/?tool=alpha", headers=WORD).cookies
    Client(headers=SAME_ORIGIN).post("/tools/alpha/vote/", {"decision": "ship"}, headers=WORD)
    back = Client(headers=SAME_ORIGIN)
    response = back.get("/visitor-state/?part=blocks&tool=alpha&votes=yes", headers=WORD)
    assert "visitor:known" in response["HX-Trigger"]
    text = text_of(back.get("/visitor-state/?tool=alpha"))
    assert "You voted ship; pressing that button again takes it back." in text
    assert not back.get("/visitor-state/?tool=alpha").has_header("HX-Trigger"), "it is there already"
    assert not Client(headers=SAME_ORIGIN).get("/visitor-state/?tool=alpha").cookies


def test_the_cookie_comes_whatever_page_is_looked_at_next_and_the_word_is_given_up():
    make_tool("Alpha")
    Client(headers=SAME_ORIGIN).post("/tools/alpha/vote/", {"decision": "ship"}, headers=WORD)
    back = Client(headers=SAME_ORIGIN)
    assert back.get("/visitor-state/", headers=WORD).cookies
    again = back.get("/visitor-state/", headers=WORD)
    assert "visitor:known" in again["HX-Trigger"]
    assert not again.cookies


def test_forget_me_works_before_the_first_answer_arrives():
    make_tool("Alpha")
    Client(headers=SAME_ORIGIN).post("/tools/alpha/vote/", {"decision": "ship"}, headers=WORD)
    Client(headers=SAME_ORIGIN).post("/privacy/forget/", {"first_act": WORD["X-First-Act"]})
    assert not Vote.objects.given().exists()
    assert not Vote.objects.linked().exists()
    assert Client(headers=SAME_ORIGIN).post("/privacy/forget/", {"first_act": "nonsense\0"}).status_code in (
        302,
        400,
    )
