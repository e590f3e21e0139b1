"""Constraints that several models share; forms can be bypassed."""

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual


def not_blank(model: str, *fields: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{model}_{'_and_'.join(fields)}_not_blank",
        condition=models.Q(*(~models.Q(**{field: ""}) for field in fields)),
        violation_error_message=f"Fill in: {', '.join(fields)}.",
    )


def one_of(model: str, field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{model}_{field}_in_choices",
        condition=models.Q(**{f"{field}__in": choices.values}),
        violation_error_message=f"Choose the {field}: {', '.join(choices.values)}.",
    )


def up_to(model: str, field: str, characters: int) -> models.CheckConstraint:
    """Return a check of a text's length, which SQLite does not enforce."""
    return models.CheckConstraint(
        name=f"{model}_{field}_up_to_{characters}",
        condition=LessThanOrEqual(Length(field), characters),
        violation_error_message=f"At most {characters} characters.",
    )
