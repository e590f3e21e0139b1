"""The rows of the decision table that hold facts, each with its state and its source."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reviews.models import Attribute, Better, Fact, Tool
from reviews.models.general_attributes import (
    DOCUMENTATION,
    ENTRY_PRICE,
    MONTHLY_PRICE,
    RELEASED_ON,
    REPOSITORY,
    WEBSITE,
)
from reviews.services.facts.attributes import shared_attributes
from reviews.services.panel import percent

ON_THE_CARDS = frozenset((ENTRY_PRICE, WEBSITE, REPOSITORY, DOCUMENTATION, RELEASED_ON))
"""General attributes that a comparison shows above the table already."""


@dataclass(frozen=True, slots=True)
class FactCell:
    """What one tool has for an attribute; no fact, or one that is not known, where nobody knows."""

    tool: Tool
    fact: Fact | None
    bar_percent: int | None = None
    """The number as a share of the largest in the row; None where there is no number."""
    is_better: bool = False
    """Of numbers with a direction, whether this is the best one."""

    @property
    def is_known(self) -> bool:
        return self.fact is not None and self.fact.is_known


@dataclass(frozen=True, slots=True)
class FactRow:
    """One attribute across all tools, in column order."""

    attribute: Attribute
    cells: tuple[FactCell, ...]

    @property
    def key(self) -> str:
        return self.attribute.key

    @property
    def differs(self) -> bool:
        """Whether a reader sees a difference: the same value in two states is the same."""
        return len({cell.fact.text if cell.fact else "" for cell in self.cells}) > 1

    @property
    def is_fact(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class UnknownFacts:
    """What is not known of a tool, of that which is asked of every tool in the table."""

    tool: Tool
    attributes: tuple[Attribute, ...]


def fact_rows(*, tools: Sequence[Tool]) -> list[FactRow]:
    """Return a row for each attribute of which something is known, the category's own first.

    Tools come loaded `with_facts()`; sends no query.
    """
    attributes = [row for row in shared_attributes(tools=tools) if not _is_on_the_cards(row)]
    rows = (fact_row(attribute=attribute, tools=tools) for attribute in attributes)
    return [row for row in rows if any(cell.is_known for cell in row.cells)]


def fact_row(*, attribute: Attribute, tools: Sequence[Tool]) -> FactRow:
    facts = [tool.fact_of(attribute) for tool in tools]
    numbers = [fact.number if fact else None for fact in facts]
    best = _best(attribute, numbers)
    largest = max((number for number in numbers if number is not None), default=Decimal(0))
    return FactRow(
        attribute=attribute,
        cells=tuple(
            FactCell(
                tool=tool,
                fact=fact,
                bar_percent=_share(number, largest),
                is_better=best is not None and number == best,
            )
            for tool, fact, number in zip(tools, facts, numbers, strict=True)
        ),
    )


def unknown_facts(*, tools: Sequence[Tool]) -> list[UnknownFacts]:
    """Return for each tool the shared attributes of which nothing is known, where there are any."""
    attributes = shared_attributes(tools=tools)
    found = [unknown_of(tool=tool, attributes=attributes) for tool in tools]
    return [unknown for unknown in found if unknown.attributes]


def unknown_of(*, tool: Tool, attributes: Sequence[Attribute]) -> UnknownFacts:
    """Return which of `attributes` is not known of a tool that comes loaded `with_facts()`."""
    known = {fact.attribute_id for fact in tool.known_facts}
    return UnknownFacts(
        tool, tuple(row for row in attributes if row.pk not in known and _is_expected(row, tool))
    )


def _is_expected(attribute: Attribute, tool: Tool) -> bool:
    """Only plans have a price a month: not what is free."""
    return attribute.key != MONTHLY_PRICE or not tool.is_free


def _is_on_the_cards(attribute: Attribute) -> bool:
    return attribute.is_general and attribute.key in ON_THE_CARDS


def _best(attribute: Attribute, numbers: Sequence[Decimal | None]) -> Decimal | None:
    """Return the better number, or None where none is: unknown, without a direction, or all the same."""
    known = [number for number in numbers if number is not None]
    if attribute.better == Better.NONE or len(set(known)) < 2:
        return None
    return max(known) if attribute.better == Better.HIGHER else min(known)


def _share(number: Decimal | None, largest: Decimal) -> int | None:
    if number is None or number < 0 or largest <= 0:
        return None
    share = Fraction(number) / Fraction(largest)
    return percent(share.numerator, share.denominator)
