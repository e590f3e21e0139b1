"""Votes that are taken and wait: from one network, in a burst, released or discarded."""

from datetime import UTC, datetime, timedelta

import pytest

from reviews.models import Vote, VoteBatch, VoteStatus, VoteTally
from reviews.models.votes import UNLINKED
from reviews.services.voting.cast import cast, forget_votes, withdraw
from reviews.services.voting.hold import decide, settle_all
from reviews.services.voting.networks import Network
from tests.factories import make_tool
from tests.html_text import assert_in_order, text_of

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
OFFICE = (Network(prefix=24, digest="office"),)


def vote(tool, number, decision="ship", *, networks=None, at=NOW):
    own = (Network(prefix=24, digest=f"network {number}"),)
    return cast(tool=tool, visitor=f"visitor {number}", decision=decision, networks=networks or own, now=at)


def settled_past(tool, *, ships, skips, days=40):
    """A past of `ships` and `skips` votes, spread evenly and ended ten days ago."""
    total = ships + skips
    first = NOW - timedelta(days=days + 10)
    Vote.objects.bulk_create(
        Vote(
            tool=tool,
            visitor=f"past {number}",
            decision="ship" if number < ships else "skip",
            cast_at=first + timedelta(days=days) * number / total,
        )
        for number in range(total)
    )
    VoteTally.objects.update_or_create(tool=tool, defaults={"ships": ships, "skips": skips})


def tally(tool):
    row = VoteTally.objects.get(tool=tool)
    return row.ships, row.skips, row.waiting


def test_an_office_votes_and_only_what_is_implausible_waits(settings):
    settings.VOTES_PER_NETWORK = 5
    tool = make_tool("Alpha")
    for number in range(8):
        vote(tool, number, networks=OFFICE)
    assert tally(tool) == (5, 0, 3)
    batch = VoteBatch.objects.get()
    assert (batch.reason, batch.votes.count()) == (VoteStatus.NETWORK, 3)


def test_the_default_lets_an_office_of_thirty_vote():
    tool = make_tool("Alpha")
    for number in range(31):
        vote(tool, number, networks=OFFICE)
    assert tally(tool) == (30, 0, 1)


def test_wider_networks_have_rising_limits(settings):
    settings.VOTES_PER_NETWORK = 2
    tool = make_tool("Alpha")
    for number in range(12):
        networks = (
            Network(prefix=64, digest=f"home {number}"),
            Network(prefix=56, digest=f"street {number // 4}"),
            Network(prefix=48, digest="town"),
        )
        vote(tool, number, networks=networks)
    assert tally(tool) == (8, 0, 4)  # the /48 may cast four times two


def test_a_network_counts_again_the_next_day(settings):
    settings.VOTES_PER_NETWORK = 1
    tool = make_tool("Alpha")
    for number in range(2):
        vote(tool, number, networks=OFFICE, at=NOW + timedelta(days=number))
    assert tally(tool) == (2, 0, 0)


def test_a_burst_takes_the_votes_of_its_window_out_of_the_count():
    tool = make_tool("Alpha")
    settled_past(tool, ships=60, skips=40)
    for number in range(30):
        vote(tool, number, at=NOW + timedelta(seconds=number))
    assert tally(tool) == (60, 40, 30)
    assert VoteBatch.objects.get().reason == VoteStatus.BURST


def test_votes_that_fit_the_past_are_never_held():
    tool = make_tool("Alpha")
    settled_past(tool, ships=240, skips=160)  # ten a day
    for number in range(60):
        vote(tool, number, at=NOW + timedelta(hours=2.4) * number)
    assert tally(tool)[2] == 0


def test_a_batch_that_agrees_is_released_by_itself_after_twenty_minutes():
    tool = make_tool("Alpha")
    settled_past(tool, ships=600, skips=400, days=300)
    for number in range(60):
        vote(tool, number, "skip" if number % 5 < 2 else "ship", at=NOW + timedelta(seconds=number))
    assert tally(tool)[2] > 0
    assert settle_all(now=NOW + timedelta(minutes=19)) == 0
    assert settle_all(now=NOW + timedelta(minutes=21)) == 1
    assert tally(tool) == (636, 424, 0)
    assert VoteBatch.objects.get().decided_by == "settled share"


def test_a_batch_that_pulls_one_way_waits_for_an_editor():
    tool = make_tool("Alpha")
    settled_past(tool, ships=600, skips=400, days=300)
    for number in range(60):
        vote(tool, number, at=NOW + timedelta(seconds=number))
    assert settle_all(now=NOW + timedelta(hours=5)) == 0
    assert tally(tool) == (600, 400, 60)


def test_a_later_vote_releases_a_ripe_batch_without_a_timer():
    tool = make_tool("Alpha")
    settled_past(tool, ships=600, skips=400, days=300)
    for number in range(60):
        vote(tool, number, "skip" if number % 5 < 2 else "ship", at=NOW + timedelta(seconds=number))
    vote(tool, 99, at=NOW + timedelta(minutes=45))
    assert tally(tool)[2] == 0


def test_released_votes_do_not_make_the_next_vote_a_burst():
    tool = make_tool("Alpha")
    settled_past(tool, ships=600, skips=400, days=300)
    for number in range(60):
        vote(tool, number, "skip" if number % 5 < 2 else "ship", at=NOW + timedelta(seconds=number))
    settle_all(now=NOW + timedelta(minutes=31))
    vote(tool, 99, at=NOW + timedelta(minutes=32))
    assert tally(tool)[2] == 0


@pytest.fixture
def held():
    """A tool with two counted votes and one that waits, and its batch."""
    tool = make_tool("Alpha")
    vote(tool, 1)
    vote(tool, 2, "skip")
    tool_tally = VoteTally.objects.get(tool=tool)
    from reviews.services.voting.hold import hold

    return tool, hold(tally=tool_tally, votes=[vote(tool, 2, "skip")], reason=VoteStatus.BURST, now=NOW)


def test_releasing_counts_and_deciding_twice_changes_nothing(held):
    tool, batch = held
    assert tally(tool) == (1, 0, 1)
    for release in (True, False):
        decide(batch=batch, release=release, by="ed", now=NOW)
    assert tally(tool) == (1, 1, 0)


def test_discarding_keeps_the_votes_on_record(held):
    tool, batch = held
    decide(batch=batch, release=False, by="ed", now=NOW)
    assert tally(tool) == (1, 0, 0)
    assert Vote.objects.get(visitor="visitor 2").status == VoteStatus.DISCARDED


def test_a_held_vote_can_be_changed_and_withdrawn_without_touching_the_count(held):
    tool, _ = held
    vote(tool, 2, "ship")
    assert tally(tool) == (1, 0, 1)
    withdraw(tool=tool, visitor="visitor 2")
    assert tally(tool) == (1, 0, 0)


def test_a_discarded_vote_can_be_withdrawn_and_stays_on_record(held):
    tool, batch = held
    decide(batch=batch, release=False, by="ed", now=NOW)
    withdraw(tool=tool, visitor="visitor 2")
    assert tally(tool) == (1, 0, 0)
    assert not Vote.objects.by_visitor("visitor 2").exists()
    assert batch.votes.get().status == VoteStatus.DISCARDED


def test_a_discarded_voter_is_not_counted_after_voting_again(held):
    tool, batch = held
    decide(batch=batch, release=False, by="ed", now=NOW)
    for decision in ("ship", "skip"):
        withdraw(tool=tool, visitor="visitor 2")
        assert vote(tool, 2, decision).status == VoteStatus.DISCARDED
    assert tally(tool) == (1, 0, 0)
    assert Vote.objects.by_visitor("visitor 2").get().decision == "skip"
    assert batch.votes.count() == 1


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_forgetting_a_visitor_leaves_what_was_discarded_as_nobodys(held, is_withdrawn):
    tool, batch = held
    decide(batch=batch, release=False, by="ed", now=NOW)
    if is_withdrawn:
        withdraw(tool=tool, visitor="visitor 2")
    assert forget_votes(visitor="visitor 2") == (0 if is_withdrawn else 1)
    assert tally(tool) == (1, 0, 0)
    assert batch.votes.get().visitor.startswith(UNLINKED)


def test_one_visitor_cannot_use_up_the_votes_of_an_office(settings):
    settings.VOTES_PER_NETWORK = 3
    tool = make_tool("Alpha")
    for _ in range(10):
        vote(tool, 1, networks=OFFICE)
        withdraw(tool=tool, visitor="visitor 1")
    for number in (1, 2, 3):
        assert vote(tool, number, networks=OFFICE).status == VoteStatus.COUNTS
    assert vote(tool, 4, networks=OFFICE).status == VoteStatus.NETWORK
    withdraw(tool=tool, visitor="visitor 4")
    assert vote(tool, 4, networks=OFFICE).status == VoteStatus.NETWORK


def test_the_voter_of_a_held_vote_gets_the_same_answer(client, settings):
    """No oracle: whoever is held back can't tell from the answer."""
    settings.VOTES_PER_NETWORK = 1
    make_tool("Alpha")
    make_tool("Beta")
    answers = []
    from django.test import Client

    from tests.conftest import SAME_ORIGIN

    for slug, before in (("alpha", 0), ("beta", 1)):
        for _ in range(before):
            Client(headers=SAME_ORIGIN).post(f"/tools/{slug}/vote/", {"decision": "ship"})
        response = Client(headers=SAME_ORIGIN).post(f"/tools/{slug}/vote/", {"decision": "ship"}, headers={"hx-request": "true"})
        answers.append(text_of(response).replace("Some votes are under review", "").replace(slug.title(), "X"))
    assert Vote.objects.exclude(status="").count() == 1
    assert "1 vote" in answers[0]
    assert "2 votes" in answers[1]


def test_the_public_page_says_that_votes_are_under_review(client, held):
    make_tool("Beta")
    assert "Some votes are under review" in text_of(client.get("/compare/alpha-vs-beta/"))


def test_an_editor_sees_batches_and_releases_them(admin_client, held):
    tool, batch = held
    text = text_of(admin_client.get("/admin/reviews/votebatch/"))
    assert "A burst that does not fit the tool's past" in text
    assert "Select held batch" not in text
    data = {"action": "release", "_selected_action": [batch.pk]}
    assert "1 waiting batch released." in text_of(admin_client.post("/admin/reviews/votebatch/", data, follow=True))
    assert tally(tool) == (1, 1, 0)
    assert VoteBatch.objects.get().decided_by == "admin"


@pytest.mark.parametrize(("button", "counted"), [("release", (1, 1, 0)), ("discard", (1, 0, 0))])
def test_a_batch_is_decided_on_its_own_page_once(admin_client, held, button, counted):
    tool, batch = held
    page = admin_client.get(f"/admin/reviews/votebatch/{batch.pk}/change/")
    assert_in_order(text_of(page), "Held batch", "A burst that does not fit the tool's past", "Votes: 1", "To ship it: 0%")
    assert f'name="{button}"' in page.text
    assert 'name="_save"' not in page.text
    url = f"/admin/reviews/votebatch/{batch.pk}/decide/"
    done = admin_client.post(url, {button: button}, follow=True)
    assert tally(tool) == counted
    assert 'name="release"' not in done.text
    for other in ("release", "discard"):
        assert f"These votes are decided already: {button}" in text_of(admin_client.post(url, {other: other}, follow=True))
    assert tally(tool) == counted
    assert admin_client.get(url).status_code == 405


def test_an_editor_discards_a_batch(admin_client, held):
    tool, batch = held
    data = {"action": "discard", "_selected_action": [batch.pk]}
    assert "1 waiting batch discarded." in text_of(admin_client.post("/admin/reviews/votebatch/", data, follow=True))
    assert tally(tool) == (1, 0, 0)
