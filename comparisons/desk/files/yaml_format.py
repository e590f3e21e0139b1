"""YAML: a list of mappings, read event by event. Nothing is built that was not written out, so a small file stays small.

A value is the text that stands there: `3.10` keeps its nought, and `no` is a word.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from comparisons.desk.files.tables import NOT_A_TABLE, NOT_PLAIN, Table, Unreadable, table_of

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NOTHING = {"", "~", "null", "Null", "NULL"}
LINE_ENDS = set("\x85\u2028\u2029")
FRAME = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)


def read(text: str) -> Table:
    """Read each mapping by its own keys."""
    try:
        return table_of(_rows(_events(text)))
    except yaml.YAMLError as error:
        raise Unreadable(f"This can't be read as YAML: {_words(error)}.") from None


def _events(text: str) -> Iterator[yaml.Event]:
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(f"Line {_line(event)} has an anchor or an alias (“&”, “*”): write each value where it belongs.")
        if getattr(event, "tag", None):
            raise Unreadable(f"Line {_line(event)} has a tag (“!”): write the value alone, or in quotation marks.")
        if not isinstance(event, FRAME):
            yield event


def _rows(events: Iterator[yaml.Event]) -> Iterator[list[tuple[str, str]]]:
    if not isinstance(next(events, None), yaml.SequenceStartEvent):
        raise Unreadable(NOT_A_TABLE)
    number = 1
    while not isinstance(start := next(events), yaml.SequenceEndEvent):
        if not isinstance(start, yaml.MappingStartEvent):
            raise Unreadable(NOT_A_TABLE, row=number)
        yield list(_cells(number, events))
        number += 1
    if next(events, None):
        raise Unreadable(NOT_A_TABLE)


def _cells(number: int, events: Iterator[yaml.Event]) -> Iterator[tuple[str, str]]:
    while not isinstance(name := next(events), yaml.MappingEndEvent):
        if not isinstance(name, yaml.ScalarEvent):
            raise Unreadable(NOT_A_TABLE, row=number)
        value = next(events)
        if not isinstance(value, yaml.ScalarEvent):
            raise Unreadable(NOT_PLAIN, row=number, column=name.value)
        yield name.value, "" if value.implicit[0] and value.value in NOTHING else value.value


def _line(event: Any) -> int:
    return event.start_mark.line + 1


def _words(error: yaml.YAMLError) -> str:
    """Say what a parser met, and where; its first line often says only what it was about to do."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem and error.problem_mark:
        return f"{error.problem}, line {error.problem_mark.line + 1}"
    return " ".join(str(error).split())


class _Dumper(yaml.SafeDumper):
    """The package writes some texts with Unicode's own line ends so that they are read differently; in escapes they hold."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"' if set(text) & LINE_ENDS else None)


_Dumper.add_representer(str, _text)


def write(headings: list[str], rows: list[list[Any]]) -> str:
    """Write a line for each cell: a person may want to read it, and a tool for differences to compare it."""
    named = [dict(zip(headings, row, strict=True)) for row in rows]
    return yaml.dump(named, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
