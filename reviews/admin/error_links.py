"""A page's errors at its top, each with a link to its field, also inside facts, verdicts and other rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.text import capfirst


@dataclass(frozen=True, slots=True)
class ErrorLink:
    message: str
    label: str = ""
    """The field, with its row; empty for an error of the whole page."""
    target: str = ""
    """The id of the field on the page; empty where there is none to go to."""


def error_links(form: forms.BaseForm, formsets: Iterable[Any]) -> list[ErrorLink]:
    """Return every error of a bound page, in the order of the page."""
    found = list(_links(form))
    for formset in formsets:
        found += [ErrorLink(str(message)) for message in formset.non_form_errors()]
        shared = getattr(formset, "shared", None)
        for row in ([shared] if shared is not None else []) + list(formset.forms):
            found += _links(row)
    return found


def _links(form: forms.BaseForm) -> Iterator[ErrorLink]:
    row = getattr(form, "row_label", "")
    for name, messages in form.errors.items():
        for message in map(str, messages):
            yield _link(form, name, row, message) if name in form.fields else ErrorLink(message, label=row)


def _link(form: forms.BaseForm, name: str, row: str, message: str) -> ErrorLink:
    field = form[name]
    label = capfirst(str(field.label))
    return ErrorLink(message, label=f"{row}: {label}" if row else label, target=_target(field))


def _target(field: forms.BoundField) -> str:
    if field.is_hidden:
        return ""
    # A group of buttons or of inputs has no id of its own: its first one has.
    is_group = isinstance(field.field.widget, forms.MultiWidget) or not field.id_for_label
    return f"{field.auto_id}_0" if is_group else field.id_for_label
