from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """The ground floor: what is known, and how it is counted. It imports nothing from `comparisons`."""

    name = "reviews"
    verbose_name = "Reviews"
