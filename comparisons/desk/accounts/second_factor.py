"""Whether a session has shown its second factor.

The session stores for which account, so that asking needs no query.
"""

from django.conf import settings
from django.http import HttpRequest

SESSION_KEY = "second_factor"


def mark_shown(request: HttpRequest, *, user_id: int) -> None:
    """Note that this session showed or set up a second factor of this account."""
    request.session[SESSION_KEY] = user_id


def is_lacking(request: HttpRequest) -> bool:
    """Say whether this session must still show a second factor."""
    return bool(settings.SECOND_FACTOR) and request.session.get(SESSION_KEY) != request.user.pk
