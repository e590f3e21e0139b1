"""The front page."""

from datetime import timedelta

import pytest

from reviews.models import Tool, VoteTally
from tests.factories import PUBLISHED_AT, make_comparison, make_tool
from tests.html_text import assert_in_order, text_of

pytestmark = pytest.mark.django_db


def test_everything_is_there_in_its_order(client, catalogue):
    assert_in_order(
        text_of(client.get("/")),
        "Which AI tool should you ship with?",
        "First tool",
        "Second tool",
        "Compare",
        "Newest comparisons",
        "Replicate vs ComfyUI",
        "Highest panel ship",
        "100% of 4 verdicts",
        "Where the panel is most split",
        "lean to",
        "The panel",
        "Builder",
    )


def test_leaders_come_by_panel_ship_with_the_number_of_verdicts(client):
    make_tool("Beta", "ship, ship, ship, skip")
    make_tool("Alpha", "ship, ship")
    make_tool("Gamma", "ship, ship, ship, ship")
    make_tool("Unjudged")
    text = text_of(client.get("/"))
    assert_in_order(
        text, "Gamma", "100% of 4 verdicts", "Alpha", "100% of 2 verdicts", "Beta", "75% of 4 verdicts"
    )
    assert "Unjudged" not in text


def test_equals_that_did_not_fit_are_counted(client):
    for number in range(9):
        make_tool(f"Tool {number}", "ship, ship")
    assert "3 more tools have the same panel ship as Tool 5." in text_of(client.get("/"))


def test_a_single_further_equal_is_mentioned_in_the_singular(client):
    for number in range(7):
        make_tool(f"Tool {number}", "ship, ship")
    assert "1 more tool has the same panel ship as Tool 5." in text_of(client.get("/"))


def test_a_leader_without_known_scores_says_so(client):
    make_tool("Alpha", "ship 80, ship 70")
    make_tool("Beta", "ship, ship")
    make_tool("Gamma", "ship")
    assert_in_order(
        text_of(client.get("/")),
        *(
            "100% of 2 verdicts · mean score 75",
            "100% of 2 verdicts · scores not known",
            "100% of 1 verdict · scores not known",
        ),
    )


def test_a_full_list_without_further_equals_says_nothing(client):
    for number in range(6):
        make_tool(f"Tool {number}", "ship, ship")
    make_tool("Lower", "ship, skip")
    text = text_of(client.get("/"))
    assert "the same panel ship as" not in text
    assert "Lower" not in text


def test_tools_that_nobody_checked_are_in_no_ranking(client):
    make_tool("Checked", "ship, skip")
    for name in ("Alpha", "Beta"):
        make_tool(name, "ship, skip" if name == "Alpha" else "skip, ship", facts_checked_on=None)
    make_comparison(Tool.objects.get(slug="alpha"), Tool.objects.get(slug="beta"))
    context = client.get("/").context
    assert [leader.name for leader in context["leaders"].tools] == ["Checked"]
    assert context["split"] == []
    assert context["newest"] == []


def test_the_most_split_stand_there_and_no_pair_stands_there_twice(client):
    for number in range(7):
        one = make_tool(f"A {number}", "ship, skip")
        other = make_tool(f"B {number}", "skip, ship")
        make_comparison(one, other, published_at=PUBLISHED_AT + timedelta(days=number))
    evenly = make_tool("C", "ship, ship, skip, skip"), make_tool("D", "skip, skip, ship, ship")
    make_comparison(*evenly, published_at=PUBLISHED_AT - timedelta(days=1))
    text = text_of(client.get("/"))
    newest = text[: text.index("Where the panel is most split")]
    split = text[text.index("Where the panel is most split") :]
    assert "C vs D" not in newest
    assert_in_order(newest, "A 6 vs B 6", "A 1 vs B 1")
    assert_in_order(split, "C vs D", "A 0 vs B 0")
    assert "A 1 vs B 1" not in split


def test_a_panel_of_one_mind_is_not_called_split(client):
    for number in range(7):
        make_comparison(make_tool(f"A {number}", "ship, ship"), make_tool(f"B {number}", "skip, skip"))
    assert "Where the panel is most split" not in text_of(client.get("/"))


def test_crowd_and_panel_are_shown_only_where_they_disagree_the_widest_first(client):
    votes = {"Alpha": (4, 16), "Beta": (0, 20), "Gamma": (15, 5), "Delta": (0, 19), "Epsilon": (0, 20)}
    for name, (ships, skips) in votes.items():
        tool = make_tool(name, "" if name == "Epsilon" else "ship, ship, ship, skip")
        VoteTally.objects.create(tool=tool, ships=ships, skips=skips, networks=ships + skips)
    text = text_of(client.get("/"))
    section = text[text.index("Where crowd and panel disagree") : text.index("The panel Builder")]
    assert_in_order(
        section,
        "Beta",
        "75 percentage points less keen",
        "Alpha",
        "The crowd is 55 percentage points less keen",
    )
    assert "Community: 20% · 4 ship / 16 skip. Panel: 75% of 4 verdicts" in section
    for name in ("Gamma", "Delta", "Epsilon"):
        assert name not in section


def test_sections_without_anything_are_not_shown(client):
    make_tool("Alpha", "ship, ship, ship, skip")
    text = text_of(client.get("/"))
    for heading in ("Newest comparisons", "Where the panel is most split", "Where crowd and panel disagree"):
        assert heading not in text


def test_equals_in_panel_ship_come_by_mean_score_and_not_by_alphabet(client):
    make_tool("Alpha", "ship 70, ship 60")
    make_tool("Beta", "ship 90, ship 80")
    make_tool("Aardvark", "ship, ship")
    leaders = client.get("/").context["leaders"].tools
    assert [leader.name for leader in leaders] == ["Beta", "Alpha", "Aardvark"]


def test_three_steps_say_what_a_panel_is(client):
    make_tool("Alpha", "ship 70, ship 60")
    assert_in_order(
        text_of(client.get("/")),
        "A panel judges each tool",
        "Builder",
        "Each says ship or skip",
        "You decide",
    )


def test_an_empty_site_still_has_its_front_page(client):
    text = text_of(client.get("/"))
    assert "Which AI tool should you ship with?" in text
    assert "Newest comparisons" not in text
    assert "Highest panel ship" not in text
    assert "Where crowd and panel disagree" not in text
    assert "The panel" not in text
