"""Fields of one line that hold more than a line's width: two rows to type in, and no line break in what is kept."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.http import HttpRequest


class LineField(forms.CharField):
    """A text that is read as one line: line breaks become blanks, before its length is looked at."""

    def to_python(self, value: Any) -> Any:
        return " ".join(filter(None, map(str.strip, (super().to_python(value) or "").splitlines())))


class LinesAdmin(admin.ModelAdmin):
    """A page whose fields named in `lines` are wide enough to be read while they are typed."""

    lines: tuple[str, ...] = ()

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest | None, **kwargs: Any) -> Any:
        if db_field.name in self.lines:
            kwargs |= {"form_class": LineField, "widget": AdminTextareaWidget(attrs={"rows": 2})}
        return super().formfield_for_dbfield(db_field, request, **kwargs)
