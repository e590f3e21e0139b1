"""A browser in which an account has signed in before is known by a cookie, and has a budget of attempts of
its own.

So nobody else can use up the attempts of an editor's own browser. The cookie opens nothing: password and
second factor are asked for all the same. After OWASP, “Slow Down Online Guessing Attacks with Device
Cookies”.
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
    """Return the cookie's name; over https the `__Host-` prefix binds it to this host."""
    return "__Host-desk-device" if settings.SITE_IS_SECURE else "desk-device"


def known_device(request: HttpRequest, *, username: str) -> str:
    """Return the random word of this browser for the account `username`, or "" where it is not known."""
    return _words(request.COOKIES).get(_account(username), "")


def any_known_device(request: HttpRequest) -> str:
    """Return a random word of this browser for whichever account, or "".

    A passkey says itself whose it is.
    """
    return next(iter(_words(request.COOKIES).values()), "")


def is_known_browser(cookies: Mapping[str, str]) -> bool:
    """Say whether whichever account signed in before in the browser that sends `cookies`."""
    return bool(_words(cookies))


def remember_device(request: HttpRequest, response: HttpResponse, *, username: str) -> None:
    """Let the browser be known for the account from now on.

    Call it only after a complete sign-in, or for a mailed link.
    """
    words = _words(request.COOKIES)
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


def _words(cookies: Mapping[str, str]) -> dict[str, str]:
    try:
        words = signing.loads(cookies.get(cookie_name(), ""), salt=SALT, max_age=DEVICE_DAYS * 86_400)
    except signing.BadSignature:
        return {}
    return words if isinstance(words, dict) else {}


def _account(username: str) -> str:
    """Return a keyed hash of the name, so that the cookie says nothing about who works here."""
    return salted_hmac(SALT, username, algorithm="sha256").hexdigest()[:16]
