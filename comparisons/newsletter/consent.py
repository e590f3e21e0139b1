"""The words a person agrees to, shown by the pages and stored with the consent."""

ASKED_WORDS = (
    "One letter a week, and no other mail. We first mail you a link to confirm; each letter has a link to "
    "leave. Your address is used for this letter only."
)
"""Beside the form."""

CONFIRMED_WORDS = "Yes, send me Weekly AI Tool Verdicts once a week."
"""On the button behind the mailed link."""
