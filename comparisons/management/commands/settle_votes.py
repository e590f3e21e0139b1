"""`manage.py settle_votes`: releases held votes that agree with the settled share."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from reviews.services.voting.hold import settle_all


class Command(BaseCommand):
    help = (
        "Count waiting votes of bursts that move the share no "
        "further than they may. For a timer, every ten minutes."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        released = settle_all(now=timezone.now())
        self.stdout.write(f"{released} votes released.")
