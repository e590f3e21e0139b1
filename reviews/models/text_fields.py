"""Fields whose texts are cleaned: in forms, in files, in fixtures and whenever a row is saved."""

from typing import Any, ClassVar

from django import forms
from django.db import models

from reviews.models.text_cleaning import clean_name, clean_text


class OneLineFormField(forms.CharField):
    """Cleans before it checks the length, so that nothing invisible counts."""

    def clean_value(self, text: str) -> str:
        return clean_name(text)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return self.clean_value(text) if text else text

    def has_changed(self, initial: Any, data: Any) -> bool:
        """A stored text that differs from its cleaned one alone was not changed by the editor."""
        return super().has_changed(self.to_python(initial), data)


class TextFormField(OneLineFormField):
    def clean_value(self, text: str) -> str:
        return clean_text(text)


class CleanedField(models.Field):
    """A mixin. The column is that of Django's field, so that no migration is needed to clean a field."""

    form_field: ClassVar[type[forms.Field] | None] = None

    def clean_value(self, value: Any) -> Any:
        raise NotImplementedError

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        column = next(base for base in type(self).__mro__ if base.__module__.startswith("django."))
        return name, f"django.db.models.{column.__name__}", list(args), dict(kwargs)

    def to_python(self, value: Any) -> Any:
        return self.clean_value(super().to_python(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        cleaned = self.clean_value(value)
        if cleaned != value:
            setattr(model_instance, self.attname, cleaned)
        return cleaned

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**({"form_class": self.form_field} if self.form_field else {}) | kwargs)


class OneLineField(CleanedField, models.CharField):
    form_field = OneLineFormField

    def clean_value(self, value: Any) -> Any:
        return clean_name(value) if isinstance(value, str) else value


class SeveralLinesField(CleanedField, models.CharField):
    """A short text that may have line breaks."""

    form_field = TextFormField

    def clean_value(self, value: Any) -> Any:
        return clean_text(value) if isinstance(value, str) else value


class LongTextField(CleanedField, models.TextField):
    form_field = TextFormField

    def clean_value(self, value: Any) -> Any:
        return clean_text(value) if isinstance(value, str) else value


class PairsField(CleanedField, models.JSONField):
    """Pairs of a value and its words. The words are cleaned; anything else is left for validation."""

    def clean_value(self, value: Any) -> Any:
        return [_clean_pair(pair) for pair in value] if isinstance(value, list) else value


def _clean_pair(pair: Any) -> Any:
    if isinstance(pair, list) and len(pair) == 2 and isinstance(pair[1], str):
        return [pair[0], clean_name(pair[1])]
    return pair
