"""Rules for every address of the URLconf."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

SAMPLES = {
    "address": "code-llama-4-vs-mistral-3b",
    "slug": "mistral-3b",
    "day": "2026-03-02",
    "link": "1:1:x",
    "token": "x" * 22,
    "section": "tools",
    "number": "1",
}

LINKS_IN_MAILS = {"/newsletter/confirm/<str:link>/", "/newsletter/unsubscribe/<slug:token>/"}
"""They ask on GET and act on POST: a mail holds one address, and RFC 8058 wants both methods at it."""


def walk(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield each address of the site with its pattern, the admin's left out."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if route.startswith("admin/"):
            continue
        if isinstance(pattern, URLResolver):
            yield from walk(pattern, route)
        else:
            yield "/" + route, pattern


def sample_of(route: str) -> str:
    """Return an address of this route."""
    return re.sub(r"<\w+:(\w+)>", lambda argument: SAMPLES.get(argument[1], argument[0]), route)


ADDRESSES = dict(walk(get_resolver()))


def test_the_walk_finds_known_addresses():
    assert "/compare/<str:address>/" in ADDRESSES


@pytest.mark.django_db
@pytest.mark.parametrize("route", ADDRESSES)
def test_get_never_writes_and_other_methods_are_refused_unless_meant(client, catalogue, route):
    path = sample_of(route)
    assert "<" not in path, "a new kind of argument: add a sample"
    statuses = {
        method: getattr(client, method)(path).status_code
        for method in ("get", "post", "put", "patch", "delete")
    }
    assert statuses["put"] == statuses["patch"] == statuses["delete"] == 405
    is_both = statuses["get"] != 405 and statuses["post"] != 405
    assert is_both == (route in LINKS_IN_MAILS), "an address is read or acted on, not both"
    assert {statuses["get"], statuses["post"]} != {405}
