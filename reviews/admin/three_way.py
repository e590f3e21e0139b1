"""Two editors on one page, field by field: what the page showed, what is stored now, and what was typed.

What only the other editor changed is taken over, what only this one changed stands, and what both changed is
asked. Fields whose values belong together, such as decision and score, are one unit and come from one side.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.widgets import ChoiceWidget
from django.http import QueryDict
from django.utils.text import capfirst

from reviews.services.editing.differences import Difference, difference

ASKED = "asked"
"""Hidden fields: the keys of the conflicts that the page asked about."""
MINE = "mine"
THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What both editors changed: one field, or several that belong together."""

    key: str
    lines: tuple[Difference, ...]

    @property
    def choice(self) -> str:
        """The name of the choice between “theirs” and “mine” on the page."""
        return choice_name(self.key)

    @property
    def label(self) -> str:
        return ", ".join(line.field for line in self.lines)


@dataclass(frozen=True, slots=True)
class Merge:
    """A posted page with the other editor's changes in it."""

    data: QueryDict
    taken_over: list[str] = field(default_factory=list)
    """The labels of fields that only the other editor changed."""
    conflicts: list[Conflict] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Value:
    """One field of a form in three versions, as text."""

    form: forms.BaseForm
    name: str
    stored: str
    typed: str
    is_theirs: bool
    """The other editor changed it since the page was shown."""
    is_mine: bool

    @property
    def differs(self) -> bool:
        return self.stored != self.typed

    @property
    def label(self) -> str:
        label = capfirst(str(self.form.fields[self.name].label or self.name))
        row = getattr(self.form, "row_label", "")
        return f"{row}: {label}" if row else str(label)


def shown_values(page: Iterable[forms.BaseForm]) -> str:
    """Return what the forms of a page show: a key and a hash for each field that is not empty."""
    found = []
    for form in page:
        for name in _compared(form):
            mark = _hash(_as_text(form.fields[name], _stored(form, name)))
            if mark:
                found.append(f"{_key(form, name)}={mark}")
    return " ".join(found)


def merge(*, page: Iterable[forms.BaseForm], data: QueryDict, shown: str | None) -> Merge:
    """Merge what was typed into the bound forms of a page with what is stored.

    `shown` is what `shown_values` returned for the page; None if it did not come back, so that every
    difference is asked about.
    """
    merged = Merge(data=data.copy())
    marks = None if shown is None else dict(each.rpartition("=")[::2] for each in shown.split())
    for form in page:
        if getattr(form, "is_posted", True):
            for unit in _units(form):
                _merge_unit([_value(form, name, marks) for name in unit], merged)
    return merged


def _merge_unit(unit: list[_Value], merged: Merge) -> None:
    key = _key(unit[0].form, unit[0].name)
    is_theirs = any(each.is_theirs for each in unit)
    is_asked = key in merged.data.getlist(ASKED)
    lines = [each for each in unit if each.differs]
    if not lines or not (is_theirs or is_asked):
        return
    choice = merged.data.get(choice_name(key)) if is_asked else None
    if choice == MINE and not is_theirs:
        return
    if choice == THEIRS or not (is_asked or any(each.is_mine for each in unit)):
        for each in unit:
            _put(merged.data, each.form, each.name)
        merged.taken_over.extend(each.label for each in lines)
        return
    merged.conflicts.append(Conflict(key=key, lines=tuple(map(_difference, lines))))


def choice_name(key: str) -> str:
    return f"keep-{key}"


def _value(form: forms.BaseForm, name: str, marks: dict[str, str] | None) -> _Value:
    stored = _as_text(form.fields[name], _stored(form, name))
    typed = _as_text(form.fields[name], _typed(form, name))
    if marks is None:
        differs = stored != typed
        return _Value(form, name, stored, typed, is_theirs=differs, is_mine=differs)
    mark = marks.get(_key(form, name), "")
    return _Value(form, name, stored, typed, is_theirs=_hash(stored) != mark, is_mine=_hash(typed) != mark)


def _compared(form: forms.BaseForm) -> list[str]:
    """Return the names of fields that the editor can change and see."""
    if "id" in form.fields and not _row(form):
        return []  # an empty row of a table, in which nothing is stored
    return [name for name, each in form.fields.items() if not each.disabled and not each.widget.is_hidden]


def _units(form: forms.BaseForm) -> Iterator[list[str]]:
    left = _compared(form)
    for names in getattr(form, "BELONG_TOGETHER", ()):
        unit = [name for name in names if name in left]
        left = [name for name in left if name not in unit]
        if unit:
            yield unit
    for name in left:
        yield [name]


def _key(form: forms.BaseForm, name: str) -> str:
    """Return a name that stays with the row, also where rows are numbered and one is deleted."""
    is_numbered = "id" in form.fields
    return f"{type(form).__name__}:{_row(form)}:{name}" if is_numbered else form.add_prefix(name)


def _row(form: Any) -> Any:
    return form.instance.pk


def _stored(form: forms.BaseForm, name: str) -> Any:
    return form.get_initial_for_field(form.fields[name], name)


def _typed(form: forms.BaseForm, name: str) -> Any:
    each = form.fields[name]
    sent = each.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
    try:
        return each.clean(sent)
    except ValidationError:
        return sent


def _as_text(each: forms.Field, value: Any) -> str:
    """Return a value as one text, whatever form it was written in."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    value = each.prepare_value(value)
    if isinstance(value, (list, tuple)):
        return "\n".join(sorted(map(str, value)))
    return "" if value is None or value is False else str(value).replace("\r\n", "\n").strip()


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10] if text else ""


def _difference(value: _Value) -> Difference:
    each = value.form.fields[value.name]
    return difference(
        field=value.label,
        before=_in_words(each, value.stored),
        after=_in_words(each, value.typed),
    )


def _in_words(each: forms.Field, text: str) -> str:
    """Return the label of a choice instead of its key."""
    choices = getattr(each, "choices", None)
    if not text or choices is None:
        return text
    labels = {str(key): str(label) for key, label in choices if str(key) in text.split("\n")}
    return ", ".join(labels.get(key, key) for key in text.split("\n"))


def _put(data: QueryDict, form: forms.BaseForm, name: str) -> None:
    """Write the stored value into `data` as a browser would send it."""
    each = form.fields[name]
    widget: Any = getattr(each.widget, "widget", each.widget)  # the admin wraps those of related rows
    value = each.prepare_value(_stored(form, name))
    sent = form.add_prefix(name)
    if isinstance(widget, forms.MultiWidget):
        parts: Any = widget
        contents = parts.decompress(value)
        for suffix, part, content in zip(parts.widgets_names, parts.widgets, contents, strict=True):
            data[f"{sent}{suffix}"] = part.format_value(content) or ""
    elif isinstance(widget, forms.CheckboxInput):
        data.setlist(sent, ["on"] if value else [])
    elif isinstance(widget, ChoiceWidget) and widget.allow_multiple_selected:
        data.setlist(sent, [str(choice) for choice in value or ()])
    elif isinstance(widget, ChoiceWidget):
        data[sent] = "" if value is None else str(value)
    else:
        data[sent] = widget.format_value(value) or ""
