"""Which votes wait: the rules with plain numbers."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.services.voting.hold import FLOORS, MOST_MOVED, OPENING_FACTOR, WINDOWS, Share, agrees, burst_window

QUIET = dict.fromkeys(WINDOWS, 0)


@pytest.mark.parametrize(("window", "floor"), list(zip(WINDOWS, FLOORS, strict=True)))
def test_a_quiet_tool_may_always_get_the_floor(window, floor):
    assert burst_window(recent=QUIET | {window: floor}, baseline=0, settled=100) is None
    assert burst_window(recent=QUIET | {window: floor + 1}, baseline=0, settled=100) == window


def test_a_tool_without_settled_votes_has_ten_times_the_floor():
    hour = WINDOWS[0]
    assert burst_window(recent=QUIET | {hour: FLOORS[0] * OPENING_FACTOR}, baseline=0, settled=19) is None
    assert burst_window(recent=QUIET | {hour: FLOORS[0] * OPENING_FACTOR + 1}, baseline=0, settled=19) == hour


def test_a_busy_tool_is_held_against_its_own_past():
    day = timedelta(hours=24)
    assert burst_window(recent=QUIET | {day: 340}, baseline=2800, settled=2800) is None  # 100 a day: 300 + 4 * 10 are ordinary
    assert burst_window(recent=QUIET | {day: 341}, baseline=2800, settled=2800) == day


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_more_of_a_past_never_makes_a_burst(baseline, more):
    recent = dict.fromkeys(WINDOWS, 50)
    if burst_window(recent=recent, baseline=baseline, settled=100) is None:
        assert burst_window(recent=recent, baseline=baseline + more, settled=100) is None


@pytest.mark.parametrize(
    ("batch", "settled", "verdict"),
    [
        (Share(ships=180, skips=120), Share(ships=600, skips=400), True),
        (Share(ships=300, skips=0), Share(ships=600, skips=400), False),
        (Share(ships=17, skips=12), Share(ships=600, skips=400), False),  # 29 held votes say too little
        (Share(ships=18, skips=12), Share(ships=600, skips=400), True),
        (Share(ships=180, skips=120), Share(ships=11, skips=8), False),  # 19 settled votes say too little
        (Share(ships=0, skips=0), Share(ships=600, skips=400), False),
    ],
)
def test_which_batch_agrees_with_the_settled_share(batch, settled, verdict):
    assert agrees(batch=batch, settled=settled) is verdict


@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 3000), st.integers(0, 3000))
def test_a_batch_that_is_released_by_itself_moves_the_share_by_two_points_at_most(ships, skips, settled_ships, settled_skips):
    batch, settled = Share(ships=ships, skips=skips), Share(ships=settled_ships, skips=settled_skips)
    if agrees(batch=batch, settled=settled):
        together = Share(ships=ships + settled_ships, skips=skips + settled_skips)
        assert abs(together.ship - settled.ship) <= MOST_MOVED
