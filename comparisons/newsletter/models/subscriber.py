"""Subscribers, and what each of them agreed to."""

import secrets
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from reviews.models.constraints import not_blank

TOKEN_CHARACTERS = 22
MOST_HARD_BOUNCES = 3
"""After this many final refusals an address gets no more mail."""

LINK_LASTS = timedelta(days=3)
"""How long a link to confirm is valid, and an unconfirmed address is kept."""

KEPT_AFTER_UNSUBSCRIBING = timedelta(days=30)
"""How long an inactive address is kept, to answer for the letters it got."""


def new_token() -> str:
    """Return 22 random characters (128 bits), safe in an address."""
    return secrets.token_urlsafe(16)


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def active(self) -> Self:
        """Those who get letters: confirmed, not unsubscribed, and their address takes mail."""
        return self.filter(
            confirmed_at__isnull=False, unsubscribed_at__isnull=True, hard_bounces__lt=MOST_HARD_BOUNCES
        )

    def of_address(self, email: str) -> Self:
        """The subscriber of an address in any case."""
        return self.alias(lower_email=Lower("email")).filter(lower_email=email.lower())

    def deletable(self, *, now: datetime) -> Self:
        """Those unconfirmed, or inactive for long enough.

        Delete expired requests first: a subscriber with one is kept.
        """
        asking = Consent.objects.filter(subscriber=models.OuterRef("pk"), confirmed_at__isnull=True)
        return self.filter(
            models.Q(confirmed_at__isnull=True)
            | models.Q(unsubscribed_at__lt=now - KEPT_AFTER_UNSUBSCRIBING)
            | models.Q(hard_bounces__gte=MOST_HARD_BOUNCES, bounced_at__lt=now - KEPT_AFTER_UNSUBSCRIBING),
            ~models.Exists(asking),
        )


class Subscriber(models.Model):
    """An address that asked for the letter. It gets letters once its owner has confirmed."""

    email = models.EmailField(max_length=254, verbose_name="address")
    token = models.CharField(
        max_length=TOKEN_CHARACTERS,
        unique=True,
        default=new_token,
        help_text="Stands in the link to leave. It does not expire.",
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    unsubscribed_at = models.DateTimeField(null=True, blank=True, verbose_name="left at")
    last_digest_at = models.DateTimeField(null=True, blank=True, verbose_name="last letter at")
    hard_bounces = models.PositiveSmallIntegerField(
        default=0,
        help_text="How often its mail server refused the address for "
        f"good. At {MOST_HARD_BOUNCES}, no more letters.",
    )
    bounced_at = models.DateTimeField(null=True, blank=True, verbose_name="last refused at")

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="subscriber_address_unique"),
            not_blank("subscriber", "email", "token"),
            models.CheckConstraint(
                name="subscriber_unsubscribed_after_confirming",
                condition=models.Q(unsubscribed_at__isnull=True) | models.Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def masked_email(self) -> str:
        """Enough of the address for its owner to recognise: `j•••@example.com`."""
        local, _, domain = self.email.rpartition("@")
        return f"{local[:1]}•••@{domain}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def expired(self, *, now: datetime) -> Self:
        """Unconfirmed requests whose link is no longer valid."""
        return self.filter(confirmed_at__isnull=True, asked_at__lt=now - LINK_LASTS)


class Consent(models.Model):
    """One request for the letter and, if given, its confirmation: when, and in which words."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="consents")
    asked_at = models.DateTimeField(default=timezone.now)
    asked_words = models.TextField(help_text="What stood beside the form.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_words = models.TextField(
        blank=True, help_text="What stood on the button that the mailed link led to."
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            not_blank("consent", "asked_words"),
            models.CheckConstraint(
                name="consent_confirmed_in_words",
                condition=models.Q(confirmed_at__isnull=True) | ~models.Q(confirmed_words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Asked on {self.asked_at:%Y-%m-%d %H:%M}"
