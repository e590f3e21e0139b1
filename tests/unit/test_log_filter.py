"""No log record holds a token, a mail address or a row's values, and each is one line."""

import logging
from time import process_time

import pytest

from comparisons.log_filter import ConfidentialFilter, cut

TOKEN = "Xk3_9-abcdefghijklmnop"


def line_of(message, *arguments, name="comparisons", error=None):
    """Return a record as the log prints it."""
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, arguments, info)
    assert ConfidentialFilter().filter(record)
    return logging.Formatter("%(message)s").format(record)


@pytest.mark.parametrize(
    "text",
    [
        f"Method Not Allowed (PUT): /newsletter/unsubscribe/{TOKEN}/",
        f"Not Found: /newsletter/confirm/{TOKEN}/x?y",
        f'"GET /newsletter/unsubscribe/{TOKEN}/delete/ HTTP/1.1" 405',
        f"Service Unavailable: https://panelship.example/newsletter/unsubscribe/{TOKEN}",
        f"Not Found: /admin/password/MQ/{TOKEN}/",
        f"DETAIL:  Key (token)=({TOKEN}) already exists.",
        f"DETAIL:  Failing row contains (1, {TOKEN}, a@b.example).",
        f"refused: {{'{TOKEN}@b.example': (550, b'no')}}",
    ],
)
def test_confidential_parts_are_removed_from_the_log(text):
    assert TOKEN in text
    for line in (line_of(text), line_of("%s", text), line_of("It failed.", error=ValueError(text))):
        assert TOKEN not in line
        assert "[" in line


@pytest.mark.parametrize(
    "text",
    [
        "Not Found: /newsletter/2026-03-02/",
        "The database did not answer: connection to server at 10.0.0.5, port 5432 failed",
        "Not Found: /compare/a-vs-b/",
    ],
)
def test_the_log_keeps_what_operators_need(text):
    assert line_of(text) == text


def test_an_address_cannot_write_a_line_of_its_own():
    line = line_of("Not Found: %s", "/a\n2026-01-01 ERROR root: \x1b[31mfaked\u2028x")
    assert line == r"Not Found: /a\n2026-01-01 ERROR root: \x1b[31mfaked\u2028x"


def test_a_refused_host_has_no_traceback():
    assert (
        line_of(
            "Invalid HTTP_HOST header", name="django.security.DisallowedHost", error=ValueError("x")
        ).count("\n")
        == 0
    )
    assert "ValueError" in line_of("It failed.", error=ValueError("x"))


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "@",
        "a.",
        "/newsletter/unsubscribe/",
        "/admin/password/",
        "Key (",
        "Key (a)=(",
        "a@",
        "row contains (",
    ],
)
def test_a_hundred_kilobytes_are_cut_quickly(piece):
    began = process_time()
    cut(piece * (100_000 // len(piece)))
    assert process_time() - began < 0.1
