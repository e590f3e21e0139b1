"""Sessions at the desk end after 12 hours without a request of the editor, or when their account ends them.

Public pages are not affected.
"""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from comparisons.desk.accounts.services.sessions import is_session_over
from comparisons.http.middleware import is_admin

NOTED_EVERY = 300  # seconds: how exactly the last request is remembered; each time is a write


def is_beat(request: HttpRequest) -> bool:
    """Say whether a script sent the request: a form that is merely open keeps no session alive."""
    return request.path == reverse("admin:open_page")


class DeskSessionMiddleware:
    """Stands after the authentication middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_admin(request) and request.user.is_authenticated:
            now = timezone.now().timestamp()
            session = request.session
            if is_session_over(user=request.user, began_at=session.get("began_at", 0)):
                logout(request)
            elif not is_beat(request) and now - session.get("seen_at", 0) > NOTED_EVERY:
                session["seen_at"] = now  # the session is saved, and its 12 hours begin again
        return self.get_response(request)
