"""Cross-site request protection without tokens.

Every unsafe request must come from this site by its `Sec-Fetch-Site` header, which browsers set and scripts
can't forge, or by `Origin` if a browser does not send that. So public forms need no token, and a public page
is the same bytes for everybody. The admin also uses Django's tokens.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from comparisons.http.errors import error_page
from comparisons.http.middleware import is_admin

SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")


def is_from_here(request: HttpRequest) -> bool:
    """Say whether the browser states that a page of this site sent the request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


class CrossSiteMiddleware:
    """Refuse unsafe requests from elsewhere with 403.

    A view that identifies its caller itself, such as one-click unsubscribing, has `is_cross_site_safe =
    True`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        if request.method in SAFE_METHODS:
            return None
        if not getattr(view, "is_cross_site_safe", False) and not is_from_here(request):
            return error_page(request, status=403)
        if not is_admin(request):
            # Django's own switch: what its tokens are for has just been checked.
            request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
        return None
