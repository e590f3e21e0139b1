"""The app of the weekly letter."""

from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    """Weekly AI Tool Verdicts: who gets the letter, what stands in it, and how it arrives exactly once."""

    name = "comparisons.newsletter"
    label = "newsletter"
    verbose_name = "Newsletter"
