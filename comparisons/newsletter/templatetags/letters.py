"""The box on every page, limits named in texts, and the layout of plain-text mails."""

import textwrap
from typing import Any

from django import template
from django.conf import settings

from comparisons.newsletter.consent import ASKED_WORDS
from comparisons.newsletter.introduction import paragraphs_of
from comparisons.newsletter.models import MOST_HARD_BOUNCES
from comparisons.newsletter.models.subscriber import KEPT_AFTER_UNSUBSCRIBING, LINK_LASTS
from comparisons.newsletter.services.subscribe import MOST_IN_A_DAY, MOST_IN_AN_HOUR

register = template.Library()

COLUMNS = 72


@register.inclusion_tag("newsletter/_box.html")
def letter_box(typed: str = "", problem: str = "") -> dict[str, Any]:
    """Print the box: the same for everybody, unless it returns with typed text and a problem."""
    return {"is_available": bool(settings.MAILERS), "words": ASKED_WORDS, "typed": typed, "problem": problem}


@register.simple_tag
def letter_terms() -> dict[str, int]:
    """Return the limits that pages and mails name, so that texts follow the code."""
    return {
        "link_days": LINK_LASTS.days,
        "kept_days": KEPT_AFTER_UNSUBSCRIBING.days,
        "refusals": MOST_HARD_BOUNCES,
        "mails_in_an_hour": MOST_IN_AN_HOUR,
        "mails_in_a_day": MOST_IN_A_DAY,
    }


@register.filter
def wrapped(text: str, indent: int = 0) -> str:
    """Wrap a text at 72 characters, indented. Addresses stay whole."""
    margin = " " * indent
    return textwrap.fill(
        str(text),
        width=COLUMNS,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )


@register.filter
def paragraphs(introduction: str) -> list[str]:
    return paragraphs_of(introduction)


@register.filter
def underlined(text: str, mark: str = "-") -> str:
    """Put a line of `mark` below a heading."""
    return f"{text}\n{mark * min(len(text), COLUMNS)}"
