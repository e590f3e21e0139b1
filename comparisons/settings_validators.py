"""What a setting's text must be like. Does not import Django."""

import re
import unicodedata
from collections.abc import Callable
from ipaddress import IPv6Address
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from marshmallow import ValidationError

MOST_DAYS = 36_500  # a hundred years; thousands of them and there are no dates any more
MOST_MILLISECONDS = 86_400_000  # a day

_LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(\.{_LABEL})*", re.IGNORECASE)
_SITE_URL = re.compile(
    r"https?://(?P<host>[^\s/?#@:\[\]]+|\[[^\s/?#@\[\]]+\])(:(?P<port>[0-9]{1,5}))?/?", re.IGNORECASE
)
_NO_LINE = {
    "Cc",
    "Cs",
    "Zl",
    "Zp",
}  # control characters, halves of characters, separators of lines and paragraphs


def must(be: Callable[[Any], bool]) -> Callable[[Any], None]:
    """Return a validator for environs, whose ValidationError is empty: `TAKES` has the sentences."""

    def validator(value: Any) -> None:
        try:
            is_fine = be(value)
        except ValueError:
            is_fine = False
        if not is_fine:
            raise ValidationError("Not understood.")

    return validator


def is_host(text: str) -> bool:
    """Say whether `text` is a host's name or IP address as Django takes it: no port, IPv6 in brackets."""
    if text.startswith("["):
        return text.endswith("]") and "%" not in text and bool(IPv6Address(text[1:-1]))
    return bool(_NAME.fullmatch(text))


def are_hosts(texts: list[str]) -> bool:
    """Say whether each is a host, a domain with all its hosts (`.panelship.example`), or `*` for any."""
    return all(text == "*" or is_host(text.removeprefix(".")) for text in texts)


def is_site_url(text: str) -> bool:
    """Say whether `text` is a scheme, a host, perhaps a port, and nothing else."""
    parts = _SITE_URL.fullmatch(text)
    return parts is not None and is_host(parts["host"]) and 1 <= int(parts["port"] or 80) <= 65_535


def is_site_name(text: str) -> bool:
    """Say whether `text` is one visible line of up to 40 characters."""
    return (
        len(text) <= 40
        and bool(text.strip())
        and not any(unicodedata.category(each) in _NO_LINE for each in text)
    )


def is_header_name(text: str) -> bool:
    """Say whether `text` is a header's name without underscores, with which it would never arrive."""
    return bool(re.fullmatch("[A-Za-z][A-Za-z0-9-]{0,60}", text))


def is_contact(text: str) -> bool:
    """Say whether `text` is an e-mail address, an https address, or empty."""
    if text == "" or re.fullmatch(r"https://[!-~]+", text):
        return text == "" or is_host(urlsplit(text).hostname or "")
    local, _, host = text.rpartition("@")
    return bool(re.fullmatch(r"[A-Za-z0-9.!#$&'*+/=?^_`{|}~-]+", local)) and is_host(host)


def is_secret(text: str) -> bool:
    """Say whether `text` has 40 characters without blanks."""
    return len("".join(text.split())) >= 40


def is_database_url(text: str) -> bool:
    """Say whether `text` names a SQLite file or a PostgreSQL database, also behind a local socket."""
    return urlsplit(text).scheme in ("sqlite", "postgres", "postgresql") and bool(
        dj_database_url.parse(text)["NAME"]
    )
