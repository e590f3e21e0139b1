"""Which lane a request takes."""

from collections.abc import Iterator

from django.conf import settings
from django.http import parse_cookie
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from comparisons.desk.accounts.devices import is_known_browser
from comparisons.http.front_door.incoming import Incoming
from comparisons.http.front_door.lanes import Lane

# What is sent here hashes a password or checks a code, which takes a processor for up to half a second.
SIGN_IN_ADDRESSES = ("/admin/login/", "/admin/account/", "/admin/password")


class Routes:
    """The lanes of one process.

    Reading and writing have two threads each: one renders while the other waits for the database; more would
    compete for Python's lock. All together stay below `DATABASE_POOL_SIZE`.
    """

    def __init__(self) -> None:
        self.reading = Lane("reading", threads=2)
        self.writing = Lane("writing", threads=2)
        self.signing_in = Lane("signing in", threads=1)
        self.signing_in_known = Lane("signing in, known browser", threads=1)
        self.desk = Lane("desk", threads=2, seconds=60.0, database_seconds=None)
        self.light = Lane("light", threads=1, asks_database=False)
        self._desk_address = reverse("admin:index")
        self._light_addresses = frozenset(addresses_without_database())

    @property
    def lanes(self) -> tuple[Lane, ...]:
        return (self.reading, self.writing, self.signing_in, self.signing_in_known, self.desk, self.light)

    def lane_of(self, incoming: Incoming) -> Lane:
        if incoming.is_read and (
            incoming.path in self._light_addresses or incoming.path.startswith(settings.STATIC_URL)
        ):
            return self.light
        if not incoming.is_read and incoming.path.startswith(SIGN_IN_ADDRESSES):
            # Strangers who try passwords keep nobody waiting who has signed in here before.
            cookies = parse_cookie(incoming.headers.get("cookie", ""))
            return self.signing_in_known if is_known_browser(cookies) else self.signing_in
        if incoming.path.startswith(self._desk_address):
            return self.desk
        return self.reading if incoming.is_read else self.writing

    def may_upload(self, incoming: Incoming) -> bool:
        """Say whether the body may be a file: at the desk, with a session cookie."""
        is_desk = incoming.path.startswith(self._desk_address) and not incoming.path.startswith(
            SIGN_IN_ADDRESSES
        )
        return is_desk and f"{settings.SESSION_COOKIE_NAME}=" in incoming.headers.get("cookie", "")


def addresses_without_database() -> Iterator[str]:
    """Yield the address of every view marked `without_database`."""
    return _walk(get_resolver(), "/")


def _walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, route)
        elif isinstance(pattern, URLPattern) and not getattr(pattern.callback, "asks_database", True):
            yield route
