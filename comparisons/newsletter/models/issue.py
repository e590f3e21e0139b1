"""Each issue of the letter, and one row for each subscriber it goes to."""

from typing import Any, Self

from django.db import models
from django.urls import reverse

from comparisons.newsletter.models.draft import LONGEST_INTRODUCTION
from comparisons.newsletter.models.subscriber import Subscriber
from reviews.models.constraints import not_blank, one_of


class State(models.TextChoices):
    """The state of one letter. One that stays claimed was interrupted: it may have arrived."""

    WAITING = "waiting", "Waiting"
    CLAIMED = "claimed", "Begun, not acknowledged"
    SENT = "sent", "Sent"
    REFUSED = "refused", "Refused"
    UNSUBSCRIBED = "unsubscribed", "Left before it was sent"


class Issue(models.Model):
    """One weekly letter, made once; its contents are kept as they were."""

    number = models.PositiveIntegerField(
        unique=True, help_text="1, 2, 3 and so on. Two runs at once can't both make one."
    )
    published_on = models.DateField(unique=True, help_text="The issue's address: /newsletter/<em>date</em>/.")
    since = models.DateTimeField(help_text="It tells what happened from this moment on")
    until = models.DateTimeField(help_text="and before this one.")
    subject = models.CharField(max_length=200)
    introduction = models.TextField(max_length=LONGEST_INTRODUCTION, blank=True, db_default="")
    contents = models.JSONField()
    made_at = models.DateTimeField(
        null=True, blank=True, help_text="After the end of its news, if it was released before it was sent."
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            not_blank("issue", "subject"),
            models.CheckConstraint(
                name="issue_since_before_until", condition=models.Q(since__lt=models.F("until"))
            ),
            models.CheckConstraint(name="issue_numbered_from_1", condition=models.Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("newsletter:issue", args=[self.published_on.isoformat()])


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        """Letters to send: not begun, and still wanted."""
        return self.filter(state=State.WAITING, subscriber__in=Subscriber.objects.active())

    def claimed(self) -> Self:
        """Letters that a run began and did not finish: under way, or interrupted."""
        return self.filter(state=State.CLAIMED)

    def counted(self) -> dict[str, int]:
        """The number of letters in each state."""
        counts: dict[str, Any] = dict.fromkeys(State.values, 0)
        counts |= dict(self.order_by().values_list("state").annotate(total=models.Count("pk")))
        return counts


class Delivery(models.Model):
    """One letter to one subscriber: claimed before it is sent, so that nobody gets it twice."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="deliveries")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="deliveries")
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    claim = models.CharField(max_length=22, blank=True, help_text="The run that began it.")
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often it was put off or refused.")
    reply = models.CharField(
        max_length=300, blank=True, help_text="What the mail server said last, when it did not take it."
    )

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint("issue", "subscriber", name="delivery_once_per_subscriber"),
            one_of("delivery", "state", State),
            models.CheckConstraint(
                name="delivery_claimed_by_a_run",
                condition=~models.Q(state="claimed")
                | (models.Q(claimed_at__isnull=False) & ~models.Q(claim="")),
            ),
            models.CheckConstraint(
                name="delivery_sent_at_a_moment",
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
            ),
        ]
        indexes = [models.Index("issue", "state", "id", name="delivery_by_state")]

    def __str__(self) -> str:
        return f"Issue {self.issue_id} to subscriber {self.subscriber_id}"
