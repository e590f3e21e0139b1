"""The app of what is known and how it is counted."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class ReviewsConfig(AppConfig):
    """What is known and how it is counted. Imports nothing from `comparisons`."""

    name = "reviews"
    verbose_name = "Reviews"

    def ready(self) -> None:
        # Django has no models before it calls `ready`, and this module names one.
        from reviews.services.facts import general

        # Django has no models before it calls `ready`, and the index names one.
        from reviews.services.search.index import after_migrations, before_migrations

        pre_migrate.connect(before_migrations, sender=self)
        post_migrate.connect(after_migrations, sender=self)
        post_migrate.connect(general.after_migrations, sender=self)
