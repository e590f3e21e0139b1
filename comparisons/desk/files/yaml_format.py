"""YAML: a list of mappings, read event by event.

Only events are safe and fast: libyaml's composer crashes the process on deep nesting, and Python's takes
seventeen times as long (14 s for 3 MB). Values are texts: `3.10` keeps its zero, `no` is a word.
"""

from collections.abc import Iterator
from typing import Any

import yaml

from comparisons.desk.files import messages
from comparisons.desk.files.tables import Table, Unreadable, table_of

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULLS = {"", "~", "null", "Null", "NULL"}
UNICODE_LINE_ENDS = set("\x85\u2028\u2029")
FRAME = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent)


def read(text: str) -> Table:
    """Raises Unreadable."""
    try:
        return table_of(_rows(_events(text)))
    except yaml.YAMLError as error:
        raise Unreadable(messages.unreadable(format="YAML", reason=_reason(error))) from None


def _events(text: str) -> Iterator[Any]:
    """Yield the events of values. Anchors, aliases and tags are refused."""
    events: Iterator[Any] = yaml.parse(text, Loader=LOADER)
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise Unreadable(messages.has_anchor(line=line))
        if getattr(event, "tag", None):
            raise Unreadable(messages.has_tag(line=line))
        if not isinstance(event, FRAME):
            yield event


def _rows(events: Iterator[Any]) -> Iterator[list[tuple[str, str]]]:
    if not isinstance(next(events, None), yaml.SequenceStartEvent):
        raise Unreadable(messages.NOT_A_TABLE)
    number = 1
    while not isinstance(start := next(events), yaml.SequenceEndEvent):
        if not isinstance(start, yaml.MappingStartEvent):
            raise Unreadable(messages.NOT_A_TABLE, row=number)
        yield list(_cells(number, events))
        number += 1
    if next(events, None):
        raise Unreadable(messages.NOT_A_TABLE)


def _cells(number: int, events: Iterator[Any]) -> Iterator[tuple[str, str]]:
    while not isinstance(name := next(events), yaml.MappingEndEvent):
        if not isinstance(name, yaml.ScalarEvent):
            raise Unreadable(messages.NOT_A_TABLE, row=number)
        value = next(events)
        if not isinstance(value, yaml.ScalarEvent):
            raise Unreadable(messages.NOT_PLAIN, row=number, column=name.value)
        is_null = value.implicit[0] and value.value in NULLS
        yield name.value, "" if is_null else value.value


def _reason(error: yaml.YAMLError) -> str:
    """Return the parser's problem and its place."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem and error.problem_mark:
        return f"{error.problem}, line {error.problem_mark.line + 1}"
    return " ".join(str(error).split())


class _Dumper(yaml.SafeDumper):
    """Quotes texts with Unicode line ends, which the package would change."""


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if set(text) & UNICODE_LINE_ENDS else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)


def write(headings: list[str], rows: list[list[Any]]) -> str:
    """Write a line for each cell, for people and for tools that compare files."""
    named = [dict(zip(headings, row, strict=True)) for row in rows]
    return yaml.dump(named, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
