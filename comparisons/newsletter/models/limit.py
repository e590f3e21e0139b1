"""How often something was asked within a window of time, by a key that names nobody."""

from django.db import models


class RequestCount(models.Model):
    """A counter that is deleted once its window has passed."""

    key = models.CharField(max_length=64, primary_key=True, help_text="A keyed hash: neither an address nor a network.")
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.count} until {self.expires_at:%H:%M}"
