"""Bursts of votes: tied together, and counted while the share moves within its limit."""

from datetime import timedelta

import pytest

from reviews.models import BatchStatus, Vote, VoteBatch, VoteStatus
from reviews.services.voting.cast import forget_votes
from reviews.services.voting.hold import decide, settle_all
from reviews.services.voting.recount import recount
from tests.factories import make_tool
from tests.votes import NOW, settled_past, share, tally, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def tool():
    """A tool with a thousand votes, 60 % of them to ship, and no recent ones."""
    tool = make_tool("Alpha")
    settled_past(tool, ships=600, skips=400)
    return tool


def crowd(tool, number, decisions=("ship", "skip", "ship", "skip", "ship"), *, start=0, at=NOW, seconds=1):
    """Cast `number` votes at the usual share, one a second."""
    for index in range(number):
        moment = at + timedelta(seconds=seconds * index)
        vote(tool, start + index, decisions[index % len(decisions)], at=moment)


def test_votes_that_fit_the_past_are_not_tied(tool):
    crowd(tool, 10, ["ship"], seconds=8640)
    assert tally(tool) == (610, 400, 0)
    assert not VoteBatch.objects.exists()


def test_a_crowd_that_agrees_counts_at_once_and_is_tied(tool):
    crowd(tool, 200)
    assert tally(tool) == (720, 480, 0)
    batch = VoteBatch.objects.get()
    assert (batch.reason, batch.status, batch.waiting) == (VoteStatus.BURST, BatchStatus.WATCHED, 0)
    assert batch.votes.count() == 200, "those before it was seen are of the burst too"


def test_a_crowd_of_one_mind_moves_the_share_no_further_than_chance(tool):
    crowd(tool, 200, ["ship"])
    assert 0.6 < share(tool) < 0.61
    assert VoteBatch.objects.get().status == BatchStatus.WAITING
    assert tally(tool)[2] > 150


def test_among_waiting_votes_those_that_pull_the_other_way_count(tool):
    crowd(tool, 100, ["ship"])
    before = tally(tool)
    vote(tool, 200, "skip", at=NOW + timedelta(minutes=2))
    after = tally(tool)
    assert after[1] == before[1] + 1
    assert after[0] >= before[0], "and make room for some that wait"


def test_waiting_votes_count_as_soon_as_there_is_room(tool):
    crowd(tool, 30, ["ship"])
    waiting = tally(tool)[2]
    assert waiting > 0
    crowd(tool, 30, ["skip", "skip", "ship"], start=100, at=NOW + timedelta(minutes=1))
    assert tally(tool) == (640, 420, 0)
    assert VoteBatch.objects.get().status == BatchStatus.WATCHED


def test_the_timer_releases_what_has_room_by_now(tool):
    crowd(tool, 30, ["ship"])
    waiting = tally(tool)[2]
    Vote.objects.bulk_create(
        Vote(
            tool=tool, visitor=f"settled since {number}", decision="skip", changed_at=NOW - timedelta(days=9)
        )
        for number in range(500)
    )
    recount(repair=True, now=NOW)
    assert settle_all(now=NOW + timedelta(minutes=10)) < waiting
    crowd(tool, 20, ["skip"], start=100, at=NOW + timedelta(minutes=11))
    settle_all(now=NOW + timedelta(minutes=12))
    assert tally(tool)[2] == 0


@pytest.mark.parametrize("into", ["ship", ""], ids=["flipped", "withdrawn"])
def test_votes_that_counted_with_the_crowd_move_nothing_when_they_are_turned(tool, into):
    crowd(tool, 200)
    shown = share(tool)
    for number in range(200):
        if number % 5 in (1, 3):
            vote(tool, number, into, at=NOW + timedelta(hours=1, seconds=number))
    assert abs(share(tool) - shown) < 0.02
    assert tally(tool)[2] > 30, "the rest waits, and what was said before goes on counting"
    assert VoteBatch.objects.get().status == BatchStatus.WAITING


@pytest.mark.parametrize("into", ["ship", ""], ids=["flipped", "withdrawn"])
def test_they_stay_tied_for_months_and_slowly_turned_they_wait_too(tool, into):
    crowd(tool, 200)
    shown = share(tool)
    for index, number in enumerate(number for number in range(200) if number % 5 in (1, 3)):
        vote(tool, number, into, at=NOW + timedelta(days=90 + index))
    assert abs(share(tool) - shown) < 0.02


@pytest.mark.parametrize("into", ["ship", ""], ids=["flipped", "withdrawn"])
def test_a_burst_of_changes_is_a_burst_too(tool, into):
    """Old votes, kept to be changed on one day."""
    for number in range(200):
        Vote.objects.filter(visitor=f"past {999 - number}").update(visitor=f"visitor {number}")
    for number in range(200):
        vote(tool, number, into, at=NOW + timedelta(seconds=number))
    assert share(tool) < 0.62
    assert tally(tool)[2] > 100


def test_who_is_forgotten_takes_a_vote_back_like_anybody(tool):
    for number in range(200):
        Vote.objects.filter(visitor=f"past {999 - number}").update(visitor=f"visitor {number}")
        forget_votes(visitor=f"visitor {number}", now=NOW + timedelta(seconds=number))
    assert share(tool) < 0.62
    assert not Vote.objects.filter(visitor__startswith="visitor").exists(), (
        "and yet nothing of the visitors stays"
    )


def test_a_change_of_mind_in_quiet_times_counts_at_once(tool):
    vote(tool, 1, at=NOW - timedelta(days=2))
    vote(tool, 1, "skip")
    assert tally(tool) == (600, 401, 0)
    vote(tool, 1, "")
    assert tally(tool) == (600, 400, 0)
    vote(tool, 1, "ship")
    assert tally(tool) == (601, 400, 0)


def test_a_waiting_vote_can_be_changed_and_withdrawn(tool):
    crowd(tool, 60, ["ship"])
    held = Vote.objects.waiting().first()
    number = int(held.visitor.removeprefix("visitor "))
    before = tally(tool)
    vote(tool, number, "", at=NOW + timedelta(minutes=5))
    assert tally(tool) == (*before[:2], before[2] - 1)
    assert not Vote.objects.by_visitor(held.visitor).exists()


def test_what_an_editor_released_is_accepted_and_stays_tied(tool):
    crowd(tool, 200, ["ship"])
    decide(batch=VoteBatch.objects.get(), release=True, by="ed", now=NOW + timedelta(hours=1))
    assert tally(tool) == (800, 400, 0)
    for number in range(100):
        vote(tool, number, "skip", at=NOW + timedelta(days=60, hours=number))
    assert 770 < tally(tool)[0] < 800, "some may change their mind; so many of one batch are no chance"
    batch = VoteBatch.objects.get()
    assert (batch.status, batch.decided_by) == (BatchStatus.WAITING, "ed")
    decide(batch=batch, release=False, by="ed", now=NOW + timedelta(days=70))
    assert tally(tool)[2] == 0
    assert tally(tool)[0] > 770, "what was said before the discarded change goes on counting"


def test_an_editor_discards_what_waits_and_it_never_counts(tool):
    crowd(tool, 200, ["ship"])
    counted = tally(tool)
    decide(batch=VoteBatch.objects.get(), release=False, by="ed", now=NOW + timedelta(hours=1))
    assert tally(tool) == (*counted[:2], 0)
    assert Vote.objects.filter(status=VoteStatus.DISCARDED).count() == counted[2]


def test_many_bursts_of_four_weeks_are_judged_as_one(tool):
    for day in range(0, 27, 3):
        crowd(tool, 60, ["ship"], start=1000 * day, at=NOW + timedelta(days=day))
    assert VoteBatch.objects.count() == 1
    assert share(tool) < 0.63


def test_a_batch_of_which_nothing_waits_is_done_after_four_weeks(tool):
    crowd(tool, 50)
    crowd(tool, 50, start=100, at=NOW + timedelta(days=29))
    new, old = VoteBatch.objects.all()
    assert (old.status, old.decided_by) == (BatchStatus.RELEASED, "settled share")
    assert new.status == BatchStatus.WATCHED


def test_a_new_tool_has_no_share_that_could_be_moved_and_waits_beyond_a_hundred_in_an_hour():
    tool = make_tool("Alpha")
    crowd(tool, 150, ["ship"])
    assert tally(tool) == (100, 0, 50)


def test_big_decisions_are_carried_out_in_portions(tool, monkeypatch):
    monkeypatch.setattr("reviews.services.voting.hold.MOST_AT_ONCE", 7)
    crowd(tool, 100, ["ship"])
    decide(batch=VoteBatch.objects.get(), release=True, by="ed", now=NOW + timedelta(hours=1))
    assert tally(tool) == (700, 400, 0)


def test_a_decision_that_was_cut_off_is_finished_by_the_timer(tool, monkeypatch):
    crowd(tool, 100, ["ship"])
    batch = VoteBatch.objects.get()

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("reviews.services.voting.hold._carry_out", die)
        with pytest.raises(KeyboardInterrupt):
            decide(batch=batch, release=True, by="ed", now=NOW + timedelta(hours=1))
    assert tally(tool)[2] > 0
    settle_all(now=NOW + timedelta(hours=2))
    assert tally(tool) == (700, 400, 0)
