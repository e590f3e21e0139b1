"""What `manage.py check --deploy` says about accounts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning


def second_factor_is_on(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.SECOND_FACTOR:
        return []
    return [
        Warning(
            "Passwords alone open the desk.",
            hint="Set SECOND_FACTOR=true, or leave it unset.",
            id="accounts.W001",
        )
    ]
