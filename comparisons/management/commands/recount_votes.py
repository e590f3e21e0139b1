"""`manage.py recount_votes`: compares the tallies with the votes, and repairs them."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reviews.services.voting.recount import recount


class Command(BaseCommand):
    help = (
        "Prove every sum over votes (per tool, batch, hour and network) against the votes, and repair "
        "those that differ."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="repair nothing, and fail if something differs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        mismatches = recount(repair=not options["check"], now=timezone.now())
        for each in mismatches:
            which = f"{each.kind} {each.key}".strip()
            self.stdout.write(
                f"{each.tool}: {which} says {'/'.join(each.fields)} {each.stored}, votes say {each.counted}"
            )
        if mismatches and options["check"]:
            raise CommandError(
                f"{len(mismatches)} sums differ from their votes. `manage.py recount_votes` repairs them."
            )
        self.stdout.write(
            f"{len(mismatches)} sums repaired." if mismatches else "Every sum equals its votes."
        )
