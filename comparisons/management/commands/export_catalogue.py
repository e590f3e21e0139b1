"""`manage.py export_catalogue`: writes the catalogue to files, one for each kind."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comparisons.desk.files.exports import ExportedFile, export_rows
from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.kinds import KINDS
from comparisons.management.progress import ProgressBar


class Command(BaseCommand):
    help = "Write all rows of one kind to a file. What is imported again unchanged changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument("file", type=Path, nargs="?", help="where to write; left out, it is printed")
        parser.add_argument("--format", choices=FORMATS, help="by default as the file's name ends, or csv")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path | None = options["file"]
        ending = file.suffix.lstrip(".").replace("yml", "yaml") if file else ""
        format = options["format"] or (ending if ending in FORMATS else "csv")
        if file is None and not FORMATS[format].is_text:
            raise CommandError(f"Name the file to write: {format} can't be printed.")
        bar = ProgressBar(self.stderr)
        for step in export_rows(kind=options["kind"], format=format):
            if isinstance(step, ExportedFile):
                bar.finish()
                self._write(step, options["kind"], file)
            else:
                bar.show(done=step.done, total=step.total)

    def _write(self, exported: ExportedFile, kind: str, file: Path | None) -> None:
        if file is None:
            self.stdout.write(exported.content.decode("utf-8-sig"), ending="")
            return
        file.write_bytes(exported.content)
        self.stdout.write(f"{exported.rows} {kind} written to {file}.")
