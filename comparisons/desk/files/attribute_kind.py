"""Files of attributes: what is to be known of the tools of a category, and of every tool."""

from django.core.exceptions import ValidationError
from django.db import models

from comparisons.desk.files import messages
from comparisons.desk.files.base_kind import Kind
from comparisons.desk.files.columns import (
    ChoiceColumn,
    Column,
    PairsColumn,
    PositionColumn,
    SlugColumn,
    YesNoColumn,
)
from comparisons.desk.files.form_limits import Errors
from reviews.models import Attribute, AttributeType, Better, Category
from reviews.services.editing import history

FIXED_OF_GENERAL = frozenset(["type", "unit", "better", "choices"])
"""What code relies on in the attributes of every tool."""


class AttributeKind(Kind):
    model = Attribute
    key = ("key", "category")
    key_lookup = "key"
    exchanged = ("label",)
    exchanged_within = "category_id"

    def make_columns(self) -> list[Column]:
        return [
            SlugColumn("category", Category, may_be_empty=True),
            Column("key"),
            Column("label"),
            Column("unit"),
            ChoiceColumn("type", empty=AttributeType.TEXT),
            ChoiceColumn("better", empty=Better.NONE),
            PairsColumn("choices"),
            PositionColumn("position"),
            Column("help_text"),
            YesNoColumn("is_deal_breaker"),
        ]

    def rows(self) -> models.QuerySet[Attribute]:
        ordered = Attribute.objects.order_by("category__slug", "position", "key")
        return ordered.select_related("category")

    def errors(self, row: Attribute) -> Errors:
        if not row.is_general:
            return {}
        if row._state.adding:
            return {"category": ValidationError(messages.CATEGORY_NEEDED)}
        fixed = history.changed_fields(row) & FIXED_OF_GENERAL
        return {name: ValidationError(messages.FIXED_BY_THE_SITE) for name in fixed}
