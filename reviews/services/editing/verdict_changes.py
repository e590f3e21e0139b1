"""Where the panel changed its mind on a tool: what the public page tells under “What changed”."""

from dataclasses import dataclass
from datetime import datetime

from reviews.models import Decision, Reviewer, Revision, Tool

MOST = 20
FORMER = "former reviewer"  # the history outlives what it tells of


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """One reviewer's changed verdict, in words, with the editor's reason."""

    at: datetime
    reviewer: str
    before: str
    after: str
    reason: str


def verdict_changes(*, tool: Tool, most: int = MOST) -> list[VerdictChange]:
    """Return what changed since readers could see `tool`, newest first, at most `most` entries. At most two queries."""
    revisions = Revision.objects.of_tool(tool.pk).changed_minds().newest_first()
    if tool.published_at:
        revisions = revisions.filter(at__gte=tool.published_at)
    return [told for _, told in _all_told(list(revisions[:most]))]


def verdict_changes_between(*, since: datetime, until: datetime) -> list[tuple[Tool, VerdictChange]]:
    """Return each change of mind from `since` on and before `until` on a tool that readers see, newest first. Three queries."""
    revisions = list(Revision.objects.changed_minds().newest_first().filter(at__gte=since, at__lt=until))
    tools = Tool.objects.published().in_bulk({revision.tool_id for revision in revisions})
    shown_from = {pk: tool.published_at for pk, tool in tools.items()}
    seen = [each for each in revisions if (moment := shown_from.get(each.tool_id)) and each.at >= moment]
    return [(tools[revision.tool_id], told) for revision, told in _all_told(seen)]


def _all_told(revisions: list[Revision]) -> list[tuple[Revision, VerdictChange]]:
    reviewers = Reviewer.objects.in_bulk({revision.snapshot["reviewer_id"] for revision in revisions}) if revisions else {}
    names = {pk: reviewer.name for pk, reviewer in reviewers.items()}
    return [(revision, _told(revision, names.get(revision.snapshot["reviewer_id"], FORMER))) for revision in revisions]


def _told(revision: Revision, reviewer: str) -> VerdictChange:
    decision, score = revision.snapshot["decision"], revision.snapshot["score"]
    return VerdictChange(
        at=revision.at,
        reviewer=reviewer,
        before=_words(*(revision.changes.get(name, [now])[0] for name, now in (("decision", decision), ("score", score)))),
        after=_words(decision, score),
        reason=revision.reason,
    )


def _words(decision: str, score: int | None) -> str:
    word = Decision(decision).value
    return word if score is None else f"{score}/100 · {word}"
