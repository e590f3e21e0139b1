from django.apps import AppConfig


class ComparisonsConfig(AppConfig):
    """The upper floor: what people see, and the wiring."""

    name = "comparisons"
    verbose_name = "Comparisons"
