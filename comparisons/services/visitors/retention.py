"""Retention: forgetting one visitor on request, and everybody's traces in time.

`/privacy/` names the same times.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from comparisons.desk.files.uploads import delete_expired_uploads
from comparisons.desk.merging.records import forget_merges, forget_visitor_in_merges
from comparisons.models import Bookmark
from reviews.models import NetworkKey, RequestCount, Vote, VoteNetworkKey
from reviews.services.voting.cast import forget_votes
from reviews.services.voting.hours import HOURS_KEPT
from reviews.services.voting.retention import forget_networks, forget_withdrawals

VISITOR_KEPT = timedelta(days=400)
"""The longest that browsers keep a cookie."""
NETWORK_KEPT = timedelta(days=VoteNetworkKey.DAYS)
WITHDRAWAL_KEPT = HOURS_KEPT
REQUESTS_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The numbers of rows deleted or cut off from their visitor."""

    votes: int = 0
    bookmarks: int = 0
    networks: int = 0
    withdrawals: int = 0
    requests: int = 0
    uploads: int = 0
    merges: int = 0
    """Records of merges, which hold votes and bookmarks that a merge deleted."""


@transaction.atomic
def forget_visitor(*, visitor: str, now: datetime) -> Forgotten:
    """Withdraw every vote of `visitor` and delete every bookmark. No row keeps the visitor."""
    votes = forget_votes(visitor=visitor, now=now)
    bookmarks, _ = Bookmark.objects.by_visitor(visitor).delete()
    forget_visitor_in_merges(visitor=visitor)
    return Forgotten(votes=votes, bookmarks=bookmarks)


def forget_old(*, now: datetime) -> Forgotten:
    """Delete what is older than its documented time.

    A vote of 400 days ago still counts, but its visitor is replaced by a random word. The hash of a network
    goes with its key after 28 days, what is left of a withdrawn vote after 36, counters of requests and files
    never imported after a day, the records of merges after a week, and the keys of other days at once.
    """
    NetworkKey.objects.not_in_use(today=now.date()).delete()
    return Forgotten(
        networks=forget_networks(now=now),
        withdrawals=forget_withdrawals(now=now),
        votes=Vote.objects.changed_before(now - VISITOR_KEPT).linked().unlink(),
        bookmarks=Bookmark.objects.filter(created_at__lt=now - VISITOR_KEPT).delete()[0],
        requests=RequestCount.objects.filter(window__lt=int((now - REQUESTS_KEPT).timestamp())).delete()[0],
        uploads=delete_expired_uploads(now=now),
        merges=forget_merges(now=now),
    )
