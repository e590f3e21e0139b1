"""What an editor could do next, counted: the first page of the desk."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q

from comparisons.desk.services.rivals import LikelyRivals, likely_rivals
from reviews.models import BatchStatus, Reviewer, Status, Tool, VoteBatch
from reviews.services.editing.duplicates import suspected_duplicates

RIVALS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class MissingVerdicts:
    """How many tools a reviewer has not judged."""

    reviewer: Reviewer
    tools: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """The heap of work, in numbers; each has its list."""

    lacks: tuple[MissingVerdicts, ...]
    old_facts: int
    old_verdicts: int
    old_after_days: int
    rivals: LikelyRivals
    held_batches: int
    held_votes: int
    duplicates: int
    drafts: int
    scheduled: int


def dashboard(*, today: date) -> Dashboard:
    """Count what waits for an editor, in a fixed number of queries, however large the catalogue."""
    current = Tool.objects.not_retired()
    total = current.count()
    has_verdict = Count("verdicts", filter=~Q(verdicts__tool__status=Status.RETIRED))
    held = VoteBatch.objects.filter(status=BatchStatus.WAITING).aggregate(
        batches=Count("pk", distinct=True), votes=Count("votes")
    )
    return Dashboard(
        lacks=tuple(
            MissingVerdicts(reviewer=each, tools=total - each.verdict_count)
            for each in Reviewer.objects.annotate(verdict_count=has_verdict)
        ),
        old_facts=current.with_old_facts(today=today).count(),
        old_verdicts=current.with_old_verdicts(today=today).count(),
        old_after_days=settings.VERDICT_STALE_DAYS,
        rivals=likely_rivals(most=RIVALS_SHOWN),
        held_batches=held["batches"],
        held_votes=held["votes"],
        duplicates=len(suspected_duplicates()),
        drafts=current.filter(status=Status.DRAFT).count(),
        scheduled=current.scheduled().count(),
    )
