"""The versions of the method by which verdicts are made. `/methodology/versions/` says what each changed."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MethodVersion:
    number: str
    since: date


METHOD_VERSIONS = (
    MethodVersion("1", date(2026, 11, 1)),
    MethodVersion("2", date(2026, 11, 28)),
)
"""Oldest first. A new one also gets a paragraph in `templates/comparisons/methodology_versions.html`."""


def method_on(day: date) -> str:
    """Return the number of the version in force on that day; the first one for earlier days."""
    in_force = [version.number for version in METHOD_VERSIONS if version.since <= day]
    return (in_force or [METHOD_VERSIONS[0].number])[-1]


def current_method() -> str:
    """Return the number of the version that new verdicts get."""
    return METHOD_VERSIONS[-1].number
