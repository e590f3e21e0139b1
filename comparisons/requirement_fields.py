"""Fields for what a reader requires of facts, in filters and among the deal-breakers: `?fact-gpu=yes`."""

from collections.abc import Iterable
from typing import Any

from django import forms

from reviews.models import Attribute, AttributeType
from reviews.services.facts.requirements import PARTLY, YES, Requirement, is_ceiling, is_filterable

PREFIX = "fact-"
MOST_A_MONTH = "most_a_month"
HIGHEST = 10**12

WRONG_NUMBER = "Write a number, such as 8 or 0.5."
WRONG_PRICE = "Write whole US dollars, such as 20."


def requirement_fields(attributes: Iterable[Attribute]) -> dict[str, tuple[Attribute, forms.Field]]:
    """Return by name the field of each attribute that readers can require something of."""
    return {
        f"{PREFIX}{attribute.key}": (attribute, _field(attribute))
        for attribute in attributes
        if is_filterable(attribute)
    }


def most_a_month_field() -> forms.IntegerField:
    """Return the field for the highest price a month, in US dollars."""
    return forms.IntegerField(
        label="At most, $ a month",
        required=False,
        min_value=0,
        max_value=100_000,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), WRONG_PRICE),
    )


def requirements_of(
    cleaned: dict[str, Any], fields: dict[str, tuple[Attribute, forms.Field]]
) -> tuple[Requirement, ...]:
    """Return what was validly required, in the order of `fields`."""
    return tuple(
        Requirement(attribute, str(cleaned[name]))
        for name, (attribute, _) in fields.items()
        if cleaned.get(name) not in (None, "")
    )


def _field(attribute: Attribute) -> forms.Field:
    match attribute.type:
        case AttributeType.YES_PARTLY_NO:
            choices = [(YES, "Yes"), (PARTLY, "Yes or partly")]
        case AttributeType.CHOICES:
            choices = list(attribute.labels.items())
        case _:
            return _number_field(attribute)
    return forms.ChoiceField(
        label=attribute.label,
        required=False,
        choices=[("", "No matter"), *choices],
        error_messages={
            "invalid_choice": f"That is none of the choices for “{attribute.label}”: choose another."
        },
    )


def _number_field(attribute: Attribute) -> forms.DecimalField:
    bound = "at most" if is_ceiling(attribute) else "at least"
    unit = "$ " + attribute.unit if attribute.type == AttributeType.MONEY else attribute.unit
    return forms.DecimalField(
        label=f"{attribute.label}, {bound}{f' ({unit.strip()})' if unit.strip() else ''}",
        required=False,
        min_value=0,
        max_value=HIGHEST,
        decimal_places=4,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            WRONG_NUMBER,
        ),
    )
