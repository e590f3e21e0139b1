"""A public page depends on its address alone: the same bytes for everybody, and no cookie."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from tests.pages import ERROR_PAGES, FOR_PROGRAMS, PAGES

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}
ANSWERS = PAGES | FOR_PROGRAMS
EVERY = ANSWERS | ERROR_PAGES


@pytest.mark.parametrize("path", EVERY.values(), ids=EVERY)
def test_a_public_page_sets_and_reads_no_cookie_and_may_be_cached(client, catalogue, path):
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"].startswith("public, max-age=")


@pytest.mark.parametrize("path", EVERY.values(), ids=EVERY)
def test_no_answer_depends_on_more_than_the_encoding(client, catalogue, path):
    page = client.get(path).content
    for headers in ({}, HTMX, HTMX | {"hx-history-restore-request": "true"}, {"accept-encoding": "gzip"}):
        first = client.get(path, headers=headers)
        assert first["Vary"] == "Accept-Encoding"
        assert first.has_header("Content-Encoding") or first.content == page
        if first.status_code == 200:
            again = client.get(path, headers=headers | {"if-none-match": first["ETag"]})
            assert again.status_code == 304
            assert again["Vary"] == first["Vary"]


def test_an_error_about_a_part_is_a_sentence_for_the_page_that_asked(client):
    part = client.get("/nowhere/?part=list")
    assert b"<html" not in part.content
    assert part["HX-Reswap"] == "none"
    whole = client.get("/nowhere/", headers=HTMX)
    assert b"<html" in whole.content
    assert "HX-Reswap" not in whole


@pytest.mark.parametrize("path", ANSWERS.values(), ids=ANSWERS)
def test_a_public_page_is_the_same_for_two_visitors(client, catalogue, admin_user, path):
    editor = Client(
        headers={"user-agent": "Other/1.0", "accept-language": "de", "referer": "http://127.0.0.1:8000/x"}
    )
    editor.force_login(admin_user)
    assert client.get(path).content == editor.get(path).content


@pytest.mark.parametrize("path", ANSWERS.values(), ids=ANSWERS)
def test_a_public_page_is_the_same_for_strangers_and_voters(client, catalogue, path):
    for slug in ("mistral-3b", "code-llama-4", "smollm3"):
        client.post(f"/tools/{slug}/vote/", {"decision": "ship"})
        client.post(f"/tools/{slug}/bookmark/", {"bookmarked": "yes"})
    assert client.cookies
    assert client.get(path).content == Client().get(path).content


@pytest.mark.parametrize("name", ["session", "csrf", "visitor", "messages"])
@pytest.mark.parametrize("path", ["/", "/compare/code-llama-4-vs-mistral-3b/", "/nowhere/"])
def test_a_broken_cookie_of_the_desk_changes_nothing(client, catalogue, path, name):
    """Else a shared cache would give everybody the cookie that replaces it."""
    broken = client.get(path, HTTP_COOKIE=f"{name}=x")
    assert not broken.cookies
    assert "Cookie" not in broken["Vary"]
    assert broken.content == Client().get(path).content


@pytest.mark.parametrize("path", ANSWERS.values(), ids=ANSWERS)
def test_a_public_page_does_not_depend_on_the_host_name(client, catalogue, path):
    assert client.get(path, headers={"host": "localhost:8000"}).content == client.get(path).content


def test_an_unknown_host_is_refused_with_a_page(client):
    response = client.get("/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"evil.example" not in response.content


def test_a_page_that_has_not_changed_is_not_sent_again(client, catalogue):
    first = client.get("/compare/code-llama-4-vs-mistral-3b/")
    again = client.get("/compare/code-llama-4-vs-mistral-3b/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert "Content-Security-Policy" in again


@pytest.mark.parametrize(("second", "age"), [(0, 60), (1, 59), (30, 30), (59, 1)])
def test_caches_keep_a_page_until_the_next_full_minute(client, second, age):
    """So all caches show something scheduled in the same minute."""
    with time_machine.travel(datetime(2026, 6, 1, 7, 59, second, tzinfo=UTC), tick=False):
        assert client.get("/privacy/")["Cache-Control"] == f"public, max-age={age}, stale-if-error=86400"
