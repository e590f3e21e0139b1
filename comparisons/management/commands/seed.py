from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from comparisons.sample.seed import seed_catalogue


class Command(BaseCommand):
    help = "Load the sample catalogue from fixtures/. Repeating it changes nothing, and what an editor changed is left alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--reset", action="store_true", help="overwrite what editors changed in the sample, and bring back what they deleted"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        report = seed_catalogue(reset=options["reset"])
        for left in report.left_alone:
            self.stdout.write(f"Left alone: {left.row} ({left.why})")
        if report.left_alone:
            self.stdout.write("`manage.py seed --reset` overwrites these.")
        self.stdout.write(
            f"Catalogue: {report.created} rows created, {report.updated} updated, {report.unchanged} unchanged, "
            f"{len(report.left_alone)} left alone."
        )
