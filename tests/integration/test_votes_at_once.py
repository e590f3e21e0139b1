"""Votes, decisions and forgetting at the same moment: every sum equals its rows afterwards."""

from datetime import timedelta

import pytest

from reviews.models import BatchStatus, Vote, VoteBatch, VoteNetworkKey
from reviews.services.voting.cast import forget_votes
from reviews.services.voting.hold import decide, settle_all
from reviews.services.voting.retention import forget_networks, forget_withdrawals
from tests.concurrency import run_in_threads
from tests.factories import make_tool
from tests.votes import NOW, network, settled_past, share, tally, vote

pytestmark = pytest.mark.django_db(transaction=True)
VISITORS = 12


@pytest.fixture
def tool():
    tool = make_tool("Alpha")
    settled_past(tool, ships=600, skips=400)
    return tool


def test_a_burst_in_the_same_moment_moves_the_share_no_further_than_one_by_one(tool):
    run_in_threads(lambda index: [vote(tool, 10 * index + number) for number in range(8)], VISITORS)
    assert Vote.objects.filter(visitor__startswith="visitor").count() == 8 * VISITORS
    assert VoteBatch.objects.count() == 1
    assert tally(tool)[2] > 0
    assert share(tool) < 0.62


def test_one_network_in_the_same_moment_has_no_vote_more_than_its_limit(settings):
    settings.VOTES_PER_NETWORK = 7
    tool = make_tool("Alpha")
    run_in_threads(
        lambda index: [vote(tool, 2 * index + number, networks=network("office")) for number in (0, 1)],
        VISITORS,
    )
    assert tally(tool) == (7, 0, 2 * VISITORS - 7)
    assert VoteBatch.objects.count() == 1


def test_votes_and_changes_while_two_editors_decide_otherwise(tool):
    for number in range(60):
        vote(tool, number)
    batch = VoteBatch.objects.get()

    def act(index):
        if index < 2:
            return decide(
                batch=batch, release=index == 0, by=f"editor {index}", now=NOW + timedelta(minutes=5)
            )
        vote(tool, 3 * index, ("skip", "")[index % 2], at=NOW + timedelta(minutes=5))
        return vote(tool, 100 + index, at=NOW + timedelta(minutes=5))

    run_in_threads(act, VISITORS)
    tally(tool)
    batch.refresh_from_db()
    assert batch.decided_by in ("editor 0", "editor 1")
    decided = {"editor 0": BatchStatus.RELEASED, "editor 1": BatchStatus.DISCARDED}[batch.decided_by]
    assert batch.status in (decided, BatchStatus.WAITING), (
        "waiting again where so many were turned at the same time"
    )


def test_votes_while_the_timers_run_and_visitors_are_forgotten(tool):
    change = NOW.replace(year=2027)
    VoteNetworkKey.objects.create(day=VoteNetworkKey.first_day(change.date()), key=b"k")
    for number in range(40):
        vote(tool, number, at=change - timedelta(days=40, minutes=number))
        vote(tool, number, "" if number % 4 == 0 else "skip", at=change - timedelta(days=37, minutes=number))

    def act(index):
        if index == 0:
            return settle_all(now=change)
        if index == 1:
            return forget_networks(now=change)
        if index == 2:
            return forget_withdrawals(now=change)
        if index % 3 == 0:
            return forget_votes(visitor=f"visitor {index}", now=change)
        return vote(tool, index, "ship", at=change)

    run_in_threads(act, VISITORS)
    tally(tool)
    for number in range(3, VISITORS, 3):
        assert not Vote.objects.of_person(f"visitor {number}").exists()
