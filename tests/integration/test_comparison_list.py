"""`/compare/`: curated comparisons by category and name, newest or most split first."""

import re
from datetime import timedelta

import pytest

from comparisons.models import Comparison
from comparisons.services.lists.comparison_cards import load_sides
from reviews.services.counting.split import pair_split
from tests.bulk_factories import make_varied_tools
from tests.factories import PUBLISHED_AT, make_category, make_comparison, make_tool
from tests.html_text import assert_in_order, html_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    """Three comparisons of five tools: split, unanimous, and without leaning."""
    garden = make_category("Garden")
    alpha = make_tool("Alpha One", "ship, skip, ship, ship")
    beta = make_tool("Beta", "skip, ship, ship, ship")
    gamma = make_tool("Gamma", "skip, skip, skip, skip")
    delta = make_tool("Delta", category=garden)
    make_comparison(alpha, beta, published_at=PUBLISHED_AT)
    make_comparison(gamma, alpha, published_at=PUBLISHED_AT + timedelta(days=1))
    make_comparison(
        delta, alpha, published_at=PUBLISHED_AT + timedelta(days=2), note="Between a pager and an optimiser."
    )


def listed(client, query) -> list[str]:
    text = text_of(client.get(f"/compare/?{query}"))
    found = {
        name: text.find(name) for name in ("Alpha One vs Beta", "Gamma vs Alpha One", "Delta vs Alpha One")
    }
    return sorted((name for name in found if found[name] >= 0), key=lambda name: found[name])


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Delta vs Alpha One", "Gamma vs Alpha One", "Alpha One vs Beta"]),
        ("sort=split", ["Alpha One vs Beta", "Delta vs Alpha One", "Gamma vs Alpha One"]),
        ("category=garden", ["Delta vs Alpha One"]),
        ("category=workshop", ["Delta vs Alpha One", "Gamma vs Alpha One", "Alpha One vs Beta"]),
        ("q=gam", ["Gamma vs Alpha One"]),
        ("q=beta+alpha", ["Alpha One vs Beta"]),
        ("q=BETA+vs+one", ["Alpha One vs Beta"]),
        ("q=beta+gamma", []),
        ("q=alpha&category=garden", ["Delta vs Alpha One"]),
        ("q=pager", ["Delta vs Alpha One"]),  # in the note
        ("q=delta+PAGER", ["Delta vs Alpha One"]),
        ("q=beta+pager", []),
        ("q=optimizer", ["Delta vs Alpha One"]),
    ],
)
def test_the_address_chooses_and_sorts(client, three, query, names):
    assert listed(client, query) == names


def test_a_split_panel_is_said_in_words(client, three):
    text = text_of(client.get("/compare/"))
    assert_in_order(text, "Alpha One vs Beta", "1 reviewer leans to Alpha One, 1 to Beta")
    assert text.count("to Alpha One,") == 1


def test_nothing_found_says_what_to_do(client, three):
    assert "Any two tools can be compared: name them above." in text_of(client.get("/compare/?q=zzz"))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("q=gamna", ["Gamma"]),
        ("q=gamna&category=garden", ["Gamma"]),
        ("q=gamma&category=garden", []),  # well typed, and not on that shelf
        ("q=zzzzzz", []),
        ("q=Mapel", []),  # a tool of no comparison
        ("category=garden", []),
    ],
)
def test_a_mistyped_name_is_guessed(client, three, query, names):
    make_tool("Maple")
    for part in ("", "&part=list"):
        html = html_of(client.get(f"/compare/?{query}{part}"))
        assert sorted(re.findall(r'<a href="/compare/\?q=([^"]+)"', html)) == sorted(names)
        assert ("Did you mean" in html) == bool(names)


def test_guessing_a_comparison_has_a_query_budget(client, three, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/compare/?q=gamna")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"category": "nonsense"}, "That is none of the choices for “Category”"),
        ({"sort": "nonsense"}, "That is none of the choices for “Sort by”"),
        ({"q": "x" * 121}, "use at most 120 characters"),
        ({"page": "two"}, "Pages are counted from 1"),
    ],
)
def test_a_wrong_value_is_reported_and_the_page_still_shows(client, three, query, sentence):
    response = client.get("/compare/", query)
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert "Gamma vs Alpha One" in text_of(response)


@pytest.mark.parametrize(
    "typed", ["%", "_", "\0", "a\0b", "\\", "'", '"', "a " * 60, "vs", "🦙", "--", "*", "(", "<b>"]
)
def test_anything_typed_gets_a_page(client, three, typed):
    assert client.get("/compare/", {"q": typed}).status_code == 200


def test_sql_wildcards_are_matched_literally(client, three):
    assert listed(client, "q=%25") == []
    assert listed(client, "q=_") == []


def test_a_part_is_the_list_alone(client, three):
    response = client.get("/compare/?part=list&q=gam&category=")
    assert "<html" not in html_of(response)
    assert response["HX-Push-Url"] == "/compare/?q=gam"
    assert "1 comparison</p>" in html_of(response)


def test_pages_hold_24(client):
    make_varied_tools(30)
    html = html_of(client.get("/compare/"))
    assert html.count('class="item pair"') == 24
    assert client.get("/compare/?page=2").content.decode().count('class="item pair"') == 5


def test_pairs_with_different_jobs_are_not_split_and_come_last(client):
    make_comparison(make_tool("A", "ship, skip"), make_tool("B", "skip, ship"), relation="different")
    make_comparison(
        make_tool("C", "ship, ship"),
        make_tool("D", "skip, ship"),
        published_at=PUBLISHED_AT - timedelta(days=1),
    )
    text = text_of(client.get("/compare/?sort=split"))
    assert_in_order(text, "C vs D", "A vs B")
    assert "lean" not in text


def test_the_database_and_the_rule_agree_on_what_is_split():
    """SQL sorts two hundred drawn pairs like `services/counting/split.py`."""
    make_varied_tools(200)
    rows = load_sides(Comparison.objects.published().most_split_first())
    sides = [
        (
            row.relation == "different",
            pair_split(first=row.first.verdicts.all(), second=row.second.verdicts.all()),
        )
        for row in rows
    ]
    keys = [(is_last, -min(side.first, side.second), max(side.first, side.second)) for is_last, side in sides]
    assert keys == sorted(keys)
    assert len(set(keys)) > 5, "the drawn pairs are not varied enough"
    assert keys[0][:2] == (False, -2)
