"""JSON: a list of objects. Numbers stay as they were written."""

import json
from collections.abc import Iterator
from typing import Any

from comparisons.desk.files.tables import NOT_A_TABLE, NOT_PLAIN, Table, Unreadable, table_of


class _Object(list[tuple[str, Any]]):
    """An object as the pairs that were written, so that a name given twice is seen."""


def read(text: str) -> Table:
    """Read each object by its own names."""
    try:
        held = json.loads(text, object_pairs_hook=_Object, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise Unreadable(f"This can't be read as JSON: {error}.") from None
    except RecursionError:
        raise Unreadable(NOT_A_TABLE) from None
    if isinstance(held, _Object) or not isinstance(held, list):
        raise Unreadable(NOT_A_TABLE)
    return table_of(_cells(number, row) for number, row in enumerate(held, start=1))


def _cells(number: int, row: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(row, _Object):
        raise Unreadable(NOT_A_TABLE, row=number)
    for name, value in row:
        if isinstance(value, list):
            raise Unreadable(NOT_PLAIN, row=number, column=name)
        yield name, value if isinstance(value, str) else {None: "", True: "true", False: "false"}[value]


def write(headings: list[str], rows: list[list[Any]]) -> str:
    return json.dumps([dict(zip(headings, row, strict=True)) for row in rows], ensure_ascii=False)
