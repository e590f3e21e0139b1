"""What is stored about an account beyond Django's user: from when sessions are valid, and sign-ins."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models


class DeskAccount(models.Model):
    """A row for each user who ended sessions or recovered access."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="desk_account"
    )
    sessions_from = models.DateTimeField(help_text="A session that began earlier is over.")

    def __str__(self) -> str:
        return f"Account of {self.user}"


class SignInQuerySet(models.QuerySet["SignIn"]):
    def before(self, moment: datetime) -> Self:
        return self.filter(at__lt=moment)

    def newest(self) -> Self:
        return self.order_by("-at", "-pk")


class SignIn(models.Model):
    """One checked attempt to sign in. What was typed is not stored."""

    class Outcome(models.TextChoices):
        SIGNED_IN = "signed_in", "Signed in"
        WRONG_PASSWORD = "wrong_password", "Wrong password"
        WRONG_CODE = "wrong_code", "Wrong code"
        WRONG_PASSKEY = "wrong_passkey", "Wrong passkey"

    at = models.DateTimeField("time", db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="sign_ins",
        help_text="None: the name that was typed is nobody's. It "
        "is not kept, for it may be a mistyped password.",
    )
    outcome = models.CharField(max_length=20, choices=Outcome)
    method = models.CharField("with", max_length=40, blank=True, help_text="Such as “password, totp”.")
    network = models.CharField(
        max_length=32,
        blank=True,
        help_text="A keyed hash of the network, never an address. Deleted after a week.",
    )
    is_known_device = models.BooleanField(
        "known browser", help_text="A browser in which this account signed in before."
    )

    objects = SignInQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "sign-in"

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.user or 'an unknown name'}"
