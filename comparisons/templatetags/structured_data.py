"""Prints JSON-LD, and the words in it."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from comparisons.templatetags.headline_wording import unchecked_note
from reviews.models import Tool

register = template.Library()

COMPARISONS = "Compare"
PERSONAS = "The reviewers are editorial personas, not people. Nobody is claimed to have used the tool."
SAMPLE = "This is a sample catalogue, written to show how the site works."

ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
"""As Django's `json_script` does, so that no name ends the element or begins a comment in it."""


@register.simple_tag
def json_ld(data: Any) -> SafeString:
    """Print a data block. Browsers never execute it, so the content security policy needs no hash for it."""
    text = json.dumps(data).translate(ESCAPES)
    block = f'<script type="application/ld+json">{text}</script>'
    return mark_safe(block)  # noqa: S308  # nosec B308 B703  # escaped above


def review_notes(tool: Tool) -> str:
    """What a reader of the review alone must know: personas, a sample, nothing checked."""
    notes = [PERSONAS]
    if settings.SAMPLE_CATALOGUE:
        notes.append(SAMPLE)
    if note := unchecked_note(tool):
        notes.append(f"{note[:1].upper()}{note[1:]}.")
    return " ".join(notes)
