"""What is stored of visitors' networks against floods and vote stuffing.

Never an address, and no key beyond its time.
"""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models


class NetworkKeyQuerySet(models.QuerySet["AbstractNetworkKey"]):
    def in_use(self, *, today: date) -> Self:
        """The key of `today`, and tomorrow's. The newest counts.

        A server with a fast clock makes tomorrow's around midnight.
        """
        return self.filter(day__range=self._in_use(today)).order_by("-day")

    def not_in_use(self, *, today: date) -> Self:
        """The keys of other days."""
        return self.exclude(day__range=self._in_use(today))

    def _in_use(self, today: date) -> tuple[date, date]:
        return self.model.first_day(today), self.model.first_day(today + timedelta(days=1))


class AbstractNetworkKey(models.Model):
    """A random key that lives for `DAYS` from its first day.

    Networks are hashed with it; once it is deleted, no hash can be led back to a network.
    """

    DAYS: ClassVar[int]

    day = models.DateField(primary_key=True, help_text="The first day of its life.")
    key = models.BinaryField(max_length=32)

    objects = NetworkKeyQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Key of {self.day}"

    @classmethod
    def first_day(cls, day: date) -> date:
        """Return the first day of the key used on `day`."""
        return date.fromordinal(day.toordinal() // cls.DAYS * cls.DAYS)


class NetworkKey(AbstractNetworkKey):
    """The key of one day, for rate limits."""

    DAYS = 1


class VoteNetworkKey(AbstractNetworkKey):
    """The key of 28 days, for the weight of a network on one tool."""

    DAYS = 28


class RequestCount(models.Model):
    """How often something was done in the current window: one row per hashed key."""

    key = models.CharField(max_length=64, primary_key=True)
    window = models.BigIntegerField(help_text="When the window began, in seconds since 1970.")
    count = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index("window", name="request_count_window")]

    def __str__(self) -> str:
        return f"{self.key[:8]}…: {self.count}"
