"""Titles and descriptions say the answer that the page gives."""

import re
from html import unescape

import pytest

from comparisons.models import Comparison
from reviews.models import Tool
from tests.factories import make_comparison, make_tool

pytestmark = pytest.mark.django_db


def head_of(client, path: str) -> tuple[str, str]:
    """Return the title without the site's name, and the description."""
    html = client.get(path).text
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL).group(1)
    description = re.search(r'<meta name="description"\s+content="(.*?)">', html, re.DOTALL).group(1)
    return unescape(title).removesuffix(" · Panelship"), unescape(description)


@pytest.mark.parametrize(
    ("first", "second", "relation", "title"),
    [
        ("ship, ship, skip, ship", "ship, skip, ship, ship", "rivals", "level, 3 of 4 each"),
        ("ship, ship, ship, ship", "ship, skip, ship, ship", "rivals", "Alpha leads, 4 of 4 ship it"),
        (
            "ship 90, ship 90, skip, ship",
            "ship 70, skip, ship 70, ship",
            "rivals",
            "Alpha leads by its scores",
        ),
        ("skip, skip, skip, skip", "skip, skip, skip, skip", "rivals", "nobody on the panel ships either"),
        ("ship, ship, skip, ship", "ship, skip, ship, ship", "different", "these do different jobs"),
        ("ship, ship, skip, ship", "-, -, -, -", "rivals", "too early to say"),
    ],
)
def test_the_title_of_a_comparison_is_its_answer(client, first, second, relation, title):
    make_comparison(make_tool("Alpha", first), make_tool("Beta", second), relation=relation)
    assert head_of(client, "/compare/alpha-vs-beta/")[0] == f"Alpha vs Beta: {title}"


def test_the_description_of_a_comparison_tells_who_differs_and_when(client):
    make_comparison(make_tool("Alpha", "ship, ship, skip, ship"), make_tool("Beta", "ship, skip, ship, ship"))
    description = head_of(client, "/compare/alpha-vs-beta/")[1]
    assert description.startswith(
        "Alpha vs Beta: level, 3 of 4 each; the Skeptic would skip Beta, the Futurist would skip Alpha. "
        "As of 4 January 2026."
    )


def test_title_and_description_of_a_tool_are_its_verdict(client):
    make_tool("Alpha", "ship 80, ship 70, skip, ship", entry_price="$20 a month")
    title, description = head_of(client, "/tools/alpha/")
    assert title == "Alpha: ship, 3 of 4 ship it"
    assert description == (
        "Alpha: ship, 3 of 4 ship it, mean score 75. What Alpha is. Entry: $20 a month. "
        "Judged on 4 January 2026. Reasons, prices and what it is compared with."
    )
    make_tool("Beta")
    assert head_of(client, "/tools/beta/")[0] == "Beta: not judged by the panel yet"
    make_tool("Gamma", "ship", status="retired")
    assert head_of(client, "/tools/gamma/")[0] == "Gamma (retired)"


def test_long_names_shorten_the_answer_before_the_names(client):
    name = "An Uncommonly Long Name"
    make_comparison(make_tool(name, "ship, ship, ship, ship"), make_tool("Beta", "ship, skip, ship, ship"))
    title, description = head_of(client, "/compare/an-uncommonly-long-name-vs-beta/")
    assert title == f"{name} vs Beta"
    assert len(description) <= 155
    names = [f"Name {number} {'long ' * 20}end" for number in (1, 2)]
    make_comparison(*(make_tool(name, "ship", slug=f"n{i}") for i, name in enumerate(names)))
    assert head_of(client, "/compare/n0-vs-n1/")[0] == " vs ".join(names), "names are never cut"


def test_over_the_catalogue_titles_and_descriptions_fit_and_name_the_tools(client, catalogue):
    pages = [
        row.get_absolute_url() for row in Comparison.objects.published().select_related("first", "second")
    ]
    pages += [tool.get_absolute_url() for tool in Tool.objects.published()]
    assert len(pages) > 40
    too_long = []
    for path in pages:
        title, description = head_of(client, path)
        heading = re.search(r"<h1.*?</h1>", client.get(path).text, re.DOTALL).group()
        words = re.sub(r"\s+", " ", unescape(re.sub("<[^>]*>", "", heading))).strip()
        assert title.startswith(words), path
        too_long += [path] if len(title) > 48 and title != words else []
        assert 40 <= len(description) <= 155, f"{path}: {description}"
    assert too_long == []
