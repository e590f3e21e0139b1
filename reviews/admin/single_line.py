"""Long texts of one line: a box of two rows, no line breaks in what is stored."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest


class SingleLineField(forms.CharField):
    """Turns line breaks into blanks before the length is checked."""

    def to_python(self, value: Any) -> Any:
        lines = (super().to_python(value) or "").splitlines()
        return " ".join(filter(None, map(str.strip, lines)))


class SingleLineAdmin(admin.ModelAdmin):
    single_line_fields: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.single_line_fields:
            kwargs |= {"form_class": SingleLineField, "widget": AdminTextareaWidget(attrs={"rows": 2})}
        return super().formfield_for_dbfield(db_field, request, **kwargs)
