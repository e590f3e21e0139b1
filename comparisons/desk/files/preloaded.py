"""The stored rows that a file is about, read once."""

from typing import TYPE_CHECKING

from django.db import models
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader

from comparisons.desk.files.tables import Row

if TYPE_CHECKING:
    from comparisons.desk.files.catalogue_resource import CatalogueResource

MOST_NAMED = 1000
"""From here on it is quicker to read all rows of a kind than to name those that are wanted."""


class Preloaded(BaseInstanceLoader):
    """Finds rows by their key among those that a file names, read once instead of one by one."""

    def __init__(self, resource: "CatalogueResource", rows: list[Row]) -> None:
        super().__init__(resource)
        fields = resource.key_fields
        names = {str(row.get(fields[0].column_name) or "").strip() for row in rows}
        held = resource.get_queryset()
        held = held.filter(**{f"{resource.named_by}__in": names}) if len(names) < MOST_NAMED else held
        self.rows = {tuple(str(field.export(row)) for field in fields): row for row in held}

    def get_instance(self, row: Row) -> models.Model | None:
        fields: list[Field] = self.resource.key_fields
        return self.rows.get(tuple(str(row.get(field.column_name) or "").strip() for field in fields))
