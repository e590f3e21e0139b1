"""What every answer of the site has: security headers, and how long it may be kept."""

import logging
from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.csp import CSP, build_policy
from django.utils.deprecation import MiddlewareMixin

from comparisons.http.content_security_policy import admin_policy, public_policy
from comparisons.http.errors import error_page

logger = logging.getLogger(__name__)

SECURITY_HEADERS = {
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# How an answer is packed, and nothing else: common caches serve an answer wrongly that varies by any other
# header. Named on every answer to a reader, for a cache learns from the last answer it saw, which may be a
# 304 or an error.
VARY = ("Accept-Encoding",)


def public() -> str:
    """Return the Cache-Control of a public page: to be kept until the next full minute.

    So no figure is older than a minute, and all caches show something scheduled in the same minute. While the
    site is down, caches may show a page for a day.
    """
    return f"public, max-age={60 - timezone.now().second}, stale-if-error=86400"


def is_admin(request: HttpRequest) -> bool:
    """Say whether the request is for the editors' desk."""
    return request.path.startswith(_desk_root())


@cache
def _desk_root() -> str:
    """Return the desk's address, looked up once."""
    return reverse("admin:index")


class SecurityHeadersMiddleware(ContentSecurityPolicyMiddleware):
    """Set the security headers. Outermost, so that early answers, redirects and errors have them too."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        # An answer so early that nothing has said how long it may be kept, such as the way to https.
        response.headers.setdefault("Cache-Control", "no-store")
        # Django's debug pages switch the policy off for themselves; nothing else may.
        policy = getattr(response, "_csp_config", admin_policy() if is_admin(request) else public_policy())
        if policy and _is_document(request, response):
            response.headers[str(CSP.HEADER_ENFORCE)] = build_policy(
                policy, getattr(request, "_csp_nonce", None)
            )
        return response


def _is_document(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether a browser applies a policy to this answer, so not to styles, scripts and pictures.

    A 304 has no type: the requested path decides.
    """
    if "Content-Type" in response:
        return response["Content-Type"].startswith("text/html")
    return response.status_code != 304 or not request.path.startswith(settings.STATIC_URL)


class DatabaseDownMiddleware:
    """Answer 503 with `Retry-After` if the database is down, locked, busy or read-only; keep what was typed.

    A read-only PostgreSQL, such as a standby, raises Django's InternalError.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError | InternalError):
            return None
        logger.error("The database did not answer: %s", exception)
        response = error_page(request, status=503)
        response.headers["Retry-After"] = "5"
        return response


class PublicPageMiddleware(MiddlewareMixin):
    """Set how long caches keep an answer: a public page until the next full minute, a personal one never.

    A view may set its own Cache-Control. `Vary` is set here for all.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code == 405 and not response.content:
            allowed = response.headers["Allow"]
            response = error_page(request, status=405)
            response.headers["Allow"] = allowed
        if is_admin(request):
            response.headers["Cache-Control"] = "no-store, private"
            return response
        patch_vary_headers(response, VARY)
        if request.method in ("GET", "HEAD") and response.status_code < 500:
            response.headers.setdefault("Cache-Control", public())
        else:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
