"""Forgetting: one visitor on request, and everybody's traces when their time is over. `/privacy/` names the same times."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from comparisons.desk.files.uploads import delete_expired_uploads
from comparisons.models import Bookmark
from reviews.models import NetworkKey, RequestCount, Vote
from reviews.services.voting.cast import forget_votes

VISITOR_KEPT = timedelta(days=400)
"""The longest that browsers keep a cookie."""
NETWORK_KEPT = timedelta(days=7)
REQUESTS_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many rows were deleted or cut loose from their visitor."""

    votes: int = 0
    bookmarks: int = 0
    networks: int = 0
    requests: int = 0
    uploads: int = 0


@transaction.atomic
def forget_visitor(*, visitor: str) -> Forgotten:
    """Delete every vote and bookmark of `visitor`; the tallies follow. Discarded votes stay on record, as nobody's."""
    votes = forget_votes(visitor=visitor)
    bookmarks, _ = Bookmark.objects.by_visitor(visitor).delete()
    return Forgotten(votes=votes, bookmarks=bookmarks)


@transaction.atomic
def forget_old(*, now: datetime) -> Forgotten:
    """Let go of what is older than its documented time.

    A vote of 400 days ago still counts, but nobody's any more: its visitor is replaced by a word that stands for nothing. The
    hash of a network goes after a week, counters of requests and files that nobody imported after a day, and the keys of other
    days at once.
    """
    NetworkKey.objects.not_in_use(today=now.date()).delete()
    return Forgotten(
        networks=Vote.objects.filter(cast_at__lt=now - NETWORK_KEPT).exclude(network="").update(network=""),
        votes=Vote.objects.filter(changed_at__lt=now - VISITOR_KEPT).linked().unlink(),
        bookmarks=Bookmark.objects.filter(created_at__lt=now - VISITOR_KEPT).delete()[0],
        requests=RequestCount.objects.filter(window__lt=int((now - REQUESTS_KEPT).timestamp())).delete()[0],
        uploads=delete_expired_uploads(now=now),
    )
