"""Visitors' votes, and which of them wait for an editor.

These rows are the truth; `vote_counts` sums them up.
"""

import hashlib
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from reviews.models.choices import BatchStatus, Decision, VoteStatus
from reviews.models.constraints import not_blank, one_of
from reviews.models.tools import Tool

WAITING = (VoteStatus.NETWORK, VoteStatus.BURST)
UNLINKED = "unlinked-"
WITHDRAWN = "withdrawn-"
NETWORK_LENGTH = 16
"""Hexadecimal digits of the hash of a visitor's widest network; each narrower one adds as many."""


def withdrawn(visitor: str) -> str:
    """Return the word under which a withdrawn vote stays. It can't be led back to the visitor."""
    return WITHDRAWN + hashlib.sha256(visitor.encode()).hexdigest()[:22]


class VoteBatch(models.Model):
    """Votes on one tool that are judged together: from one burst, or from one network.

    The sums say what the batch has added to the count (see `Pull`), and how many of its votes wait.
    """

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="vote_batches")
    reason = models.CharField(
        max_length=10,
        choices=[(VoteStatus.NETWORK, VoteStatus.NETWORK.label), (VoteStatus.BURST, VoteStatus.BURST.label)],
    )
    network = models.CharField(max_length=NETWORK_LENGTH, blank=True, db_default="", default="")
    status = models.CharField(max_length=10, choices=BatchStatus, default=BatchStatus.WAITING)
    ships = models.IntegerField(default=0, db_default=0)
    skips = models.IntegerField(default=0, db_default=0)
    pushes = models.PositiveIntegerField(default=0, db_default=0)
    waiting = models.PositiveIntegerField(default=0, db_default=0)
    opened_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(
        max_length=150, blank=True, help_text="The editor, or “settled share” where the rule decided."
    )

    class Meta:
        ordering = ["-opened_at"]
        verbose_name = "held batch"
        verbose_name_plural = "held votes"
        constraints = [
            models.UniqueConstraint(
                "tool",
                "network",
                condition=Q(status="waiting", reason="network"),
                name="vote_batch_one_waiting_per_network",
            ),
            one_of("vote_batch", "status", BatchStatus),
            models.CheckConstraint(
                name="vote_batch_decided_has_a_moment",
                condition=Q(status__in=["watched", "waiting"]) | Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.tool}"


class VoteQuerySet(models.QuerySet["Vote"]):
    def given(self) -> Self:
        """Votes that say something; withdrawn ones are left out."""
        return self.exclude(decision="")

    def waiting(self) -> Self:
        return self.filter(status__in=WAITING)

    def by_visitor(self, visitor: str) -> Self:
        return self.filter(visitor=visitor)

    def of_person(self, visitor: str) -> Self:
        """The visitor's votes, withdrawn ones included."""
        return self.filter(visitor__in=[visitor, withdrawn(visitor)])

    def of_network(self, network: str) -> Self:
        return self.filter(network=network)

    def unaccepted(self) -> Self:
        """Votes that wait, or have added to the count without an editor's acceptance."""
        return self.filter(Q(status__in=WAITING) | Q(status=VoteStatus.COUNTS) & ~Q(decision=F("base")))

    def changed_before(self, moment: datetime) -> Self:
        return self.filter(changed_at__lt=moment)

    def linked(self) -> Self:
        """Votes that still have a visitor."""
        return self.exclude(visitor__startswith=UNLINKED)

    def unlink(self) -> int:
        """Replace the visitor of the votes by a random word."""
        nobody = Concat(Value(UNLINKED), Cast(F("pk"), models.CharField()), output_field=models.CharField())
        return self.update(visitor=nobody)


class Vote(models.Model):
    """One visitor's vote on one tool. The visitor is a random word in a cookie.

    `decision` counts if the status says so, else what stood before (`stands`).
    """

    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="votes")
    visitor = models.CharField(max_length=32)
    decision = models.CharField(
        max_length=4, choices=Decision, blank=True, help_text="Empty for a vote that was taken back."
    )
    status = models.CharField(max_length=10, choices=VoteStatus, blank=True, default=VoteStatus.COUNTS)
    stands = models.CharField(
        max_length=4,
        choices=Decision,
        blank=True,
        default="",
        db_default="",
        help_text="What counts of this visitor while the vote waits, and after it was discarded: the earlier "
        "word, or nothing.",
    )
    base = models.CharField(
        max_length=4,
        choices=Decision,
        blank=True,
        default="",
        db_default="",
        help_text="What counted of this visitor before this vote was tied to others.",
    )
    is_first = models.BooleanField(
        default=True,
        db_default=True,
        help_text="The first vote of its network on the tool while the network's key lived.",
    )
    batch = models.ForeignKey(
        VoteBatch, on_delete=models.SET_NULL, null=True, blank=True, related_name="votes"
    )
    network = models.CharField(
        max_length=NETWORK_LENGTH,
        blank=True,
        default="",
        help_text="A keyed hash of the visitor's network; its key lives 28 days.",
    )
    subnetwork = models.CharField(max_length=NETWORK_LENGTH, blank=True, default="", db_default="")
    cast_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = VoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("tool", "visitor", name="vote_one_per_visitor"),
            models.CheckConstraint(
                name="vote_decision_or_nothing", condition=Q(decision__in=["", *Decision.values])
            ),
            models.CheckConstraint(
                name="vote_stands_or_nothing", condition=Q(stands__in=["", *Decision.values])
            ),
            models.CheckConstraint(name="vote_base_or_nothing", condition=Q(base__in=["", *Decision.values])),
            one_of("vote", "status", VoteStatus),
            not_blank("vote", "visitor"),
        ]
        indexes = [
            models.Index("visitor", name="vote_visitor"),
            models.Index("tool", "changed_at", condition=Q(batch=None), name="vote_untied"),
            models.Index("tool", "network", condition=~Q(network=""), name="vote_tool_network"),
            models.Index("changed_at", condition=Q(decision=""), name="vote_taken_back"),
            models.Index(
                "batch",
                "decision",
                "changed_at",
                condition=Q(status="burst", is_first=True),
                name="vote_next_to_release",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision or 'nothing'} for {self.tool_id}"

    @property
    def counted(self) -> str:
        """What counts of this vote now: `ship`, `skip` or nothing."""
        return self.decision if self.status == VoteStatus.COUNTS else self.stands

    @property
    def is_withdrawn(self) -> bool:
        return self.visitor.startswith(WITHDRAWN)

    @property
    def is_waiting(self) -> bool:
        return self.status in WAITING

    @property
    def is_tied(self) -> bool:
        """Whether it is judged with others: those of its batch, or all that are not their network's first."""
        return self.batch_id is not None or not self.is_first

    @property
    def network_levels(self) -> tuple[str, ...]:
        """The hashes of the visitor's networks, widest first: one for IPv4, three for IPv6."""
        if not self.network:
            return ()
        if not self.subnetwork:
            return (self.network,)
        return (
            self.network,
            self.network + self.subnetwork[: NETWORK_LENGTH // 2],
            self.network + self.subnetwork,
        )
