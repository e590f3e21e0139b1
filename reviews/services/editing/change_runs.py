"""Changes of one verdict soon after each other are told as one: a repaired mistake is no change of mind.

No database: `verdict_changes.py` reads the rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WITHIN = timedelta(days=1)
"""Changes of one verdict within a day of the first are one."""
SENTENCE_ENDS = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision with its score."""

    decision: str
    score: int | None


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """One change of a verdict that readers saw, as it is recorded."""

    number: int
    """Its primary key in the history."""
    at: datetime
    before: Judgement
    after: Judgement
    reason: str
    is_told: bool
    """No: a publisher called it a typing mistake."""


@dataclass(frozen=True, slots=True)
class ToldChange:
    """What readers are told: from what a verdict said first to what it says last."""

    number: int
    """Of the first change that is told."""
    at: datetime
    """Of the last change."""
    before: Judgement
    after: Judgement
    reason: str


def told_changes(changes: Sequence[RecordedChange], *, within: timedelta = WITHIN) -> list[ToldChange]:
    """Return what readers are told of one verdict's `changes`; both are oldest first."""
    told = (told_as_one(changes[:start], changes[start:end]) for start, end in _runs(changes, within))
    return [change for change in told if change]


def told_as_one(earlier: Sequence[RecordedChange], run: Sequence[RecordedChange]) -> ToldChange | None:
    """Return what readers are told of a run of changes; None if it ends where it began, or none is told.

    `earlier` are the changes before it: where the last of them were typing mistakes, it begins before these.
    """
    told = [change for change in run if change.is_told]
    if not told:
        return None
    before = _before_mistakes(earlier) or run[0].before
    if before == told[-1].after:
        return None
    return ToldChange(
        number=told[0].number,
        at=told[-1].at,
        before=before,
        after=told[-1].after,
        reason=_joined(list(dict.fromkeys(change.reason for change in told))),
    )


def _runs(changes: Sequence[RecordedChange], within: timedelta) -> Iterator[tuple[int, int]]:
    """Yield where each run begins and ends."""
    start = 0
    for place, change in enumerate(changes):
        if change.at - changes[start].at > within:
            yield start, place
            start = place
    if changes:
        yield start, len(changes)


def _before_mistakes(changes: Sequence[RecordedChange]) -> Judgement | None:
    """Return what the verdict said before the mistakes at the end of `changes`; None if there are none."""
    before = None
    for change in reversed(changes):
        if change.is_told:
            break
        before = change.before
    return before


def _joined(reasons: list[str]) -> str:
    ended = [reason if reason.endswith(SENTENCE_ENDS) else f"{reason}." for reason in reasons[:-1]]
    return " ".join([*ended, *reasons[-1:]])
