"""The box that stands on every page, and how texts are set in plain-text mails."""

import textwrap
from typing import Any

from django import template
from django.conf import settings

from comparisons.newsletter.consent import ASKED_WORDS

register = template.Library()

COLUMNS = 72


@register.inclusion_tag("newsletter/_box.html")
def letter_box(typed: str = "", problem: str = "") -> dict[str, Any]:
    """Print the box: the same for everybody, unless it comes back with what was typed and what was wrong with it."""
    return {"is_available": bool(settings.MAILERS), "words": ASKED_WORDS, "typed": typed, "problem": problem}


@register.filter
def wrapped(text: str, indent: int = 0) -> str:
    """Break a text into lines of 72 characters, each indented. Addresses stay in one piece."""
    margin = " " * indent
    return textwrap.fill(
        str(text), width=COLUMNS, initial_indent=margin, subsequent_indent=margin, break_long_words=False, break_on_hyphens=False
    )


@register.filter
def underlined(text: str, mark: str = "-") -> str:
    """Put a line of `mark` below a heading."""
    return f"{text}\n{mark * min(len(text), COLUMNS)}"
