"""Which verdicts changed, and why. The one place where the letter asks for that."""

from datetime import datetime

from comparisons.newsletter.services.contents import ChangedVerdict


def changed_verdicts(*, since: datetime, until: datetime) -> list[ChangedVerdict]:
    """Return the verdicts of published tools that an editor changed after `since` and up to `until`, newest first.

    The catalogue keeps no earlier state of a verdict and no editor's reason yet, so there is nothing to tell: a letter that
    guessed would be worse than one that is silent.
    """
    return []
