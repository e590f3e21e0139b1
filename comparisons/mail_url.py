"""A mail server as one address, such as `smtp://user:password@host:587`. Does not import Django."""

from email.headerregistry import Address, AddressHeader
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SECONDS = 10
"""How long to wait for each answer of the mail server."""


def mailer_options(url: str) -> dict[str, Any]:
    """Return the OPTIONS of Django's SMTP backend for a mail server's address; none for no address.

    `smtp` upgrades to TLS for a password or `tls=true`, unless `tls=false`; `smtps` speaks TLS from the
    start. Raises ValueError for an invalid address.
    """
    if not url:
        return {}
    parts = urlsplit(url)
    query = parse_qs(parts.query, strict_parsing=True) if parts.query else {}
    tls = query.pop("tls", [""])[-1]
    is_odd = parts.path not in ("", "/") or parts.fragment or query or tls not in ("", "true", "false")
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or is_odd:
        raise ValueError(url)
    if not parts.hostname.isascii():  # Python would look it up by the standard of 2003: another server
        raise ValueError(url)
    if bool(parts.username) != bool(parts.password) or (parts.scheme == "smtps" and tls):
        raise ValueError(url)
    return {
        "host": parts.hostname,
        "port": parts.port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp" and (tls == "true" or (tls == "" and bool(parts.password))),
        "use_ssl": parts.scheme == "smtps",
        "timeout": SECONDS,
    }


def is_mail_url(value: str) -> bool:
    """Say whether `value` is the address of a mail server, or empty."""
    try:
        mailer_options(value)
    except ValueError:
        return False
    return True


def is_sender(value: str) -> bool:
    """Say whether `value` is one ASCII address with or without a name, or empty."""
    try:
        parsed = AddressHeader.value_parser(value)
        boxes = parsed.all_mailboxes
        defects = parsed.all_defects
    except (AttributeError, IndexError):  # Python's parser stumbles over some half addresses, such as “a@[”
        return False
    if value == "":
        return True
    return len(boxes) == 1 and not defects and bool(boxes[0].domain) and boxes[0].addr_spec.isascii()


def default_sender(*, name: str, host: str | None) -> str:
    """Return the default sender: `letter@` the site's own host."""
    try:
        ip_address(host or "")
        host = "localhost"
    except ValueError:
        pass
    return str(Address(display_name=name, username="letter", domain=host or "localhost"))
