"""The formats of files.

Between upload and writing, a file is kept as text: its own, or the CSV of a workbook.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from comparisons.desk.files import csv_format, decoding, json_format, xlsx_format, yaml_format
from comparisons.desk.files.tables import Table


@dataclass(frozen=True, slots=True)
class Format:
    content_type: str
    read: Callable[[str], Table]
    """From the text that `decode` returned. Raises Unreadable."""
    write: Callable[[list[str], list[list[Any]]], bytes]
    decode: Callable[[bytes], tuple[str, list[str]]] = decoding.decode
    """Returns the text of a file's bytes, and notes. Raises Unreadable."""
    is_text: bool = True
    """Such a file can be printed. In others, days are more than their text."""


def _write_csv(headings: list[str], rows: list[list[Any]]) -> bytes:
    # Spreadsheets show the accents of CSV only after a byte order mark.
    return csv_format.write(headings, rows).encode("utf-8-sig")


def _write_json(headings: list[str], rows: list[list[Any]]) -> bytes:
    return json_format.write(headings, rows).encode()


def _write_yaml(headings: list[str], rows: list[list[Any]]) -> bytes:
    return yaml_format.write(headings, rows).encode()


FORMATS = {
    "csv": Format(content_type="text/csv; charset=utf-8", read=csv_format.read, write=_write_csv),
    "xlsx": Format(
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        read=csv_format.read,
        write=xlsx_format.write,
        decode=xlsx_format.decode,
        is_text=False,
    ),
    "json": Format(content_type="application/json; charset=utf-8", read=json_format.read, write=_write_json),
    "yaml": Format(content_type="text/yaml; charset=utf-8", read=yaml_format.read, write=_write_yaml),
}
