"""The values that each type of attribute takes: reading what was typed."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from reviews.models.choices import AttributeType
from reviews.models.text_cleaning import clean_name

LONGEST_TEXT = 300  # characters
MOST_DIGITS = 20
DECIMAL_PLACES = 6
TOO_LARGE = Decimal(10) ** (MOST_DIGITS - DECIMAL_PLACES)
NUMBER = re.compile(r"-?([0-9]{1,3}([, ][0-9]{3})+|[0-9]+)(\.[0-9]+)?\Z")
YES_PARTLY_NO = ("yes", "partly", "no")
SEPARATOR = ", "
"""Between the values of a choice of several, as they are stored and typed."""

validate_address = URLValidator(schemes=["http", "https"])


def read_value(*, type: str, text: str, choices: Mapping[str, str]) -> tuple[str, Decimal | None]:
    """Return what was typed in the form in which it is stored, and as a number where it is one.

    `choices` are words by value. An empty text means that nothing is known.
    Raises ValidationError, with a sentence, where `text` is no value of this type.
    """
    text = clean_name(text)
    if not text:
        return "", None
    if len(text) > LONGEST_TEXT:
        raise ValidationError(f"At most {LONGEST_TEXT} characters.")
    match type:
        case AttributeType.INTEGER:
            number = _number(text, "a whole number such as 4096")
            if number != number.to_integral_value():
                raise ValidationError("Write a whole number such as 4096.")
            return _plain(number), number
        case AttributeType.DECIMAL:
            number = _number(text, "a number such as 0.5")
            return _plain(number), number
        case AttributeType.MONEY:
            number = _money(text)
            return _plain(number), number
        case AttributeType.YES_PARTLY_NO:
            return _yes_partly_no(text), None
        case AttributeType.CHOICES:
            return _chosen(text, choices), None
        case AttributeType.ADDRESS:
            validate_address(text)
        case AttributeType.DAY:
            text = _day(text)
    return text, None


def _number(text: str, wanted: str) -> Decimal:
    if not NUMBER.match(text):
        raise ValidationError(f"Write {wanted}.")
    number = Decimal(re.sub(r"[^0-9.-]", "", text))
    if abs(number) >= TOO_LARGE:
        raise ValidationError(f"Write {wanted}, with up to {MOST_DIGITS - DECIMAL_PLACES} digits.")
    stored = round(number, DECIMAL_PLACES) + 0  # with as many decimals as the column; + 0 makes -0 a 0
    if stored != number:
        raise ValidationError(f"Write {wanted}, with up to {DECIMAL_PLACES} decimals.")
    return stored


def _money(text: str) -> Decimal:
    if text.casefold() == "free":
        return Decimal(0)
    number = _number(text.removeprefix("$").lstrip(), "an amount such as $20 or 20.50, or “Free”")
    if number < 0 or number != round(number, 4):
        raise ValidationError("Write an amount of 0 or more, with up to 4 decimals.")
    return number


def _plain(number: Decimal) -> str:
    """Return the number without exponent and without needless zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _yes_partly_no(text: str) -> str:
    if text.casefold() not in YES_PARTLY_NO:
        raise ValidationError("Write yes, partly or no.")
    return text.casefold()


def _chosen(text: str, choices: Mapping[str, str]) -> str:
    """Return the values in the order of the choices. They may be typed as values or as words."""
    values = {value.casefold(): value for value in choices}
    values |= {label.casefold(): value for value, label in choices.items()}
    typed = [part.strip() for part in text.split(SEPARATOR.strip()) if part.strip()]
    unknown = [part for part in typed if part.casefold() not in values]
    if unknown or not typed:
        raise ValidationError(f"Choose from: {SEPARATOR.join(choices)}.")
    chosen = {values[part.casefold()] for part in typed}
    return SEPARATOR.join(value for value in choices if value in chosen)


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValidationError("Write a day such as 2026-05-31.") from None
