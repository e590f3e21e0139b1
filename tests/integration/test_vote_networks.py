"""What one network may weigh on one tool; an office votes without noticing anything."""

from datetime import timedelta

import pytest

from reviews.models import BatchStatus, Vote, VoteBatch, VoteNetwork, VoteStatus, VoteTally
from reviews.services.counting.community import summarise_votes
from reviews.services.voting.hold import decide, settle_all
from reviews.services.voting.networks import Network
from tests.factories import make_tool
from tests.votes import NOW, OFFICE, network, settled_past, share, tally, vote

pytestmark = pytest.mark.django_db


@pytest.fixture
def tool():
    """A tool with a thousand votes, 60 % of them to ship, and no recent ones."""
    tool = make_tool("Alpha")
    settled_past(tool, ships=600, skips=400)
    return tool


def test_the_default_lets_an_office_of_thirty_vote_on_a_new_tool():
    tool = make_tool("Alpha")
    for number in range(31):
        vote(tool, number, networks=OFFICE)
    assert tally(tool) == (30, 0, 1)
    assert VoteBatch.objects.get().network == "office"


def test_an_office_of_thirty_votes_on_a_known_tool(tool):
    for number in range(30):
        vote(
            tool,
            number,
            "skip" if number % 5 in (1, 3) else "ship",
            networks=OFFICE,
            at=NOW + timedelta(minutes=8 * number),
        )
    assert tally(tool) == (618, 412, 0)


def test_wider_networks_have_rising_limits(settings):
    settings.VOTES_PER_NETWORK = 2
    tool = make_tool("Alpha")
    for number in range(12):
        street = f"town------------street {number // 4}"
        networks = (
            Network(prefix=64, digest=f"{street}home {number:03}"),
            Network(prefix=56, digest=street),
            Network(prefix=48, digest="town------------"),
        )
        vote(tool, number, networks=networks)
    assert tally(tool) == (
        8,
        0,
        4,
    )  # a street (a /56) may cast twice two, and the town (a /48) four times two
    assert Vote.objects.get(visitor="visitor 3").network_levels == (
        "town------------",
        street[:-1] + "0",
        f"{street[:-1]}0home 003",
    )


def test_a_network_may_not_cast_more_tomorrow_than_today(settings):
    settings.VOTES_PER_NETWORK = 2
    tool = make_tool("Alpha")
    for day in range(4):
        vote(tool, day, networks=OFFICE, at=NOW + timedelta(days=day))
    assert tally(tool) == (2, 0, 2)


def test_a_slow_drip_from_one_network_is_bounded(tool):
    for day in range(28):
        for number in range(3):
            vote(tool, 10 * day + number, networks=OFFICE, at=NOW + timedelta(days=day, hours=number))
    assert share(tool) < 0.615
    assert VoteTally.objects.get(tool=tool).waiting > 50


def test_two_networks_are_held_as_a_whole_when_they_move_the_share_too_far(tool):
    for number in range(60):
        vote(tool, number, networks=network(f"office {number % 2}"), at=NOW + timedelta(hours=3 * number))
    assert share(tool) < 0.615
    batches = VoteBatch.objects.filter(reason=VoteStatus.NETWORK, status=BatchStatus.WAITING)
    assert batches.exists()
    assert settle_all(now=NOW + timedelta(days=20)) == 0, "an editor decides about networks, never a rule"


def test_a_new_key_gives_a_network_nothing_that_moves_the_share_further(tool):
    for key in range(3):
        for number in range(60):
            networks = network(f"office {number % 2}, key {key}")
            vote(
                tool,
                100 * key + number,
                networks=networks,
                at=NOW + timedelta(days=28 * key, hours=3 * number),
            )
    assert share(tool) < 0.62


def test_a_change_counts_for_the_network_that_it_comes_from(tool):
    """Votes from many networks, changed from one with the kept cookies."""
    for number in range(100):
        Vote.objects.filter(visitor=f"past {999 - number}").update(visitor=f"visitor {number}")
    for number in range(100):
        vote(tool, number, "ship", networks=OFFICE, at=NOW + timedelta(hours=6 * number))
    assert share(tool) < 0.62
    waiting = Vote.objects.waiting().filter(stands="skip").count()
    assert waiting > 60, "what was said before goes on counting"
    batch = VoteBatch.objects.get(reason=VoteStatus.NETWORK)
    decide(batch=batch, release=False, by="ed", now=NOW + timedelta(days=30))
    assert tally(tool)[2] == 0
    assert share(tool) == 0.6


def test_one_visitor_can_not_use_up_what_an_office_may_cast(settings):
    settings.VOTES_PER_NETWORK = 3
    tool = make_tool("Alpha")
    for _ in range(10):
        vote(tool, 1, networks=OFFICE)
        vote(tool, 1, "", networks=OFFICE)
    for number in (1, 2, 3):
        assert vote(tool, number, networks=OFFICE).status == VoteStatus.COUNTS
    assert vote(tool, 4, networks=OFFICE).status == VoteStatus.NETWORK
    vote(tool, 4, "", networks=OFFICE)
    assert vote(tool, 4, networks=OFFICE).status == VoteStatus.NETWORK


def test_a_handful_of_networks_does_not_keep_honest_votes_waiting(tool):
    """Thirty votes a day from each of four networks, and twenty honest ones."""
    for day in range(4):
        for number in range(140):
            moment = NOW + timedelta(days=day, minutes=10 * number)
            if number % 7:
                vote(tool, 1000 * day + number, networks=network(f"attacker {number % 4}"), at=moment)
            else:
                vote(tool, 1000 * day + number, "skip" if number % 5 in (1, 3) else "ship", at=moment)
    honest = Vote.objects.filter(network__startswith="network")
    assert honest.count() == 80
    assert honest.waiting().count() <= 4
    assert share(tool) < 0.62
    assert VoteBatch.objects.filter(status=BatchStatus.WAITING, reason=VoteStatus.NETWORK).count() == 4


def test_discarding_one_network_leaves_the_others_and_takes_out_all_of_it(tool):
    for number in range(140):
        vote(
            tool, number, networks=network(f"attacker {number % 4}"), at=NOW + timedelta(minutes=10 * number)
        )
    vote(tool, 999, networks=network("elsewhere"), at=NOW + timedelta(days=2))
    one = VoteBatch.objects.filter(status=BatchStatus.WAITING, reason=VoteStatus.NETWORK).first()
    decide(batch=one, release=False, by="ed", now=NOW + timedelta(days=3))
    tally(tool)
    assert set(Vote.objects.of_network(one.network).values_list("status", flat=True)) == {
        VoteStatus.DISCARDED
    }
    others = Vote.objects.exclude(network=one.network).exclude(network="")
    assert VoteStatus.DISCARDED not in set(others.values_list("status", flat=True))
    assert Vote.objects.get(visitor="visitor 999").status == VoteStatus.COUNTS


def test_a_released_network_is_accepted(tool):
    for number in range(60):
        vote(tool, number, networks=network(f"office {number % 2}"), at=NOW + timedelta(hours=3 * number))
    for batch in VoteBatch.objects.filter(status=BatchStatus.WAITING):
        decide(batch=batch, release=True, by="ed", now=NOW + timedelta(days=20))
    assert tally(tool) == (660, 400, 0)
    vote(tool, 999, networks=network("elsewhere"), at=NOW + timedelta(days=21))
    assert tally(tool) == (661, 400, 0), "what was accepted is not held again"


def test_who_was_discarded_is_somebody_new_after_four_weeks(settings):
    settings.VOTES_PER_NETWORK = 1
    tool = make_tool("Alpha")
    for number in (1, 2):
        vote(tool, number, networks=OFFICE)
    decide(batch=VoteBatch.objects.get(), release=False, by="ed", now=NOW)
    assert set(Vote.objects.values_list("status", flat=True)) == {VoteStatus.DISCARDED}
    assert vote(tool, 2, "skip", at=NOW + timedelta(days=27)).status == VoteStatus.DISCARDED
    assert tally(tool) == (0, 0, 0)
    again = vote(tool, 2, "ship", networks=network("home"), at=NOW + timedelta(days=29))
    assert again.status == VoteStatus.COUNTS
    assert tally(tool) == (1, 0, 0)


def test_there_is_no_percentage_before_enough_different_networks():
    tool = make_tool("Alpha")
    for number in range(150):
        vote(tool, number, networks=network(f"network {number % 5}"), at=NOW + timedelta(hours=number))
    summary = summarise_votes(VoteTally.objects.get(tool=tool))
    assert (summary.total, summary.networks, summary.ship_percent) == (150, 5, None)


def test_few_networks_do_not_decide_alone_when_the_others_come(settings):
    tool = make_tool("Alpha")
    for number in range(150):
        vote(tool, number, networks=network(f"attacker {number % 5}"), at=NOW + timedelta(hours=number))
    for number in range(20):
        vote(tool, 1000 + number, "skip" if number % 2 else "ship", at=NOW + timedelta(days=8, hours=number))
    summary = summarise_votes(VoteTally.objects.get(tool=tool))
    assert summary.networks >= 20
    assert 50 <= summary.ship_percent <= 85, "without a rule it would be 94"
    tally(tool)


def test_every_network_is_counted_once_per_tool(tool):
    other = make_tool("Beta")
    for number in range(3):
        vote(tool, number, networks=OFFICE)
        vote(other, number, networks=OFFICE)
    assert sorted(VoteNetwork.objects.values_list("tool", "votes")) == sorted([(tool.pk, 3), (other.pk, 3)])
    assert list(Vote.objects.filter(tool=other).order_by("pk").values_list("is_first", flat=True)) == [
        True,
        False,
        False,
    ]
