"""Rows of a file that take each other's unique values, such as two tools that swap their names.

The database checks a unique value with each row it writes. So rows that pass values on are written in one
transaction, after each has got a placeholder instead, which neither the history nor readers ever see.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import models

from comparisons.desk.files.columns import LAST_POSITION
from reviews.models.text_cleaning import name_key

MOST_ROWS = 100
"""That pass values on to each other. More are likely a column that slipped by a row."""

Unique = tuple[Any, str, str]
"""A scope, a field and its value, which one row at most may have."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A row of the file, and the unique values that it has and gets, by field."""

    number: int
    has: dict[str, Any]
    gets: dict[str, Any]
    scope: Any = None
    """Rows of another scope, such as a category, may have the same values."""

    @property
    def given_up(self) -> Iterator[Unique]:
        for field, value in self.has.items():
            if _comparable(value) != _comparable(self.gets[field]):
                yield self._unique(field, value)

    @property
    def taken(self) -> Iterator[Unique]:
        for field, value in self.gets.items():
            if _comparable(value) != _comparable(self.has.get(field)):
                yield self._unique(field, value)

    def _unique(self, field: str, value: Any) -> Unique:
        return self.scope, field, _comparable(value)


def _comparable(value: Any) -> str:
    """Return one text for all that a database may hold to be the same."""
    return name_key(str(value))


def group_exchanges(exchanges: Sequence[Exchange]) -> list[tuple[int, ...]]:
    """Return the rows' numbers, together where one takes what another gives up; each group as in the file."""
    owners: dict[Unique, int] = {}
    for exchange in exchanges:
        owners |= dict.fromkeys(exchange.given_up, exchange.number)
    groups = {exchange.number: [exchange.number] for exchange in exchanges}
    for exchange in exchanges:
        for value in exchange.taken:
            ours = groups[exchange.number]
            theirs = groups[owners.get(value, exchange.number)]
            if ours is not theirs:
                ours += theirs
                groups |= dict.fromkeys(theirs, ours)
    order = {exchange.number: position for position, exchange in enumerate(exchanges)}
    found = {id(group): group for group in groups.values()}
    return [tuple(sorted(group, key=order.__getitem__)) for group in found.values()]


def put_placeholders(rows: Iterable[models.Model], fields: Iterable[str]) -> None:
    """Store a placeholder in each of these stored rows' fields, in the transaction that saves them."""
    names = list(fields)
    for row in rows:
        kept = copy(row)
        for name in names:
            setattr(kept, name, placeholder(type(row), name))
        kept.save()


def placeholder(model: type[models.Model], name: str) -> Any:
    """Return a value of this field that no row has."""
    if isinstance(model._meta.get_field(name), models.PositiveSmallIntegerField):
        used = set(model._default_manager.values_list(name, flat=True))
        return next(number for number in range(LAST_POSITION, 0, -1) if number not in used)
    return uuid4().hex
