"""The app of the site: pages, forms and wiring."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from comparisons.database_file import keep_private


class ComparisonsConfig(AppConfig):
    """The site: pages, forms and wiring."""

    name = "comparisons"
    verbose_name = "Comparisons"

    def ready(self) -> None:
        connection_created.connect(keep_private, dispatch_uid="comparisons.keep_private")
