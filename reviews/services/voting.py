"""Casting and withdrawing votes. A vote, its tally and its hold are one transaction; the rows remain the truth."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from reviews.models import BatchStatus, Decision, Held, Tool, Vote, VoteBatch, VoteTally
from reviews.networks import Network
from reviews.services.holding import find_burst, hold, network_limit, settle
from reviews.services.limits import count
from reviews.services.tallies import locked_tally

DAY_SECONDS = 86_400


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
    vote = Vote.objects.filter(tool=tool, visitor=visitor).first()
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
    elif vote.decision != decision:
        if vote.held == Held.COUNTS:
            _add(tally, vote.decision, -1)
            _add(tally, decision, 1)
            tally.save()
        vote.decision, vote.changed_at = decision, now
        vote.save(update_fields=["decision", "changed_at"])
    return vote


@transaction.atomic
def withdraw(*, tool: Tool, visitor: str) -> None:
    """Take `visitor`'s vote on `tool` back, if there is one. Raises Tool.DoesNotExist when the tool is gone by now."""
    tally = locked_tally(tool_id=tool.pk)
    vote = Vote.objects.filter(tool=tool, visitor=visitor).first()
    if vote is None:
        return
    vote.delete()
    _take_out(tally, vote)
    tally.save()


@transaction.atomic
def forget_votes(*, visitor: str) -> int:
    """Take back every vote of `visitor` and return how many there were.

    Tallies are locked in the order of their tools, so that two such requests never wait for each other.
    """
    tools = Vote.objects.by_visitor(visitor).values("tool")
    tallies = {tally.tool_id: tally for tally in VoteTally.objects.select_for_update().filter(tool__in=tools).order_by("pk")}
    votes = list(Vote.objects.by_visitor(visitor).filter(tool__in=tallies))
    Vote.objects.filter(pk__in=[vote.pk for vote in votes]).delete()
    for vote in votes:
        _take_out(tallies[vote.tool_id], vote)
    VoteTally.objects.bulk_update(tallies.values(), ["ships", "skips", "waiting"])
    return len(votes)


def _add(tally: VoteTally, decision: str, number: int) -> None:
    if decision == Decision.SHIP:
        tally.ships += number
    else:
        tally.skips += number


def _take_out(tally: VoteTally, vote: Vote) -> None:
    """Take a deleted vote out of wherever it was counted."""
    if vote.held == Held.COUNTS:
        _add(tally, vote.decision, -1)
    elif vote.held != Held.DISCARDED:
        tally.waiting -= 1


def _hold_if_implausible(*, vote: Vote, tally: VoteTally, networks: Sequence[Network], now: datetime) -> None:
    """Hold a vote that was just counted, and with a new burst the votes around it; then see to ripe batches."""
    over = [
        network
        for network in networks
        if count(key=f"vote:{vote.tool_id}:{network.digest}", seconds=DAY_SECONDS, now=now) > network_limit(network.prefix)
    ]
    window = find_burst(tally=tally, now=now)
    if window:
        since = Vote.objects.filter(tool_id=vote.tool_id, batch=None).counting().cast_since(now - window)
        hold(tally=tally, votes=list(since), reason=Held.BURST, now=now)
    elif over:
        hold(tally=tally, votes=[vote], reason=Held.NETWORK, now=now)
    if tally.waiting:
        for batch in VoteBatch.objects.filter(tool_id=vote.tool_id, status=BatchStatus.WAITING):
            settle(batch=batch, tally=tally, now=now)
    vote.refresh_from_db(fields=["held", "batch"])
