"""Sums over votes per tool, hour and network, so that a vote costs the same however many there are.

Each is written in the vote's transaction (`services/voting/book.py`); `recount_votes` compares it with the
rows.
"""

from django.db import models
from django.db.models import Q

from reviews.models.tools import Tool


class VoteTally(models.Model):
    """The votes on a tool that count, and how many wait. Its row is the lock of the tool's votes.

    `networks` counts votes that were the first of their network. The `further_` sums are what all others
    added.
    """

    tool = models.OneToOneField(Tool, on_delete=models.CASCADE, primary_key=True, related_name="tally")
    ships = models.PositiveIntegerField(default=0)
    skips = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    networks = models.PositiveIntegerField(default=0, db_default=0)
    further_ships = models.IntegerField(default=0, db_default=0)
    further_skips = models.IntegerField(default=0, db_default=0)
    further_pushes = models.PositiveIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name_plural = "vote tallies"
        constraints = [
            models.CheckConstraint(
                name="vote_tally_not_negative",
                condition=Q(ships__gte=0) & Q(skips__gte=0) & Q(waiting__gte=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.ships} ship / {self.skips} skip"


class VoteHour(models.Model):
    """How many votes on a tool were cast, changed or withdrawn in an hour and not touched since."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="vote_hours")
    hour = models.DateTimeField()
    votes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint("tool", "hour", name="vote_hour_once")]
        indexes = [models.Index("hour", name="vote_hour_hour")]

    def __str__(self) -> str:
        return f"{self.votes} in the hour of {self.hour:%Y-%m-%d %H:%M}"


class VoteNetwork(models.Model):
    """How many votes on a tool came from a network while its key lived, counting or not.

    `pull` is what those that count and no editor accepted have added: ships minus skips. Of the three
    networks around an IPv6 address, only the widest has it.
    """

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="vote_networks")
    digest = models.CharField(max_length=32)
    votes = models.PositiveIntegerField(default=0)
    pull = models.IntegerField(default=0)
    seen_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint("tool", "digest", name="vote_network_once")]
        indexes = [
            models.Index("tool", "pull", name="vote_network_pull"),
            models.Index("seen_on", name="vote_network_seen_on"),
        ]

    def __str__(self) -> str:
        return f"{self.digest[:6]}…: {self.votes}"
