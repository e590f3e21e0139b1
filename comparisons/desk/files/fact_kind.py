"""Files of facts: what is known of each tool, how far it can be relied on, and where it comes from."""

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models

from comparisons.desk.files.base_kind import Kind
from comparisons.desk.files.columns import ChoiceColumn, Column, DayColumn, SlugColumn
from comparisons.desk.files.fact_columns import AttributeCategoryColumn, AttributeKeyColumn, ValueColumn
from comparisons.desk.files.form_limits import Errors
from comparisons.desk.files.tables import Row
from reviews.models import Fact, FactState, Tool
from reviews.services.facts.save import changed_fact, evidence_of, save_fact

WRITTEN = ("type", "text", "number", "state", "source_url", "quote", "looked_at_on")
"""The fields that the rules of facts decide on."""
COLUMNS = {"attribute": "category", "text": "value"}
"""Columns by the field of the model, where the names differ."""


class FactKind(Kind):
    model = Fact
    key = ("tool", "category", "key")
    key_lookup = "tool__slug"

    def make_columns(self) -> list[Column]:
        return [
            SlugColumn("tool", Tool),
            AttributeCategoryColumn("category"),
            AttributeKeyColumn("key"),
            ValueColumn("value"),
            ChoiceColumn("state", empty=FactState.GIVEN),
            Column("source_url"),
            Column("quote"),
            DayColumn("looked_at_on"),
        ]

    def rows(self) -> models.QuerySet[Fact]:
        ordered = Fact.objects.order_by("tool__slug", "attribute__category__slug", "attribute__key")
        return ordered.select_related("tool__category", "attribute__category")

    def fill(self, row: Any, cells: Row) -> Errors:
        """Set what the cells say, by the rules of facts: see `changed_fact`."""
        stored = copy(row) if row.pk else None
        row.typed_value = row.text
        errors = super().fill(row, cells)
        if errors.keys() & set(self.key) or _is_as_stored(row, stored):
            return errors
        try:
            fact = changed_fact(
                stored=stored,
                tool=row.tool,
                attribute=row.attribute,
                value=row.typed_value,
                evidence=evidence_of(row),
            )
        except ValidationError as error:
            return errors | {"value": error}
        for name in WRITTEN:
            setattr(row, name, getattr(fact, name))
        return errors

    def validate(self, row: models.Model, errors: Errors) -> None:
        if errors:
            raise ValidationError(
                errors
            )  # without its key and a value that fits, no other rule says anything
        super().validate(row, errors)

    def clean(self, row: Any, *, exclude: set[str]) -> None:
        """Leave references and most constraints to the database, which holds them when it saves.

        Asking it for each beforehand takes three quarters of an import. What the rules of facts leave to a
        constraint alone is a day of looking at a source without a state that rests on it.
        """
        fields = exclude | {"tool", "attribute"}
        try:
            row.full_clean(exclude=fields, validate_unique=False, validate_constraints=False)
            if row.looked_at_on is not None and not (row.is_checked or row.is_claimed):
                row.validate_constraints()
        except ValidationError as error:
            by_column = {COLUMNS.get(name, name): errors for name, errors in error.error_dict.items()}
            raise ValidationError(by_column) from None

    def save(self, row: Fact, *, before: Fact | None = None) -> None:
        """Raise ValidationError with the sentences of the constraints that refuse the row."""
        try:
            save_fact(fact=row, by=self.by)
        except IntegrityError:
            row.validate_constraints()
            raise


def _is_as_stored(row: Any, stored: Fact | None) -> bool:
    """Say whether neither value nor evidence differ, so that no rule applies."""
    return stored is not None and row.typed_value == stored.text and evidence_of(row) == evidence_of(stored)
