"""Cross-site requests are refused at every unsafe address, found from the URLconf."""

import pytest
from django.test import Client

from tests.architecture.test_addresses import ADDRESSES, sample_of

pytestmark = pytest.mark.django_db

REFUSED = {
    "cross-site": {"sec-fetch-site": "cross-site"},
    "same-site": {"sec-fetch-site": "same-site"},
    "typed address": {"sec-fetch-site": "none"},
    "cross-site with our origin": {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    "foreign origin": {"origin": "https://evil.example"},
    "origin that begins like ours": {"origin": "http://testserver.evil.example"},
    "other scheme": {"origin": "https://testserver"},
    "other port": {"origin": "http://testserver:8080"},
    "null origin": {"origin": "null"},
    "neither header": {},
}
ACCEPTED = {
    "same origin by fetch metadata": {"sec-fetch-site": "same-origin"},
    "our origin": {"origin": "http://testserver"},
}


def acting_addresses():
    for route, pattern in ADDRESSES.items():
        if not getattr(pattern.callback, "is_cross_site_safe", False):
            yield sample_of(route)


PATHS = [*acting_addresses(), "/admin/login/", "/admin/reviews/tool/add/"]


def test_the_walk_found_the_vote():
    assert "/tools/mistral-3b/vote/" in PATHS


@pytest.mark.parametrize("headers", REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("path", PATHS)
def test_a_form_sent_from_another_site_is_refused(path, headers):
    for method in ("post", "put", "patch", "delete"):
        assert getattr(Client(), method)(path, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", ACCEPTED.values(), ids=ACCEPTED)
def test_a_form_sent_from_this_site_is_accepted(catalogue, headers):
    assert Client().post("/tools/mistral-3b/vote/", {"decision": "ship"}, headers=headers).status_code == 303


def test_the_admin_asks_for_djangos_token_as_well():
    client = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 403
    page = client.get("/admin/login/")
    token = page.context["csrf_token"]
    assert (
        client.post(
            "/admin/login/", {"username": "x", "password": "y", "csrfmiddlewaretoken": str(token)}
        ).status_code
        == 200
    )


def test_a_public_form_needs_no_token(catalogue):
    client = Client(enforce_csrf_checks=True, headers={"sec-fetch-site": "same-origin"})
    assert client.post("/tools/mistral-3b/vote/", {"decision": "ship"}).status_code == 303


def test_htmx_gets_the_refusal_where_the_page_shows_it(catalogue):
    response = Client().post("/tools/mistral-3b/vote/", {"decision": "ship"}, headers={"hx-request": "true"})
    assert response.status_code == 403
    assert b'role="alert"' in response.content
