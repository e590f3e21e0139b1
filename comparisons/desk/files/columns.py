"""How one cell is written and read. A value that can't be read raises ValueError with a sentence for the editor."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from import_export.fields import Field
from import_export.widgets import Widget

from reviews.models import Answer, Verdict
from reviews.models.panel import LONGEST_ANSWER
from reviews.services.editing.whole_minute import whole_minute

SCORE_WANTED = "A score is a whole number from 0 to 100, or empty when it is not known."


class Text(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)


class Score(Widget):
    """Widgets of the package make 4 of 4.5; this one refuses."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        if value in (None, ""):
            return None
        written = str(value).strip()
        if not (written.isascii() and written.isdecimal()) or int(written) > 100:
            raise ValueError(SCORE_WANTED)
        return int(written)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> Any:
        return value


class Day(Widget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> date | None:
        if value in (None, ""):
            return None
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            raise ValueError("Write a day as 2026-11-22.") from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""


class Moment(Widget):
    """From when on readers see it: a whole minute, as in the desk's forms."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> datetime | None:
        if value in (None, ""):
            return None
        try:
            moment = datetime.fromisoformat(str(value).strip())
        except ValueError:
            raise ValueError("Write a moment as 2026-11-22T09:30:00+00:00.") from None
        return whole_minute(moment if timezone.is_aware(moment) else timezone.make_aware(moment))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.isoformat() if value else ""


class Named(Widget):
    """Another row, named by its slug. The rows are read once, when the first cell asks for them."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__()
        self.model = model
        self.rows: Mapping[str, models.Model] | None = None

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if self.rows is None:
            # A model is one of those that have a slug; Django's types know none of it.
            self.rows = {each.slug: each for each in self.model._default_manager.all()}  # type: ignore[attr-defined]
        slug = str(value or "").strip()
        if slug not in self.rows:
            raise ValueError(f"There is no {self.model._meta.verbose_name} “{slug}”. Name it by its slug.")
        return self.rows[slug]

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return value.slug if value else ""


class AnswerField(Field):
    """The answer to a reviewer's question at one position, as a column of the verdict."""

    def __init__(self, position: int) -> None:
        name = f"answer_{position}"
        super().__init__(attribute=name, column_name=name, widget=Text())
        self.position = position

    def get_value(self, instance: Verdict) -> str:
        typed = getattr(instance, "typed_answers", {})
        return typed[self.position] if self.position in typed else answers_of(instance).get(self.position, "")

    def save(self, instance: Any, row: Any, is_m2m: bool = False, **kwargs: Any) -> None:
        text = self.clean(row).strip()
        asked = {question.position for question in instance.reviewer.questions.all()} if instance.reviewer_id else set()
        if text and self.position not in asked:
            raise ValueError(f"The {instance.reviewer} has no question {self.position}.")
        if len(text) > LONGEST_ANSWER:
            raise ValueError(f"At most {LONGEST_ANSWER} characters; these are {len(text)}.")
        instance.typed_answers = {**getattr(instance, "typed_answers", {}), self.position: text}


def answers_of(verdict: Verdict) -> dict[int, str]:
    """Return a stored verdict's answers by the position of their question."""
    given: Iterable[Answer] = verdict.answers.all() if verdict.pk else ()
    return {answer.question.position: answer.text for answer in given}
