"""The versions of the method by which verdicts are made. `/methodology/versions/` says what each changed."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError


@dataclass(frozen=True, slots=True)
class MethodVersion:
    number: str
    since: date
    changed: str
    """What it changed, for readers."""


METHOD_VERSIONS = (
    MethodVersion(
        "1",
        date(2026, 11, 1),
        "Four reviewers, four lenses: each gives a decision, a score where there is ground for one, and a "
        "text with four answers. Panel ship is the share of reviewers who would ship the tool.",
    ),
    MethodVersion(
        "2",
        date(2026, 11, 28),
        "A verdict says what it rests on, how its text was written, who answers for it, and which version of "
        "the tool it judged. The facts about a tool stand for themselves, each with its source and state.",
    ),
)
"""Oldest first."""


def validate_method(number: str) -> None:
    """Raise ValidationError where no version of the method has this number."""
    numbers = [version.number for version in METHOD_VERSIONS]
    if number not in numbers:
        raise ValidationError(f"There is no such version of the method. Known are: {', '.join(numbers)}.")


def method_on(day: date) -> str:
    """Return the number of the version in force on that day; the first one for earlier days."""
    in_force = [version.number for version in METHOD_VERSIONS if version.since <= day]
    return (in_force or [METHOD_VERSIONS[0].number])[-1]


def current_method() -> str:
    """Return the number of the version that new verdicts get."""
    return METHOD_VERSIONS[-1].number
