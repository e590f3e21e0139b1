"""What a tool is compared with: curated comparisons, then similar tools."""

from datetime import timedelta

import pytest

from comparisons.services.lists.compared_with import MOST_CURATED, MOST_SIMILAR, compared_with
from tests.factories import PUBLISHED_AT, make_category, make_comparison, make_tool
from tests.html_text import assert_in_order, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha():
    return make_tool("Alpha")


def headings(tool) -> list[str]:
    return [rival.heading for rival in compared_with(tool=tool)]


def test_curated_ones_come_first_and_newest_first_of_them(alpha):
    make_tool("Like")
    make_comparison(alpha, make_tool("Old", category=make_category("Garden")), published_at=PUBLISHED_AT)
    make_comparison(make_tool("New"), alpha, published_at=PUBLISHED_AT + timedelta(days=1))
    assert headings(alpha) == ["New vs Alpha", "Alpha vs Old", "Alpha vs Like"]


def test_likes_are_of_the_same_category_and_kind_by_panel_ship(alpha):
    make_tool("Low", "ship, skip")
    make_tool("High", "ship, ship")
    make_tool("Unjudged")
    make_tool("Aardvark", "ship, ship")
    make_tool("Other kind", kind="library")
    make_tool("Other category", category=make_category("Garden"))
    make_tool("Draft", status="draft")
    make_tool("Retired", status="retired")
    assert headings(alpha) == ["Aardvark vs Alpha", "Alpha vs High", "Alpha vs Low", "Alpha vs Unjudged"]


def test_a_comparison_that_readers_do_not_see_is_a_like_at_most(alpha):
    make_comparison(alpha, make_tool("Beta"), published_at=None, note="Secret.")
    rivals = compared_with(tool=alpha)
    assert [(rival.heading, rival.note) for rival in rivals] == [("Alpha vs Beta", "")]


def test_every_link_leads_to_its_comparison(client, alpha):
    make_comparison(make_tool("Beta"), alpha, note="The difference.")
    make_tool("Aardvark")
    text = text_of(client.get("/tools/alpha/"))
    assert_in_order(
        text,
        "Compared with",
        "Beta vs Alpha",
        "The difference.",
        "Direct rivals",
        "Aardvark vs Alpha",
        "Of the same category",
    )
    for rival in compared_with(tool=alpha):
        assert client.get(f"/compare/{rival.address}/").status_code == 200


def test_a_verdict_stands_beside_the_name_of_its_tool(client, alpha):
    make_comparison(make_tool("Beta", "ship, ship, ship, skip"), alpha)
    text = text_of(client.get("/tools/alpha/"))
    assert_in_order(text, "Compared with", "Beta vs Alpha", "Beta BSFF Ship · 3 ship / 1 skip")


def test_ticking_one_compares_it_with_the_tool_of_the_page(client, alpha):
    make_tool("Beta")
    html = client.get("/tools/alpha/").content.decode()
    assert '<input type="hidden" name="tool" value="alpha" data-given>' in html
    assert client.get("/compare/pick/?tool=alpha&tool=beta")["Location"] == "/compare/alpha-vs-beta/"


def test_there_are_never_more_than_a_page_can_hold(alpha):
    for number in range(MOST_CURATED + 3):
        make_comparison(alpha, make_tool(f"Curated {number}", kind="library"))
    for number in range(MOST_SIMILAR + 3):
        make_tool(f"Like {number}")
    assert len(compared_with(tool=alpha)) == MOST_CURATED + MOST_SIMILAR


def test_a_retired_tool_is_compared_with_nothing(client):
    retired = make_tool("Retired", status="retired")
    make_comparison(retired, make_tool("Beta"))
    assert compared_with(tool=retired) == []
    assert "Compared with" not in text_of(client.get("/tools/retired/"))
