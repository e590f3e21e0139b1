"""Which votes wait: the rules with plain numbers."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.services.voting.rules import (
    FEWEST_NETWORKS,
    FLOORS,
    MOST_BY_FURTHER,
    NEW_TOOL_FACTOR,
    WINDOWS,
    Pull,
    Share,
    burst_limit,
    chance,
    further_limit,
    is_burst,
    network_limit,
)

QUIET = dict.fromkeys(WINDOWS, 0)
counts = st.integers(0, 3000)


def burst(recent, *, baseline=0, is_new=False, elapsed=timedelta()):
    return is_burst(recent=QUIET | recent, elapsed=elapsed, baseline=baseline, is_new=is_new)


@pytest.mark.parametrize(("window", "floor"), list(zip(WINDOWS, FLOORS, strict=True)))
def test_a_quiet_tool_may_always_get_the_floor(window, floor):
    assert not burst({window: floor})
    assert burst({window: floor + 1})
    assert not burst({window: floor * NEW_TOOL_FACTOR}, is_new=True)
    assert burst({window: floor * NEW_TOOL_FACTOR + 1}, is_new=True)


def test_a_busy_tool_is_held_against_its_own_past():
    day = timedelta(hours=24)
    assert not burst({day: 125}, baseline=2800)  # 100 a day: 25 more are two and a half standard deviations
    assert burst({day: 126}, baseline=2800)
    assert not burst({day: 180}, baseline=2800, elapsed=timedelta(hours=12))  # a day and a half


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_more_of_a_past_never_makes_a_burst(baseline, more):
    recent = dict.fromkeys(WINDOWS, 50)
    if not burst(recent, baseline=baseline):
        assert not burst(recent, baseline=baseline + more)


def test_wider_networks_may_cast_more(settings):
    settings.VOTES_PER_NETWORK = 30
    assert [network_limit(prefix) for prefix in (24, 64, 56, 48)] == [30, 30, 60, 120]


def test_a_pull_is_what_the_share_would_be_without():
    pull = Pull(ships=20, skips=-10, pushes=25)  # some new votes to ship, some skips turned or taken back
    assert pull.without(Share(ships=120, skips=90)) == Share(ships=100, skips=100)
    assert pull.moved(Share(ships=120, skips=90)) == pytest.approx(120 / 210 - 0.5)


def shown_with(pull, *, ships, skips):
    return Share(ships=ships + pull.ships, skips=skips + pull.skips)


@pytest.mark.parametrize(
    ("pull", "fits"),
    [
        (Pull(ships=180, skips=120, pushes=300), True),  # as the thousand before
        (Pull(ships=200, skips=100, pushes=300), True),  # 1.5 points: two standard deviations
        (Pull(ships=215, skips=85, pushes=300), False),
        (Pull(ships=20, skips=0, pushes=20), True),  # a score of one mind may be chance
        (Pull(ships=30, skips=0, pushes=30), False),
        (Pull(ships=1200, skips=800, pushes=2000), True),
        (
            Pull(ships=1275, skips=725, pushes=2000),
            False,
        ),  # a burst that outnumbers what was settled may move it less
        (Pull(ships=0, skips=-100, pushes=100), False),  # skips that were taken back
        (Pull(ships=50, skips=-50, pushes=50), False),  # skips that were turned
    ],
)
def test_how_far_a_burst_may_move_a_share_of_a_thousand_votes(pull, fits):
    shown = shown_with(pull, ships=600, skips=400)
    assert (pull.moved(shown) <= burst_limit(pull=pull, shown=shown)) is fits


@given(ships=counts, skips=counts, pulled=st.tuples(counts, counts))
def test_a_burst_never_moves_a_share_of_a_thousand_votes_by_two_points(ships, skips, pulled):
    pull = Pull(*pulled, pushes=sum(pulled))
    shown = shown_with(pull, ships=ships, skips=skips)
    if ships + skips >= 1000:
        assert burst_limit(pull=pull, shown=shown) <= 0.021


def test_one_vote_is_always_within_chance():
    for ships, skips in ((600, 400), (20, 0), (1000, 0), (0, 21)):
        for pull in (Pull(ships=1, pushes=1), Pull(skips=1, pushes=1)):
            shown = shown_with(pull, ships=ships, skips=skips)
            assert abs(pull.moved(shown)) <= burst_limit(pull=pull, shown=shown)
            assert abs(pull.moved(shown)) <= further_limit(pull=pull, shown=shown)


def test_what_all_further_votes_of_networks_may_do():
    office = Pull(ships=29, pushes=29)
    assert office.moved(shown_with(office, ships=600, skips=400)) < MOST_BY_FURTHER
    assert further_limit(pull=office, shown=shown_with(office, ships=600, skips=400)) == MOST_BY_FURTHER
    many = Pull(ships=145, pushes=145)
    shown = shown_with(many, ships=6, skips=4)
    assert many.moved(shown) > further_limit(pull=many, shown=shown)


def test_before_there_are_ten_networks_nothing_is_held_against_them():
    pull = Pull(ships=145, pushes=145)
    assert further_limit(pull=pull, shown=shown_with(pull, ships=FEWEST_NETWORKS - 1, skips=0)) == 1


def test_where_nothing_was_before_everything_is_chance():
    pull = Pull(ships=3, pushes=3)
    assert chance(pull=pull, shown=Share(ships=3, skips=0)) == 1
