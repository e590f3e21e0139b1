"""Columns: from the text of a cell to a value of a row, and back.

`read` and `fill` raise ValueError with a sentence for the editor.
"""

import json
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils import timezone

from comparisons.desk.files import messages
from reviews.admin.wording import SCORE_WANTED
from reviews.models import Verdict
from reviews.models.panel import LONGEST_ANSWER
from reviews.models.text_cleaning import clean_name, clean_text
from reviews.models.text_fields import CleanedField
from reviews.services.editing.publishing import whole_minute

LAST_POSITION = 32767  # what the column holds on PostgreSQL; SQLite holds more
YES = ("yes", "true")
NO = ("no", "false")


class Column:
    """A text."""

    is_exported = True

    def __init__(self, name: str) -> None:
        self.name = name
        """The heading and the row's attribute."""

    def fill(self, row: Any, text: str) -> None:
        value = self.read(text)
        field = getattr(type(row), self.name, None)
        if isinstance(field, DeferredAttribute) and isinstance(field.field, CleanedField):
            value = field.field.clean_value(value)
        setattr(row, self.name, value)

    def cell(self, row: Any) -> Any:
        """Return what an export writes: a text, a number or None."""
        return self.write(getattr(row, self.name))

    def read(self, text: str) -> Any:
        return text

    def write(self, value: Any) -> Any:
        return "" if value is None else str(value)


class ChoiceColumn(Column):
    """A word of a list, in any case of letters. The model knows the list."""

    def __init__(self, name: str, *, empty: str) -> None:
        """`empty` is what an empty cell means."""
        super().__init__(name)
        self.empty = empty

    def read(self, text: str) -> str:
        return text.strip().casefold() or self.empty


class PositionColumn(Column):
    """A whole number of 0 or more; empty is 0."""

    def read(self, text: str) -> int:
        digits = text.strip() or "0"
        is_short = len(digits) <= len(str(LAST_POSITION))
        if not (digits.isascii() and digits.isdecimal() and is_short and int(digits) <= LAST_POSITION):
            raise ValueError(messages.POSITION_WANTED)
        return int(digits)

    def write(self, value: int) -> int:
        return value


class YesNoColumn(Column):
    """Yes or no; empty is no. JSON's and YAML's `true` and `false` are taken too."""

    def read(self, text: str) -> bool:
        word = text.strip().casefold() or "no"
        if word not in (*YES, *NO):
            raise ValueError(messages.YES_OR_NO_WANTED)
        return word in YES

    def write(self, value: bool) -> str:
        return "yes" if value else "no"


class PairsColumn(Column):
    """A list of pairs as a text in JSON, as in the desk's form; empty is no pair."""

    def read(self, text: str) -> Any:
        try:
            return json.loads(text) if text.strip() else []
        except (ValueError, RecursionError):
            raise ValueError(messages.PAIRS_WANTED) from None

    def write(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False) if value else ""


class ScoreColumn(Column):
    def read(self, text: str) -> int | None:
        digits = text.strip()
        if not text:
            return None
        if not (digits.isascii() and digits.isdecimal() and len(digits) < 10) or int(digits) > 100:
            raise ValueError(SCORE_WANTED)
        return int(digits)

    def write(self, value: int | None) -> int | None:
        return value


class DayColumn(Column):
    def read(self, text: str) -> date | None:
        try:
            return date.fromisoformat(text.strip()) if text else None
        except ValueError:
            raise ValueError(messages.DAY_WANTED) from None

    def write(self, value: date | None) -> str:
        return value.isoformat() if value else ""


class MomentColumn(Column):
    """The moment of publishing: a whole minute, as in the desk's forms."""

    def read(self, text: str) -> datetime | None:
        if not text:
            return None
        try:
            moment = datetime.fromisoformat(text.strip())
        except ValueError:
            raise ValueError(messages.MOMENT_WANTED) from None
        return whole_minute(moment if timezone.is_aware(moment) else timezone.make_aware(moment))

    def write(self, value: datetime | None) -> str:
        return value.isoformat() if value else ""


class SlugColumn(Column):
    """Another row, named by its slug."""

    def __init__(self, name: str, model: type[models.Model], *, may_be_empty: bool = False) -> None:
        super().__init__(name)
        self.model = model
        self.may_be_empty = may_be_empty

    @cached_property
    def rows(self) -> dict[str, Any]:
        """All rows of the model by slug, read with the first cell that needs them."""
        rows: Any = self.model._default_manager.all()
        return {row.slug: row for row in rows}

    def read(self, text: str) -> Any:
        slug = text.strip()
        if self.may_be_empty and not slug:
            return None
        if slug not in self.rows:
            raise ValueError(messages.unknown_slug(model=self.model._meta.verbose_name, slug=slug))
        return self.rows[slug]

    def write(self, value: Any) -> str:
        return value.slug if value else ""


class ReasonColumn(Column):
    """Why a verdict changed: imported into the history, not exported."""

    is_exported = False

    def read(self, text: str) -> str:
        return clean_name(text)


class AnswerColumn(Column):
    """The answer to the question at one position, for the verdict's `typed_answers`."""

    def __init__(self, position: int) -> None:
        super().__init__(f"answer_{position}")
        self.position = position

    def fill(self, row: Verdict, text: str) -> None:
        answer = clean_text(text)
        asked = {question.position for question in row.reviewer.questions.all()} if row.reviewer_id else set()
        if answer and self.position not in asked:
            raise ValueError(messages.unknown_question(reviewer=row.reviewer, position=self.position))
        if len(answer) > LONGEST_ANSWER:
            raise ValueError(messages.answer_too_long(most=LONGEST_ANSWER, length=len(answer)))
        row.typed_answers = {**typed_answers(row), self.position: answer}  # type: ignore[attr-defined]

    def cell(self, row: Verdict) -> str:
        typed = typed_answers(row)
        return typed[self.position] if self.position in typed else _stored_answers(row).get(self.position, "")


def typed_answers(verdict: Verdict) -> dict[int, str]:
    """Return a file's answers by the position of their question; "" deletes one."""
    return getattr(verdict, "typed_answers", {})


def _stored_answers(verdict: Verdict) -> dict[int, str]:
    answers = verdict.answers.all() if verdict.pk else []
    return {answer.question.position: answer.text for answer in answers}
