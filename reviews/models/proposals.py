"""Changes of verdicts that readers see, proposed by editors and decided by Publishers."""

from typing import Self

from django.db import models
from django.utils import timezone

from reviews.models.choices import ProposalState
from reviews.models.constraints import one_of
from reviews.models.panel import Reviewer
from reviews.models.tools import Tool


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> Self:
        return self.filter(state=ProposalState.OPEN)

    def returned_to(self, editor: str) -> Self:
        """Proposals of this editor that came back with a word and are not replaced or taken back since."""
        return self.filter(state=ProposalState.RETURNED, editor=editor)


class Proposal(models.Model):
    tool = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="proposals")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="proposals")
    changes = models.JSONField(help_text="Per field of the verdict what it said before and would say after.")
    base_version = models.BigIntegerField(
        default=0, help_text="The newest revision of the verdict when the change was proposed."
    )
    reason = models.CharField(max_length=300, blank=True, help_text="What readers are told.")
    editor = models.CharField(max_length=150, help_text="The editor's name at the time.")
    at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    answer = models.CharField(max_length=300, blank=True, help_text="Why it was returned.")
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            one_of("proposal", "state", ProposalState),
            models.UniqueConstraint(
                "tool",
                "reviewer",
                "editor",
                name="proposal_one_open_per_editor",
                condition=models.Q(state="open"),
            ),
            models.CheckConstraint(
                name="proposal_returned_with_a_word",
                condition=~models.Q(state="returned") | ~models.Q(answer=""),
            ),
        ]
        indexes = [models.Index("state", "editor", name="proposal_state")]

    def __str__(self) -> str:
        return f"{self.reviewer} on {self.tool}, by {self.editor}"

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN
