"""`manage.py recount_votes`: proves the tallies against the votes, and repairs them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reviews.services.voting.recount import recount


class Command(BaseCommand):
    help = "Prove every tally against the votes it sums up, and repair those that differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="repair nothing, and fail if something differs")

    def handle(self, *args: Any, **options: Any) -> None:
        mismatches = recount(repair=not options["check"])
        for each in mismatches:
            self.stdout.write(f"{each.tool}: tally says ship/skip/waiting {each.tallied}, votes say {each.counted}")
        if mismatches and options["check"]:
            raise CommandError(f"{len(mismatches)} tallies differ from their votes. `manage.py recount_votes` repairs them.")
        self.stdout.write(f"{len(mismatches)} tallies repaired." if mismatches else "Every tally equals its votes.")
