"""Checks of request values that Django's admin does not check: keys of rows, and values of filters.

Otherwise a key that is no number, or a year of forty digits, reaches the database and ends in an error 500.
`Desk` gives every model's admin this mixin.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.forms import ModelMultipleChoiceField
from django.http import HttpRequest

from comparisons.desk.kept_input import KeptInput
from comparisons.desk.uncut_texts import UncutTexts

NOT_UNDERSTOOD = (DataError, OverflowError, ValidationError, ValueError)


def is_key(model: type[Model], text: str) -> bool:
    try:
        model._meta.pk.run_validators(model._meta.pk.to_python(text))
    except (OverflowError, ValidationError):
        return False
    return True


class CarefulAutocomplete(AutocompleteSelect):
    """Shows nothing chosen if the value is no key; the form reports the error."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> list[Any]:
        return super().optgroups(
            name, [each for each in value if not each or is_key(self.field.related_model, each)], attr
        )


class CarefulChoices(ModelMultipleChoiceField):
    """Refuses a key that the database can't hold, as any other that is no row's."""

    def clean(self, value: Any) -> Any:
        for each in value if isinstance(value, (list, tuple)) else ():
            if self.queryset is not None and not is_key(self.queryset.model, each):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": each}
                )
        return super().clean(value)


class CarefulInput(KeptInput, UncutTexts, ModelAdmin):
    """A mixin for a ModelAdmin."""

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return type("CarefulChangeList", (_CarefulResults, super().get_changelist(request, **options)), {})

    def changelist_view(self, request: HttpRequest, *arguments: Any, **options: Any) -> Any:
        """Leave out chosen rows whose keys are none."""
        chosen = request.POST.getlist("_selected_action")
        if not all(is_key(self.model, each) for each in chosen):
            fields = request.POST.copy()
            fields.setlist("_selected_action", [each for each in chosen if is_key(self.model, each)])
            request.POST = fields  # type: ignore[assignment]
        return super().changelist_view(request, *arguments, **options)

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **options: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request) and "widget" not in options:
            options["widget"] = CarefulAutocomplete(db_field, self.admin_site, using=options.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **options: Any
    ) -> Any:
        options.setdefault("form_class", CarefulChoices)
        return super().formfield_for_manytomany(db_field, request, **options)


class _CarefulResults(ChangeList):
    """A mixin for a ChangeList: values the database can't compare lead back to the whole list."""

    def get_queryset(self, request: HttpRequest, *arguments: Any, **options: Any) -> QuerySet:
        with _odd_filters_refused():
            return super().get_queryset(request, *arguments, **options)

    def get_results(self, request: HttpRequest) -> None:
        with _odd_filters_refused():
            super().get_results(request)


@contextmanager
def _odd_filters_refused() -> Iterator[None]:
    try:
        yield
    except NOT_UNDERSTOOD as error:
        raise IncorrectLookupParameters(error) from error


def careful(admin_class: type[ModelAdmin]) -> type[ModelAdmin]:
    """Return the class with the mixin."""
    if issubclass(admin_class, CarefulInput):
        return admin_class
    return type(admin_class.__name__, (CarefulInput, admin_class), {"__module__": admin_class.__module__})
