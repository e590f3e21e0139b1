"""What reviewers are quoted with: rules over plain values."""

import re
from collections.abc import Iterable
from typing import Protocol

from comparisons.newsletter.contents import Quote

LONGEST_OPENING = 220


class Judged(Protocol):
    """What is needed to know of a verdict."""

    decision: str
    score: int | None
    body: str

    @property
    def is_ship(self) -> bool: ...
    @property
    def reviewer(self) -> object: ...


def strongest_quotes(verdicts: Iterable[Judged]) -> tuple[Quote, Quote]:
    """Return the reviewer who ships it with the highest score and the one who skips it with the lowest.

    A known score comes before an unknown one, then panel order decides. Both sides must be there.
    """
    all_verdicts = list(verdicts)
    ship = min((v for v in all_verdicts if v.is_ship), key=lambda v: (v.score is None, -(v.score or 0)))
    skip = min((v for v in all_verdicts if not v.is_ship), key=lambda v: (v.score is None, v.score or 0))
    return _quote(ship), _quote(skip)


def _quote(verdict: Judged) -> Quote:
    return Quote(
        reviewer=str(verdict.reviewer),
        decision=str(verdict.decision),
        score=verdict.score,
        words=opening(verdict.body),
    )


def opening(text: str, *, most: int = LONGEST_OPENING) -> str:
    """Return as many whole sentences from the beginning of a text as fit into `most` characters; one that does not is cut."""
    first, *others = re.split(r"(?<=[.!?])\s+", re.sub(r"\s+", " ", text).strip())
    taken = shortened(first, most=most)
    for sentence in others:
        if len(taken) + 1 + len(sentence) > most:
            break
        taken = f"{taken} {sentence}"
    return taken


def shortened(text: str, *, most: int) -> str:
    """Return `text`, cut at a word with an ellipsis where it is longer than `most` characters."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:–-") + "…"
