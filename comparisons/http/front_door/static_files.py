"""Static files, answered on the event loop: they need no thread, database or template."""

from django.conf import settings
from whitenoise.middleware import WhiteNoiseMiddleware

from comparisons.http.front_door.answers import Whole
from comparisons.http.front_door.incoming import Incoming
from comparisons.http.front_door.refusals import site_headers

_ASKED_FOR = ("accept-encoding", "if-modified-since", "if-none-match", "range")


class StaticFiles:
    """The collected files with their headers, read once at the start. In development Django serves them."""

    def __init__(self) -> None:
        self._files = {} if settings.DEBUG else WhiteNoiseMiddleware(None).files
        self._headers = site_headers()

    def find(self, incoming: Incoming) -> Whole | None:
        """Return the file for a GET or HEAD, a part of it or a 304; None if there is no such file."""
        file = self._files.get(incoming.path)
        if file is None or not incoming.is_read or (settings.SITE_IS_SECURE and not _is_secure(incoming)):
            return None  # over http, Django leads to https
        asked = {
            f"HTTP_{name.upper().replace('-', '_')}": incoming.headers.get(name, "") for name in _ASKED_FOR
        }
        found = file.get_response(incoming.method, {name: value for name, value in asked.items() if value})
        body = b""
        if found.file is not None:
            with found.file:
                body = found.file.read()
        own = [(name.lower().encode(), value.encode()) for name, value in found.headers]
        return Whole(int(found.status), own + self._headers, body)


def _is_secure(incoming: Incoming) -> bool:
    forwarded = incoming.headers.get("x-forwarded-proto", "").partition(",")[0].strip()
    return incoming.scope["scheme"] == "https" or (settings.TRUSTED_PROXIES > 0 and forwarded == "https")
