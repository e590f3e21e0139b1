"""`manage.py seed`: loads the sample catalogue into an empty database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from comparisons.sample.reset import reset_catalogue
from comparisons.sample.seed import seed_catalogue


class Command(BaseCommand):
    help = "Load the sample catalogue into an empty database. Where there is a catalogue, nothing changes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        group = parser.add_mutually_exclusive_group()
        group.add_argument(
            "--panel-only",
            action="store_true",
            help="load the reviewers and their questions alone, to begin a catalogue of your own",
        )
        group.add_argument(
            "--reset",
            action="store_true",
            help="set the sample back: what editors changed and deleted is restored, what they added stays",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["reset"]:
            self._reset()
            return
        rows = seed_catalogue(is_panel_only=options["panel_only"])
        if rows is None:
            self.stdout.write(
                "The catalogue is not empty: nothing was loaded. `seed --reset` sets the sample back."
            )
        else:
            loaded = "Panel" if options["panel_only"] else "Sample catalogue"
            self.stdout.write(f"{loaded} loaded: {rows} rows.")

    def _reset(self) -> None:
        report = reset_catalogue()
        for name in report.left_out:
            self.stdout.write(f"Left out: {name} (its key or name belongs to a row that an editor made)")
        if report.dependents_left_out:
            self.stdout.write(f"Left out with them: {report.dependents_left_out} rows.")
        self.stdout.write(
            f"Sample catalogue set back: {report.created} rows created, {report.updated} updated, "
            f"{report.unchanged} unchanged, {len(report.left_out) + report.dependents_left_out} left out."
        )
