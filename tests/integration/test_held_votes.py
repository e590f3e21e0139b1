"""Votes that wait: what voters and readers see, and what editors do."""

import pytest
import time_machine
from django.test import Client

from reviews.models import Vote, VoteBatch, VoteStatus
from reviews.models.votes import UNLINKED
from reviews.services.voting.cast import forget_votes
from reviews.services.voting.hold import decide
from tests.conftest import SAME_ORIGIN
from tests.factories import make_tool
from tests.html_text import assert_in_order, text_of
from tests.votes import NOW, OFFICE, tally, vote

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_that_time():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def held(settings):
    """A tool with two votes that count and one that waits for its network, and the batch."""
    settings.VOTES_PER_NETWORK = 1
    tool = make_tool("Alpha")
    vote(tool, 1)
    vote(tool, "from the office", networks=OFFICE)
    vote(tool, 2, "skip", networks=OFFICE)
    return tool, VoteBatch.objects.get()


def test_releasing_counts_and_deciding_twice_changes_nothing(held):
    tool, batch = held
    assert tally(tool) == (2, 0, 1)
    for release in (True, False):
        decide(batch=batch, release=release, by="ed", now=NOW)
    assert tally(tool) == (2, 1, 0)


def test_discarding_keeps_the_votes_on_record(held):
    tool, batch = held
    decide(batch=batch, release=False, by="ed", now=NOW)
    assert tally(tool) == (1, 0, 0)
    assert Vote.objects.get(visitor="visitor 2").status == VoteStatus.DISCARDED


def test_a_held_vote_can_be_changed_and_withdrawn_without_touching_the_count(held):
    tool, _ = held
    vote(tool, 2, "ship")
    assert tally(tool) == (2, 0, 1)
    vote(tool, 2, "")
    assert tally(tool) == (2, 0, 0)


def test_a_discarded_vote_can_be_withdrawn_and_stays_on_record(held):
    tool, batch = held
    decide(batch=batch, release=False, by="ed", now=NOW)
    vote(tool, 2, "")
    assert tally(tool) == (1, 0, 0)
    assert not Vote.objects.by_visitor("visitor 2").exists()
    assert set(batch.votes.values_list("status", flat=True)) == {VoteStatus.DISCARDED}
    assert batch.votes.count() == 2


def test_a_discarded_voter_is_not_counted_after_voting_again(held):
    tool, batch = held
    decide(batch=batch, release=False, by="ed", now=NOW)
    for decision in ("ship", "skip"):
        vote(tool, 2, "")
        assert vote(tool, 2, decision).status == VoteStatus.DISCARDED
    assert tally(tool) == (1, 0, 0)
    assert Vote.objects.by_visitor("visitor 2").get().decision == "skip"
    assert batch.votes.count() == 2


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_forgetting_a_visitor_leaves_what_was_discarded_as_nobodys(held, is_withdrawn):
    tool, batch = held
    decide(batch=batch, release=False, by="ed", now=NOW)
    if is_withdrawn:
        vote(tool, 2, "")
    assert forget_votes(visitor="visitor 2", now=NOW) == (0 if is_withdrawn else 1)
    assert tally(tool) == (1, 0, 0)
    gone = batch.votes.get(decision="skip")
    assert (gone.visitor, gone.network) == (f"{UNLINKED}{gone.pk}", "")


def test_the_voter_of_a_held_vote_gets_the_same_answer(client, settings):
    """A voter can't tell a held vote by the answer."""
    settings.VOTES_PER_NETWORK = 1
    make_tool("Alpha")
    make_tool("Beta")
    answers = []
    for slug, before in (("alpha", 0), ("beta", 1)):
        for _ in range(before):
            Client(headers=SAME_ORIGIN).post(f"/tools/{slug}/vote/", {"decision": "ship"})
        response = Client(headers=SAME_ORIGIN).post(
            f"/tools/{slug}/vote/", {"decision": "ship"}, headers={"hx-request": "true"}
        )
        answers.append(
            text_of(response).replace("Some votes are under review", "").replace(slug.title(), "X")
        )
    assert Vote.objects.exclude(status="").count() == 1
    assert "1 vote" in answers[0]
    assert "2 votes" in answers[1]


@pytest.mark.parametrize("decision", ["skip", "none"])
def test_the_voter_of_a_change_that_waits_gets_the_same_answer(settings, decision):
    """Nor a held change or withdrawal."""
    answers = []
    for slug in ("alpha", "beta"):
        make_tool(slug.title())
        visitor = Client(headers=SAME_ORIGIN)
        visitor.post(f"/tools/{slug}/vote/", {"decision": "ship"})
        if slug == "beta":
            settings.VOTES_PER_NETWORK = 1
            Client(headers=SAME_ORIGIN).post(
                "/tools/beta/vote/", {"decision": "ship"}
            )  # waits, and the network with it
        response = visitor.post(
            f"/tools/{slug}/vote/", {"decision": decision}, headers={"hx-request": "true"}
        )
        answers.append(
            text_of(response)
            .replace(". Some votes are under review", "")
            .replace(slug, "x")
            .replace(slug.title(), "X")
        )
    assert Vote.objects.waiting().count() == 2
    assert answers[0] == answers[1]


def test_the_public_page_says_that_votes_are_under_review(client, held):
    make_tool("Beta")
    assert "Some votes are under review" in text_of(client.get("/compare/alpha-vs-beta/"))


def test_an_editor_sees_batches_and_releases_them(admin_client, held):
    tool, batch = held
    text = text_of(admin_client.get("/admin/reviews/votebatch/"))
    assert "More votes from one network than is plausible" in text
    assert "Select held batch" not in text
    data = {"action": "release", "_selected_action": [batch.pk]}
    assert "1 waiting batch released." in text_of(
        admin_client.post("/admin/reviews/votebatch/", data, follow=True)
    )
    assert tally(tool) == (2, 1, 0)
    assert VoteBatch.objects.get().decided_by == "admin"


@pytest.mark.parametrize(("button", "counted"), [("release", (2, 1, 0)), ("discard", (1, 0, 0))])
def test_a_batch_is_decided_on_its_own_page_once(admin_client, held, button, counted):
    tool, batch = held
    page = admin_client.get(f"/admin/reviews/votebatch/{batch.pk}/change/")
    assert_in_order(
        text_of(page),
        "Held batch",
        "More votes from one network than is plausible",
        "Waiting: 1",
        "Waiting votes to ship it: 0%",
    )
    assert "one (office)" in text_of(page)
    assert f'name="{button}"' in page.text
    assert 'name="_save"' not in page.text
    url = f"/admin/reviews/votebatch/{batch.pk}/decide/"
    done = admin_client.post(url, {button: button}, follow=True)
    assert tally(tool) == counted
    assert 'name="release"' not in done.text
    for other in ("release", "discard"):
        assert f"These votes are decided already: {button}" in text_of(
            admin_client.post(url, {other: other}, follow=True)
        )
    assert tally(tool) == counted
    assert admin_client.get(url).status_code == 405


def test_an_editor_discards_a_batch(admin_client, held):
    tool, batch = held
    data = {"action": "discard", "_selected_action": [batch.pk]}
    assert "1 waiting batch discarded." in text_of(
        admin_client.post("/admin/reviews/votebatch/", data, follow=True)
    )
    assert tally(tool) == (1, 0, 0)
