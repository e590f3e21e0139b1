"""The front page: ways in, for somebody with a question."""

from datetime import timedelta

import pytest

from comparisons.services.rankings import Disagreement
from comparisons.views import home
from reviews.models import Tool
from reviews.services.judged import judged
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


def test_crowd_and_panel_are_shown_only_where_they_disagree(client, monkeypatch):
    make_tool("Alpha", "ship, ship, ship, skip")
    assert "Where crowd and panel disagree" not in text_of(client.get("/"))
    alpha = judged(Tool.objects.with_panel())[0]
    monkeypatch.setattr(home, "disagreements", lambda **_: [Disagreement(judged=alpha, community_percent=20, votes=25)])
    in_this_order(
        text_of(client.get("/")),
        "Where crowd and panel disagree",
        "Alpha",
        "The community ships it at 20%, the panel at 75%: 55 points apart, and the panel is the keener.",
        "25 votes, 4 verdicts",
    )


def test_an_empty_site_still_has_its_front_page(client):
    text = text_of(client.get("/"))
    assert "No comparison has been published yet." in text
    assert "Highest panel ship" not in text
