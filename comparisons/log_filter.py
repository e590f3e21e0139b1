"""Removes what must not be in a log from every record.

A newsletter link's token gives access, and the database names values it refused.
"""

import logging
import re
import traceback

CUTS = (
    # The links of letters, and of a new password: the last part of the address is the key.
    (re.compile(r"(/newsletter/[a-z-]+/)[^/\s\"'<>]+"), r"\1[token]"),
    (re.compile(r"(/admin/password/[^/\s\"'<>]+/)[^/\s\"'<>]+"), r"\1[token]"),
    # PostgreSQL: Key (token)=(…) already exists; Failing row contains (…).
    (re.compile(r"(Key \([^)\n]{0,200}\)=)\([^\n]*"), r"\1[cut]"),
    (re.compile(r"(row contains )\([^\n]*"), r"\1[cut]"),
    (
        re.compile(r"(?<![^\s@<>()\[\]{},;:\"'=/])[^\s@<>()\[\]{},;:\"'=/]+@[^\s@<>()\[\]{},;:\"'=/]+"),
        "[address]",
    ),
)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]|\n(?!\Z)")


def cut(text: str) -> str:
    """Return `text` without tokens, mail addresses and values of rows."""
    for pattern, instead in CUTS:
        text = pattern.sub(instead, text)
    return text


def on_one_line(text: str) -> str:
    """Return `text` with control characters escaped, so that no address can forge a log line."""
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class ConfidentialFilter(logging.Filter):
    """Rewrites records. A refused request, as for another host, is one line without traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = on_one_line(cut(record.getMessage()))
        record.args = ()
        if record.name.startswith("django.security") or (
            record.name == "django.request" and record.levelno < logging.ERROR
        ):
            record.exc_info = record.exc_text = None
        elif record.exc_info and not record.exc_text:
            record.exc_text = cut("".join(traceback.format_exception(*record.exc_info)).rstrip())
        return True
