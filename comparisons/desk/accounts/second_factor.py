"""Whether a session has shown its second factor.

The mark stands in the session, so that asking costs nothing, and names the account it was shown for.
"""

from django.conf import settings
from django.http import HttpRequest

SESSION_KEY = "second_factor"


def mark_shown(request: HttpRequest, *, user_id: int) -> None:
    """Note that a second factor of this account was shown, or has just been set up, in this session."""
    request.session[SESSION_KEY] = user_id


def is_lacking(request: HttpRequest) -> bool:
    """Say whether this session still has to show a second factor before it may do anything."""
    return bool(settings.SECOND_FACTOR) and request.session.get(SESSION_KEY) != request.user.pk
