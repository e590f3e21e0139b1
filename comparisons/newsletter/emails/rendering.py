"""Rendering mails for mail programs: styles in each tag, and a plain text beside the HTML."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from comparisons.mail_policy import clean_subject

STYLES = "emails/mail.css"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's three texts."""

    subject: str
    text: str
    html: str


@cache
def _inliner() -> css_inline.CSSInliner:
    # What can't be written into a tag stays in the head: dark mode, narrow screens.
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def render_mail(*, name: str, subject: str, context: dict[str, Any]) -> Rendered:
    """Render `emails/<name>.html` and `emails/<name>.txt` with the site's name and address."""
    values = {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "subject": subject, **context}
    with translation.override(settings.LANGUAGE_CODE):
        html = render_to_string(f"emails/{name}.html", values)
        text = render_to_string(f"emails/{name}.txt", values)
    styled = html.replace("</head>", f"<style>{render_to_string(STYLES)}</style></head>", 1)
    return Rendered(
        subject=clean_subject(subject),
        text=re.sub(r"\n{3,}", "\n\n", re.sub(r"(?<![ \t])[ \t]+\n", "\n", text)).strip() + "\n",
        html=_inliner().inline(styled),
    )
