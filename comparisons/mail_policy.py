"""How a mail becomes bytes: seven bits, lines of at most 76 characters, headers that mail programs read back.

Python's own `EmailPolicy` doubles blanks in a folded Subject, joins encoded words and leaves its first line
empty, and folds List-Unsubscribe so that mail programs find no link.
"""

import base64
import re
import unicodedata
from collections.abc import Iterable, Iterator
from email.headerregistry import BaseHeader, HeaderRegistry
from email.message import EmailMessage as Message
from email.policy import EmailPolicy, Policy
from itertools import chain, repeat
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives

from comparisons.mail_addresses import ascii_address

LINE = 76
ENCODED_WORD = 75
"""The longest encoded word (RFC 2047, section 2)."""

_Q_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_FRAME = len("=?utf-8?q??=")


def clean_subject(text: str) -> str:
    """Return `text` in one line: runs of blanks and control characters are one blank, ends are trimmed."""
    visible = "".join(" " if unicodedata.category(each) == "Cc" else each for each in text)
    return re.sub(r"\s+", " ", visible).strip()


def fold_text(name: str, text: str) -> str:
    """Return the header `name` with `text`, folded with CRLF, without a line end.

    Printable ASCII is folded at its blanks. Anything else, and what a program could take for an encoded word,
    becomes encoded words (RFC 2047) altogether, so that no blank stands between an encoded and a plain word.
    """
    words = text.split(" ")
    rooms = _rooms(LINE - len(name) - 2, LINE - 1)
    is_plain = text.isascii() and text.isprintable() and "=?" not in text and (all(words) or not text)
    lines = _fill(words, rooms) if is_plain else None
    if lines is None:
        lines = list(_encoded_words(text, _rooms(LINE - len(name) - 2, ENCODED_WORD)))
    return f"{name}: " + "\r\n ".join(lines)


def _rooms(first: int, others: int) -> Iterator[int]:
    return chain([first], repeat(others))


def _fill(words: Iterable[str], rooms: Iterator[int]) -> list[str] | None:
    """Return the words in lines, or None if one is longer than its line."""
    lines: list[str] = []
    room = 0
    for word in words:
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
            continue
        room = next(rooms)
        if len(word) > room:
            return None
        lines.append(word)
    return lines


def _encoded_words(text: str, rooms: Iterator[int]) -> Iterator[str]:
    """Yield encoded words of whole characters, in the shorter of the two encodings."""
    encoded = text.encode()
    is_quoted = sum(_quoted_length(byte) for byte in encoded) <= len(encoded) * 4 / 3
    taken = b""
    room = next(rooms) - _FRAME
    for character in text:
        grown = taken + character.encode()
        if _length(grown, is_quoted) > room:
            yield _encoded_word(taken, is_quoted)
            room = next(rooms) - _FRAME
            grown = character.encode()
        taken = grown
    yield _encoded_word(taken, is_quoted)


def _length(encoded: bytes, is_quoted: bool) -> int:
    return sum(map(_quoted_length, encoded)) if is_quoted else (len(encoded) + 2) // 3 * 4


def _quoted_length(byte: int) -> int:
    return 1 if byte in _Q_SAFE or byte == ord(" ") else 3


def _encoded_word(encoded: bytes, is_quoted: bool) -> str:
    if not is_quoted:
        return f"=?utf-8?b?{base64.b64encode(encoded).decode()}?="
    characters = (chr(byte) if byte in _Q_SAFE else f"={byte:02X}" for byte in encoded)
    return f"=?utf-8?q?{''.join(characters).replace('=20', '_')}?="


class _TextHeader(BaseHeader):
    """A header whose value is the text itself, also where it looks like an encoded word."""

    max_count = 1

    @classmethod
    def parse(cls, value: str, kwds: dict[str, Any]) -> None:
        kwds["parse_tree"] = None
        kwds["decoded"] = value


class _Subject(_TextHeader):
    def fold(self, *, policy: Policy) -> str:
        return fold_text(self.name, str(self)).replace("\r\n", policy.linesep) + policy.linesep


class _Unfolded(_TextHeader):
    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_headers = HeaderRegistry()
_headers.map_to_type("subject", _Subject)
_headers.map_to_type("list-unsubscribe", _Unfolded)

POLICY = EmailPolicy(linesep="\r\n", max_line_length=LINE, cte_type="7bit", header_factory=_headers)


class _Mail(EmailMessage):
    """A mail written by `POLICY`, to addresses in ASCII. Sending one may raise InvalidAddress."""

    def recipients(self) -> list[str]:
        self._write_addresses()
        return super().recipients()

    def message(self, *, policy: Policy | None = None) -> Message:
        self._write_addresses()
        return super().message(policy=POLICY)

    def _write_addresses(self) -> None:
        self.to = [ascii_address(each) for each in self.to]


class TextMail(_Mail):
    """A mail in plain text."""


class HtmlMail(_Mail, EmailMultiAlternatives):
    """A mail in plain text and HTML."""
