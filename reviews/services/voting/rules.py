"""Which votes wait: the rules, over plain numbers.

Three questions are asked of a vote, a change or a withdrawal (all called a push here):

- Has its network had more votes on the tool in 28 days than people behind it could plausibly cast
  (`network_limit`)?
- Do all votes that were not their network's first, taken together, move the shown share too far
  (`further_limit`)?
- Do votes come faster than the tool's past explains (`is_burst`)? Then all that come are tied together, and
  the question is whether they, taken together, move the shown share too far (`burst_limit`).

A push that would move it too far waits, and what stood before goes on counting. So a crowd that agrees with
what was settled counts at once, however fast it comes, and when such votes are turned later, that moves the
share no further either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt

from django.conf import settings

HOUR = timedelta(hours=1)
WINDOWS = (HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR, 168 * HOUR)
FLOORS = (10, 15, 20, 30, 40)
"""Per window: as many pushes are never a burst, however quiet the tool's past."""
NEW_TOOL_FACTOR = 10
"""A tool with settled votes of fewer than 20 networks has ten times these floors.

It has no share yet that could be moved.
"""
BURST_DEVIATIONS = 2.5
BASELINE = timedelta(days=28)
BASELINE_ENDED = timedelta(days=7)
SETTLED_ENOUGH = 20

FEWEST_NETWORKS = 10
"""Votes of so many different networks are the fewest that a share is told of, and that others are held
against."""
MOST_BY_BURST = 0.01
MOST_BY_FURTHER = 0.015
CHANCE = 3.0
"""Standard deviations of what chance does; beyond that it is no chance any more."""
SPARE_VOTES = 2
"""Chance comes in whole votes: so many on top are nothing, however sure the share."""
HEAVY_PULL = 5
"""A network whose votes pull so many one way is held as a whole when the votes of a burst move the share too
far."""


@dataclass(frozen=True, slots=True)
class Share:
    """Some votes, as counts."""

    ships: int
    skips: int

    @property
    def total(self) -> int:
        return self.ships + self.skips

    @property
    def ship(self) -> float:
        return self.ships / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Pull:
    """What tied votes have added to the count.

    Ships and skips (negative where they took away), in so many pushes.
    """

    ships: int = 0
    skips: int = 0
    pushes: int = 0

    def without(self, shown: Share) -> Share:
        """Return what would be shown without them."""
        return Share(ships=shown.ships - self.ships, skips=shown.skips - self.skips)

    def moved(self, shown: Share) -> float:
        """Return by how much they move the shown share, -1 to 1."""
        return shown.ship - self.without(shown).ship


def network_limit(prefix: int) -> int:
    """Return how many votes a network of this width may cast on one tool in 28 days and have them counted at
    once.

    The wider the network, the more people are behind it. The base (30 by default) lets an office behind one
    address vote.
    """
    return settings.VOTES_PER_NETWORK * {24: 1, 64: 1, 56: 2, 48: 4}[prefix]


def is_burst(*, recent: Mapping[timedelta, int], elapsed: timedelta, baseline: int, is_new: bool) -> bool:
    """Say whether some window holds more pushes than the tool's past explains.

    `recent` counts the pushes of each of `WINDOWS` before the current hour and of the `elapsed` part of that
    hour, `baseline` those of the 28 days that ended a week ago. Two and a half standard deviations above what
    was to be expected are ordinary.
    """
    for window, floor in zip(WINDOWS, FLOORS, strict=True):
        expected = baseline * ((window + elapsed) / BASELINE)
        ordinary = max(
            floor * (NEW_TOOL_FACTOR if is_new else 1), expected + BURST_DEVIATIONS * sqrt(expected)
        )
        if recent[window] > ordinary:
            return True
    return False


def chance(*, pull: Pull, shown: Share) -> float:
    """Return how far so many honest pushes may move the shown share by chance, beside the votes that were
    there before."""
    before = pull.without(shown).total
    after = shown.total
    if before <= 0 or after <= 0:
        return 1.0
    return CHANCE * sqrt(shown.ship * (1 - shown.ship) * pull.pushes / (before * after)) + SPARE_VOTES / after


def burst_limit(*, pull: Pull, shown: Share) -> float:
    """Return how far the votes of a burst may move the shown share: no further than chance, and not far in
    any case.

    "Not far" is one percentage point or, where few votes leave the share itself uncertain, about its standard
    error: 1.3 of it for a small burst, 0.6 for one beside which what was settled is next to nothing.
    """
    before = pull.without(shown)
    likely = (before.ships + 2) / (before.total + 4)
    error = sqrt(likely * (1 - likely) / max(before.total, 1))
    part = pull.pushes / (pull.pushes + max(before.total, 1))
    return min(chance(pull=pull, shown=shown), max(MOST_BY_BURST, error * (1.3 - 0.7 * part)))


def further_limit(*, pull: Pull, shown: Share) -> float:
    """Return how far all votes that were not their network's first may move the shown share.

    1.5 points, or chance.
    """
    if pull.without(shown).total < FEWEST_NETWORKS:
        return 1.0
    return max(MOST_BY_FURTHER, chance(pull=pull, shown=shown))
