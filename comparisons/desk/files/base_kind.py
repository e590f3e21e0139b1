"""What all kinds of file share: rows are validated like the desk's forms and saved with their history."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models

from comparisons.desk.files.columns import Column
from comparisons.desk.files.form_limits import Errors, form_errors
from comparisons.desk.files.tables import Problem, Row, Table
from reviews.services.editing import history


class Kind:
    """One kind of file, for one import or export."""

    model: type[models.Model]
    key: tuple[str, ...]
    """The columns that say which row is meant."""
    key_lookup: str
    """The query path of the slug in the first of them."""
    exchanged: tuple[str, ...] = ()
    """Unique fields whose values rows of one file may take from each other."""
    exchanged_within: str = ""
    """The column whose rows have these values to themselves; empty for all rows together."""
    permission = "reviews.publish_tool"
    """What an editor needs at the desk to import it, besides being a publisher."""
    old_names: ClassVar[dict[str, str]] = {}
    """Columns of older files by the name that they had."""
    left_out: ClassVar[dict[str, str]] = {}
    """Columns of older files that are not read any more, each with a sentence that says why."""

    def __init__(self, *, by: str = "", may_be_incomplete: bool = False) -> None:
        """`by` is the editor's name; `may_be_incomplete` publishes tools without a whole panel."""
        self.by = by
        self.may_be_incomplete = may_be_incomplete
        self.columns = {column.name: column for column in self.make_columns()}

    def make_columns(self) -> list[Column]:
        """Return the columns in the order of an export, each after those it needs."""
        raise NotImplementedError

    def complete(self, table: Table) -> tuple[Table, list[Problem]]:
        """Return the table with what this kind makes of other cells, and where it can't."""
        return table, []

    def rows(self) -> models.QuerySet:
        """Return all stored rows in the order of an export, with what the columns need."""
        raise NotImplementedError

    def errors(self, row: Any) -> Errors:
        """Return what is wrong with a row by the rules of this kind."""
        return {}

    def identity(self, row: Any) -> Any:
        """Return what no two rows of a file may share besides their key and `exchanged`; None: nothing."""
        return None

    def save(self, row: Any, *, before: Any = None) -> None:
        """Save a valid row. `before` is the row as it was, where a placeholder is stored in its place."""
        history.save(row=row, by=self.by, before=before)

    @property
    def exported_columns(self) -> list[Column]:
        return [column for column in self.columns.values() if column.is_exported]

    def fill(self, row: models.Model, cells: Row) -> Errors:
        """Set what the cells say, and return what can't be read."""
        errors: Errors = {}
        for name, column in self.columns.items():
            if name in cells:
                try:
                    column.fill(row, cells[name])
                except ValueError as error:
                    errors[name] = ValidationError(str(error))
        return errors

    def changes(self, before: models.Model | None, after: models.Model) -> dict[str, list[Any]]:
        """Return the columns that differ, with their cells before and after."""
        changes = {}
        for column in self.exported_columns:
            cells = [column.cell(before) if before else None, column.cell(after)]
            if _comparable(cells[0]) != _comparable(cells[1]):
                changes[column.name] = cells
        return changes

    def clean(self, row: models.Model, *, exclude: set[str]) -> None:
        """Do the model's own check of a row but for the fields of `exclude`. Raises ValidationError."""
        row.full_clean(exclude=exclude)

    def validate(self, row: models.Model, errors: Errors) -> None:
        """Raise ValidationError with the given errors and those of kind, forms and model."""
        found = ValidationError({**form_errors(row), **self.errors(row), **errors}).error_dict
        try:
            self.clean(row, exclude=set(found))
        except ValidationError as error:
            # What a cell can't be read as is told alone, without what the model says of the value it had.
            found |= {name: errors for name, errors in error.error_dict.items() if name not in found}
        if found:
            raise ValidationError(found)


def _comparable(cell: Any) -> Any:
    return "" if cell is None else cell
