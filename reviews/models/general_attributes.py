"""The attributes of every tool, on which code relies. They always exist: `migrate` makes missing ones."""

from typing import Any

from reviews.models.choices import AttributeType, Better

MAKER = "maker"
ENTRY_PRICE = "entry-price"
MONTHLY_PRICE = "monthly-price"
PRICING = "pricing"
LICENCE = "licence"
HOW_IT_RUNS = "how-it-runs"
WEBSITE = "website"
REPOSITORY = "repository"
DOCUMENTATION = "documentation"
LATEST_RELEASE = "latest-release"
RELEASED_ON = "released-on"

FREE = "free"
"""The entry price of a tool that costs nothing, in any case of letters."""

GENERAL_ATTRIBUTES: dict[str, dict[str, Any]] = {
    ENTRY_PRICE: {
        "label": "Entry",
        "help_text": "The least one can pay, such as “Free”, “$20 a month” or “Pay per use”.",
    },
    MONTHLY_PRICE: {
        "label": "Monthly price",
        "type": AttributeType.MONEY,
        "unit": "a month",
        "better": Better.LOWER,
        "help_text": "Of the cheapest plan. Empty where the entry price is “Free”, or where one pays by use.",
    },
    PRICING: {"label": "Pricing", "help_text": "How it is paid for, in one line."},
    LICENCE: {"label": "Licence", "help_text": "Such as “Apache 2.0”, or “Proprietary”."},
    HOW_IT_RUNS: {
        "label": "How it runs",
        "type": AttributeType.CHOICES,
        "choices": [
            ["in-process", "In your process"],
            ["own-server", "Your own server"],
            ["cluster", "Your cluster"],
            ["hosted", "Somebody's cloud"],
        ],
        "help_text": "Where it works; several may hold.",
        "is_deal_breaker": True,
    },
    MAKER: {"label": "Made by", "help_text": "The company, foundation or people behind it."},
    WEBSITE: {"label": "Website", "type": AttributeType.ADDRESS, "help_text": "The tool's own site."},
    REPOSITORY: {
        "label": "Repository",
        "type": AttributeType.ADDRESS,
        "help_text": "Where its code or its weights are kept.",
    },
    DOCUMENTATION: {
        "label": "Documentation",
        "type": AttributeType.ADDRESS,
        "help_text": "Where its documentation begins.",
    },
    LATEST_RELEASE: {"label": "Latest release", "help_text": "Its version, such as “1.10.2”."},
    RELEASED_ON: {"label": "Released on", "type": AttributeType.DAY, "help_text": "The day of that release."},
}
"""By key, in display order. An editor may change label, help text, position and the deal-breaker."""
