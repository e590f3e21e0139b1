"""Columns that are facts: those of a tool in its own row, and those of a fact's row."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from comparisons.desk.files import messages
from comparisons.desk.files.columns import Column
from reviews.models import Attribute, AttributeType, Fact, Tool
from reviews.models.fact_values import read_value
from reviews.models.general_attributes import GENERAL_ATTRIBUTES
from reviews.models.text_cleaning import clean_name
from reviews.services.facts.save import changed_fact, evidence_of, save_fact


class FactColumn(Column):
    """A general fact in the row of its tool, read into the tool's `typed_facts`. It has no evidence there."""

    def __init__(self, name: str, key: str) -> None:
        super().__init__(name)
        self.key = key

    def fill(self, row: Tool, text: str) -> None:
        attribute = GENERAL_ATTRIBUTES[self.key]
        try:
            value, _ = read_value(
                type=attribute.get("type", AttributeType.TEXT),
                text=text,
                choices=dict(attribute.get("choices", [])),
            )
        except ValidationError as error:
            raise ValueError(error.messages[0]) from None
        row.typed_facts = {**_typed_facts(row), self.key: value}  # type: ignore[attr-defined]

    def cell(self, row: Tool) -> str:
        typed = _typed_facts(row)
        if self.key in typed:
            return typed[self.key]
        fact = row.fact(self.key) if row.pk else None
        return fact.text if fact else ""


def _typed_facts(tool: Tool) -> dict[str, str]:
    """Return the values that a file gives, by the key of their attribute; "" means: not known."""
    return getattr(tool, "typed_facts", {})


def save_typed_facts(*, tool: Tool, by: str) -> None:
    """Save the facts that a file gives in a stored tool's row. Two queries where none of them changes."""
    typed = _typed_facts(tool)
    if not typed:
        return
    facts = Fact.objects.filter(tool=tool, attribute__category=None).select_related("attribute")
    stored = {fact.attribute.key: fact for fact in facts}
    for attribute in Attribute.objects.general().filter(key__in=typed).order_by("position"):
        found = stored.get(attribute.key)
        value = typed[attribute.key]
        if value != (found.text if found else ""):
            fact = changed_fact(
                stored=found, tool=tool, attribute=attribute, value=value, evidence=evidence_of(found)
            )
            save_fact(fact=fact, by=by)


class AttributeCategoryColumn(Column):
    """The category of a fact's attribute, by its slug; empty for an attribute of every tool."""

    def fill(self, row: Any, text: str) -> None:
        row.typed_category = text.strip()

    def cell(self, row: Fact) -> str:
        category = row.attribute.category
        return category.slug if category else ""


class AttributeKeyColumn(Column):
    """A fact's attribute by its key. The column of its category comes before it."""

    @cached_property
    def attributes(self) -> dict[tuple[str, str], Attribute]:
        """All attributes by category and key, read when the first cell needs them."""
        attributes = Attribute.objects.select_related("category").order_by("pk")
        return {attribute.natural_key(): attribute for attribute in attributes}

    def fill(self, row: Any, text: str) -> None:
        key = text.strip()
        attribute = self.attributes.get((row.typed_category, key))
        if attribute is None:
            raise ValueError(messages.unknown_attribute(category=row.typed_category, key=key))
        row.attribute = attribute

    def cell(self, row: Fact) -> str:
        return row.attribute.key


class ValueColumn(Column):
    """What an editor would type. `FactKind` gives it to the fact together with its evidence."""

    def fill(self, row: Any, text: str) -> None:
        row.typed_value = clean_name(text)

    def cell(self, row: Fact) -> str:
        return row.text
