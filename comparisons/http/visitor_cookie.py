"""The anonymous visitor: a random word in a signed cookie.

Only voting or bookmarking sets the cookie, it is used for nothing else, and no public page reads it. Without
it somebody is a new visitor.

Until the first answer sets the cookie, a script may send a random word of its own instead: clicks in two tabs
before that, or just before leaving the page, are one visitor's.
"""

import base64
import re
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from comparisons.services.visitors.retention import VISITOR_KEPT

SALT = "reviews.visitor"
VISITOR_LENGTH = 22
FIRST_ACT_HEADER = "X-First-Act"
FIRST_ACT_WORD = re.compile(r"[0-9a-f]{32}")


def cookie_name() -> str:
    """Return the cookie's name; over https with the prefix `__Host-`, which binds it to this host."""
    return "__Host-visitor" if settings.SITE_IS_SECURE else "visitor"


def visitor_of(request: HttpRequest) -> str | None:
    """Return who is asking, or None without a word and a cookie of ours."""
    return _visitor_of_cookie(request) or visitor_of_first_act(first_act_of(request))


def has_cookie(request: HttpRequest) -> bool:
    """Say whether the request has a cookie of ours."""
    return _visitor_of_cookie(request) is not None


def _visitor_of_cookie(request: HttpRequest) -> str | None:
    try:
        visitor = signing.loads(request.COOKIES.get(cookie_name(), ""), salt=SALT, max_age=VISITOR_KEPT)
    except signing.BadSignature:
        return None
    return visitor if isinstance(visitor, str) and len(visitor) == VISITOR_LENGTH else None


def first_act_of(request: HttpRequest) -> str:
    """Return the word that a script sent instead of the cookie, or ""."""
    return request.headers.get(FIRST_ACT_HEADER, "")


def visitor_of_first_act(word: str) -> str | None:
    """Return the visitor of such a word, or None for an invalid one.

    Keyed, so that nobody can choose a visitor's name.
    """
    if not FIRST_ACT_WORD.fullmatch(word):
        return None
    digest = salted_hmac(f"{SALT}.first-act", word, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode()[:VISITOR_LENGTH]


def new_visitor() -> str:
    """Return a random word of 22 characters."""
    return secrets.token_urlsafe(16)


def remember(response: HttpResponse, visitor: str) -> None:
    """Set the visitor's cookie. Call it only after a vote or a bookmark."""
    response.set_cookie(
        cookie_name(),
        signing.dumps(visitor, salt=SALT),
        max_age=VISITOR_KEPT,
        secure=settings.SITE_IS_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(cookie_name(), samesite="Lax")
    response.cookies[cookie_name()]["secure"] = settings.SITE_IS_SECURE
    response.cookies[cookie_name()]["httponly"] = True
