"""The stored rows a file is about, read with one query for all."""

from django.db import models

from comparisons.desk.files.base_kind import Kind
from comparisons.desk.files.tables import Row

MOST_NAMED = 1000
"""Above this, reading all rows is quicker than naming those wanted."""


class StoredRows:
    """Finds rows by key among those a file names."""

    def __init__(self, kind: Kind, rows: list[Row]) -> None:
        self.key = kind.key
        slugs = {_key_cell(row, kind.key[0]) for row in rows}
        stored = kind.rows()
        if len(slugs) < MOST_NAMED:
            stored = stored.filter(**{f"{kind.key_lookup}__in": slugs})
        columns = [kind.columns[name] for name in kind.key]
        self.rows = {tuple(str(column.cell(row)) for column in columns): row for row in stored}

    def find(self, cells: Row) -> models.Model | None:
        return self.rows.get(tuple(_key_cell(cells, name) for name in self.key))


def _key_cell(cells: Row, name: str) -> str:
    return cells.get(name, "").strip()
