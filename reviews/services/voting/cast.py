"""Casting and withdrawing votes. A vote, its tally and its hold are one transaction; the rows remain the truth.

What an editor discarded stays on record, whatever its visitor does next: a withdrawn one stands under a word that is made of
the visitor's (`withdrawn`), so that the same visitor's next vote on the tool finds it and stays discarded too.
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.db import transaction

from reviews.models import BatchStatus, Decision, Tool, Vote, VoteBatch, VoteStatus, VoteTally
from reviews.services.rate_limits import count, counted
from reviews.services.voting.hold import find_burst, hold, network_limit, settle
from reviews.services.voting.networks import Network
from reviews.services.voting.tallies import locked_tally

DAY_SECONDS = 86_400
WITHDRAWN = "withdrawn-"


@transaction.atomic
def cast(*, tool: Tool, visitor: str, decision: str, networks: Sequence[Network], now: datetime) -> Vote:
    """Set `visitor`'s vote on `tool` to `decision` (`ship` or `skip`) and return it. Repeating it changes nothing.

    The tool's tally is locked first, so that votes on one tool happen one after the other, on both databases. A new vote may be
    held back (see `holding`); its voter gets the same answer.

    Raises ValueError for any other decision, and Tool.DoesNotExist when the tool is gone by now.
    """
    if decision not in Decision.values:
        raise ValueError(decision)
    tally = locked_tally(tool_id=tool.pk)
    vote = Vote.objects.filter(tool=tool, visitor__in=[visitor, withdrawn(visitor)]).first()
    if vote is None:
        vote = Vote.objects.create(
            tool=tool,
            visitor=visitor,
            decision=decision,
            network=networks[0].digest if networks else "",
            cast_at=now,
            changed_at=now,
        )
        _add(tally, decision, 1)
        tally.save()
        _hold_if_implausible(vote=vote, tally=tally, networks=networks, now=now)
    elif (vote.decision, vote.visitor) != (decision, visitor):
        if vote.status == VoteStatus.COUNTS:
            _add(tally, vote.decision, -1)
            _add(tally, decision, 1)
            tally.save()
        vote.decision, vote.visitor, vote.changed_at = decision, visitor, now
        vote.save(update_fields=["decision", "visitor", "changed_at"])
    return vote


@transaction.atomic
def withdraw(*, tool: Tool, visitor: str) -> None:
    """Take `visitor`'s vote on `tool` back, if there is one. Raises Tool.DoesNotExist when the tool is gone by now."""
    tally = locked_tally(tool_id=tool.pk)
    vote = Vote.objects.filter(tool=tool, visitor=visitor).first()
    if vote is None:
        return
    if vote.status == VoteStatus.DISCARDED:
        vote.visitor = withdrawn(visitor)
        vote.save(update_fields=["visitor"])
        return
    vote.delete()
    _take_out(tally, vote)
    tally.save()


def forget_votes(*, visitor: str) -> int:
    """Take back every vote of `visitor` and return how many there were. Discarded ones stay on record, as nobody's.

    Tallies are locked in the order of their tools, so that two such requests never wait for each other. A vote that was moved
    to another tool while this waited (the two were merged) is found in the next round.
    """
    forgotten = 0
    while Vote.objects.filter(visitor__in=[visitor, withdrawn(visitor)]).exists():
        forgotten += _forget_votes(visitor)
    return forgotten


@transaction.atomic
def _forget_votes(visitor: str) -> int:
    mine = Vote.objects.filter(visitor__in=[visitor, withdrawn(visitor)])
    tools = set(mine.values_list("tool", flat=True))
    tallies = {tally.tool_id: tally for tally in VoteTally.objects.select_for_update().filter(tool__in=tools).order_by("pk")}
    for tool_id in sorted(tools - tallies.keys()):
        with suppress(Tool.DoesNotExist):  # merged away meanwhile: its votes are found in the next round
            tallies[tool_id] = locked_tally(tool_id=tool_id)
    votes = list(mine.filter(tool__in=tallies))
    rows = Vote.objects.filter(pk__in=[vote.pk for vote in votes])
    rows.filter(status=VoteStatus.DISCARDED).unlink()
    rows.exclude(status=VoteStatus.DISCARDED).delete()
    for vote in votes:
        _take_out(tallies[vote.tool_id], vote)
    VoteTally.objects.bulk_update(tallies.values(), ["ships", "skips", "waiting"])
    return sum(vote.visitor == visitor for vote in votes)


def withdrawn(visitor: str) -> str:
    """Return the word under which a discarded vote stays when its visitor takes it back. It can't be led back to the visitor."""
    return WITHDRAWN + hashlib.sha256(visitor.encode()).hexdigest()[:22]


def _add(tally: VoteTally, decision: str, number: int) -> None:
    if decision == Decision.SHIP:
        tally.ships += number
    else:
        tally.skips += number


def _take_out(tally: VoteTally, vote: Vote) -> None:
    """Take a deleted vote out of wherever it was counted."""
    if vote.status == VoteStatus.COUNTS:
        _add(tally, vote.decision, -1)
    elif vote.status != VoteStatus.DISCARDED:
        tally.waiting -= 1


def _hold_if_implausible(*, vote: Vote, tally: VoteTally, networks: Sequence[Network], now: datetime) -> None:
    """Hold a vote that was just counted, and with a new burst the votes around it; then see to ripe batches."""
    # Whoever takes a vote back and gives it again is one person still, and must not use up what a whole office may cast.
    is_first = count(key=f"voter:{vote.tool_id}:{vote.visitor}", seconds=DAY_SECONDS, now=now) == 1
    voters = count if is_first else counted
    over = [
        network
        for network in networks
        if voters(key=f"vote:{vote.tool_id}:{network.digest}", seconds=DAY_SECONDS, now=now) > network_limit(network.prefix)
    ]
    window = find_burst(tally=tally, now=now)
    if window:
        since = Vote.objects.filter(tool_id=vote.tool_id, batch=None).counting().cast_since(now - window)
        hold(tally=tally, votes=list(since), reason=VoteStatus.BURST, now=now)
    elif over:
        hold(tally=tally, votes=[vote], reason=VoteStatus.NETWORK, now=now)
    if tally.waiting:
        for batch in VoteBatch.objects.filter(tool_id=vote.tool_id, status=BatchStatus.WAITING):
            settle(batch=batch, tally=tally, now=now)
    vote.refresh_from_db(fields=["status", "batch"])
