"""Changed verdicts as readers are told of them, for the tool's page, the letter and the feeds."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from operator import attrgetter
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KT

from reviews.models import Reviewer, Revision, Tool
from reviews.models.history import RevisionQuerySet
from reviews.services.editing.change_runs import (
    Judgement,
    RecordedChange,
    ToldChange,
    told_as_one,
    told_changes,
)

MOST = 20
READ = 4
"""So many times as many changes are read as are shown: several may be told as one."""

type VerdictKey = tuple[int, int]
"""Ids of tool and reviewer."""


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """What readers are told of a changed verdict."""

    number: int
    """Its own for ever: the primary key in the history."""
    at: datetime
    reviewer: str
    """The name; empty if deleted since."""
    before: Judgement
    after: Judgement
    reason: str


def verdict_changes(*, tool: Tool, most: int = MOST) -> list[VerdictChange]:
    """Return what changed while readers saw `tool`, newest first; two queries at most."""
    recorded = _recorded(Revision.objects.of_tool(tool.pk), most=most * READ)
    return [change for _, change in _newest(_told(recorded), most)]


def verdict_changes_between(*, since: datetime, until: datetime) -> list[tuple[Tool, VerdictChange]]:
    """Return what changed in [since, until) on published tools, newest first; three queries.

    A verdict has one entry at most, however often it changed.
    """
    changed = Revision.objects.of_judgements().filter(
        at__gte=since, at__lt=until, tool_id=OuterRef("tool_id"), object_id=OuterRef("object_id")
    )
    recorded = _recorded(Revision.objects.filter(Exists(changed), at__lt=until))
    told = []
    for key, changes in recorded.items():
        earlier = [change for change in changes if change.at < since]
        as_one = told_as_one(earlier, changes[len(earlier) :])
        if as_one:
            told.append((key, as_one))
    tools = Tool.objects.published().in_bulk({tool for (tool, _), _ in told})
    shown = _newest([(key, change) for key, change in told if key[0] in tools])
    return [(tools[tool], change) for tool, change in shown]


def newest_verdict_changes(
    *,
    most: int,
    tools: Collection[int] | None = None,
    category: int | None = None,
    reviewer: int | None = None,
) -> list[tuple[Tool, VerdictChange]]:
    """Return changes on published tools that readers saw, newest first; three queries.

    `tools`, `category` and `reviewer` are ids to choose by; None is all.
    """
    seen = Tool.objects.published().filter(pk=OuterRef("tool_id"))
    if category is not None:
        seen = seen.filter(category=category)
    revisions = Revision.objects.filter(Exists(seen))
    if tools is not None:
        revisions = revisions.filter(tool_id__in=tools)
    if reviewer is not None:
        revisions = revisions.filter(snapshot__reviewer_id=reviewer)
    shown = _newest(_told(_recorded(revisions, most=most * READ)), most)
    found = Tool.objects.in_bulk({tool for tool, _ in shown})
    return [(found[tool], change) for tool, change in shown]


def _recorded(
    revisions: RevisionQuerySet, *, most: int | None = None
) -> dict[VerdictKey, list[RecordedChange]]:
    """Return changes of judgements by verdict, oldest first: the newest `most` of all `revisions`."""
    rows = revisions.of_judgements().with_corrections().newest_first()
    after = {"decision": KT("snapshot__decision"), "score": KT("snapshot__score")}
    rows = rows.annotate(reviewer=KT("snapshot__reviewer_id"), **after)
    names = ("pk", "at", "tool_id", "reviewer", "decision", "score", "changes", "told_reason", "is_told")
    values = rows.values_list(*names, named=True)
    by_verdict: dict[VerdictKey, list[RecordedChange]] = defaultdict(list)
    for row in sorted(values[:most], key=attrgetter("at", "pk")):
        by_verdict[row.tool_id, int(row.reviewer)].append(_change(row))
    return by_verdict


def _change(row: Any) -> RecordedChange:
    after = Judgement(decision=row.decision, score=None if row.score is None else int(row.score))
    decision_before, _ = row.changes.get("decision", [after.decision, after.decision])
    score_before, _ = row.changes.get("score", [after.score, after.score])
    return RecordedChange(
        number=row.pk,
        at=row.at,
        before=Judgement(decision=decision_before, score=score_before),
        after=after,
        reason=row.told_reason,
        is_told=row.is_told,
    )


def _told(recorded: dict[VerdictKey, list[RecordedChange]]) -> list[tuple[VerdictKey, ToldChange]]:
    told = ([(key, change) for change in told_changes(changes)] for key, changes in recorded.items())
    return list(chain.from_iterable(told))


def _newest(
    told: Iterable[tuple[VerdictKey, ToldChange]], most: int | None = None
) -> list[tuple[int, VerdictChange]]:
    """Return the newest `most` with the tool's id and the reviewer's name; one query at most."""
    newest = sorted(told, key=lambda each: (each[1].at, each[1].number), reverse=True)[:most]
    ids = {reviewer for (_, reviewer), _ in newest}
    reviewers = Reviewer.objects.in_bulk(ids) if ids else {}
    names = {pk: reviewer.name for pk, reviewer in reviewers.items()}
    return [(tool, _named(change, names.get(reviewer, ""))) for (tool, reviewer), change in newest]


def _named(change: ToldChange, reviewer: str) -> VerdictChange:
    return VerdictChange(
        number=change.number,
        at=change.at,
        reviewer=reviewer,
        before=change.before,
        after=change.after,
        reason=change.reason,
    )
