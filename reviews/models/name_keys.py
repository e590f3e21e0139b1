"""The stored keys of a name: by one the database refuses a second row of the same name, by one it sorts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from reviews.models.text_cleaning import LONGEST_KEY, name_key, sort_key


class FollowingKey(DeferredAttribute):
    """The key of the row's name as it is now; what is assigned says only that the column was loaded."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        field: Any = self.field
        return field.make(getattr(instance, field.of))

    def __set__(self, instance: Any, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class NameKeyField(models.CharField):
    """`text_cleaning.name_key` of the field `of`. Dumps leave it out.

    `within` is a field whose rows have names of their own, such as a category; `taken` is the sentence for
    an editor who chooses a name that is taken.
    """

    descriptor_class = FollowingKey
    make = staticmethod(name_key)
    is_unique = True

    def __init__(self, *, of: str = "", within: str = "", taken: str = "", **kwargs: Any) -> None:
        self.of = of
        self.within = within
        self.taken = taken
        column: dict[str, Any] = {"max_length": LONGEST_KEY, "default": "", "db_default": "", "blank": True}
        super().__init__(**column | {"editable": False, "serialize": False} | kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", list(args), dict(kwargs)


class SortKeyField(NameKeyField):
    """`text_cleaning.sort_key` of the field `of`, compared byte by byte on both databases."""

    make = staticmethod(sort_key)
    is_unique = False

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _, args, kwargs = super().deconstruct()
        return name, f"{type(self).__module__}.{type(self).__qualname__}", args, kwargs

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        return parameters | ({"collation": "C"} if connection.vendor == "postgresql" else {})


def key_fields(model: type[models.Model]) -> list[NameKeyField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, NameKeyField)]


class NamedRows:
    """A mixin for a queryset: it writes the key wherever it writes the name."""

    def named(self: Any, name: str) -> Any:
        """Rows of this name, whatever its width or case of letters."""
        return self.filter(**{key_fields(self.model)[0].name: name_key(name)})

    def update(self: Any, **kwargs: Any) -> int:
        """Raise TypeError where a name is an expression: only Python can make its key."""
        for field in key_fields(self.model):
            if field.of not in kwargs or field.name in kwargs:
                continue
            if not isinstance(kwargs[field.of], str):
                raise TypeError(f"Give {field.of} as a text, or save each row: its key is made in Python.")
            kwargs[field.name] = field.make(kwargs[field.of])
        return super().update(**kwargs)  # type: ignore[misc]  # the queryset's

    def bulk_update(self: Any, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        keys = [field.name for field in key_fields(self.model) if field.of in fields]
        update: Any = super().bulk_update  # type: ignore[misc]  # the queryset's
        return update(objs, [*fields, *keys], batch_size=batch_size)


class NamedModel(models.Model):
    """A model with a name key. A name that is taken is an error at the name, where the editor can mend it."""

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Any = None) -> None:
        excluded = set(exclude or ())
        fields = key_fields(type(self))
        errors = {
            field.of: [ValidationError(field.taken, code="name_taken")]
            for field in fields
            if field.is_unique and field.of not in excluded and self._is_taken(field)
        }
        try:
            super().validate_constraints(exclude=excluded | {field.name for field in fields})
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def _is_taken(self, field: NameKeyField) -> bool:
        same = {field.name: getattr(self, field.name)}
        if field.within:
            same[field.within] = getattr(self, field.within)
        return type(self)._default_manager.filter(**same).exclude(pk=self.pk).exists()
