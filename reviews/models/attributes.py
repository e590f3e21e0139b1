"""Attributes: what is to be known of every tool, or of the tools of one category."""

import re
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models

from reviews.models.choices import NUMERIC, AttributeType, Better
from reviews.models.constraints import not_blank, one_of
from reviews.models.general_attributes import GENERAL_ATTRIBUTES
from reviews.models.name_keys import NamedModel, NamedRows, NameKeyField
from reviews.models.text_fields import OneLineField, PairsField
from reviews.models.validators import validate_slug

LABEL_TAKEN = "This category has an attribute of this label already."
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
"""Control characters and halves of a surrogate pair, which JSON can spell and no page can show."""


class AttributeQuerySet(NamedRows, models.QuerySet["Attribute"]):
    def general(self) -> Self:
        """Attributes of every tool."""
        return self.filter(category=None)

    def of_category(self, category: int) -> Self:
        """What is to be known of a category's tools: the general attributes too."""
        return self.filter(models.Q(category=None) | models.Q(category=category))

    def in_display_order(self) -> Self:
        """The category's own come first."""
        return self.order_by(models.F("category").asc(nulls_last=True), "position", "label")

    def get_by_natural_key(self, category: str, key: str) -> "Attribute":
        return self.get(category__slug=category, key=key) if category else self.get(category=None, key=key)


class Attribute(NamedModel):
    category = models.ForeignKey(
        "reviews.Category",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="attributes",
        help_text="Empty means: of every tool.",
    )
    key = models.SlugField(
        max_length=40, validators=[validate_slug], help_text="In addresses and files, such as “index-types”."
    )
    label = OneLineField(max_length=40, help_text="In tables, such as “Index types”.")
    label_key = NameKeyField(of="label", within="category", taken=LABEL_TAKEN)
    unit = OneLineField(max_length=30, blank=True, help_text="After a number, such as “GB” or “a month”.")
    type = models.CharField(max_length=20, choices=AttributeType, default=AttributeType.TEXT)
    better = models.CharField(
        max_length=10, choices=Better, default=Better.NONE, help_text="Of two numbers, which is the better."
    )
    choices = PairsField(
        default=list,
        blank=True,
        help_text="For a choice of several, a list of pairs: a value for files and addresses, and its words.",
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Smallest first.")
    help_text = OneLineField(max_length=200, blank=True, help_text="One sentence: what it says.")
    is_deal_breaker = models.BooleanField(
        default=False, help_text="Readers can filter by it, and make it a deal-breaker."
    )

    objects = AttributeQuerySet.as_manager()

    class Meta:
        ordering = ["category", "position", "label"]
        constraints = [
            not_blank("attribute", "key", "label"),
            one_of("attribute", "type", AttributeType),
            one_of("attribute", "better", Better),
            models.UniqueConstraint(
                "category",
                "key",
                name="attribute_key_unique",
                violation_error_message="This category has an attribute of that key.",
            ),
            models.UniqueConstraint(
                "key",
                name="attribute_general_key_unique",
                condition=models.Q(category=None),
                violation_error_message="There is a general attribute of that key.",
            ),
            models.UniqueConstraint("category", "label_key", name="attribute_label_unique"),
            models.CheckConstraint(
                name="attribute_better_needs_number",
                condition=models.Q(better=Better.NONE) | models.Q(type__in=NUMERIC),
                violation_error_message="Only of two numbers one is the better.",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str, str]:
        return (self.category.slug if self.category else "", self.key)

    natural_key.dependencies = ["reviews.category"]  # type: ignore[attr-defined]  # Django reads it here

    def clean(self) -> None:
        """Raise ValidationError where facts would not fit, or where a general attribute has the key."""
        before = Attribute.objects.filter(pk=self.pk).first() if self.pk else None
        if before:
            self._keep_facts_valid(before)
        if self.category_id and Attribute.objects.general().filter(key=self.key).exists():
            raise ValidationError({"key": "A general attribute has this key: choose another one."})
        if self.is_general and Attribute.objects.filter(key=self.key).exclude(pk=self.pk).exists():
            raise ValidationError({"key": "Another attribute has this key: choose another one."})
        if self._label_is_in_use():
            raise ValidationError(
                {"label": "A tool would have two attributes of this label: choose another one."}
            )
        if (self.type == AttributeType.CHOICES) != bool(self.choices):
            raise ValidationError(
                {"choices": "A choice of several needs its choices, and nothing else has them."}
            )
        if not _are_choices(self.choices):
            raise ValidationError({"choices": 'Write pairs such as [["hnsw", "HNSW"], ["ivf", "IVF"]].'})

    def _label_is_in_use(self) -> bool:
        """Whether the attributes of every tool, or of any category, have this label, seen from the other."""
        others = Attribute.objects.named(self.label).exclude(pk=self.pk)
        return (others if self.is_general else others.general()).exists()

    def _keep_facts_valid(self, before: "Attribute") -> None:
        """Raise ValidationError where tools have values that would not fit any more."""
        moves = before.category_id != self.category_id and self.category_id is not None
        if moves and before.facts.exclude(tool__category=self.category_id).exists():
            raise ValidationError({"category": "Tools of other categories have values: make another one."})
        if before.type != self.type and before.facts.exists():
            raise ValidationError({"type": "Tools have values of this type: make another attribute."})
        if self.type == AttributeType.CHOICES and _are_choices(self.choices):
            for value in before.labels.keys() - self.labels.keys():
                if before.facts.all().having(value).exists():
                    raise ValidationError({"choices": f"Tools have the choice “{value}”: keep it."})

    @property
    def is_built_in(self) -> bool:
        """Whether code relies on it: it always exists, with this key, type and choices."""
        return self.is_general and self.key in GENERAL_ATTRIBUTES

    @property
    def is_general(self) -> bool:
        return self.category_id is None

    @property
    def labels(self) -> dict[str, str]:
        """The words of each choice by its value."""
        return dict(self.choices)


def _are_choices(choices: Any) -> bool:
    """Say whether `choices` are pairs of a slug and its words, no slug twice."""
    if not isinstance(choices, list):
        return False
    for choice in choices:
        if not (
            isinstance(choice, list) and len(choice) == 2 and all(isinstance(text, str) for text in choice)
        ):
            return False
        try:
            validate_slug(choice[0])
        except ValidationError:
            return False
        if not choice[1].strip() or UNPRINTABLE.search(choice[1]):
            return False
    return len({value for value, _ in choices}) == len(choices)
