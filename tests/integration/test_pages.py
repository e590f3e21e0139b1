"""The pages around the comparison."""

import pytest

from tests.factories import make_comparison, make_tool
from tests.html_text import assert_in_order, text_of
from tests.pages import ERROR_PAGES, PAGES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_page_answers_with_its_own_title_and_one_heading(client, catalogue, path):
    response = client.get(path)
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert html.count("<title>") == 1
    assert "<title> ·" not in html
    assert html.count('<meta name="description"') == 1
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{path.partition("?")[0]}">' in html


@pytest.mark.parametrize("path", ERROR_PAGES.values(), ids=ERROR_PAGES)
def test_every_error_page_has_the_sites_look_and_a_way_out(client, catalogue, path):
    response = client.get(path)
    assert response.status_code == 404
    assert b"site.css" in response.content
    assert b'href="/compare/"' in response.content
    assert b"noindex" in response.content


@pytest.mark.parametrize("path", ["/", "/compare/", "/tools/"])
def test_pages_without_anything_to_show_say_so(client, path):
    response = client.get(path)
    assert response.status_code == 200
    assert "published yet" in text_of(response)


def test_every_page_says_that_the_catalogue_is_a_sample_until_it_is_not(client, settings):
    assert "This is a sample catalogue" in text_of(client.get("/tools/"))
    settings.SAMPLE_CATALOGUE = False
    assert "sample" not in text_of(client.get("/tools/"))


def test_tools_lists_the_published_ones_by_name(client):
    make_tool("beta", "ship, ship, skip, skip")
    make_tool("Alpha")
    make_tool("Hidden", status="draft")
    make_tool("Retired", status="retired")
    text = text_of(client.get("/tools/"))
    assert_in_order(text, "Alpha", "No verdicts yet", "beta", "Split · 2 ship / 2 skip")
    assert "Hidden" not in text
    assert "Retired" not in text


def test_a_tool_page_shows_facts_verdicts_answers_and_comparisons(client):
    alpha = make_tool(
        "Alpha",
        "ship 84, skip, -, -",
        maker="Acme",
        best_for="quiet mornings",
        website="https://acme.example/",
    )
    make_comparison(make_tool("Beta"), alpha)
    text = text_of(client.get("/tools/alpha/"))
    assert_in_order(
        text,
        "Alpha",
        "Split",
        "Acme",
        "Quiet mornings",
        "Builder",
        "84/100 · ship",
        "Builder on Alpha.",
        "Builder asks 1?",
    )
    assert_in_order(text, "Skeptic", "skip", "Score not known", "Compared with", "Beta vs Alpha")


def test_a_tool_nobody_has_judged_says_so(client):
    make_tool("Alpha")
    assert "The panel has not judged Alpha yet." in text_of(client.get("/tools/alpha/"))


def test_a_retired_tool_keeps_its_page_and_says_so(client):
    make_tool("Alpha", status="retired")
    response = client.get("/tools/alpha/")
    assert response.status_code == 200
    assert "This tool is retired" in text_of(response)
    assert b"noindex" in response.content


def test_a_draft_has_no_page(client):
    make_tool("Alpha", status="draft")
    assert client.get("/tools/alpha/").status_code == 404


def test_a_mistyped_tool_is_offered(client):
    make_tool("Mistral 3B")
    assert_in_order(
        text_of(client.get("/tools/mistral-3/")),
        "no published tool at “mistral-3”",
        "Did you mean",
        "Mistral 3B",
    )


def test_a_comparison_shows_from_its_moment_on(client):
    from datetime import UTC, datetime

    import time_machine

    make_comparison(make_tool("Alpha"), make_tool("Beta"), published_at=datetime(2026, 3, 1, 8, tzinfo=UTC))
    with time_machine.travel(datetime(2026, 3, 1, 7, 59, 59, tzinfo=UTC), tick=False):
        assert "Alpha vs Beta" not in text_of(client.get("/compare/"))
    with time_machine.travel(datetime(2026, 3, 1, 8, 0, tzinfo=UTC), tick=False):
        assert "Alpha vs Beta" in text_of(client.get("/compare/"))


@pytest.mark.parametrize("path", ["/", "/compare/", "/tools/"])
def test_a_list_asks_the_database_no_more_for_more_rows(client, path, django_assert_max_num_queries):
    for number in range(12):
        make_comparison(
            make_tool(f"A {number}", "ship, ship, skip, ship"),
            make_tool(f"B {number}", "skip, ship, skip, ship"),
        )
    with django_assert_max_num_queries(15):
        assert client.get(path).status_code == 200


def test_the_wrong_method_gets_a_page(client):
    response = client.post("/tools/")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"
    assert "That can't be done here" in text_of(response)
    assert "to vote, open the tool's page." in text_of(client.get("/tools/alpha/vote/"))


def test_a_fault_of_ours_is_reported_kindly(client, monkeypatch):
    from reviews.models.tool_queryset import ToolQuerySet

    def fail(self):
        raise RuntimeError("on purpose")

    monkeypatch.setattr(ToolQuerySet, "published", fail)
    client.raise_request_exception = False
    response = client.get("/tools/")
    assert response.status_code == 500
    assert "our fault" in text_of(response)
    assert response["Cache-Control"] == "no-store"


def test_names_of_120_characters_are_shown_whole(client):
    name = "Longest " + "x" * 112
    make_tool(name, slug="long")
    make_tool("Short")
    assert name in text_of(client.get("/compare/long-vs-short/"))


def test_a_query_per_row_is_found_out(client, monkeypatch):
    """Negative control of the guard on every public page."""
    from zeal.errors import NPlusOneError

    from reviews.models.tool_queryset import ToolQuerySet

    for number in range(3):
        make_tool(f"Tool {number}", "ship, ship")
    monkeypatch.setattr(ToolQuerySet, "with_panel", lambda tools: tools.select_related("category", "tally"))
    with pytest.raises(NPlusOneError):
        client.get("/tools/")
