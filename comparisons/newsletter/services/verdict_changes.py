"""Which verdicts changed, and why."""

from datetime import datetime

from django.utils.text import slugify

from comparisons.newsletter.contents import ChangedVerdict
from comparisons.newsletter.wording import FORMER_REVIEWER
from reviews.services.editing.verdict_changes import verdict_changes_between


def changed_verdicts(*, since: datetime, until: datetime) -> list[ChangedVerdict]:
    """Return the changed verdicts of published tools in [since, until), newest first."""
    return [
        ChangedVerdict(
            tool=tool.name,
            path=tool.get_absolute_url(),
            reviewer=change.reviewer or FORMER_REVIEWER,
            before=change.before,
            after=change.after,
            reason=change.reason,
            key=f"change-{tool.pk}-{slugify(change.reviewer) or change.number}",
        )
        for tool, change in verdict_changes_between(since=since, until=until)
    ]
