"""What visitors say: their votes, how many count, and which wait for an editor. Rows are the truth, tallies their sum."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from reviews.models.choices import BatchStatus, Decision, VoteStatus
from reviews.models.constraints import not_blank, one_of
from reviews.models.tools import Tool


class VoteBatch(models.Model):
    """Votes on one tool that were taken but do not count until somebody, or the settled share, has decided."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="vote_batches")
    reason = models.CharField(
        max_length=10, choices=[(VoteStatus.NETWORK, VoteStatus.NETWORK.label), (VoteStatus.BURST, VoteStatus.BURST.label)]
    )
    status = models.CharField(max_length=10, choices=BatchStatus, default=BatchStatus.WAITING)
    opened_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=150, blank=True, help_text="The editor, or “settled share” where the rule decided.")

    class Meta:
        ordering = ["-opened_at"]
        verbose_name = "held batch"
        verbose_name_plural = "held votes"
        constraints = [
            models.UniqueConstraint("tool", "reason", condition=models.Q(status="waiting"), name="vote_batch_one_waiting"),
            one_of("vote_batch", "status", BatchStatus),
            models.CheckConstraint(
                name="vote_batch_decided_has_a_moment", condition=models.Q(status="waiting") | models.Q(decided_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.tool}"


UNLINKED = "unlinked-"


class VoteQuerySet(models.QuerySet["Vote"]):
    def counting(self) -> Self:
        """Votes that are part of the public figure."""
        return self.filter(status=VoteStatus.COUNTS)

    def waiting(self) -> Self:
        """Votes that wait for a decision."""
        return self.filter(status__in=[VoteStatus.NETWORK, VoteStatus.BURST])

    def by_visitor(self, visitor: str) -> Self:
        return self.filter(visitor=visitor)

    def not_vindicated(self) -> Self:
        """Votes that no decision has found in order yet: what a burst is looked for in."""
        return self.exclude(status=VoteStatus.DISCARDED).exclude(batch__status=BatchStatus.RELEASED)

    def cast_since(self, moment: datetime) -> Self:
        return self.filter(cast_at__gt=moment)

    def linked(self) -> Self:
        """Votes that are still somebody's."""
        return self.exclude(visitor__startswith=UNLINKED)

    def unlink(self) -> int:
        """Let the votes stand as nobody's: their visitor becomes a word that stands for nothing, and no network is known."""
        nobody = Concat(Value(UNLINKED), Cast(F("pk"), models.CharField()), output_field=models.CharField())
        return self.update(visitor=nobody, network="")


class Vote(models.Model):
    """What one visitor says of one tool. Nobody has an account: the visitor is a random word in a cookie."""

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="votes")
    visitor = models.CharField(max_length=32)
    decision = models.CharField(max_length=4, choices=Decision)
    status = models.CharField(max_length=10, choices=VoteStatus, blank=True, default=VoteStatus.COUNTS)
    batch = models.ForeignKey(VoteBatch, on_delete=models.SET_NULL, null=True, blank=True, related_name="votes")
    network = models.CharField(max_length=32, blank=True, help_text="A keyed hash of the visitor's network; its key lives a day.")
    cast_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("tool", "visitor", name="vote_one_per_visitor"),
            one_of("vote", "decision", Decision),
            one_of("vote", "status", VoteStatus),
            not_blank("vote", "visitor"),
        ]
        indexes = [
            models.Index("visitor", name="vote_visitor"),
            models.Index("tool", "cast_at", name="vote_tool_cast_at"),
        ]

    def __str__(self) -> str:
        return f"{self.decision} for {self.tool_id}"


class VoteTally(models.Model):
    """How many votes on a tool count, and how many wait. Written in the transaction of the vote."""

    tool = models.OneToOneField(Tool, on_delete=models.CASCADE, primary_key=True, related_name="tally")
    ships = models.PositiveIntegerField(default=0)
    skips = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "vote tallies"
        constraints = [
            models.CheckConstraint(
                name="vote_tally_not_negative",
                condition=models.Q(ships__gte=0) & models.Q(skips__gte=0) & models.Q(waiting__gte=0),
            )
        ]

    def __str__(self) -> str:
        return f"{self.ships} ship / {self.skips} skip"
