"""Which of the two databases is asked."""

from typing import Any

from django.db import connection

from reviews.services.search import postgresql, sqlite

ENGINES: dict[str, Any] = {"sqlite": sqlite, "postgresql": postgresql}


def engine() -> Any:
    """Return the module with `find`, `mark`, `names_beginning` and `names_like`."""
    return ENGINES[connection.vendor]
