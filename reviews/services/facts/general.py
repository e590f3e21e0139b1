"""Making the attributes of every tool."""

from typing import Any

from django.db import connections

from reviews.models import Attribute
from reviews.models.general_attributes import GENERAL_ATTRIBUTES


def make_general_attributes(*, using: str = "default") -> None:
    """Make the general attributes that do not exist yet. May be repeated."""
    if Attribute._meta.db_table not in connections[using].introspection.table_names():
        return
    known = set(Attribute.objects.using(using).filter(category=None).values_list("key", flat=True))
    Attribute.objects.using(using).bulk_create(
        Attribute(key=key, position=position, **values)
        for position, (key, values) in enumerate(GENERAL_ATTRIBUTES.items(), start=1)
        if key not in known
    )


def after_migrations(*, using: str, **kwargs: Any) -> None:
    """Receive `post_migrate`."""
    make_general_attributes(using=using)
