"""The dashboard: what waits for an editor, counted."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q, Sum

from comparisons.desk.rivals.pairs import LikelyRivals, likely_rivals
from reviews.models import BatchStatus, Fact, FactState, Reviewer, Status, Tool, VoteBatch
from reviews.models.facts import is_old
from reviews.models.tool_facts import has_old_facts, has_unchecked_facts
from reviews.services.editing.duplicates import suspected_duplicates

MOST_RIVALS = 5


@dataclass(frozen=True, slots=True)
class MissingVerdicts:
    """How many tools a reviewer has not judged."""

    reviewer: Reviewer
    tools: int


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Counts of rows; the desk has a list of the rows of each count."""

    missing_verdicts: tuple[MissingVerdicts, ...]
    """One for each reviewer, in panel order."""
    unchecked_facts: int
    """Given facts, which nobody has held against a source."""
    tools_unchecked: int
    """Tools with such a fact, or of which nothing is known."""
    old_facts: int
    """Facts whose source was last looked at too long ago."""
    tools_old: int
    old_verdicts: int
    old_after_days: int
    rivals: LikelyRivals
    held_batches: int
    held_votes: int
    duplicates: int
    drafts: int
    scheduled: int


def dashboard(*, today: date) -> Dashboard:
    """Count what waits for an editor, in a fixed number of queries."""
    tools = Tool.objects.not_retired()
    of_facts = Fact.objects.exclude(tool__status=Status.RETIRED).aggregate(
        unchecked=Count("pk", filter=Q(state=FactState.GIVEN)), old=Count("pk", filter=is_old(today))
    )
    of_tools = tools.aggregate(
        total=Count("pk"),
        unchecked=Count("pk", filter=has_unchecked_facts()),
        old=Count("pk", filter=has_old_facts(today)),
        drafts=Count("pk", filter=Q(status=Status.DRAFT)),
    )
    verdict_count = Count("verdicts", filter=~Q(verdicts__tool__status=Status.RETIRED))
    waiting = VoteBatch.objects.filter(status=BatchStatus.WAITING).aggregate(
        batches=Count("pk"), votes=Sum("waiting", default=0)
    )
    return Dashboard(
        missing_verdicts=tuple(
            MissingVerdicts(reviewer=reviewer, tools=of_tools["total"] - reviewer.verdict_count)
            for reviewer in Reviewer.objects.annotate(verdict_count=verdict_count)
        ),
        unchecked_facts=of_facts["unchecked"],
        tools_unchecked=of_tools["unchecked"],
        old_facts=of_facts["old"],
        tools_old=of_tools["old"],
        old_verdicts=tools.with_old_verdicts(today=today).count(),
        old_after_days=settings.VERDICT_STALE_DAYS,
        rivals=likely_rivals(most=MOST_RIVALS),
        held_batches=waiting["batches"],
        held_votes=waiting["votes"],
        duplicates=len(suspected_duplicates()),
        drafts=of_tools["drafts"],
        scheduled=tools.scheduled().count(),
    )
