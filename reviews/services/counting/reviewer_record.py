"""A reviewer's verdicts counted, over all tools and by category."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from reviews.models import Decision, Reviewer, Verdict
from reviews.services.panel import percent, rounded

FEWEST_FOR_A_MIDDLE = 8  # known scores; of fewer, “half of them” says nothing


@dataclass(frozen=True, slots=True)
class ReviewerRecord:
    ships: int = 0
    skips: int = 0
    scores: tuple[tuple[int, int], ...] = ()
    """The known scores, lowest first, with their frequency."""

    @property
    def total(self) -> int:
        return self.ships + self.skips

    @property
    def ship_percent(self) -> int | None:
        return percent(self.ships, self.total)

    @property
    def known_scores(self) -> int:
        return sum(times for _, times in self.scores)

    @property
    def mean_score(self) -> int | None:
        return (
            rounded(sum(score * times for score, times in self.scores), self.known_scores)
            if self.scores
            else None
        )

    @property
    def lowest(self) -> int | None:
        return self.scores[0][0] if self.scores else None

    @property
    def highest(self) -> int | None:
        return self.scores[-1][0] if self.scores else None

    @property
    def middle(self) -> tuple[int, int] | None:
        """The scores between which the middle half lies; None if few are known."""
        known: list[int] = []
        for score, times in self.scores:
            known += [score] * times
        quarter = len(known) // 4
        return (known[quarter], known[-quarter - 1]) if len(known) >= FEWEST_FOR_A_MIDDLE else None


def record_of(rows: Iterable[tuple[str, int | None, int]]) -> ReviewerRecord:
    """Sum up rows of (decision, score or None, number)."""
    decisions: Counter[str] = Counter()
    scores: Counter[int] = Counter()
    for decision, score, times in rows:
        decisions[decision] += times
        if score is not None:
            scores[score] += times
    return ReviewerRecord(
        ships=decisions[Decision.SHIP], skips=decisions[Decision.SKIP], scores=tuple(sorted(scores.items()))
    )


def records_by_reviewer() -> dict[int, ReviewerRecord]:
    """Return each reviewer's record over the published tools, by id; one query."""
    return _records("reviewer", Verdict.objects.of_published_tools())


def records_by_category(*, reviewer: Reviewer) -> dict[int, ReviewerRecord]:
    """Return a reviewer's record over the published tools, by category id; one query."""
    return _records("tool__category", Verdict.objects.of_published_tools().filter(reviewer=reviewer))


def add_records(parts: Iterable[ReviewerRecord]) -> ReviewerRecord:
    records = list(parts)
    scores: Counter[int] = Counter()
    for record in records:
        scores.update(dict(record.scores))
    return ReviewerRecord(
        ships=sum(record.ships for record in records),
        skips=sum(record.skips for record in records),
        scores=tuple(sorted(scores.items())),
    )


def _records(field: str, verdicts: QuerySet[Verdict]) -> dict[int, ReviewerRecord]:
    """Count verdicts by `field`: the database sends a row per score, not per verdict."""
    rows: dict[int, list[tuple[str, int | None, int]]] = defaultdict(list)
    grouped = verdicts.order_by().values_list(field, "decision", "score").annotate(times=Count("pk"))
    for key, decision, score, times in grouped:
        rows[key].append((decision, score, times))
    return {key: record_of(group) for key, group in rows.items()}
