"""Editors who write for one reviewer alone."""

from django.conf import settings
from django.db import models

from reviews.models.panel import Reviewer


class DeskMember(models.Model):
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_member"
    )
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="desk_members")

    def __str__(self) -> str:
        return f"{self.user} writes for the {self.reviewer}"
