"""Which votes wait before they count, and what happens to them.

A vote is never rejected and its voter is never told: it is taken, and held back from the public count when

- its network has cast more votes on this tool today than is plausible (`network_limit`), or
- the tool gets votes much faster than its past explains (`find_burst`): then the votes of that window wait together.

A batch that agrees with the settled share is released by itself, for counting it changes next to nothing; any other waits for
an editor. What an editor discards stays on record.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Q

from reviews.models import BatchStatus, Decision, Vote, VoteBatch, VoteStatus, VoteTally
from reviews.services.voting.tallies import locked_tally

HOUR = timedelta(hours=1)
WINDOWS = (HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR, 168 * HOUR)
FLOORS = (10, 20, 40, 60, 100)
"""Per window: as many votes are never a burst, however quiet the tool's past."""
OPENING_FACTOR = 10
"""A tool with fewer than 20 settled votes has ten times these floors: it has no share yet that could be moved."""
BASELINE = timedelta(days=28)
BASELINE_ENDED = timedelta(days=7)

SETTLED_ENOUGH = 20
BATCH_ENOUGH = 30
RIPE_AFTER = timedelta(minutes=20)
MOST_MOVED = 0.02
Z_95 = 1.96


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


def network_limit(prefix: int) -> int:
    """Return how many votes a network of this width may cast on one tool in a day and have them counted at once.

    The wider the network, the more people are behind it. The base (30 by default) lets an office behind one address vote.
    """
    return settings.VOTES_PER_NETWORK * {24: 1, 64: 1, 56: 2, 48: 4}[prefix]


def burst_window(*, recent: Mapping[timedelta, int], baseline: int, settled: int) -> timedelta | None:
    """Return the first window that holds more votes than the tool's past explains, or None.

    `recent` counts the votes of each of `WINDOWS`, `baseline` those of the 28 days that ended a week ago, `settled` all that
    count and are older than a week. Three times what was to be expected, and four standard deviations of chance on top, are
    still ordinary.
    """
    factor = 1 if settled >= SETTLED_ENOUGH else OPENING_FACTOR
    for window, floor in zip(WINDOWS, FLOORS, strict=True):
        expected = baseline * (window / BASELINE)
        ordinary = max(floor * factor, 3 * expected + 4 * sqrt(expected))
        if recent[window] > ordinary:
            return window
    return None


def agrees(*, batch: Share, settled: Share) -> bool:
    """Say whether a batch may count without an editor: its share can't be told from the settled one, and moves it little.

    "Can't be told" is a difference within 95 % of chance; "little" is at most two percentage points of the shown share. Fewer
    than 30 held or 20 settled votes say too little either way.
    """
    if batch.total < BATCH_ENOUGH or settled.total < SETTLED_ENOUGH:
        return False
    together = Share(ships=batch.ships + settled.ships, skips=batch.skips + settled.skips)
    chance = Z_95 * sqrt(together.ship * (1 - together.ship) * (1 / batch.total + 1 / settled.total))
    return abs(batch.ship - settled.ship) <= chance and abs(together.ship - settled.ship) <= MOST_MOVED


def find_burst(*, tally: VoteTally, now: datetime) -> timedelta | None:
    """Return the window in which the tool's votes came too fast for its past, or None. Two queries."""
    votes = Vote.objects.filter(tool_id=tally.tool_id)
    recent = votes.cast_since(now - WINDOWS[-1]).not_vindicated()
    counts = recent.aggregate(
        counted=Count("pk", filter=Q(status=VoteStatus.COUNTS)),
        **{f"within_{index}": Count("pk", filter=Q(cast_at__gt=now - window)) for index, window in enumerate(WINDOWS)},
    )
    ended = now - BASELINE_ENDED
    return burst_window(
        recent={window: counts[f"within_{index}"] for index, window in enumerate(WINDOWS)},
        baseline=votes.filter(cast_at__lte=ended).cast_since(ended - BASELINE).counting().count(),
        settled=tally.ships + tally.skips - counts["counted"],
    )


def hold(*, tally: VoteTally, votes: list[Vote], reason: VoteStatus, now: datetime) -> VoteBatch:
    """Take counted `votes` out of the count and into the tool's waiting batch. The caller holds the tally's lock."""
    batch, _ = VoteBatch.objects.get_or_create(
        tool_id=tally.tool_id, reason=reason, status=BatchStatus.WAITING, defaults={"opened_at": now}
    )
    Vote.objects.filter(pk__in=[vote.pk for vote in votes]).update(status=reason, batch=batch)
    ships = sum(vote.decision == Decision.SHIP for vote in votes)
    tally.ships -= ships
    tally.skips -= len(votes) - ships
    tally.waiting += len(votes)
    tally.save()
    return batch


def decide(*, batch: VoteBatch, release: bool, by: str, now: datetime) -> None:
    """Let the votes of a waiting batch count, or discard them; a batch that has been decided stays as it is."""
    with transaction.atomic():
        tally = locked_tally(tool_id=batch.tool_id)
        status = BatchStatus.RELEASED if release else BatchStatus.DISCARDED
        decided = VoteBatch.objects.filter(pk=batch.pk, status=BatchStatus.WAITING)
        if not decided.update(status=status, decided_at=now, decided_by=by):
            return
        share = share_of_batch(batch)
        batch.votes.update(status=VoteStatus.COUNTS if release else VoteStatus.DISCARDED)
        VoteTally.objects.filter(pk=tally.pk).update(
            waiting=F("waiting") - share.total,
            ships=F("ships") + (share.ships if release else 0),
            skips=F("skips") + (share.skips if release else 0),
        )


def share_of_batch(batch: VoteBatch) -> Share:
    """Return how the batch's votes are divided. One query."""
    counts = batch.votes.aggregate(ships=Count("pk", filter=Q(decision=Decision.SHIP)), total=Count("pk"))
    return Share(ships=counts["ships"], skips=counts["total"] - counts["ships"])


def settle(*, batch: VoteBatch, tally: VoteTally, now: datetime) -> bool:
    """Release a waiting batch that is twenty minutes old and agrees with the settled share; say whether it was released."""
    if now - batch.opened_at < RIPE_AFTER:
        return False
    if not agrees(batch=share_of_batch(batch), settled=Share(ships=tally.ships, skips=tally.skips)):
        return False
    decide(batch=batch, release=True, by="settled share", now=now)
    return True


def settle_all(*, now: datetime) -> int:
    """Release every waiting batch that is ripe and agrees with the settled share; return how many."""
    released = 0
    for batch in VoteBatch.objects.filter(status=BatchStatus.WAITING):
        with transaction.atomic():
            tally = locked_tally(tool_id=batch.tool_id)
            released += settle(batch=batch, tally=tally, now=now)
    return released
