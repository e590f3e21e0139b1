"""Casting, changing and withdrawing votes. A vote, its sums and its hold are one transaction.

A withdrawn vote stays for a while as a row that says nothing, under a word made of the visitor's: so that
hundreds of withdrawals at once are noticed, and the visitor's next vote finds it.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction

from reviews.models import Decision, Tool, Vote, VoteStatus
from reviews.models.votes import WITHDRAWN, withdrawn
from reviews.services.voting.book import Book
from reviews.services.voting.hold import release_what_fits
from reviews.services.voting.judge import judge, place_in_networks
from reviews.services.voting.networks import Network

__all__ = ["WITHDRAWN", "cast", "forget_votes", "withdraw", "withdrawn"]

DISCARDED_FOR = timedelta(days=28)
"""After that time a discarded visitor counts as new, as the network does."""


@transaction.atomic
def cast(*, tool: Tool, visitor: str, decision: str, networks: Sequence[Network], now: datetime) -> Vote:
    """Set `visitor`'s vote on `tool` to `decision` (`ship` or `skip`) and return it. Repeatable.

    `networks` are the visitor's, narrowest first. The tally is locked first, so that votes on one tool follow
    each other on both databases. A vote or change may have to wait (see `rules`); the voter is not told.

    Raises ValueError for another decision, Tool.DoesNotExist if the tool is gone.
    """
    if decision not in Decision.values:
        raise ValueError(decision)
    book = Book(tool_id=tool.pk, now=now)
    found = Vote.objects.of_person(visitor).filter(tool=tool).first()
    vote = found or Vote(tool=tool, visitor=visitor, cast_at=now)
    if (vote.decision, vote.visitor) != (decision, visitor):
        _push(book=book, vote=vote, decision=decision, visitor=visitor, networks=networks)
    return vote


@transaction.atomic
def withdraw(*, tool: Tool, visitor: str, networks: Sequence[Network], now: datetime) -> None:
    """Withdraw `visitor`'s vote on `tool`, if there is one. Raises Tool.DoesNotExist if the tool is gone."""
    book = Book(tool_id=tool.pk, now=now)
    vote = Vote.objects.by_visitor(visitor).filter(tool=tool).first()
    if vote is not None:
        _push(book=book, vote=vote, decision="", visitor=withdrawn(visitor), networks=networks)


def forget_votes(*, visitor: str, now: datetime) -> int:
    """Withdraw every vote of `visitor` and return their number. Nothing of the visitor stays on a row.

    Tallies are locked in the order of their tools, so that two such requests never wait for each other. A
    vote that a merge moved meanwhile is found in the next round.
    """
    forgotten = 0
    mine = Vote.objects.of_person(visitor)
    while tools := sorted(set(mine.values_list("tool", flat=True))):
        with transaction.atomic():
            for tool_id in tools:
                with suppress(
                    Tool.DoesNotExist
                ):  # merged away meanwhile: its votes are found in the next round
                    forgotten += _forget_votes(tool_id=tool_id, visitor=visitor, now=now)
    return forgotten


def _forget_votes(*, tool_id: int, visitor: str, now: datetime) -> int:
    book = Book(tool_id=tool_id, now=now)
    votes = list(Vote.objects.of_person(visitor).filter(tool=tool_id))
    for vote in votes:
        if vote.decision and vote.status != VoteStatus.DISCARDED:
            _push(book=book, vote=vote, decision="", visitor=withdrawn(visitor), networks=())
        book.take_out(vote)
        vote.network = vote.subnetwork = ""
        book.put_in(vote)
        vote.save(update_fields=["network", "subnetwork"])
    book.save()
    given = sum(vote.visitor == visitor for vote in votes)
    Vote.objects.filter(pk__in=[vote.pk for vote in votes]).unlink()
    return given


def _push(*, book: Book, vote: Vote, decision: str, visitor: str, networks: Sequence[Network]) -> None:
    """Set `vote` to `decision` (nothing for a withdrawal) under `visitor`, and judge it.

    A vote without a pk is new.
    """
    if vote.status == VoteStatus.DISCARDED and book.now - vote.changed_at < DISCARDED_FOR:
        vote.decision = decision or vote.decision
        vote.visitor = visitor
        vote.save(update_fields=["decision", "visitor"])
        return
    if vote.pk:
        book.take_out(vote)
    if vote.status == VoteStatus.DISCARDED:
        vote.batch = None
        vote.is_first = True
    is_over_limit = False
    counted = vote.counted
    if not vote.is_tied:
        vote.base = counted
        is_over_limit = place_in_networks(book=book, vote=vote, networks=networks)
    vote.stands = counted
    vote.decision = decision
    vote.visitor = visitor
    vote.changed_at = book.now
    judge(book=book, vote=vote, is_over_limit=is_over_limit)
    release_what_fits(book=book)
    book.save()
