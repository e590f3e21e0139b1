from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.resources import RESOURCES
from comparisons.desk.files.transfer import Exported, export_rows
from comparisons.management.progress import ProgressBar


class Command(BaseCommand):
    help = "Write tools, verdicts or comparisons to a file. What is imported again unchanged changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", choices=RESOURCES)
        parser.add_argument("file", type=Path, nargs="?", help="where to write; left out, it is printed")
        parser.add_argument("--format", choices=FORMATS, help="csv, json or yaml; by default as the file's name ends, or csv")

    def handle(self, *args: Any, **options: Any) -> None:
        file: Path | None = options["file"]
        ending = file.suffix.lstrip(".").replace("yml", "yaml") if file else ""
        bar = ProgressBar(self.stderr)
        for step in export_rows(kind=options["kind"], format=options["format"] or (ending if ending in FORMATS else "csv")):
            if not isinstance(step, Exported):
                bar.show(step.done, step.total)
            elif file:
                bar.end()
                file.write_text(step.text, encoding="utf-8", newline="")
                self.stdout.write(f"{step.rows} {options['kind']} written to {file}.")
            else:
                bar.end()
                self.stdout.write(step.text, ending="")
