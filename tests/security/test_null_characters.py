"""A NUL in an address, a cookie or a header gets a page, on both databases."""

import pytest

from tests.factories import make_tool
from tests.html_text import text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path", ["/compare/a%00-vs-b/", "/compare/alpha-vs-b%00/", "/%00", "/tools/a%00/", "/admin/%00/"]
)
def test_a_path_with_a_null_character_is_not_found(client, path):
    response = client.get(path)
    assert response.status_code == 404
    assert "There is no page here" in text_of(response)
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/visitor-state/?tool=a%00b",
        "/visitor-state/?back=/a%00b",
        "/search/?q=a%00b",
        "/compare/?q=%00&category=%00",
        "/tools/alpha/?%00=%00",
        "/admin/rivals/?category=%00",
        "/admin/merge/1/?q=%00",
        "/admin/reviews/tool/?lacks=%00",
        "/admin/reviews/tool/?q=%00",
    ],
)
def test_null_characters_are_removed_from_queries(admin_client, path):
    make_tool("Alpha", pk=1)
    response = admin_client.get(path, follow=True)
    assert response.status_code == 200
    assert b"\0" not in response.content
    assert b"%00" not in response.content


def test_an_escaped_percent_sign_before_00_is_kept(client):
    assert b'value="%00"' in client.get("/search/?q=%2500").content


@pytest.mark.parametrize("address", ["http://h/a%00b", "http://testserver/a%00b", "http://[", "nonsense", ""])
def test_an_invalid_current_url_header_causes_no_error(client, address):
    headers = {"hx-request": "true", "hx-current-url": address, "hx-current-url-uri-autoencoded": "true"}
    response = client.get("/visitor-state/", headers=headers)
    assert response.status_code == 200
    assert b"\0" not in response.content


@pytest.mark.parametrize("name", ["session", "visitor", "csrf"])
def test_a_cookie_with_a_null_character_makes_a_new_visitor(client, name):
    make_tool("Alpha")
    cookie = f'{name}="a cookie of {name}\\000"'
    assert client.get("/admin/login/", HTTP_COOKIE=cookie).status_code == 200
    assert client.post("/tools/alpha/vote/", {"decision": "ship"}, HTTP_COOKIE=cookie).status_code == 303


def test_null_characters_are_removed_from_form_fields(client, smtp_server):
    response = client.post("/newsletter/subscribe/", {"email": "a\0<b>@example.com"})
    assert response.status_code == 422
    assert b"\0" not in response.content
    assert "a\N{REPLACEMENT CHARACTER}&lt;b&gt;@example.com" in response.content.decode()
