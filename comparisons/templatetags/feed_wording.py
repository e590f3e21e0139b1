"""What the feeds say: titles and texts of the feeds and of their entries."""

import re

from comparisons.services.lists.feed_items import ChangedVerdict, FeedItem, NewComparison
from comparisons.templatetags.enumerations import names
from comparisons.templatetags.wording import verdict_words
from reviews.models import Category, Reviewer, Tool

NEW_COMPARISONS = "New comparisons"
CHANGED_VERDICTS = "Changed verdicts"

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Return `text` without the characters that XML does not know."""
    return NOT_IN_XML.sub("", text)


def category_title(category: Category) -> str:
    return f"{category.name}: new comparisons and changed verdicts"


def reviewer_title(reviewer: Reviewer) -> str:
    return f"The {reviewer.name}: changed verdicts"


def tool_title(tool: Tool) -> str:
    return f"{tool.name}: new comparisons and changed verdicts"


def comparison_title(tools: tuple[Tool, ...]) -> str:
    return f"{' vs '.join(tool.name for tool in tools)}: changed verdicts"


def comparison_subtitle(tools: tuple[Tool, ...]) -> str:
    return f"Where a reviewer changed a verdict on {names(tools)}, and why."


def item_title(item: FeedItem) -> str:
    """“Qdrant vs pgvector”, or “The Founder on Qdrant: 75/100 · ship, before 60/100 · skip”."""
    match item:
        case NewComparison():
            return str(item.comparison)
        case ChangedVerdict():
            change = item.change
            who = f"The {change.reviewer}" if change.reviewer else "A former reviewer"
            said = f"{verdict_words(change.after)}, before {verdict_words(change.before)}"
            return f"{who} on {item.tool.name}: {said}"


def item_text(item: FeedItem) -> str:
    """The editor's note on a comparison, or the reason for a change."""
    return item.comparison.note if isinstance(item, NewComparison) else item.change.reason
