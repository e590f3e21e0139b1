"""`manage.py forget_old`: deletes what is older than its documented time."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from comparisons.desk.accounts.services.sessions import forget_sessions
from comparisons.desk.accounts.services.sign_in_log import forget_sign_ins
from comparisons.desk.open_pages.presence import forget_open_pages
from comparisons.newsletter.services.retention import delete_expired_subscribers
from comparisons.services.visitors.retention import forget_old


class Command(BaseCommand):
    help = "Let go of what is older than the time that /privacy/ promises. For a timer, once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        gone = forget_old(now=now)
        addresses = delete_expired_subscribers(now=now)
        sign_ins = forget_sign_ins(now=now)
        sessions = forget_sessions(now=now)
        forget_open_pages(now=now)
        self.stdout.write(
            f"{gone.votes} votes cut loose from their visitor, {gone.bookmarks} bookmarks, {gone.networks} "
            f"network hashes, {gone.requests} counters, {gone.uploads} files never imported, {gone.merges} "
            f"records of merges, {addresses} addresses of the letter, {sign_ins} sign-ins and {sessions} "
            "sessions deleted."
        )
