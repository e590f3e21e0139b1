"""What an editor made of the next issue before it is sent."""

from django.db import models

from reviews.models.constraints import one_of

LONGEST_SUBJECT = 120
LONGEST_INTRODUCTION = 500
"""In characters. A mail of more than 102 kB is cut by some programs."""


class DraftState(models.TextChoices):
    """Whether the timer sends the issue."""

    OPEN = "open", "Open"
    HELD = "held", "Held"
    RELEASED = "released", "Released"
    MADE = "made", "Made into an issue"


class Draft(models.Model):
    """An editor's wishes for one issue. Its contents are kept from the moment it is released."""

    number = models.PositiveIntegerField(unique=True, help_text="The number of the issue it becomes.")
    state = models.CharField(max_length=10, choices=DraftState, default=DraftState.OPEN)
    version = models.PositiveIntegerField(default=0, help_text="Grows with each change.")
    subject = models.CharField(max_length=LONGEST_SUBJECT, blank=True, help_text="Empty: made of the news.")
    introduction = models.TextField(max_length=LONGEST_INTRODUCTION, blank=True)
    left_out = models.JSONField(default=list, blank=True, help_text="Keys of the items that are not told.")
    order = models.JSONField(default=list, blank=True, help_text="Keys of the items in the editor's order.")
    since = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    contents = models.JSONField(null=True, blank=True, help_text="As they were released.")

    class Meta:
        constraints = [
            one_of("draft", "state", DraftState),
            models.CheckConstraint(name="draft_numbered_from_1", condition=models.Q(number__gte=1)),
            models.CheckConstraint(
                name="draft_released_with_contents",
                condition=~models.Q(state="released")
                | models.Q(since__isnull=False, until__isnull=False, contents__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Letter {self.number}"

    @property
    def is_released(self) -> bool:
        return self.state == DraftState.RELEASED

    @property
    def is_held(self) -> bool:
        return self.state == DraftState.HELD
