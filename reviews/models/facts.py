"""Facts: what is known of a tool, where it comes from and how far it can be relied on."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Concat, Round
from django.db.models.lookups import Exact
from django.utils import timezone

from reviews.models.attributes import Attribute
from reviews.models.choices import NUMERIC, AttributeType, FactState
from reviews.models.constraints import one_of, up_to
from reviews.models.fact_values import (
    DECIMAL_PLACES,
    LONGEST_TEXT,
    MOST_DIGITS,
    SEPARATOR,
    YES_PARTLY_NO,
    read_value,
    validate_address,
)
from reviews.models.general_attributes import RELEASED_ON
from reviews.models.text_fields import OneLineField
from reviews.models.validators import STILL_TO_COME, validate_day_has_come

if TYPE_CHECKING:
    from reviews.models.tools import Tool

LONGEST_QUOTE = 300  # characters


def is_old(today: date) -> models.Q:
    """`FactQuerySet.old` as a condition."""
    oldest_recent_day = today - timedelta(days=settings.VERDICT_STALE_DAYS)
    return models.Q(state__in=[FactState.CHECKED, FactState.CLAIMED], looked_at_on__lt=oldest_recent_day)


class FactQuerySet(models.QuerySet["Fact"]):
    def of(self, key: str, *, category: int | None = None) -> Self:
        """Facts of one attribute: a general one, or one of a category."""
        return self.filter(attribute__in=Attribute.objects.filter(key=key, category=category).values("pk"))

    def known(self) -> Self:
        return self.exclude(state=FactState.UNKNOWN)

    def checked(self) -> Self:
        return self.filter(state=FactState.CHECKED)

    def given(self) -> Self:
        """Facts that nobody has held against a source."""
        return self.filter(state=FactState.GIVEN)

    def old(self, *, today: date) -> Self:
        """Checked facts and claims whose source was looked at more than `VERDICT_STALE_DAYS` ago."""
        return self.filter(is_old(today))

    def of_other_categories(self, tool: "Tool") -> Self:
        """Facts of `tool` that its category does not ask for."""
        own = self.filter(tool=tool, attribute__category__isnull=False)
        return own.exclude(attribute__category=tool.category_id)

    def having(self, value: str) -> Self:
        """Facts of a choice of several that hold `value`."""
        parts = (models.Value(SEPARATOR), "text", models.Value(SEPARATOR))
        listed = Concat(*parts, output_field=models.TextField())
        return self.alias(listed=listed).filter(listed__contains=f"{SEPARATOR}{value}{SEPARATOR}")

    def in_display_order(self) -> Self:
        """With their attributes, the category's own first."""
        order = models.F("attribute__category").asc(nulls_last=True)
        return self.select_related("attribute").order_by(order, "attribute__position", "attribute__label")

    def get_by_natural_key(self, tool: str, category: str, key: str) -> "Fact":
        return self.get(tool__slug=tool, attribute=Attribute.objects.get_by_natural_key(category, key))


class Fact(models.Model):
    """What a tool has for one attribute. Without a row, and with the state unknown, nothing is known."""

    tool = models.ForeignKey("reviews.Tool", on_delete=models.CASCADE, related_name="facts")
    attribute = models.ForeignKey(Attribute, on_delete=models.PROTECT, related_name="facts")
    type = models.CharField(
        max_length=20,
        choices=AttributeType,
        editable=False,
        help_text="The attribute's, for the constraints.",
    )
    text = OneLineField(
        "value", max_length=LONGEST_TEXT, blank=True, help_text="The value; empty means: not known."
    )
    number = models.DecimalField(
        max_digits=MOST_DIGITS, decimal_places=DECIMAL_PLACES, null=True, blank=True, editable=False
    )
    state = models.CharField(max_length=10, choices=FactState, default=FactState.GIVEN)
    source_url = models.URLField("source", max_length=500, blank=True)
    quote = OneLineField(
        max_length=LONGEST_QUOTE, blank=True, help_text="The source's own words, up to 300 characters."
    )
    looked_at_on = models.DateField(
        null=True,
        blank=True,
        validators=[validate_day_has_come],
        help_text="When the source was last looked at.",
    )
    changed_on = models.DateField(null=True, blank=True, editable=False)
    changed_by = models.CharField(max_length=150, blank=True, editable=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        ordering = ["tool", "attribute"]
        constraints = [
            models.UniqueConstraint(
                "tool",
                "attribute",
                name="fact_one_per_attribute",
                violation_error_message="This tool has a value for that attribute.",
            ),
            one_of("fact", "state", FactState),
            one_of("fact", "type", AttributeType),
            up_to("fact", "text", LONGEST_TEXT),
            up_to("fact", "quote", LONGEST_QUOTE),
            models.CheckConstraint(
                name="fact_checked_has_source_and_day",
                condition=~models.Q(state=FactState.CHECKED)
                | (~models.Q(source_url="") & models.Q(looked_at_on__isnull=False)),
                violation_error_message="A checked fact needs its source and the day it was looked at.",
            ),
            models.CheckConstraint(
                name="fact_day_of_looking_has_a_state",
                condition=models.Q(state__in=[FactState.CHECKED, FactState.CLAIMED])
                | models.Q(looked_at_on__isnull=True),
                violation_error_message="Only a checked fact or a claim has a day on which its source was "
                "looked at.",
            ),
            models.CheckConstraint(
                name="fact_unknown_has_no_value",
                condition=(models.Q(state=FactState.UNKNOWN) & models.Q(text=""))
                | (~models.Q(state=FactState.UNKNOWN) & ~models.Q(text="")),
                violation_error_message="A value that is not known is empty, and any other is not.",
            ),
            models.CheckConstraint(
                name="fact_number_fits_type",
                condition=models.Q(number__isnull=False, type__in=NUMERIC) & ~models.Q(text="")
                | models.Q(number__isnull=True, type__in=NUMERIC, text="")
                | models.Q(number__isnull=True) & ~models.Q(type__in=NUMERIC),
                violation_error_message="Numbers have a number, and nothing else has one.",
            ),
            models.CheckConstraint(
                name="fact_integer_is_whole",
                condition=~models.Q(type=AttributeType.INTEGER)
                | models.Q(number__isnull=True)
                | models.Q(Exact(models.F("number"), Round("number"))),
                violation_error_message="Write a whole number.",
            ),
            models.CheckConstraint(
                name="fact_yes_partly_no",
                condition=~models.Q(type=AttributeType.YES_PARTLY_NO)
                | models.Q(text__in=["", *YES_PARTLY_NO]),
                violation_error_message="Write yes, partly or no.",
            ),
        ]
        indexes = [
            models.Index("attribute", "text", name="fact_attribute_text"),
            models.Index("attribute", "number", name="fact_attribute_number"),
        ]

    def __str__(self) -> str:
        return f"{self.attribute} of {self.tool}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.tool.slug, *self.attribute.natural_key())

    natural_key.dependencies = ["reviews.tool", "reviews.attribute"]  # type: ignore[attr-defined]

    def set_value(self, text: str) -> None:
        """Take what was typed. Raises ValidationError where it is no value of the attribute's type."""
        attribute = self.attribute
        self.type = attribute.type
        self.text, self.number = read_value(type=attribute.type, text=text, choices=attribute.labels)
        if not self.text:
            self.state = FactState.UNKNOWN

    def clean(self) -> None:
        """Raise ValidationError, each at its field, where the evidence or the attribute does not fit."""
        errors = {}
        if self.is_checked and not self.source_url:
            errors["source_url"] = "A checked fact needs its source."
        if self.is_checked and self.looked_at_on is None:
            errors["looked_at_on"] = "A checked fact needs the day when its source was looked at."
        if hasattr(self, "attribute") and self.type != self.attribute.type:
            errors["text"] = "The attribute has another type by now: enter the value again."
        if hasattr(self, "attribute") and hasattr(self, "tool") and not self._is_asked_for():
            errors["attribute"] = "The tool's category does not ask for this attribute."
        if hasattr(self, "attribute") and self._is_release_to_come():
            errors["text"] = STILL_TO_COME
        if errors:
            raise ValidationError(errors)

    def _is_release_to_come(self) -> bool:
        is_release = self.attribute.is_general and self.attribute.key == RELEASED_ON
        return is_release and self.text != "" and date.fromisoformat(self.text) > timezone.localdate()

    def _is_asked_for(self) -> bool:
        return self.attribute.is_general or self.attribute.category_id == self.tool.category_id

    def clean_fields(self, exclude: Any = None) -> None:
        super().clean_fields(exclude=exclude)
        if self.source_url:
            validate_address(self.source_url)

    @property
    def is_known(self) -> bool:
        return self.state != FactState.UNKNOWN

    @property
    def is_checked(self) -> bool:
        return self.state == FactState.CHECKED

    @property
    def is_claimed(self) -> bool:
        return self.state == FactState.CLAIMED

    @property
    def is_address(self) -> bool:
        return self.type == AttributeType.ADDRESS and self.is_known

    @property
    def values(self) -> tuple[str, ...]:
        """The values of a choice of several."""
        return tuple(self.text.split(SEPARATOR)) if self.text else ()
