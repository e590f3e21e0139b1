"""The words a person agrees to: the pages show them, and the consent stores them."""

ASKED_WORDS = (
    "One letter a week, and no other mail. We first mail you a link to confirm; each letter has a link to "
    "leave. Your address is used for this letter only."
)
"""Beside the form, before the address is sent off."""

CONFIRMED_WORDS = "Yes, send me Weekly AI Tool Verdicts once a week."
"""On the button that the mailed link leads to."""
