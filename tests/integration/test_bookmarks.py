"""Bookmarks of an anonymous visitor: the button, the page, the panel."""

import re

import pytest

from comparisons.models import Bookmark
from comparisons.services.visitors.bookmarks import MOST_BOOKMARKS
from comparisons.services.visitors.visitor_state import visitor_state
from reviews.models import Tool
from tests.factories import make_tool
from tests.html_text import assert_in_order, html_of, text_of

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}


def press(client, slug, state, **headers):
    return client.post(f"/tools/{slug}/bookmark/", {"bookmarked": state, "back": "/tools/"}, headers=headers)


@pytest.mark.parametrize("is_htmx", [True, False])
@pytest.mark.parametrize(("before", "after"), [("no", "no"), ("no", "yes"), ("yes", "yes"), ("yes", "no")])
def test_every_transition(client, before, after, is_htmx):
    make_tool("Alpha")
    headers = HTMX if is_htmx else {}
    press(client, "alpha", before, **headers)
    response = press(client, "alpha", after, **headers)
    assert Bookmark.objects.count() == (after == "yes")
    if is_htmx:
        assert (f'aria-pressed="{"true" if after == "yes" else "false"}"') in html_of(response)
        assert "bookmarked." in text_of(response)
    else:
        assert response["Location"] == f"/tools/#{'bookmarked' if after == 'yes' else 'unbookmarked'}-alpha"


@pytest.mark.parametrize("back", ["https://evil.example/", "/a\0b"])
def test_an_unsafe_return_address_leads_to_the_tool(client, back):
    make_tool("Alpha")
    assert client.post("/tools/alpha/bookmark/", {"bookmarked": "yes", "back": back}).status_code == 303
    response = client.post("/tools/alpha/bookmark/", {"bookmarked": "yes", "back": back}, headers=HTMX)
    assert response.status_code == 200
    assert Bookmark.objects.count() == 1


@pytest.fixture
def two_bookmarks(client):
    """Beta, which nobody judged, is bookmarked after Alpha."""
    make_tool(
        "Alpha", "ship, ship, ship, skip", entry_price="$9", licence="MIT", tagline="The first of the letters"
    )
    make_tool("Beta")
    press(client, "alpha", "yes")
    press(client, "beta", "yes")


def test_the_page_lists_the_newest_first_as_every_list_of_tools_does(client, two_bookmarks):
    response = client.get("/bookmarks/")
    row = (
        "The first of the letters",
        "Workshop",
        "$9",
        "MIT",
        "Ship · 3 ship / 1 skip",
        "75% of 4 verdicts",
    )
    assert_in_order(text_of(response), "Your bookmarks", "Beta", "No verdicts yet", "Alpha", *row)
    assert "no-store" in response["Cache-Control"]


def test_a_row_of_the_page_can_be_ticked_and_taken_out(client, two_bookmarks):
    html = html_of(client.get("/bookmarks/"))
    assert re.search(
        r'<form action="/compare/pick/" method="get" data-compare-tray>.*name="tool" value="beta".*</form>',
        html,
        re.DOTALL,
    )
    assert re.search(r'id="bookmark-beta-button"[^>]*value="no" aria-pressed="true"', html)
    assert "Tick two to four tools to compare them. Compare the ticked tools" in text_of(
        client.get("/bookmarks/")
    )


def test_the_panel_is_a_short_list_with_the_number_of_verdicts(client, two_bookmarks):
    response = client.get("/bookmarks/?part=panel")
    assert b"<html" not in response.content
    text = text_of(response)
    assert_in_order(
        text,
        "Beta",
        "No verdicts yet · Free",
        "Alpha",
        "Panel ship 75% of 4 verdicts · $9",
        "Compare the ticked tools",
    )
    assert "See or remove all your bookmarks" in text


def test_no_id_of_the_panel_is_one_of_the_page(client, two_bookmarks):
    assert b" id=" not in client.get("/bookmarks/?part=panel").content


@pytest.mark.parametrize("path", ["/bookmarks/", "/bookmarks/?part=panel"])
def test_more_bookmarks_ask_no_more_queries(client, two_bookmarks, path, django_assert_num_queries):
    with django_assert_num_queries(4):
        client.get(path)
    for number in range(20):
        make_tool(f"Tool {number}", "ship, skip")
        press(client, f"tool-{number}", "yes")
    with django_assert_num_queries(4):
        client.get(path)


def test_the_address_of_the_page_answers_htmx_with_the_page(client):
    assert b"<html" in client.get("/bookmarks/", headers=HTMX).content


def test_an_empty_bookmarks_page_says_so(client):
    text = text_of(client.get("/bookmarks/"))
    assert "No bookmarks yet" in text
    assert "Bookmark tools to save them for later" in text


def test_every_page_holds_the_panel(client):
    html = html_of(client.get("/"))
    assert "Loading bookmarks…" in html
    assert '<dialog class="panel-dialog" id="bookmarks-panel"' in html


def test_the_201st_bookmark_is_refused_with_a_sentence(client):
    make_tool("Alpha")
    press(client, "alpha", "yes")
    visitor = Bookmark.objects.get().visitor
    for number in range(MOST_BOOKMARKS - 1):
        Bookmark.objects.create(visitor=visitor, tool=make_tool(f"Tool {number}"))
    make_tool("Beta")
    assert "You have 200 bookmarks" in text_of(press(client, "beta", "yes", **HTMX))
    assert press(client, "beta", "yes").status_code == 409
    assert press(client, "alpha", "yes").status_code == 303
    assert Bookmark.objects.count() == MOST_BOOKMARKS


def test_ticked_bookmarks_are_compared(client):
    make_tool("Alpha")
    make_tool("Beta")
    response = client.get("/compare/pick/?tool=beta&tool=alpha", follow=True)
    assert response.redirect_chain == [("/compare/alpha-vs-beta/", 302)]
    assert "Name one more tool to put beside Beta." in text_of(client.get("/compare/pick/?tool=beta"))


def test_an_unpublished_tool_is_not_bookmarked_and_drops_out_of_the_list(client):
    tool = make_tool("Alpha")
    press(client, "alpha", "yes")
    type(tool).objects.update(status="retired")
    assert "No bookmarks yet" in text_of(client.get("/bookmarks/"))
    assert press(client, "alpha", "yes").status_code == 404


def test_a_wrong_value_is_reported(client):
    make_tool("Alpha")
    assert "Choose bookmark or remove." in text_of(press(client, "alpha", "maybe", **HTMX))
    assert press(client, "alpha", "maybe").status_code == 422


def test_a_button_says_what_it_sets(client):
    make_tool("Alpha")
    assert re.search(
        r'name="bookmarked" value="no" aria-pressed="true"', html_of(press(client, "alpha", "yes", **HTMX))
    )


def test_a_retired_tools_bookmark_is_counted_nowhere(client):
    for name in ("Alpha", "Beta"):
        make_tool(name)
        press(client, name.lower(), "yes")
    visitor = Bookmark.objects.first().visitor
    Tool.objects.filter(slug="beta").update(status="retired")
    assert visitor_state(visitor=visitor, slugs=[]).bookmark_count == 1
    assert press(client, "alpha", "yes", **HTMX).context["count"] == 1
    Tool.objects.filter(slug="beta").update(status="published")
    assert visitor_state(visitor=visitor, slugs=[]).bookmark_count == 2


def test_bookmarks_of_retired_tools_do_not_count_towards_the_limit(client, monkeypatch):
    monkeypatch.setattr("comparisons.services.visitors.bookmarks.MOST_BOOKMARKS", 1)
    for name in ("Alpha", "Beta"):
        make_tool(name)
    press(client, "alpha", "yes")
    assert press(client, "beta", "yes").status_code == 409
    Tool.objects.filter(slug="alpha").update(status="retired")
    assert press(client, "beta", "yes").status_code == 303
