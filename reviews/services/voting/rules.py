"""Which votes wait: the rules, over plain numbers.

Three questions are asked of a vote, a change or a withdrawal (each called a push):

- Has its network cast more votes on the tool in 28 days than people behind it plausibly could
  (`network_limit`)?
- Do all votes that were not their network's first, together, move the shown share too far (`further_limit`)?
- Do votes come faster than the tool's past explains (`is_burst`)? Then those are tied, and the question is
  whether they, together, move the shown share too far (`burst_limit`).

A push that would move it too far waits, and what stood before goes on counting. So a crowd that agrees with
the settled votes counts at once, however fast, and changing such votes later moves the share no further
either.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import sqrt

from django.conf import settings

HOUR = timedelta(hours=1)
WINDOWS = (HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR, 168 * HOUR)
FLOORS = (10, 15, 20, 30, 40)
"""Per window: this many pushes are never a burst, however quiet the tool's past."""
NEW_TOOL_FACTOR = 10
"""A tool with settled votes of fewer than 20 networks has ten times these floors, as it has no share yet."""
BURST_DEVIATIONS = 2.5
BASELINE = timedelta(days=28)
BASELINE_ENDED = timedelta(days=7)
SETTLED_ENOUGH = 20

FEWEST_NETWORKS = 10
"""A share is shown, and others are judged by it, from votes of this many networks on."""
MOST_BY_BURST = 0.01
MOST_BY_FURTHER = 0.015
CHANCE = 3.0
"""Up to so many standard deviations it is chance."""
SPARE_VOTES = 2
"""Chance comes in whole votes: this many more are allowed, however certain the share."""
HEAVY_PULL = 5
"""A network that pulls this many votes one way is held as a whole when a burst moves the share too far."""


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
    """What tied votes added to the count: ships and skips (negative if they took away), in so many pushes."""

    ships: int = 0
    skips: int = 0
    pushes: int = 0

    def without(self, shown: Share) -> Share:
        """Return what would be shown without them."""
        return Share(ships=shown.ships - self.ships, skips=shown.skips - self.skips)

    def moved(self, shown: Share) -> float:
        """Return how far they move the shown share, -1 to 1."""
        return shown.ship - self.without(shown).ship


def network_limit(prefix: int) -> int:
    """Return how many votes a network of this width may have counted at once on one tool in 28 days.

    Wider networks have more people. The base (30 by default) suits an office behind one address.
    """
    return settings.VOTES_PER_NETWORK * {24: 1, 64: 1, 56: 2, 48: 4}[prefix]


def is_burst(*, recent: Mapping[timedelta, int], elapsed: timedelta, baseline: int, is_new: bool) -> bool:
    """Say whether a window holds more pushes than the tool's past explains.

    `recent` counts pushes in each of `WINDOWS` before the current hour and in the `elapsed` part of it,
    `baseline` those of the 28 days that ended a week ago. Up to two and a half standard deviations above the
    expected number are ordinary.
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
    """Return how far so many honest pushes may move the shown share by chance, given the votes before."""
    before = pull.without(shown).total
    after = shown.total
    if before <= 0 or after <= 0:
        return 1.0
    return CHANCE * sqrt(shown.ship * (1 - shown.ship) * pull.pushes / (before * after)) + SPARE_VOTES / after


def burst_limit(*, pull: Pull, shown: Share) -> float:
    """Return how far the votes of a burst may move the shown share: within chance, and within a bound.

    The bound is one percentage point or, if few votes leave the share uncertain, about its standard error:
    1.3 of it for a small burst, 0.6 for one that far outnumbers the settled votes.
    """
    before = pull.without(shown)
    likely = (before.ships + 2) / (before.total + 4)
    error = sqrt(likely * (1 - likely) / max(before.total, 1))
    part = pull.pushes / (pull.pushes + max(before.total, 1))
    return min(chance(pull=pull, shown=shown), max(MOST_BY_BURST, error * (1.3 - 0.7 * part)))


def further_limit(*, pull: Pull, shown: Share) -> float:
    """Return how far votes that were not their network's first may move the share: 1.5 points, or chance."""
    if pull.without(shown).total < FEWEST_NETWORKS:
        return 1.0
    return max(MOST_BY_FURTHER, chance(pull=pull, shown=shown))
