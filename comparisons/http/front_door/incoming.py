"""A request as the door read it, and its WSGI environment for Django."""

import sys
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from comparisons.http.front_door.content_types import clean_content_type
from comparisons.http.front_door.refused import Refused

MOST_ADDRESS_BYTES = 8_192
MOST_HEADER_BYTES = 32_768
_APART = ("content-type", "content-length")  # WSGI has names of its own for them


@dataclass(frozen=True, slots=True)
class Incoming:
    """Method, address and headers of a request.

    `path` is decoded like Django's, from `path_bytes`. `headers` have lower-case names without underscores;
    repeated ones are joined.
    """

    method: str
    path: str
    path_bytes: bytes
    query: bytes
    headers: dict[str, str]
    scope: dict[str, Any]

    @property
    def is_read(self) -> bool:
        """Say whether the method is safe."""
        return self.method in ("GET", "HEAD")

    @property
    def announced_bytes(self) -> int | None:
        """Return the announced length of the body, or None."""
        announced = self.headers.get("content-length", "")
        return int(announced) if announced.isascii() and announced.isdigit() and len(announced) < 20 else None


def read_incoming(scope: dict[str, Any]) -> Incoming:
    """Read an ASGI scope."""
    path_bytes = unquote_to_bytes(scope.get("raw_path") or scope["path"].encode())
    return Incoming(
        method=scope["method"],
        path=path_bytes.decode(errors="replace"),
        path_bytes=path_bytes,
        query=scope["query_string"],
        headers=_joined(scope["headers"]),
        scope=scope,
    )


def check_length(incoming: Incoming) -> None:
    """Raise Refused: 414 for an address and 431 for headers that are too long."""
    if len(incoming.scope.get("raw_path") or incoming.path_bytes) + len(incoming.query) > MOST_ADDRESS_BYTES:
        raise Refused(414, "address")
    if sum(len(name) + len(value) for name, value in incoming.scope["headers"]) > MOST_HEADER_BYTES:
        raise Refused(431, "headers")


def _joined(pairs: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Join headers of one name, without those with an underscore.

    WSGI could not tell these from names with a hyphen, which a trusted proxy sets.
    """
    joined: dict[str, str] = {}
    for raw_name, raw_value in pairs:
        name = raw_name.decode("latin-1").lower()
        value = raw_value.decode("latin-1")
        if "_" in name:
            continue
        if name in joined:
            value = f"{joined[name]}{'; ' if name == 'cookie' else ', '}{value}"
        joined[name] = value
    return joined


def environ_of(incoming: Incoming, *, body: IO[bytes], size: int) -> dict[str, Any]:
    """Return the WSGI environment: no content type on GET or HEAD, a clean one otherwise.

    Raises Refused (415) for an invalid content type, or a charset other than UTF-8.
    """
    scope = incoming.scope
    client = scope.get("client") or ("", 0)
    server = scope.get("server") or ("", 0)
    environ = {
        "REQUEST_METHOD": incoming.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": incoming.path_bytes.decode("latin-1"),
        "QUERY_STRING": incoming.query.decode("latin-1"),
        "REMOTE_ADDR": client[0],
        "SERVER_NAME": server[0] or "localhost",
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "CONTENT_LENGTH": str(size),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in incoming.headers.items():
        if name not in _APART:
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
    if not incoming.is_read and incoming.headers.get("content-type"):
        environ["CONTENT_TYPE"] = clean_content_type(incoming.headers["content-type"])
    return environ
