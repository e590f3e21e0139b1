"""The newsletter's sentences outside templates: those that are stored, and those of its command."""

from comparisons.newsletter.contents import Contents
from comparisons.newsletter.excerpts import shortened
from comparisons.newsletter.models.draft import LONGEST_SUBJECT

NO_ANSWER = "no answer after the letter was handed over"
FORMER_REVIEWER = "former reviewer"
"""For a reviewer deleted since."""


def subject_line(contents: Contents) -> str:
    """Return the subject of an issue: its first news, and how much more there is."""
    items = [line.title for line in contents.comparisons]
    items += [f"{line.name}: {line.tagline}" for line in contents.tools]
    items += [f"The {line.reviewer} thinks again about {line.tool}" for line in contents.changes]
    if not items:
        return "Nothing new"
    more = len(items) - 1 + contents.more_comparisons + contents.more_tools + contents.more_changes
    ending = f", and {more} more" if more else ""
    return shortened(items[0], most=LONGEST_SUBJECT - len(ending)) + ending
