"""Counts in SQL equal what `reviews/services/panel.py` computes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from reviews.models import Tool, VoteTally
from reviews.models.tool_facts import costs_at_most
from reviews.services.counting.community import summarise_votes
from reviews.services.panel import summarise
from tests.bulk_factories import make_varied_tools
from tests.factories import make_panel, make_tool, make_verdict

VERDICTS = st.tuples(st.sampled_from(["ship", "skip"]), st.none() | st.integers(0, 100))


def in_words(panel) -> str:
    return panel.decision or "none"


@pytest.mark.django_db
def test_the_database_counts_two_hundred_panels_as_the_page_does():
    make_varied_tools(200)
    tools = Tool.objects.with_panel_counts().with_panel()
    decisions = {
        decision: set(Tool.objects.with_panel_counts().decided(decision))
        for decision in ("ship", "split", "skip", "none")
    }
    assert all(decisions.values()), "the drawn panels are not varied enough"
    for tool in tools:
        panel = summarise(tool.verdicts.all())
        assert (tool.panel_ship, tool.panel_mean, tool.panel_total or 0) == (
            panel.ship_percent,
            panel.mean_score,
            panel.total,
        )
        assert [decision for decision, those in decisions.items() if tool in those] == [in_words(panel)]


class TestAnyPanel(TestCase):
    @given(st.lists(VERDICTS, max_size=4))
    def test_is_counted_by_the_database_as_by_the_page(self, verdicts):
        tool = make_tool("Any")
        for reviewer, (decision, score) in zip(make_panel(), verdicts, strict=False):
            make_verdict(tool, reviewer, decision, score)
        counted = Tool.objects.with_panel_counts().get()
        panel = summarise(tool.verdicts.all())
        assert (counted.panel_ship, counted.panel_mean) == (panel.ship_percent, panel.mean_score)
        assert Tool.objects.with_panel_counts().decided(in_words(panel)).exists()


@pytest.mark.django_db
def test_halves_go_up_in_the_database_too():
    make_tool("Halves", "ship 80, ship 81, skip 40, -")
    tool = Tool.objects.with_panel_counts().get()
    assert (tool.panel_ship, tool.panel_mean) == (67, 67)
    make_tool("Half a point", "ship 80, ship 81")
    assert Tool.objects.with_panel_counts().get(name="Half a point").panel_mean == 81


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ships", "skips"), [(399, 1), (1, 399), (400, 0), (0, 400), (199, 1), (1, 199), (5, 3)]
)
def test_the_database_says_100_and_0_percent_of_votes_as_the_page_does(ships, skips):
    tally = VoteTally.objects.create(tool=make_tool("Any"), ships=ships, skips=skips, networks=400)
    counted = Tool.objects.with_community_counts(fewest=10).get()
    assert counted.community_ship == summarise_votes(tally).ship_percent


@pytest.mark.django_db
def test_a_price_of_free_is_recognised_in_any_case():
    prices = ["Free", "free", " FREE ", "Free trial", "$20 a month", "Freemium", ""]
    for number, price in enumerate(prices):
        make_tool(f"Tool {number}", entry_price=price)
    tools = Tool.objects.with_facts()
    assert {tool.entry_price for tool in tools.free()} == {"Free", "free", "FREE"}
    assert {tool for tool in tools if tool.is_free} == set(Tool.objects.free())
    assert {tool.entry_price for tool in tools.paid()} == {"Free trial", "$20 a month", "Freemium"}
    assert {tool for tool in tools if tool.is_paid} == set(Tool.objects.paid())


@pytest.mark.django_db
def test_what_a_tool_costs_at_most_is_the_same_in_the_database():
    make_tool("Free one", entry_price="Free")
    make_tool("Cheap", entry_price="$20 a month", monthly_price="20")
    make_tool("Dear", entry_price="$50 a month", monthly_price="$49.99")
    make_tool("By use", entry_price="Pay per use")
    for dollars, names in (
        (0, {"Free one"}),
        (20, {"Free one", "Cheap"}),
        (50, {"Free one", "Cheap", "Dear"}),
    ):
        assert {tool.name for tool in Tool.objects.filter(costs_at_most(dollars))} == names
        prices = {tool.name: tool.monthly_price for tool in Tool.objects.with_facts()}
        assert {name for name, price in prices.items() if price is not None and price <= dollars} == names


@pytest.mark.django_db
def test_unknown_figures_come_last_in_every_order():
    make_tool("Alpha")
    make_tool("Beta", "ship, ship")
    make_tool("Gamma", "ship 60, ship 70, ship, ship")
    make_tool("Delta", "skip 99, ship 90")
    counted = Tool.objects.with_panel_counts()
    assert [tool.name for tool in counted.by_panel_ship()] == ["Gamma", "Beta", "Delta", "Alpha"]
    assert [tool.name for tool in counted.by_mean_score()] == ["Delta", "Gamma", "Alpha", "Beta"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ships", "skips", "floor"),
    [
        (5, 0, 0.5655),
        (0, 5, 0.0),
        (9, 1, 0.5958),
        (1900, 100, 0.9396),
        (4, 0, None),
    ],
)
def test_the_community_floor_is_the_lower_end_of_the_interval(ships, skips, floor):
    VoteTally.objects.create(tool=make_tool("Any"), ships=ships, skips=skips, networks=ships + skips)
    assert Tool.objects.with_community_counts(fewest=5).get().community_floor == pytest.approx(
        floor, abs=0.0001
    )
