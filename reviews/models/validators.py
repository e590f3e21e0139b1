"""What a slug may look like, and which days are to come."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone

STILL_TO_COME = "This day is still to come."

validate_slug = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*\Z", "Use lower-case letters, digits and single hyphens, such as “code-llama-4”."
)


def validate_slug_leaves_vs_alone(slug: str) -> None:
    """Raise ValidationError if “vs” is a word: slugs joined by `-vs-` could not be told apart."""
    RegexValidator(
        r"(^|-)vs(-|$)",
        "A tool's slug can't hold “vs” as a word: comparison addresses are made with it.",
        inverse_match=True,
    )(slug)


def validate_day_has_come(day: date) -> None:
    """Raise ValidationError for a day to come, by the site's time zone: nothing was looked at on it."""
    if day > timezone.localdate():
        raise ValidationError(STILL_TO_COME)
