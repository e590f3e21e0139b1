"""Which reviewers are quoted."""

from collections.abc import Iterable
from typing import Protocol

from comparisons.newsletter.contents import Quote
from comparisons.newsletter.excerpts import opening


class QuotableVerdict(Protocol):
    decision: str
    score: int | None
    body: str

    @property
    def is_ship(self) -> bool: ...
    @property
    def reviewer(self) -> object: ...


def strongest_quotes(verdicts: Iterable[QuotableVerdict]) -> tuple[Quote, Quote]:
    """Return the reviewer who ships it with the highest score, and the one who skips it with the lowest.

    Known scores come before unknown ones, then panel order decides. There must be a ship and a skip.
    """
    ships: list[QuotableVerdict] = []
    skips: list[QuotableVerdict] = []
    for verdict in verdicts:
        (ships if verdict.is_ship else skips).append(verdict)
    strongest_ship = min(ships, key=lambda verdict: (verdict.score is None, -(verdict.score or 0)))
    strongest_skip = min(skips, key=lambda verdict: (verdict.score is None, verdict.score or 0))
    return _quote(strongest_ship), _quote(strongest_skip)


def _quote(verdict: QuotableVerdict) -> Quote:
    return Quote(
        reviewer=str(verdict.reviewer),
        decision=str(verdict.decision),
        score=verdict.score,
        words=opening(verdict.body),
    )
