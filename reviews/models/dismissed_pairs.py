"""Pairs of tools that look like one, and of which an editor said that they are two."""

from typing import Self

from django.db import models
from django.utils import timezone

from reviews.models.tools import Tool


class DismissedPairQuerySet(models.QuerySet["DismissedPair"]):
    def of_pair(self, one: int, other: int) -> Self:
        """The pair of these two tools' ids, in either order."""
        return self.filter(first=min(one, other), second=max(one, other))


class DismissedPair(models.Model):
    first = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="+", help_text="The older entry.")
    second = models.ForeignKey(Tool, on_delete=models.CASCADE, related_name="+")
    dismissed_by = models.CharField(max_length=150, help_text="The editor's name at the time.")
    dismissed_at = models.DateTimeField(default=timezone.now)

    objects = DismissedPairQuerySet.as_manager()

    class Meta:
        ordering = ["-dismissed_at", "-pk"]
        constraints = [
            models.UniqueConstraint("first", "second", name="dismissed_pair_once"),
            models.CheckConstraint(
                name="dismissed_pair_older_first", condition=models.Q(first__lt=models.F("second"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} is not {self.second_id}"
