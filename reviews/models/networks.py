"""What is remembered of visitors to keep floods and stuffing out: never an address, and nothing for longer than a day."""

from datetime import date, timedelta
from typing import Self

from django.db import models


class NetworkKeyQuerySet(models.QuerySet["NetworkKey"]):
    def in_use(self, *, today: date) -> Self:
        """The key of `today`, and tomorrow's, which a server makes whose clock is ahead around midnight. The newest counts."""
        return self.filter(day__range=_in_use(today)).order_by("-day")

    def not_in_use(self, *, today: date) -> Self:
        """The keys of other days, whose time is over."""
        return self.exclude(day__range=_in_use(today))


def _in_use(today: date) -> tuple[date, date]:
    return today, today + timedelta(days=1)


class NetworkKey(models.Model):
    """The random key of one day. Networks are hashed under it; once it is deleted, nobody can tell which network it was."""

    day = models.DateField(primary_key=True)
    key = models.BinaryField(max_length=32)

    objects = NetworkKeyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Key of {self.day}"


class RequestCount(models.Model):
    """How often something was done in the current window: one row per hashed key, counted in one statement."""

    key = models.CharField(max_length=64, primary_key=True)
    window = models.BigIntegerField(help_text="When the window began, in seconds since 1970.")
    count = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index("window", name="request_count_window")]

    def __str__(self) -> str:
        return f"{self.key[:8]}…: {self.count}"
