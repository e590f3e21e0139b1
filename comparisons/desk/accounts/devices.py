"""A browser in which an account signed in before is known by a cookie and has its own budget of attempts.

So nobody else can use up the attempts of an editor's browser. The cookie does not sign in: password and
second factor are still needed. After OWASP, “Slow Down Online Guessing Attacks with Device Cookies”.
"""

import secrets
from collections.abc import Mapping

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

SALT = "accounts.device"
DEVICE_DAYS = 90
MOST_ACCOUNTS = 5  # how many accounts one browser is known for


def cookie_name() -> str:
    """Return the cookie's name; over https with the prefix `__Host-`, which binds it to this host."""
    return "__Host-desk-device" if settings.SITE_IS_SECURE else "desk-device"


def known_device(request: HttpRequest, *, username: str) -> str:
    """Return the random word of this browser for the account `username`, or "" if unknown."""
    return _stored_words(request.COOKIES).get(_account(username), "")


def any_known_device(request: HttpRequest) -> str:
    """Return a random word of this browser for any account, or "". For passkeys, which name no account."""
    return next(iter(_stored_words(request.COOKIES).values()), "")


def is_known_browser(cookies: Mapping[str, str]) -> bool:
    """Say whether any account signed in before in the browser that sends `cookies`."""
    return bool(_stored_words(cookies))


def remember_device(request: HttpRequest, response: HttpResponse, *, username: str) -> None:
    """Remember the browser for the account. Call it only after a complete sign-in, or for a mailed link."""
    words = _stored_words(request.COOKIES)
    word = words.pop(_account(username), "") or secrets.token_urlsafe(16)
    newest_first = {_account(username): word, **words}
    response.set_cookie(
        cookie_name(),
        signing.dumps(dict(list(newest_first.items())[:MOST_ACCOUNTS]), salt=SALT),
        max_age=DEVICE_DAYS * 86_400,
        secure=settings.SITE_IS_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _stored_words(cookies: Mapping[str, str]) -> dict[str, str]:
    try:
        words = signing.loads(cookies.get(cookie_name(), ""), salt=SALT, max_age=DEVICE_DAYS * 86_400)
    except signing.BadSignature:
        return {}
    return words if isinstance(words, dict) else {}


def _account(username: str) -> str:
    """Return a keyed hash of the name, so that the cookie does not reveal who works here."""
    return salted_hmac(SALT, username, algorithm="sha256").hexdigest()[:16]
