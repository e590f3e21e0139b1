"""Changed verdicts, for the tool's page, the letter and the feeds."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from reviews.models import Reviewer, Revision, Tool

MOST = 20


@dataclass(frozen=True, slots=True)
class Judgement:
    """A decision with its score."""

    decision: str
    score: int | None


@dataclass(frozen=True, slots=True)
class VerdictChange:
    number: int
    """Its own for ever: the primary key in the history."""
    at: datetime
    reviewer: str
    """The name; empty if deleted since."""
    before: Judgement
    after: Judgement
    reason: str


def verdict_changes(*, tool: Tool, most: int = MOST) -> list[VerdictChange]:
    """Return what changed since `tool` became public, newest first; two queries at most."""
    revisions = Revision.objects.of_tool(tool.pk).of_judgements().newest_first()
    if tool.published_at:
        revisions = revisions.filter(at__gte=tool.published_at)
    return _changes(list(revisions[:most]))


def verdict_changes_between(*, since: datetime, until: datetime) -> list[tuple[Tool, VerdictChange]]:
    """Return changes in [since, until) on published tools, newest first; three queries."""
    revisions = Revision.objects.of_judgements().newest_first().filter(at__gte=since, at__lt=until)
    tools = Tool.objects.published().in_bulk({revision.tool_id for revision in revisions})
    shown = [revision for revision in revisions if _was_public(tools.get(revision.tool_id), at=revision.at)]
    return [
        (tools[revision.tool_id], change) for revision, change in zip(shown, _changes(shown), strict=True)
    ]


def newest_verdict_changes(
    *,
    most: int,
    tools: Collection[int] | None = None,
    category: int | None = None,
    reviewer: int | None = None,
) -> list[tuple[Tool, VerdictChange]]:
    """Return changes on published tools since each became public, newest first; three queries.

    `tools`, `category` and `reviewer` are ids to choose by; None is all.
    """
    seen = Tool.objects.published().filter(pk=OuterRef("tool_id"), published_at__lte=OuterRef("at"))
    if category is not None:
        seen = seen.filter(category=category)
    revisions = Revision.objects.of_judgements().filter(Exists(seen)).newest_first()
    if tools is not None:
        revisions = revisions.filter(tool_id__in=tools)
    if reviewer is not None:
        revisions = revisions.filter(snapshot__reviewer_id=reviewer)
    shown = list(revisions[:most])
    found = Tool.objects.in_bulk({revision.tool_id for revision in shown})
    return [
        (found[revision.tool_id], change) for revision, change in zip(shown, _changes(shown), strict=True)
    ]


def _was_public(tool: Tool | None, *, at: datetime) -> bool:
    return tool is not None and tool.published_at is not None and at >= tool.published_at


def _changes(revisions: list[Revision]) -> list[VerdictChange]:
    ids = {revision.snapshot["reviewer_id"] for revision in revisions}
    reviewers = Reviewer.objects.in_bulk(ids) if ids else {}
    names = {pk: reviewer.name for pk, reviewer in reviewers.items()}
    return [_change(revision, names.get(revision.snapshot["reviewer_id"], "")) for revision in revisions]


def _change(revision: Revision, reviewer: str) -> VerdictChange:
    after = Judgement(decision=revision.snapshot["decision"], score=revision.snapshot["score"])
    decision_before, _ = revision.changes.get("decision", [after.decision, after.decision])
    score_before, _ = revision.changes.get("score", [after.score, after.score])
    return VerdictChange(
        number=revision.pk,
        at=revision.at,
        reviewer=reviewer,
        before=Judgement(decision=decision_before, score=score_before),
        after=after,
        reason=revision.reason,
    )
