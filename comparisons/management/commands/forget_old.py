from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from comparisons.newsletter.services.retention import forget_expired
from comparisons.services.visitors.retention import forget_old


class Command(BaseCommand):
    help = "Let go of what is older than the time that /privacy/ promises. For a timer, once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        gone, addresses = forget_old(now=now), forget_expired(now=now)
        self.stdout.write(
            f"{gone.votes} votes cut loose from their visitor, {gone.bookmarks} bookmarks, {gone.networks} network hashes, "
            f"{gone.requests} counters, {gone.uploads} files never imported and {addresses} addresses of the letter deleted."
        )
