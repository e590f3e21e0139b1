"""The book of one tool: every sum over its votes, kept equal to the rows inside one transaction.

A vote is taken out, changed and put in again; `save` writes the sums that differ. Holding a book is holding
the tally's lock.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property

from reviews.models import BatchStatus, Decision, Vote, VoteBatch, VoteNetwork, VoteStatus
from reviews.services.voting.hours import Pace, add, hour_of, pace
from reviews.services.voting.rules import (
    SETTLED_ENOUGH,
    WINDOWS,
    Pull,
    Share,
    is_burst,
)
from reviews.services.voting.tallies import locked_tally

BURST_TIES_FOR = timedelta(days=28)


def pull_of(vote: Vote) -> Pull:
    """Return what one vote added to the count since it was tied to others."""
    counted = vote.counted
    return Pull(
        ships=(counted == Decision.SHIP) - (vote.base == Decision.SHIP),
        skips=(counted == Decision.SKIP) - (vote.base == Decision.SKIP),
        pushes=int(counted != vote.base),
    )


class Book:
    """Opening it locks the tool's tally. Raises Tool.DoesNotExist if the tool is gone."""

    def __init__(self, *, tool_id: int, now: datetime) -> None:
        self.tally = locked_tally(tool_id=tool_id)
        self.tool_id = tool_id
        self.now = now
        self._hours: Counter[datetime] = Counter()
        self._networks: dict[str, VoteNetwork] = {}
        self._batches: dict[int, VoteBatch] = {}

    # What the sums say.

    @property
    def shown(self) -> Share:
        return Share(ships=self.tally.ships, skips=self.tally.skips)

    @property
    def further(self) -> Pull:
        """What all votes that were not their network's first have added."""
        return Pull(
            ships=self.tally.further_ships, skips=self.tally.further_skips, pushes=self.tally.further_pushes
        )

    def pull_of_batch(self, pk: int) -> Pull:
        batch = self.batch(pk)
        return Pull(ships=batch.ships, skips=batch.skips, pushes=batch.pushes)

    def batch(self, pk: int) -> VoteBatch:
        if pk not in self._batches:
            self._batches[pk] = VoteBatch.objects.get(pk=pk)
        return self._batches[pk]

    def networks(self, digests: Sequence[str]) -> dict[str, VoteNetwork]:
        """Return the counts of these networks for this tool; new ones start at 0."""
        missing = [digest for digest in digests if digest not in self._networks]
        if missing:
            today = self.now.date()
            made = {
                digest: VoteNetwork(tool_id=self.tool_id, digest=digest, seen_on=today) for digest in missing
            }
            stored = VoteNetwork.objects.filter(tool_id=self.tool_id, digest__in=missing)
            self._networks |= made | {each.digest: each for each in stored}
        return {digest: self._networks[digest] for digest in digests}

    def heaviest_network(self, *, direction: int) -> VoteNetwork | None:
        """Return the network that pulls most towards ship (1) or skip (-1); None if none pulls by two."""
        self._save_networks()
        networks = VoteNetwork.objects.filter(tool_id=self.tool_id)
        heavy = networks.filter(pull__gte=2) if direction > 0 else networks.filter(pull__lte=-2)
        return heavy.order_by("-pull" if direction > 0 else "pull").first()

    # The pace of the votes.

    @cached_property
    def _pace(self) -> Pace:
        """The pace of votes when first asked for, or since the last save."""
        return pace(tool_id=self.tool_id, now=self.now)

    def _recent(self, window: timedelta) -> int:
        since = hour_of(self.now) - window
        return self._pace.recent[window] + sum(
            number for hour, number in self._hours.items() if hour >= since
        )

    @property
    def is_new(self) -> bool:
        """Whether the tool has votes of too few networks from before this week to judge others by."""
        return self.tally.networks - self._recent(WINDOWS[-1]) < SETTLED_ENOUGH

    def is_burst(self) -> bool:
        """Say whether one push more is faster than the tool's past explains."""
        return is_burst(
            recent={window: self._recent(window) + 1 for window in WINDOWS},
            elapsed=self.now - hour_of(self.now),
            baseline=self._pace.baseline,
            is_new=self.is_new,
        )

    # Batches.

    def burst_batch(self) -> VoteBatch:
        """Return the batch for votes of a burst: one for four weeks, so that bursts are judged together."""
        batches = VoteBatch.objects.filter(tool_id=self.tool_id, reason=VoteStatus.BURST)
        found = batches.filter(status__in=[BatchStatus.WATCHED, BatchStatus.WAITING]).first()
        if found and found.status == BatchStatus.WATCHED and found.opened_at <= self.now - BURST_TIES_FOR:
            found.status = BatchStatus.RELEASED
            found.decided_at = self.now
            found.decided_by = "settled share"
            found.save(update_fields=["status", "decided_at", "decided_by"])
            found = None
        if found is None:
            found = batches.create(
                tool_id=self.tool_id, reason=VoteStatus.BURST, status=BatchStatus.WATCHED, opened_at=self.now
            )
        return self._batches.setdefault(found.pk, found)

    def waiting_batch_of(self, network: str) -> VoteBatch | None:
        """Return the batch in which votes of a network wait, if any."""
        if not network or not self.tally.waiting:
            return None
        waiting = VoteBatch.objects.filter(
            tool_id=self.tool_id, reason=VoteStatus.NETWORK, status=BatchStatus.WAITING
        )
        found = waiting.filter(network=network).first()
        return found and self._batches.setdefault(found.pk, found)

    def network_batch(self, network: str) -> VoteBatch:
        """Return the batch in which votes of a network wait, made if need be."""
        found = self.waiting_batch_of(network)
        if found is None:
            found, _ = VoteBatch.objects.get_or_create(
                tool_id=self.tool_id,
                reason=VoteStatus.NETWORK,
                network=network,
                status=BatchStatus.WAITING,
                defaults={"opened_at": self.now},
            )
        return self._batches.setdefault(found.pk, found)

    # Keeping the sums in step with the rows.

    def take_out(self, vote: Vote) -> None:
        self._apply(vote, -1)

    def put_in(self, vote: Vote) -> None:
        self._apply(vote, 1)

    def _apply(self, vote: Vote, sign: int) -> None:
        tally = self.tally
        counted = vote.counted
        pull = pull_of(vote)
        tally.ships += sign * (counted == Decision.SHIP)
        tally.skips += sign * (counted == Decision.SKIP)
        tally.waiting += sign * vote.is_waiting
        if vote.is_first:
            tally.networks += sign * bool(counted)
        else:
            tally.further_ships += sign * pull.ships
            tally.further_skips += sign * pull.skips
            tally.further_pushes += sign * pull.pushes
        if vote.batch_id:
            batch = self.batch(vote.batch_id)
            batch.ships += sign * pull.ships
            batch.skips += sign * pull.skips
            batch.pushes += sign * pull.pushes
            batch.waiting += sign * vote.is_waiting
        if vote.status == VoteStatus.COUNTS:
            self._hours[hour_of(vote.changed_at)] += sign
        for level, network in enumerate(self.networks(vote.network_levels).values()):
            network.votes += sign
            network.pull += sign * (pull.ships - pull.skips) if level == 0 else 0

    def save(self) -> None:
        self.tally.save()
        for batch in self._batches.values():
            if batch.status == BatchStatus.WAITING and not batch.waiting:
                batch.status = BatchStatus.RELEASED if batch.decided_at else BatchStatus.WATCHED
            batch.save(
                update_fields=["status", "decided_at", "decided_by", "ships", "skips", "pushes", "waiting"]
            )
        self._save_networks()
        add(tool_id=self.tool_id, changes=self._hours, now=self.now)
        self._hours.clear()
        self.__dict__.pop("_pace", None)

    def _save_networks(self) -> None:
        rows = [
            VoteNetwork(
                tool_id=self.tool_id,
                digest=each.digest,
                votes=each.votes,
                pull=each.pull,
                seen_on=each.seen_on,
            )
            for each in self._networks.values()
            if each.votes or each.pk
        ]
        VoteNetwork.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["tool", "digest"],
            update_fields=["votes", "pull"],
        )
        self._networks = {}
