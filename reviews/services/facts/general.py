"""Making the attributes of every tool."""

from typing import Any

from django.db import connections

from reviews.models import Attribute
from reviews.models.general_attributes import GENERAL_ATTRIBUTES


def make_general_attributes(*, using: str = "default") -> None:
    """Make the general attributes that do not exist yet. May be repeated."""
    if not _is_table_complete(using):
        return
    known = set(Attribute.objects.using(using).filter(category=None).values_list("key", flat=True))
    Attribute.objects.using(using).bulk_create(
        Attribute(key=key, position=position, **values)
        for position, (key, values) in enumerate(GENERAL_ATTRIBUTES.items(), start=1)
        if key not in known
    )


def _is_table_complete(using: str) -> bool:
    """Say whether the table is there with all its columns; after `migrate` to an older state it is not."""
    connection = connections[using]
    table = Attribute._meta.db_table
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return False
        columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
    return columns >= {field.column for field in Attribute._meta.concrete_fields}


def after_migrations(*, using: str, **kwargs: Any) -> None:
    """Receive `post_migrate`."""
    make_general_attributes(using=using)
