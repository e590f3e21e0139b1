"""Where the panel changed its mind on a tool: what the public page tells under “What changed”."""

from dataclasses import dataclass
from datetime import datetime

from reviews.models import Decision, Reviewer, Revision, Tool

MOST = 20


@dataclass(frozen=True, slots=True)
class ChangeOfMind:
    """One reviewer's changed verdict, in words, with the editor's reason."""

    at: datetime
    reviewer: str
    before: str
    after: str
    reason: str


def changes_of_mind(*, tool: Tool, most: int = MOST) -> list[ChangeOfMind]:
    """Return what changed since readers could see `tool`, newest first, at most `most` entries. At most two queries."""
    revisions = Revision.objects.of_tool(tool.pk).changed_minds().newest_first()
    if tool.published_at:
        revisions = revisions.filter(at__gte=tool.published_at)
    shown = list(revisions[:most])
    names = Reviewer.objects.in_bulk([revision.snapshot["reviewer_id"] for revision in shown]) if shown else {}
    return [_told(revision, names[revision.snapshot["reviewer_id"]]) for revision in shown]


def _told(revision: Revision, reviewer: Reviewer) -> ChangeOfMind:
    decision, score = revision.snapshot["decision"], revision.snapshot["score"]
    return ChangeOfMind(
        at=revision.at,
        reviewer=reviewer.name,
        before=_words(*(revision.changes.get(name, [now])[0] for name, now in (("decision", decision), ("score", score)))),
        after=_words(decision, score),
        reason=revision.reason,
    )


def _words(decision: str, score: int | None) -> str:
    word = Decision(decision).value
    return word if score is None else f"{score}/100 · {word}"
