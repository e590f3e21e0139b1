"""Related comparisons: of the same tools first, then of the same categories."""

from datetime import timedelta

import pytest

from comparisons.models import Comparison
from comparisons.services.compare.related import MOST, related_comparisons
from tests.factories import PUBLISHED_AT, make_category, make_comparison, make_tool
from tests.html_text import assert_in_order, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Comparison:
    return make_comparison(make_tool("Alpha"), make_tool("Beta"))


def found(pair: Comparison) -> list[str]:
    return [str(each) for each in related_comparisons(tools=[pair.first, pair.second], comparison=pair)]


def test_a_shared_tool_comes_before_a_shared_category_and_newer_before_older(pair):
    garden = make_category("Garden")
    make_comparison(
        make_tool("Near"), make_tool("Far", category=garden), published_at=PUBLISHED_AT + timedelta(days=9)
    )
    make_comparison(pair.first, make_tool("Old"))
    make_comparison(
        make_tool("New", category=garden), pair.second, published_at=PUBLISHED_AT + timedelta(days=1)
    )
    make_comparison(make_tool("Foreign", category=garden), make_tool("Stranger", category=garden))
    assert found(pair) == ["New vs Beta", "Alpha vs Old", "Near vs Far"]


def test_there_are_four_at_most_and_readers_may_see_each(pair):
    make_comparison(pair.first, make_tool("Hidden", status="draft"))
    make_comparison(pair.first, make_tool("Planned"), published_at=None)
    for number in range(MOST + 1):
        make_comparison(pair.first, make_tool(f"Tool {number}"))
    assert len(found(pair)) == MOST
    assert not {"Alpha vs Hidden", "Alpha vs Planned"} & set(found(pair))


def test_they_stand_between_the_verdicts_and_the_letter_with_the_editors_note(client, pair):
    make_comparison(pair.first, make_tool("Gamma"), note="The difference.")
    text = text_of(client.get("/compare/alpha-vs-beta/"))
    assert_in_order(
        text,
        "When, how and by whom",
        "Related comparisons Alpha vs Gamma Direct rivals. The difference.",
        "Weekly",
    )


def test_without_others_there_is_no_section(client, pair):
    assert "Related comparisons" not in text_of(client.get("/compare/alpha-vs-beta/"))


def test_three_tools_lead_to_the_pairs_among_them(client, pair):
    make_tool("Gamma")
    assert "Related comparisons Alpha vs Beta" in text_of(client.get("/compare/alpha-vs-beta-vs-gamma/"))
