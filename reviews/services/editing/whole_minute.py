"""Moments from which readers see something."""

from datetime import datetime


def whole_minute(moment: datetime) -> datetime:
    """Return the minute in which `moment` falls: pages, lists and caches can agree on whole minutes."""
    return moment.replace(second=0, microsecond=0)
