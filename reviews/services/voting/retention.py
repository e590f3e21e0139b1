"""Deleting what votes leave behind, when its time is over.

Each tool is locked meanwhile, so that every sum stays exact.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from reviews.models import Tool, Vote, VoteHour, VoteNetwork, VoteNetworkKey, VoteStatus
from reviews.services.voting.hours import HOURS_KEPT, hour_of
from reviews.services.voting.tallies import locked_tally


def forget_networks(*, now: datetime) -> int:
    """Delete the hashes of networks whose key is gone, and the key; return how many votes had one."""
    today = now.date()
    VoteNetworkKey.objects.not_in_use(today=today).delete()
    dead = VoteNetwork.objects.filter(seen_on__lt=VoteNetworkKey.first_day(today))
    has_count = VoteNetwork.objects.filter(tool=OuterRef("tool"), digest=OuterRef("network"))
    orphaned = Vote.objects.exclude(network="").filter(~Exists(has_count))
    forgotten = 0
    for tool_id in _tools(dead, orphaned):
        with transaction.atomic():
            locked_tally(tool_id=tool_id)
            dead.filter(tool=tool_id).delete()
            forgotten += orphaned.filter(tool=tool_id).update(network="", subnetwork="")
    return forgotten


def forget_withdrawals(*, now: datetime) -> int:
    """Delete what is left of withdrawn votes once no rule needs it, and the counts of those hours."""
    before = hour_of(now - HOURS_KEPT)
    adds_nothing = Q(batch=None, is_first=True) | Q(base="")
    gone = Vote.objects.filter(adds_nothing, decision="", status=VoteStatus.COUNTS).changed_before(before)
    forgotten = 0
    for tool_id in _tools(gone):
        with transaction.atomic():
            locked_tally(tool_id=tool_id)
            forgotten += gone.filter(tool=tool_id).delete()[0]
    VoteHour.objects.filter(hour__lt=before).delete()
    return forgotten


def _tools(*rows: QuerySet) -> Iterable[int]:
    """Return the tools of the remaining rows, in the order in which tallies are locked."""
    found = set().union(*(each.order_by().values_list("tool", flat=True).distinct() for each in rows))
    return Tool.objects.filter(pk__in=found).order_by("pk").values_list("pk", flat=True)
