"""What an import did, or a dry run would do."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from django.core.serializers.json import DjangoJSONEncoder

from comparisons.desk.files.tables import Problem
from comparisons.desk.files.warnings import file_warnings


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one row of the file changes: by column the cells before and after."""

    row: int
    name: str
    is_new: bool
    changes: dict[str, list[Any]]
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class ImportReport:
    """What an import did, or a dry run would do."""

    rows: int = 0
    changes: list[RowChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    is_written: bool = False
    notes: list[str] = field(default_factory=list)
    """What of the file was not read or was guessed, and why."""
    is_outdated: bool = False
    """The catalogue changed since the dry run; nothing was written."""
    run: int | None = None
    """The id of the `ImportRun` that wrote, or began to."""
    written: int = 0
    """Rows written: all that change, unless it stopped."""
    stopped: Problem | None = None
    """Where and why writing stopped half-way."""

    @property
    def unchanged(self) -> int:
        return self.rows - len(self.changes)

    @property
    def digest(self) -> str:
        """A hash of exactly these changes."""
        changes = [(change.row, change.name, change.changes) for change in self.changes]
        return hashlib.sha256(json.dumps(changes, cls=DjangoJSONEncoder).encode()).hexdigest()[:32]

    def add_warnings(self, *, rows: Sequence[Any]) -> None:
        """Note what is odd about the changed rows. Comparing texts may take long."""
        changed = [None if change.is_new else change.changes.keys() for change in self.changes]
        self.changes = [
            replace(change, warnings=sentences)
            for change, sentences in zip(self.changes, file_warnings(rows=rows, changed=changed), strict=True)
        ]

    def as_json(self) -> dict[str, Any]:
        """Return all of it, for a column of the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """Return what `as_json` was stored of."""
        values = dict(stored)
        values["changes"] = [
            RowChange(**{**change, "warnings": tuple(change["warnings"])}) for change in values["changes"]
        ]
        values["problems"] = [Problem(**problem) for problem in values["problems"]]
        values["stopped"] = Problem(**values["stopped"]) if values["stopped"] else None
        return cls(**values)
