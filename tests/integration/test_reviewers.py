"""The panel, and one reviewer with its record and its verdicts."""

from datetime import date

import pytest

from reviews.models import Reviewer, Verdict
from tests.bulk_factories import make_varied_tools
from tests.factories import make_category, make_panel, make_tool
from tests.html_text import assert_in_order, html_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged_tools():
    """Three tools in two categories, and an uncounted draft."""
    make_panel()
    Reviewer.objects.filter(slug="builder").update(excited_by="Small things.", tired_of="Large things.")
    make_tool("Alpha", "ship 80, skip 20")
    make_tool("Beta", "skip 41, skip 30")
    make_tool("Gamma", "ship, -", category=make_category("Garden"))
    make_tool("Hidden", "skip 1, ship 99", status="draft")
    Verdict.objects.filter(tool__slug="beta").update(reviewed_on=date(2026, 2, 1))


def test_the_panel_is_introduced_with_its_records(client, judged_tools):
    text = text_of(client.get("/reviewers/"))
    assert_in_order(
        text, "editorial personas, not people", "Builder", "“Builder's motto”", "Looks at", "Builder's lens"
    )
    assert_in_order(
        text,
        "Gets excited about",
        "Small things.",
        "Is tired of",
        "Large things.",
        "3 verdicts, 67% ship, mean score 61",
    )
    assert_in_order(text, "Skeptic", "2 verdicts, 0% ship, mean score 25", "Futurist", "No verdicts yet")


def test_a_reviewer_shows_lens_questions_and_record(client, judged_tools):
    text = text_of(client.get("/reviewers/builder/"))
    assert_in_order(
        text,
        "Editorial persona",
        "The Builder",
        "“Builder's motto”",
        "Small things.",
        "Large things.",
        "Builder asks 1?",
    )
    assert_in_order(
        text,
        "Record",
        "Verdicts",
        "3",
        "Ships",
        "67%",
        "Mean score",
        "61",
        "2 scores are known, from 41 to 80.",
    )
    assert_in_order(text, "Category", "Garden", "1", "100%", "Not known", "Workshop", "2", "50%", "61")


def test_verdicts_are_listed_newest_first_with_their_text(client, judged_tools):
    text = text_of(client.get("/reviewers/builder/"))
    assert_in_order(
        text,
        "3 verdicts",
        "Beta",
        "41/100 · skip",
        "Builder on Beta.",
        "Alpha",
        "80/100 · ship",
        "Gamma",
        "Score not known",
    )
    assert "Hidden" not in text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("decision=ship", ["Alpha", "Gamma"]),
        ("decision=skip", ["Beta"]),
        ("category=garden", ["Gamma"]),
        ("category=workshop&decision=ship", ["Alpha"]),
        ("category=garden&decision=skip", []),
    ],
)
def test_verdicts_are_chosen_by_the_address(client, judged_tools, query, names):
    text = text_of(client.get(f"/reviewers/builder/?{query}"))
    assert [name for name in ("Alpha", "Beta", "Gamma") if f"Builder on {name}." in text] == names
    assert ("No verdict is like that." in text) == (not names)


def test_a_wrong_value_is_reported_and_the_page_still_shows(client, judged_tools):
    response = client.get("/reviewers/builder/?decision=perhaps")
    assert response.status_code == 200
    assert "That is none of the choices for “Decision”" in text_of(response)
    assert "Builder on Alpha." in text_of(response)


def test_a_verdict_leads_to_its_place_on_the_tools_page(client, judged_tools):
    assert 'href="/tools/alpha/#builder"' in html_of(client.get("/reviewers/builder/"))
    assert 'id="builder"' in html_of(client.get("/tools/alpha/"))


def test_pages_hold_twelve_verdicts(client):
    make_varied_tools(40)
    assert html_of(client.get("/reviewers/builder/")).count('class="item judgement"') == 12
    assert "page 2 of" in text_of(client.get("/reviewers/builder/?page=2"))


def test_a_part_is_the_verdicts_alone(client, judged_tools):
    response = client.get("/reviewers/builder/?part=list&decision=ship")
    assert "<html" not in html_of(response)
    assert "2 verdicts</p>" in html_of(response)


def test_a_reviewer_without_verdicts_says_so(client, judged_tools):
    text = text_of(client.get("/reviewers/futurist/"))
    assert "The Futurist has not judged a published tool yet." in text
    assert "No verdict has been published yet." in text


def test_a_fifth_reviewer_has_a_page_at_once(client, judged_tools):
    Reviewer.objects.create(name="Lawyer", slug="lawyer", position=5, motto="Read it.", lens="Terms.")
    assert "Lawyer" in text_of(client.get("/reviewers/"))
    assert client.get("/reviewers/lawyer/").status_code == 200


def test_nobody_else_has_one(client, judged_tools):
    assert client.get("/reviewers/nobody/").status_code == 404
