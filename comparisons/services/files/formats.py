"""The forms in which files go out and come in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from comparisons.services.files import as_csv, as_json, as_yaml
from comparisons.services.files.tables import Table


@dataclass(frozen=True, slots=True)
class Format:
    """One form: its name on the web, and how it is read and written. Reading raises Unreadable."""

    content_type: str
    read: Callable[[str], Table]
    write: Callable[[list[str], list[list[Any]]], str]


FORMATS = {
    "csv": Format(content_type="text/csv", read=as_csv.read, write=as_csv.write),
    "json": Format(content_type="application/json", read=as_json.read, write=as_json.write),
    "yaml": Format(content_type="text/yaml", read=as_yaml.read, write=as_yaml.write),
}
