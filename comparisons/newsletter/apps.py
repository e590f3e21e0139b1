"""The app of the weekly letter."""

from django.apps import AppConfig


class NewsletterConfig(AppConfig):
    """The weekly letter: subscribers, contents, and delivery exactly once."""

    name = "comparisons.newsletter"
    label = "newsletter"
    verbose_name = "Newsletter"
