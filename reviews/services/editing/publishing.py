"""When readers begin to see a tool: from a whole minute on, and with its whole panel."""

from collections.abc import Collection
from datetime import datetime

from reviews.models import Reviewer, Status, Tool, Verdict


def whole_minute(moment: datetime) -> datetime:
    """Return the minute in which `moment` falls: pages, lists and caches can agree on whole minutes."""
    return moment.replace(second=0, microsecond=0)


def reviewers_missing(*, tool: Tool, entered: Collection[int] = ()) -> list[Reviewer]:
    """Return the reviewers whose verdicts are missing for `tool` to be published now, in panel order.

    None are missing where it is not to be published, or is published already: what readers see need not become complete.
    `entered` are the ids of reviewers whose verdicts are saved together with it. Two queries at most.
    """
    if tool.status != Status.PUBLISHED or Tool.objects.filter(pk=tool.pk, status=Status.PUBLISHED).exists():
        return []
    stored = Verdict.objects.filter(tool=tool.pk).values("reviewer")
    return list(Reviewer.objects.exclude(pk__in=stored).exclude(pk__in=entered))
