"""The front page: ways in, for somebody with a question."""

from datetime import timedelta

import pytest

from reviews.models import VoteTally
from tests.cast import YESTERYEAR, make_comparison, make_tool
from tests.reading import in_this_order, text_of

pytestmark = pytest.mark.django_db


def test_everything_is_there_in_its_order(client, catalogue):
    in_this_order(
        text_of(client.get("/")),
        "Which AI tool should you ship with?",
        "First tool",
        "Second tool",
        "Compare",
        "Newest comparisons",
        "llama.cpp vs vLLM",
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
    in_this_order(text, "Gamma", "100% of 4 verdicts", "Alpha", "100% of 2 verdicts", "Beta", "75% of 4 verdicts")
    assert "Unjudged" not in text


def test_equals_that_did_not_fit_are_counted(client):
    for number in range(9):
        make_tool(f"Tool {number}", "ship, ship")
    assert "3 more are equal to the last of these." in text_of(client.get("/"))


def test_a_full_list_without_further_equals_says_nothing(client):
    for number in range(6):
        make_tool(f"Tool {number}", "ship, ship")
    make_tool("Lower", "ship, skip")
    text = text_of(client.get("/"))
    assert "equal to the last" not in text
    assert "Lower" not in text


def test_the_split_ones_are_others_than_the_newest(client):
    for number in range(7):
        one, other = make_tool(f"A {number}", "ship, skip"), make_tool(f"B {number}", "skip, ship")
        make_comparison(one, other, published_at=YESTERYEAR + timedelta(days=number))
    text = text_of(client.get("/"))
    newest, split = text[: text.index("Where the panel is most split")], text[text.index("Where the panel is most split") :]
    assert "A 0 vs B 0" not in newest
    assert "A 6 vs B 6" in newest
    assert "A 0 vs B 0" in split
    assert "A 6 vs B 6" not in split


def test_a_panel_of_one_mind_is_not_called_split(client):
    for number in range(7):
        make_comparison(make_tool(f"A {number}", "ship, ship"), make_tool(f"B {number}", "skip, skip"))
    assert "Where the panel is most split" not in text_of(client.get("/"))


def test_crowd_and_panel_are_shown_only_where_they_disagree_the_widest_first(client):
    votes = {"Alpha": (4, 16), "Beta": (0, 20), "Gamma": (15, 5), "Delta": (0, 19), "Epsilon": (0, 20)}
    for name, (ships, skips) in votes.items():
        tool = make_tool(name, "" if name == "Epsilon" else "ship, ship, ship, skip")
        VoteTally.objects.create(tool=tool, ships=ships, skips=skips)
    text = text_of(client.get("/"))
    section = text[text.index("Where crowd and panel disagree") : text.index("The panel Builder")]
    in_this_order(section, "Beta", "75 percentage points less keen", "Alpha", "The crowd is 55 percentage points less keen")
    assert "Community: 20% · 4 ship / 16 skip. Panel: 75% of 4 verdicts" in section
    for name in ("Gamma", "Delta", "Epsilon"):
        assert name not in section


def test_without_votes_nobody_disagrees(client):
    make_tool("Alpha", "ship, ship, ship, skip")
    assert "Where crowd and panel disagree" not in text_of(client.get("/"))


def test_an_empty_site_still_has_its_front_page(client):
    text = text_of(client.get("/"))
    assert "No comparison has been published yet." in text
    assert "Highest panel ship" not in text
    assert "The panel" not in text
