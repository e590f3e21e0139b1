"""Limits of the desk's forms that a model's own check lacks."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

Errors = dict[str, ValidationError]
"""Errors by field."""


def form_errors(row: models.Model) -> Errors:
    """Return what a form would refuse: texts too long or blank."""
    errors: Errors = {}
    for field in row._meta.concrete_fields:
        text = getattr(row, field.attname)
        if isinstance(text, str) and text and not field.blank and not text.strip():
            errors[field.name] = ValidationError(field.error_messages["blank"])
        elif isinstance(field, models.TextField):  # a model checks the length of its short texts alone
            errors |= too_long(field.name, text, field.max_length)
    return errors


def too_long(name: str, text: str, most: int | None) -> Errors:
    """Return the error of a text at `name` of more than `most` characters (None: no limit)."""
    try:
        if most is not None:
            MaxLengthValidator(most)(text)
    except ValidationError as error:
        return {name: error}
    return {}
