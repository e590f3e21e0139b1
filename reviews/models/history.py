"""What editors changed: one unchangeable row per change."""

from typing import Any, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from reviews.models.choices import Action
from reviews.models.constraints import not_blank, one_of
from reviews.models.text_fields import OneLineField

JUDGEMENT_FIELDS = frozenset(["decision", "score"])
"""Fields of a verdict whose changes readers see, with a reason."""


class RevisionQuerySet(models.QuerySet["Revision"]):
    def of_row(self, row: models.Model) -> Self:
        return self.filter(model=row._meta.label_lower, object_id=row.pk)

    def of_tool(self, tool: int) -> Self:
        """Changes of a tool, its verdicts and their answers."""
        return self.filter(tool_id=tool)

    def newest_first(self) -> Self:
        return self.order_by("-pk")

    def with_is_newest(self) -> Self:
        """Annotate `is_newest`: the row has not changed since."""
        later = Revision.objects.filter(
            model=models.OuterRef("model"),
            object_id=models.OuterRef("object_id"),
            pk__gt=models.OuterRef("pk"),
        )
        return self.annotate(is_newest=~models.Exists(later))

    def of_judgements(self) -> Self:
        """Changes of the decision or score of a verdict that readers saw, with a reason."""
        changes = self.filter(model="reviews.verdict", action__in=[Action.CHANGED, Action.RESTORED])
        judgements = changes.filter(changes__has_any_keys=sorted(JUDGEMENT_FIELDS), was_seen=True)
        return judgements.exclude(reason="")

    def with_corrections(self) -> Self:
        """Annotate `told_reason` and `is_told`: what the newest correction says, else the reason and True."""
        newest = Correction.objects.filter(revision=models.OuterRef("pk")).order_by("-pk")
        return self.annotate(
            told_reason=Coalesce(models.Subquery(newest.values("reason")[:1]), models.F("reason")),
            is_told=Coalesce(models.Subquery(newest.values("is_told")[:1]), True),
        )

    def delete(self) -> Any:
        raise TypeError("Revisions are never deleted.")


class Revision(models.Model):
    """One change: who, when, what, why, and the row afterwards.

    It has no foreign keys, so that it outlives its row. The database refuses to change one.
    """

    model = models.CharField(max_length=60)
    object_id = models.BigIntegerField(help_text="The row's primary key.")
    tool_id = models.BigIntegerField(null=True, help_text="The tool on whose page the row stands.")
    name = models.CharField(max_length=300, help_text="What the row was called.")
    action = models.CharField(max_length=10, choices=Action)
    at = models.DateTimeField(default=timezone.now)
    editor = models.CharField(max_length=150, blank=True, help_text="The editor's name at the time.")
    reason = OneLineField(max_length=300, blank=True)
    changes = models.JSONField(default=dict, help_text="Per field what it said before and after, in words.")
    snapshot = models.JSONField(
        default=dict, help_text="The whole row after the change; before it, where it was deleted."
    )
    was_seen = models.BooleanField(
        default=False, db_default=False, help_text="Readers saw the row until it was changed."
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [not_blank("revision", "model"), one_of("revision", "action", Action)]
        indexes = [
            models.Index("tool_id", "id", name="revision_tool"),
            models.Index("model", "object_id", "id", name="revision_row"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("Revisions are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("Revisions are never deleted.")

    @property
    def is_judgement(self) -> bool:
        """`RevisionQuerySet.of_judgements` for one row. Readers are told, unless a correction says no."""
        is_change = self.model == "reviews.verdict" and self.action in (Action.CHANGED, Action.RESTORED)
        is_told = self.was_seen and self.reason != ""
        return is_change and is_told and not JUDGEMENT_FIELDS.isdisjoint(self.changes)


class Correction(models.Model):
    """What readers are told of a change instead of its own reason. The newest one of a change counts.

    Rows are only added, so that the old wording stays. The database refuses to change one.
    """

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="corrections")
    at = models.DateTimeField(default=timezone.now)
    editor = models.CharField(max_length=150, help_text="The editor's name at the time.")
    is_told = models.BooleanField(default=True, help_text="No: a typing mistake, of which nobody is told.")
    reason = OneLineField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="correction_told_has_reason",
                condition=models.Q(is_told=False) | ~models.Q(reason=""),
                violation_error_message="A change that readers are told of has a reason.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision}, corrected"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("Corrections are never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("Corrections are never deleted.")
