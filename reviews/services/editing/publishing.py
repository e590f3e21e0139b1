"""From when on readers see a tool: a whole minute, and its whole panel."""

from collections.abc import Collection
from datetime import datetime

from reviews.models import Reviewer, Status, Tool, Verdict


def whole_minute(moment: datetime) -> datetime:
    """Return the minute of `moment`: pages, lists and caches agree on whole minutes."""
    return moment.replace(second=0, microsecond=0)


def reviewers_missing(*, tool: Tool, entered: Collection[int] = ()) -> list[Reviewer]:
    """Return the reviewers whose verdicts `tool` needs to be published now, in panel order.

    None where it is not to be published, or is published already. `entered` are ids of reviewers whose
    verdicts are saved together with it. Two queries at most.
    """
    if tool.status != Status.PUBLISHED or Tool.objects.filter(pk=tool.pk, status=Status.PUBLISHED).exists():
        return []
    stored = Verdict.objects.filter(tool=tool.pk).values("reviewer")
    return list(Reviewer.objects.exclude(pk__in=stored).exclude(pk__in=entered))
