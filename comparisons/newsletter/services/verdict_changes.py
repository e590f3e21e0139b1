"""Which verdicts changed, and why. The one place where the letter asks for that."""

from datetime import datetime

from comparisons.newsletter.contents import ChangedVerdict
from reviews.services.editing.verdict_changes import verdict_changes_between

FORMER_REVIEWER = "former reviewer"
"""Who changed a verdict and was deleted since."""


def changed_verdicts(*, since: datetime, until: datetime) -> list[ChangedVerdict]:
    """Return the verdicts of published tools that an editor changed from `since` on and before `until`, newest first."""
    return [
        ChangedVerdict(
            tool=tool.name,
            path=tool.get_absolute_url(),
            reviewer=change.reviewer or FORMER_REVIEWER,
            before=change.before,
            after=change.after,
            reason=change.reason,
        )
        for tool, change in verdict_changes_between(since=since, until=until)
    ]
