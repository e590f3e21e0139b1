"""Whether a push counts or waits, and what waits with it. The rules are in `rules`."""

from collections.abc import Sequence

from reviews.models import BatchStatus, Decision, Vote, VoteBatch, VoteStatus
from reviews.services.voting.book import Book
from reviews.services.voting.networks import Network
from reviews.services.voting.rules import HEAVY_PULL, HOUR, burst_limit, further_limit, network_limit

MOST_HELD_AT_ONCE = 3
MOST_TIED_AT_ONCE = 100
"""The most networks one push may have held, and votes of the last hour it ties, to bound its cost."""


def place_in_networks(*, book: Book, vote: Vote, networks: Sequence[Network]) -> bool:
    """Note the networks of a push, narrowest first; say whether one has more votes than is plausible."""
    counts = book.networks([each.digest for each in networks])
    vote.network = vote.subnetwork = ""
    vote.is_first = True
    if networks:
        vote.network = networks[-1].digest
        vote.subnetwork = networks[0].digest[len(vote.network) :]
        vote.is_first = counts[vote.network].votes == 0
    return any(counts[each.digest].votes >= network_limit(each.prefix) for each in networks)


def judge(*, book: Book, vote: Vote, is_over_limit: bool) -> None:
    """Count a push or let it wait, and save the vote.

    `vote.decision` is what is said now, `vote.stands` what counted before.
    """
    if vote.decision == vote.stands:
        _count(book, vote)
    elif is_over_limit or book.waiting_batch_of(vote.network):
        _wait(book, vote, book.network_batch(vote.network))
    else:
        _count_if_it_fits(book, vote)


def direction_of(vote: Vote, *, before: str) -> int:
    """Return which way a push pulls: 1 towards ship, -1 towards skip. `before` is what counted until then."""
    if vote.decision:
        return 1 if vote.decision == Decision.SHIP else -1
    return 1 if before == Decision.SKIP else -1


def _count(book: Book, vote: Vote) -> None:
    vote.status = VoteStatus.COUNTS
    vote.stands = ""
    book.put_in(vote)
    vote.save()


def _wait(book: Book, vote: Vote, batch: VoteBatch) -> None:
    vote.batch = batch
    vote.status = VoteStatus(batch.reason)
    batch.status = BatchStatus.WAITING
    book.put_in(vote)
    vote.save()


def _count_if_it_fits(book: Book, vote: Vote) -> None:
    stood = vote.stands
    direction = direction_of(vote, before=stood)
    if vote.batch_id is None and book.is_burst():
        vote.batch = book.burst_batch()
        _tie_last_hour(book, vote.batch)
    _count(book, vote)
    if _hold_networks(book, vote, direction):
        vote.refresh_from_db()
    if not vote.is_waiting and not fits(book=book, vote=vote, direction=direction):
        book.take_out(vote)
        vote.stands = stood
        _wait(book, vote, _batch_to_wait_in(book, vote))


def _tie_last_hour(book: Book, batch: VoteBatch) -> None:
    """Tie the votes of the last hour to a burst that began before it was noticed.

    The newest wait if they move the share too far.
    """
    recent = Vote.objects.filter(tool_id=book.tool_id, batch=None, status=VoteStatus.COUNTS)
    votes = list(recent.filter(changed_at__gt=book.now - HOUR).order_by("-changed_at")[:MOST_TIED_AT_ONCE])
    for vote in votes:
        book.take_out(vote)
        vote.batch = batch
        book.put_in(vote)
    has_share = not book.is_new
    for vote in votes:
        if has_share and batch_excess(book, batch.pk) == direction_of(vote, before=vote.base):
            book.take_out(vote)
            vote.stands = vote.base
            vote.status = VoteStatus.BURST
            batch.status = BatchStatus.WAITING
            book.put_in(vote)
    Vote.objects.bulk_update(votes, ["batch", "stands", "status"])


def fits(*, book: Book, vote: Vote, direction: int) -> bool:
    """Say whether a counted push moves the share within its limit, together with what it is tied to."""
    fits_further = vote.is_first or further_excess(book) != direction
    return fits_further and _fits_batch(book, vote, direction)


def further_excess(book: Book) -> int:
    """Return which way votes that were not their network's first move the share too far: 1, -1 or 0."""
    moved = book.further.moved(book.shown)
    limit = further_limit(pull=book.further, shown=book.shown)
    return (moved > limit) - (moved < -limit)


def batch_excess(book: Book, pk: int) -> int:
    """Return which way the votes of a batch move the share too far: 1, -1 or 0."""
    pull = book.pull_of_batch(pk)
    moved = pull.moved(book.shown)
    limit = burst_limit(pull=pull, shown=book.shown)
    return (moved > limit) - (moved < -limit)


def _fits_batch(book: Book, vote: Vote, direction: int) -> bool:
    if vote.batch_id is None:
        return True
    return not book.is_new and batch_excess(book, vote.batch_id) != direction


def _hold_networks(book: Book, vote: Vote, direction: int) -> bool:
    """Hold whole networks that move the share too far, heaviest first; say whether one was held."""
    held = 0
    while held < MOST_HELD_AT_ONCE and (excess := further_excess(book)):
        heaviest = book.heaviest_network(direction=excess)
        if heaviest is None:
            break
        hold_network(book=book, network=heaviest.digest)
        held += 1
    if not held and not vote.is_first and vote.network and not _fits_batch(book, vote, direction):
        own = book.networks([vote.network])[vote.network]
        if own.pull * direction >= HEAVY_PULL:
            hold_network(book=book, network=vote.network)
            held += 1
    return held > 0


def _batch_to_wait_in(book: Book, vote: Vote) -> VoteBatch:
    """Return the batch the vote is tied to, reopened if it was decided, or its network's."""
    if vote.batch_id is None:
        return book.network_batch(vote.network)
    batch = book.batch(vote.batch_id)
    if batch.reason == VoteStatus.NETWORK:
        return book.waiting_batch_of(batch.network) or batch
    return batch


def hold_network(*, book: Book, network: str) -> None:
    """Hold all votes of a network that no editor accepted. What its visitors said before counts again."""
    batch = book.network_batch(network)
    votes = list(Vote.objects.filter(tool_id=book.tool_id).of_network(network).unaccepted())
    for vote in votes:
        book.take_out(vote)
        vote.stands = vote.base
        vote.batch = batch
        vote.status = VoteStatus.COUNTS if vote.decision == vote.base else VoteStatus.NETWORK
        book.put_in(vote)
    batch.status = BatchStatus.WAITING
    Vote.objects.bulk_update(votes, ["stands", "batch", "status"])
