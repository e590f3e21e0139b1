"""What the desk's list says of each tool: its panel, whose verdict is missing, and its last change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reviews.models import Decision, Reviewer, Revision, Tool, Verdict


@dataclass(frozen=True, slots=True)
class PanelSquare:
    """One reviewer's place in a tool's panel."""

    reviewer: Reviewer
    decision: str
    """Empty: no verdict yet."""
    score: int | None

    @property
    def is_ship(self) -> bool:
        return self.decision == Decision.SHIP


@dataclass(frozen=True, slots=True)
class ToolOverview:
    squares: tuple[PanelSquare, ...]
    """One for each reviewer, in panel order."""
    missing: tuple[Reviewer, ...]
    """Those whose verdict is missing; none for a retired tool, which needs no verdict."""
    changed_at: datetime | None
    """When the tool, a verdict, an answer or a fact last changed; None before its history begins."""
    changed_by: str


def tool_overviews(*, tools: Sequence[Tool]) -> dict[int, ToolOverview]:
    """Return the overview of each tool by its id. Three queries.

    The tools have `last_revision` (`ToolQuerySet.with_last_revision`).
    """
    reviewers = list(Reviewer.objects.all())
    verdicts = Verdict.objects.filter(tool__in=[tool.pk for tool in tools]).order_by()
    judged = {
        (tool, reviewer): (decision, score)
        for tool, reviewer, decision, score in verdicts.values_list("tool", "reviewer", "decision", "score")
    }
    newest: list[int] = [tool.last_revision for tool in tools]  # type: ignore[attr-defined]  # annotated
    revisions = Revision.objects.filter(pk__in=newest).order_by()
    changes = {pk: (at, by) for pk, at, by in revisions.values_list("pk", "at", "editor")}
    overviews = {}
    for tool, revision in zip(tools, newest, strict=True):
        squares = tuple(
            PanelSquare(reviewer, *judged.get((tool.pk, reviewer.pk), ("", None))) for reviewer in reviewers
        )
        lacking = [] if tool.is_retired else [square.reviewer for square in squares if not square.decision]
        changed_at, changed_by = changes.get(revision, (None, ""))
        overviews[tool.pk] = ToolOverview(
            squares=squares, missing=tuple(lacking), changed_at=changed_at, changed_by=changed_by
        )
    return overviews
