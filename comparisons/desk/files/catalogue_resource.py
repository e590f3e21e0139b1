"""What all kinds of file have in common: rows are saved as the desk saves them, validated and with their history."""

from copy import copy
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from import_export.fields import Field
from import_export.resources import ModelResource

from comparisons.desk.files.field_limits import refused_by_forms
from comparisons.desk.files.tables import Row
from reviews.services.editing import history

if TYPE_CHECKING:
    from comparisons.desk.files.preloaded import Preloaded


class CatalogueResource(ModelResource):
    """What the three kinds have in common."""

    named_by: str
    """The slug by which a file names its rows first of all."""

    def __init__(self, *, by: str = "", may_be_incomplete: bool = False) -> None:
        super().__init__()
        self.by = by
        self.may_be_incomplete = may_be_incomplete
        self.original: models.Model | None = None  # the row in hand, as it is stored

    class Meta:
        clean_model_instances = True
        skip_diff = True  # it would copy each row with all that was loaded along; `original` costs nothing
        store_instance = True

    @property
    def key_fields(self) -> list[Field]:
        return [self.fields[name] for name in self._meta.import_id_fields]

    def changes(self, original: models.Model | None, instance: models.Model) -> dict[str, list[Any]]:
        """Return what the file says and the stored row does not: per column the value before and after."""
        shown = {name: field for name, field in self.fields.items() if name != "reason"}
        before = {name: field.export(original) if original else None for name, field in shown.items()}
        after = {name: field.export(instance) for name, field in shown.items()}
        return {name: [before[name], after[name]] for name in shown if _blank(before[name]) != _blank(after[name])}

    def after_init_instance(self, instance: Any, new: bool, row: Any, **kwargs: Any) -> None:
        self.original = None if new else copy(instance)

    def says_something_new(self, row: Row, loader: "Preloaded") -> bool:
        """Say whether a row of a file is new, differs from what is stored, or can't be read. Writes nothing."""
        original = loader.get_instance(row)
        if original is None:
            return True
        instance = copy(original)
        try:
            self.import_instance(instance, row)
        except ValidationError:
            return True
        return bool(self.changes(original, instance))

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return not import_validation_errors and self.original is not None and not self.changes(self.original, instance)

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True) -> None:
        """Hold the row against what the desk's forms refuse and a model's own check lets pass, then against that."""
        errors = {**refused_by_forms(instance), **(import_validation_errors or {})}
        super().validate_instance(instance, errors, validate_unique)

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        with transaction.atomic():  # a refused row must not spoil the ones after it
            self.save_recorded(instance)

    def save_recorded(self, instance: Any) -> None:
        history.save(row=instance, by=self.by)


def _blank(value: Any) -> Any:
    return "" if value is None else value
