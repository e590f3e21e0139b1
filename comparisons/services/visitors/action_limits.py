"""The limits on how often visitors may act, checked before anything is written."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from reviews.services.rate_limits import Allowance, allow
from reviews.services.voting.networks import Network

MINUTE = 60


def allow_action(*, visitor: str | None, networks: Sequence[Network], now: datetime) -> Allowance:
    """Count an act (vote or bookmark) for visitor and network; return whether it is allowed."""
    by_network = allow(
        key=f"act:{networks[0].digest}", limit=settings.REQUESTS_PER_NETWORK, seconds=MINUTE, now=now
    )
    if visitor is None or not by_network.is_allowed:
        return by_network
    return allow(key=f"act:{visitor}", limit=settings.REQUESTS_PER_VISITOR, seconds=MINUTE, now=now)
