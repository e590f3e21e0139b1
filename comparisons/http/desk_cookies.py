"""Cookies of the desk are ignored on public pages.

Django answers an unknown session cookie or a broken token with a new cookie. On a public page a shared cache
would give that cookie to everybody: one request could sign all editors out.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from comparisons.http.middleware import is_admin


class DeskCookiesMiddleware:
    """Remove session and token from requests for public pages. Stands before what reads them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_admin(request):
            for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
                request.COOKIES.pop(name, None)
        return self.get_response(request)
