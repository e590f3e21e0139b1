"""Every answer carries the site's headers, from a view, Django, the door or the server."""

import socket

import pytest

pytestmark = pytest.mark.slow

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
VOTE = "/tools/mistral-3b/vote/"
STYLES = "/static/css/site.css"

ANSWERS = {
    "page": (200, {"path": "/"}),
    "page, its head alone": (200, {"path": "/", "method": "HEAD"}),
    "static file": (200, {"path": STYLES}),
    "static file packed": (200, {"path": STYLES, "headers": {"Accept-Encoding": "br"}}),
    "part of a static file": (206, {"path": STYLES, "headers": {"Range": "bytes=0-9"}}),
    "redirect to the slash": (301, {"path": "/compare"}),
    "redirect to the login": (302, {"path": "/admin/"}),
    "vote": (303, {"path": VOTE, "method": "POST", "headers": FORM, "body": b"decision=ship"}),
    "another host": (400, {"path": "/", "headers": {"Host": "evil.example"}}),
    "broken form": (
        400,
        {
            "path": VOTE,
            "method": "POST",
            "headers": FORM | {"Content-Type": "multipart/form-data"},
            "body": b"x",
        },
    ),
    "from another site": (
        403,
        {"path": VOTE, "method": "POST", "headers": FORM | {"Sec-Fetch-Site": "cross-site"}, "body": b""},
    ),
    "nowhere": (404, {"path": "/nowhere/"}),
    "no such static file": (404, {"path": "/static/nowhere.css"}),
    "other method": (405, {"path": "/", "method": "DELETE", "headers": FORM}),
    "unknown method": (405, {"path": "/", "method": "BREW", "headers": FORM}),
    "static file, other method": (405, {"path": STYLES, "method": "POST", "headers": FORM, "body": b""}),
    "too large": (413, {"path": VOTE, "method": "POST", "headers": FORM, "body": b"x" * 70_000}),
    "long address": (414, {"path": "/" + "a" * 9_000}),
    "other charset": (
        415,
        {
            "path": VOTE,
            "method": "POST",
            "headers": {"Content-Type": "text/plain; charset=hex"},
            "body": b"x",
        },
    ),
    "not understood": (422, {"path": VOTE, "method": "POST", "headers": FORM, "body": b"decision=x"}),
    "long header": (431, {"path": "/", "headers": {"X-Long": "a" * 40_000}}),
    "mail server down": (
        503,
        {"path": "/newsletter/subscribe/", "method": "POST", "headers": FORM, "body": b"email=a@b.example"},
    ),
}


def assert_contract(headers):
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] in ("strict-origin-when-cross-origin", "same-origin", "no-referrer")
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-embedder-policy"] == "require-corp"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "geolocation=()" in headers["permissions-policy"]
    if "content-type" in headers and not headers["content-type"].startswith("text/html"):
        return  # a browser reads a policy with documents only
    policy = headers["content-security-policy"]
    for part in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'"):
        assert part in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(("status", "request_"), ANSWERS.values(), ids=ANSWERS)
def test_the_headers_are_there(served, status, request_):
    answered, headers, _ = served.get(**request_)
    assert answered == status
    assert_contract(headers)


def test_the_headers_are_on_what_has_not_changed(served):
    for path in ("/privacy/", STYLES):
        tag = served.get(path)[1]["etag"]
        status, headers, body = served.get(path, headers={"If-None-Match": tag})
        assert (status, body) == (304, b"")
        assert_contract(headers)


def test_the_headers_are_on_a_body_that_came_too_slowly(served):
    with socket.create_connection(("127.0.0.1", served.port), timeout=30) as client:
        client.sendall(f"POST {VOTE} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\nx".encode())
        answer = client.makefile("rb").read().decode()
    head = answer.partition("\r\n\r\n")[0].split("\r\n")
    assert head[0].split()[1] == "408"
    assert_contract({name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])})


@pytest.mark.parametrize(
    "sent", [b"nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nbad header\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"]
)
def test_what_is_no_http_gets_an_answer_without_a_page(served, sent):
    """The server gives it before the door; it holds nothing a browser would run."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as client:
        client.sendall(sent)
        answer = client.makefile("rb").read()
    assert b"<" not in answer
    assert answer.partition(b"\r\n\r\n")[2] == b""


def test_a_web_socket_is_not_opened(served):
    headers = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "x3JJHMbDL1EzLkh9GBhXDw==",
    }
    status, answered, _ = served.get("/privacy/", headers=headers)
    assert status == 200
    assert_contract(answered)
