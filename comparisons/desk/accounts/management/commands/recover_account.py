"""`manage.py recover_account`: access for an editor who lost password and second factor."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from comparisons.desk.accounts.services.recovery import recover_account


class Command(BaseCommand):
    help = (
        "Help somebody who lost the password and the second factor: take both "
        "away, end all sessions, and print a link at which a new password is "
        "chosen. Make sure first that it is really this person who asks."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="the account's name, as it is typed at sign-in")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"There is no account “{options['username']}”.")
        if not (user.is_active and user.is_staff):
            raise CommandError(f"“{user}” has no seat at the desk: it is inactive or has no staff status.")
        recovery = recover_account(user=user, now=timezone.now())
        address = reverse("password_reset_confirm", args=[recovery.link.uidb64, recovery.link.token])
        hours = settings.PASSWORD_RESET_TIMEOUT // 3600
        self.stdout.write(f"Removed {recovery.removed} second factors and ended all sessions of “{user}”.")
        self.stdout.write(f"Give this link to {user} by a way you trust. It works once, for {hours} hours:")
        self.stdout.write(f"  {settings.SITE_URL}{address}")
