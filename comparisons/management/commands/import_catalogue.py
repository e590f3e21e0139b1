"""`manage.py import_catalogue`: imports a file of the catalogue, after a dry run."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.template.defaultfilters import pluralize

from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.imports import ImportReport, import_rows
from comparisons.desk.files.kinds import KINDS
from comparisons.desk.files.problem_groups import group_problems
from comparisons.desk.files.tables import Unreadable
from comparisons.management.progress import ProgressBar


class Command(BaseCommand):
    help = "Import a file of one kind, once all of it is right. Without --write it shows what would change."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=FORMATS, help="by default as the file's name ends")
        parser.add_argument("--write", action="store_true", help="write it, where nothing is wrong")
        parser.add_argument("--by", default="import", help="whose name the history shows")
        parser.add_argument(
            "--publish-incomplete", action="store_true", help="tools may be published without a whole panel"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        format = options["format"] or file.suffix.lstrip(".").replace("yml", "yaml")
        if format not in FORMATS:
            raise CommandError(f"Say with --format what the file is: {', '.join(FORMATS)}.")
        try:
            text, notes = FORMATS[format].decode(file.read_bytes())
        except (OSError, Unreadable) as error:
            raise CommandError(f"{file} can't be read: {error}") from None
        bar = ProgressBar(self.stderr)
        for step in import_rows(
            kind=options["kind"],
            format=format,
            text=text,
            by=options["by"],
            is_dry_run=not options["write"],
            may_be_incomplete=options["publish_incomplete"],
            notes=notes,
        ):
            if isinstance(step, ImportReport):
                bar.finish()
                self._print(step)
            else:
                bar.show(done=step.done, total=step.total)

    def _print(self, report: ImportReport) -> None:
        """Raises CommandError where the file has problems."""
        for note in report.notes:
            self.stdout.write(note)
        for change in report.changes:
            self.stdout.write(f"Row {change.row}, {change.name}: {'new' if change.is_new else 'changed'}")
            for name, (before, after) in change.changes.items():
                self.stdout.write(f"  {name}: {_printed(before)} → {_printed(after)}")
            for warning in change.warnings:
                self.stdout.write(f"  Look twice: {warning}")
        for group in group_problems(report.problems):
            column = f", column “{group.column}”" if group.column else ""
            place = f"Row {group.place}" if len(group.rows) == 1 and group.rows[0] else group.place
            self.stdout.write(f"{place}{column}: {group.sentence}")
        if report.problems:
            count = len(report.problems)
            raise CommandError(f"Nothing was written: {count} problem{pluralize(count)}.")
        count = len(report.changes)
        verb = "changed" if report.is_written else "would change (--write does it)"
        stayed = pluralize(report.unchanged, "is as it was,are as they were")
        self.stdout.write(f"{count} row{pluralize(count)} {verb}, {report.unchanged} {stayed}.")


def _printed(cell: Any) -> Any:
    return "empty" if cell in (None, "") else cell
