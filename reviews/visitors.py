"""The anonymous visitor: a random word in a signed cookie.

The cookie is set by the act of voting or bookmarking and never before, it is used for nothing else, and no public page reads
it. Whoever deletes it is somebody new.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

SALT = "reviews.visitor"
COOKIE_DAYS = 400  # the longest that browsers keep a cookie
VISITOR_LENGTH = 22


def cookie_name() -> str:
    """Return the cookie's name; the `__Host-` prefix binds it to this host wherever the site is served over https."""
    return "__Host-visitor" if settings.SITE_IS_SECURE else "visitor"


def visitor_of(request: HttpRequest) -> str | None:
    """Return who is asking, or None for somebody without a cookie or with one that we did not sign."""
    try:
        visitor = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=COOKIE_DAYS * 86_400)
    except signing.BadSignature:
        return None
    return visitor if isinstance(visitor, str) and len(visitor) == VISITOR_LENGTH else None


def new_visitor() -> str:
    """Return a random word of 22 characters that nobody can guess."""
    return secrets.token_urlsafe(16)


def remember(response: HttpResponse, visitor: str) -> None:
    """Set the visitor's cookie. Call it on answers to votes and bookmarks only."""
    response.set_cookie(
        cookie_name(),
        signing.dumps(visitor, salt=SALT),
        max_age=COOKIE_DAYS * 86_400,
        secure=settings.SITE_IS_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Delete the visitor's cookie."""
    response.delete_cookie(cookie_name(), samesite="Lax")
    response.cookies[cookie_name()]["secure"] = settings.SITE_IS_SECURE
    response.cookies[cookie_name()]["httponly"] = True
