"""The formats of files."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from comparisons.desk.files import csv_format, json_format, yaml_format
from comparisons.desk.files.tables import Table


@dataclass(frozen=True, slots=True)
class Format:
    content_type: str
    encoding: str
    """Of an exported file. Spreadsheets show the accents of CSV only after a byte order mark."""
    read: Callable[[str], Table]
    """Raises Unreadable."""
    write: Callable[[list[str], list[list[Any]]], str]


FORMATS = {
    "csv": Format(
        content_type="text/csv", encoding="utf-8-sig", read=csv_format.read, write=csv_format.write
    ),
    "json": Format(
        content_type="application/json", encoding="utf-8", read=json_format.read, write=json_format.write
    ),
    "yaml": Format(
        content_type="text/yaml", encoding="utf-8", read=yaml_format.read, write=yaml_format.write
    ),
}
