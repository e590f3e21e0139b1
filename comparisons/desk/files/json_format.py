"""JSON: a list of objects. Numbers keep their digits as written."""

import json
from collections.abc import Iterator
from typing import Any

from comparisons.desk.files import messages
from comparisons.desk.files.tables import Table, Unreadable, table_of


class _Pairs(list[tuple[str, Any]]):
    """An object as its pairs, so that a repeated name is noticed."""


def read(text: str) -> Table:
    """Raises Unreadable."""
    try:
        content = json.loads(
            text, object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str
        )
    except json.JSONDecodeError as error:
        raise Unreadable(messages.unreadable(format="JSON", reason=error)) from None
    except RecursionError:
        raise Unreadable(messages.NOT_A_TABLE) from None
    if isinstance(content, _Pairs) or not isinstance(content, list):
        raise Unreadable(messages.NOT_A_TABLE)
    return table_of(_cells(number, row) for number, row in enumerate(content, start=1))


def _cells(number: int, row: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(row, _Pairs):
        raise Unreadable(messages.NOT_A_TABLE, row=number)
    for name, value in row:
        if isinstance(value, list):
            raise Unreadable(messages.NOT_PLAIN, row=number, column=name)
        yield name, value if isinstance(value, str) else {None: "", True: "true", False: "false"}[value]


def write(headings: list[str], rows: list[list[Any]]) -> str:
    return json.dumps([dict(zip(headings, row, strict=True)) for row in rows], ensure_ascii=False)
