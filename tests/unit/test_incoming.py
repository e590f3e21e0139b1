"""How the door reads a request."""

import io

import pytest

from comparisons.http.front_door.incoming import check_length, environ_of, read_incoming
from comparisons.http.front_door.refused import Refused
from tests.asgi_client import scope_of


def environ(**request):
    return environ_of(read_incoming(scope_of(**request)), body=io.BytesIO(), size=0)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_get_and_head_have_no_content_type(method):
    assert "CONTENT_TYPE" not in environ(method=method, headers=[("Content-Type", "text/plain; charset=hex")])


def test_a_header_with_an_underscore_never_arrives():
    headers = [
        ("X_Forwarded_For", "203.0.113.1"),
        ("X-Forwarded-For", "198.51.100.1"),
        ("X_Forwarded-For", "203.0.113.2"),
    ]
    assert environ(headers=headers)["HTTP_X_FORWARDED_FOR"] == "198.51.100.1"
    assert "HTTP_X_FORWARDED_FOR" not in environ(headers=headers[:1])


def test_headers_of_one_name_are_joined_and_cookies_as_cookies_are():
    headers = [("Accept", "a"), ("accept", "b"), ("Cookie", "a=1"), ("cookie", "b=2")]
    assert environ(headers=headers)["HTTP_ACCEPT"] == "a, b"
    assert environ(headers=headers)["HTTP_COOKIE"] == "a=1; b=2"


def test_two_host_headers_are_joined():
    assert environ(headers=[("Host", "evil.example")])["HTTP_HOST"] == "testserver, evil.example"


def test_a_path_is_passed_on_byte_by_byte():
    assert environ(path="/caf%C3%A9/%FF%2F")["PATH_INFO"].encode("latin-1") == b"/caf\xc3\xa9/\xff/"


def test_the_length_is_what_was_read_and_not_what_was_said():
    assert environ(headers=[("Content-Length", "5")])["CONTENT_LENGTH"] == "0"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"path": "/" + "a" * 9_000}, 414),
        ({"query": "q=" + "a" * 9_000}, 414),
        ({"headers": [("X", "a" * 33_000)]}, 431),
    ],
)
def test_overlong_addresses_and_headers_are_refused(request_, status):
    with pytest.raises(Refused) as refused:
        check_length(read_incoming(scope_of(**request_)))
    assert refused.value.status == status


@pytest.mark.parametrize("announced", ["²", "-1", "1e3", "9" * 30, ""])
def test_a_length_that_is_no_number_is_none(announced):
    assert (
        read_incoming(
            scope_of(headers=[("Content-Length", announced.encode().decode("latin-1"))])
        ).announced_bytes
        is None
    )
