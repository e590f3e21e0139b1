"""The app of the editors' accounts."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.core.checks import Tags, register

from comparisons.desk.accounts.checks import second_factor_is_on
from comparisons.desk.accounts.signals import note_beginning


class AccountsConfig(AppConfig):
    """Accounts at the desk. Stands after allauth's apps, whose admin pages it removes."""

    name = "comparisons.desk.accounts"
    label = "accounts"
    verbose_name = "Accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(second_factor_is_on, Tags.security, deploy=True)
        user_logged_in.connect(note_beginning, dispatch_uid="accounts.note_beginning")
