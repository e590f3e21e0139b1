"""What becomes of waiting votes: those of a burst count when there is room, the rest when an editor decides.

A push held for its network is only released by an editor. What an editor discards stays on record and never
counts.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from reviews.models import BatchStatus, Decision, Tool, Vote, VoteBatch, VoteStatus
from reviews.services.voting.book import Book
from reviews.services.voting.judge import direction_of, fits, hold_network

MOST_RELEASED_BY_A_VOTE = 5
MOST_AT_ONCE = 500
"""Votes released or discarded in one transaction, so that nobody waits long for the lock."""


def release_what_fits(*, book: Book, most: int = MOST_RELEASED_BY_A_VOTE) -> int:
    """Count waiting votes of bursts, oldest first, while the share moves within its limit; return the number.

    Only the first votes of their networks: a batch from few networks is never released by itself.
    """
    if not book.tally.waiting:
        return 0
    bursts = VoteBatch.objects.filter(
        tool_id=book.tool_id, reason=VoteStatus.BURST, status=BatchStatus.WAITING
    )
    released = 0
    for pk in bursts.values_list("pk", flat=True):
        while released < most and _release_one(book, pk):
            released += 1
    return released


def _release_one(book: Book, pk: int) -> bool:
    moved = book.pull_of_batch(pk).moved(book.shown)
    against = (Decision.SKIP, "", Decision.SHIP)
    for decision in against if moved > 0 else reversed(against):
        waiting = Vote.objects.filter(batch=pk, status=VoteStatus.BURST, is_first=True, decision=decision)
        vote = waiting.order_by("changed_at").first()
        if vote is not None and _release_if_it_fits(book, vote):
            return True
    return False


def _release_if_it_fits(book: Book, vote: Vote) -> bool:
    stood = vote.stands
    direction = direction_of(vote, before=stood)
    book.take_out(vote)
    vote.status = VoteStatus.COUNTS
    vote.stands = ""
    book.put_in(vote)
    if fits(book=book, vote=vote, direction=direction):
        vote.save(update_fields=["status", "stands"])
        return True
    book.take_out(vote)
    vote.status = VoteStatus.BURST
    vote.stands = stood
    book.put_in(vote)
    return False


def settle_all(*, now: datetime) -> int:
    """Release every waiting vote with room by now, finish what was decided; return the number released."""
    released = 0
    for batch in VoteBatch.objects.filter(waiting__gt=0):
        if batch.status != BatchStatus.WAITING:
            _carry_out(batch.pk, now=now)
        elif batch.reason == VoteStatus.BURST:
            released += _settle(batch.tool_id, now=now)
    return released


def _settle(tool_id: int, *, now: datetime) -> int:
    with transaction.atomic():
        try:
            book = Book(tool_id=tool_id, now=now)
        except Tool.DoesNotExist:  # merged into another, whose turn comes with the next run
            return 0
        released = release_what_fits(book=book, most=MOST_AT_ONCE)
        book.save()
    return released


def decide(*, batch: VoteBatch, release: bool, by: str, now: datetime) -> None:
    """Count or discard the votes of a waiting batch; a decided batch stays as it is.

    Released votes are accepted: they are no longer held against each other, but stay tied, and wait again if
    more of them are changed than chance explains. Discarding a network discards all its votes on the tool
    that no editor accepted, also those that counted. What a visitor said before the discarded push goes on
    counting.

    Raises Tool.DoesNotExist if the tool is gone.
    """
    with transaction.atomic():
        book = _book_of(batch.pk, now=now)
        decided = book.batch(batch.pk)
        if decided.status != BatchStatus.WAITING:
            return
        if not release and decided.network:
            hold_network(book=book, network=decided.network)
        decided.status = BatchStatus.RELEASED if release else BatchStatus.DISCARDED
        decided.decided_at = now
        decided.decided_by = by
        book.save()
    _carry_out(batch.pk, now=now)


def _carry_out(pk: int, *, now: datetime) -> None:
    """Carry out what was decided on a batch's votes, some at a time."""
    while _carry_out_some(pk, now=now):
        pass


@transaction.atomic
def _carry_out_some(pk: int, *, now: datetime) -> int:
    book = _book_of(pk, now=now)
    batch = book.batch(pk)
    votes = Vote.objects.filter(batch=pk)
    if batch.status == BatchStatus.RELEASED:
        some = list(votes.unaccepted()[:MOST_AT_ONCE])
    elif batch.status == BatchStatus.DISCARDED:
        some = list(votes.waiting()[:MOST_AT_ONCE])
    else:
        return 0
    for vote in some:
        book.take_out(vote)
        if batch.status == BatchStatus.RELEASED:
            vote.status = VoteStatus.COUNTS
            vote.stands = ""
            vote.base = vote.decision
        else:
            vote.status = VoteStatus.DISCARDED
        book.put_in(vote)
    rows = Vote.objects.filter(pk__in=[vote.pk for vote in some])
    if batch.status == BatchStatus.RELEASED:
        rows.update(status=VoteStatus.COUNTS, stands="", base=F("decision"))
    else:
        rows.update(status=VoteStatus.DISCARDED)
    book.save()
    return len(some)


def _book_of(pk: int, *, now: datetime) -> Book:
    """Open the book of a batch's tool, or of the tool it was merged into meanwhile."""
    while True:
        tool_id = VoteBatch.objects.values_list("tool_id", flat=True).filter(pk=pk).first()
        if tool_id is None:
            raise Tool.DoesNotExist
        book = Book(tool_id=tool_id, now=now)
        if book.batch(pk).tool_id == tool_id:
            return book
