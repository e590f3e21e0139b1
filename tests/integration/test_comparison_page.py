"""The comparison page."""

import re
from itertools import product

import pytest

from comparisons.settings_validators import MOST_DAYS
from comparisons.templatetags.links import linked
from tests.factories import make_comparison, make_panel, make_tool
from tests.html_text import assert_in_order, text_of, words_of

pytestmark = pytest.mark.django_db

SEEDED = [
    ("llama-4-scout-17b-instruct-fine-tune-checkpoints", "mistral-3b"),
    ("llama-4-scout-fine-tuning-toolkit", "mistral-3b"),
    ("meta-llama-4-maverick-fine-tuning-toolkit", "mistral-3b"),
    ("code-llama-4", "mistral-3b"),
    ("smollm3", "mistral-8x24b-mixture-of-experts"),
]


@pytest.mark.parametrize(("first", "second"), SEEDED)
def test_a_seeded_page_reads_in_the_promised_order(client, catalogue, first, second):
    from reviews.models import Tool

    response = client.get(f"/compare/{first}-vs-{second}/")
    assert response.status_code == 200
    text = text_of(response)
    one = Tool.objects.get(slug=first)
    two = Tool.objects.get(slug=second)
    assert_in_order(
        text,
        "AI tool comparison",
        f"{one.name} vs {two.name}",
        *_card(one),
        *_card(two),
        "Decision",
        "Panel verdict",
        "Reviewer scorecard",
    )
    scorecard = text[text.index("Reviewer scorecard") :]
    bodies = [
        words_of(linked(tool.verdicts.get(reviewer__slug=slug).body))
        for slug, tool in product(("builder", "skeptic", "futurist", "founder"), (one, two))
    ]
    assert_in_order(scorecard, *bodies)


def _card(tool) -> list[str]:
    facts = ("Panel ship", "%", "Community", "Entry", "Free")
    return ["Developer Tools", tool.name, tool.tagline, *facts, tool.description]


def test_the_figures_of_the_facts(client, catalogue):
    text = text_of(client.get("/compare/code-llama-4-vs-mistral-3b/"))
    assert_in_order(text, "Panel ship 75% of 4 verdicts", "Panel ship 100% of 4 verdicts")
    assert_in_order(text, "Ship · 3 ship / 1 skip", "Ship · 4 ship / 0 skip", "No community votes yet")
    assert_in_order(
        text,
        "Mistral 3B by 3",
        "84/100 · ship",
        "87/100 · ship",
        "Mistral 3B by 2",
        "Mistral 3B by 3",
        "Mistral 3B by 20",
    )
    assert "55/100 · skip" in text


def test_an_unknown_score_shows_the_decision_alone(client, catalogue):
    text = text_of(client.get("/compare/smollm3-vs-mistral-8x24b-mixture-of-experts/"))
    assert "/100" not in text
    assert text.count("Score not known") == 8


def test_any_other_order_is_one_permanent_redirect_away(client, catalogue):
    response = client.get("/compare/mistral-3b-vs-code-llama-4/?founder=0")
    assert response.status_code == 301
    assert response["Location"] == "/compare/code-llama-4-vs-mistral-3b/?founder=0"


def test_capitals_lead_to_the_canonical_address(client, catalogue):
    assert (
        client.get("/compare/Code-Llama-4-vs-Mistral-3B/")["Location"]
        == "/compare/code-llama-4-vs-mistral-3b/"
    )


def test_the_editors_order_wins_over_the_alphabet(client, catalogue):
    assert client.get("/compare/smollm3-vs-mistral-8x24b-mixture-of-experts/").status_code == 200
    response = client.get("/compare/mistral-8x24b-mixture-of-experts-vs-smollm3/")
    assert response["Location"] == "/compare/smollm3-vs-mistral-8x24b-mixture-of-experts/"


def test_a_pair_nobody_curated_is_alphabetical_and_not_for_search_engines(client):
    make_tool("Beta")
    make_tool("Alpha")
    assert client.get("/compare/beta-vs-alpha/")["Location"] == "/compare/alpha-vs-beta/"
    assert b'<meta name="robots" content="noindex">' in client.get("/compare/alpha-vs-beta/").content


def test_a_curated_pair_is_for_search_engines(client):
    make_comparison(make_tool("Beta"), make_tool("Alpha"))
    response = client.get("/compare/beta-vs-alpha/")
    assert b"noindex" not in response.content
    assert b'<link rel="canonical" href="http://127.0.0.1:8000/compare/beta-vs-alpha/">' in response.content


@pytest.mark.parametrize("count", [3, 4])
def test_three_and_four_tools_stand_in_alphabetical_order(client, count):
    names = ["Delta", "Beta", "Gamma", "Alpha"][:count]
    for name in names:
        make_tool(name, "ship 80, skip 40, ship, -")
    address = "-vs-".join(sorted(name.lower() for name in names))
    assert (
        client.get(f"/compare/{'-vs-'.join(name.lower() for name in names)}/")["Location"]
        == f"/compare/{address}/"
    )
    text = text_of(client.get(f"/compare/{address}/"))
    assert_in_order(text, *sorted(names), "Decision", "Reviewer scorecard")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("alpha", "A comparison puts two to four tools side by side."),
        ("alpha-vs-beta-vs-c-vs-d-vs-e", "A comparison puts two to four tools side by side."),
        ("alpha-vs-alpha", "A tool can't be compared with itself."),
        ("alpha-vs-beta-vs-alpha", "A tool can't be compared with itself."),
        ("alpha-vs-bet", "There is no published tool at “bet”."),
        ("alpha-vs-", "There is no published tool at “”."),
        ("alpha-vs-hidden", "There is no published tool at “hidden”."),
        (
            "alpha-vs-retired",
            "Retired is retired and no longer compared. What was said of it stays on its page.",
        ),
        ("alpha-vs-tomorrow", "There is no published tool at “tomorrow”."),
    ],
)
def test_an_unknown_address_explains_why_and_suggests_comparisons(client, address, sentence):
    from datetime import timedelta

    from django.utils import timezone

    make_tool("Alpha")
    make_tool("Beta")
    make_tool("Hidden", status="draft", published_at=None)
    make_tool("Retired", status="retired")
    make_tool("Tomorrow", published_at=timezone.now() + timedelta(days=1))
    response = client.get(f"/compare/{address}/")
    assert response.status_code == 404
    text = text_of(response)
    assert sentence in text
    assert_in_order(text, "Did you mean", "Alpha")
    assert "Hidden" not in text


def test_names_are_written_as_they_are_and_phrases_as_sentences(client):
    make_tool("Alpha", maker="vLLM project", best_for="iOS apps", avoid_if="you need help")
    make_tool("Beta")
    text = text_of(client.get("/compare/alpha-vs-beta/"))
    for words in ("vLLM project", "iOS apps", "You need help"):
        assert words in text[text.index("Decision") :]


def test_rows_that_differ_come_first_and_equal_rows_are_folded_and_counted(client):
    make_tool("Alpha", "ship, ship, ship, ship", licence="MIT", maker="Acme")
    make_tool("Beta", "ship, ship, ship, skip", licence="GPL", maker="Acme")
    text = text_of(client.get("/compare/alpha-vs-beta/"))
    assert_in_order(
        text,
        "What differs",
        "Panel verdict",
        "Licence",
        "The same for both (",
        "Community",
        "Made by",
        "Reviewer scorecard",
    )


def test_a_missing_verdict_and_an_unanswered_question_are_said(client):
    make_tool("Alpha", "ship 80, -, -, -")
    make_tool("Beta", "-, -, -, -")
    text = text_of(client.get("/compare/alpha-vs-beta/"))
    assert "The Builder has not judged Beta yet." in text
    assert "Not answered" in text
    assert "still to come: Skeptic, Futurist and Founder" in text
    assert "Beta: no verdicts yet" in text


def test_no_verdict_is_shown_as_words_and_not_as_zero_percent(client):
    make_tool("Alpha")
    make_tool("Beta")
    text = text_of(client.get("/compare/alpha-vs-beta/"))
    assert "No verdicts yet" in text
    assert "0%" not in text


def test_equal_scores_are_level(client):
    make_tool("Alpha", "ship 80, ship 0, ship, skip 3")
    make_tool("Beta", "ship 80, ship 1, ship, ship")
    text = text_of(client.get("/compare/alpha-vs-beta/"))
    assert "Level" in text
    assert "Beta by 1" in text


def test_level_names_the_tools_where_a_third_is_not(client):
    make_tool("Alpha", "ship 80, ship 70, ship 60")
    make_tool("Beta", "ship 80, ship 70, ship 60")
    make_tool("Gamma", "ship 20, ship 70, ship")
    text = text_of(client.get("/compare/alpha-vs-beta-vs-gamma/"))
    assert_in_order(
        text, "They agree: no reviewer ships one and skips another.", "Alpha and Beta level", "Level", "Level"
    )


def test_a_comparison_without_verdicts_does_not_mention_equals(client):
    make_tool("Alpha", "ship 80, ship, ship, ship")
    make_tool("Beta")
    text = text_of(client.get("/compare/alpha-vs-beta/"))
    assert "Nobody leads with these weights: your panel has not judged Beta." in text
    assert "Reviewer scorecard The panel has not judged Beta yet." in text
    assert "tells them apart" not in text


def test_dates_and_the_nature_of_the_reviewers_are_told(client, catalogue):
    text = text_of(client.get("/compare/code-llama-4-vs-mistral-3b/"))
    assert "Code Llama 4: judged on 16 November 2026; facts not checked yet." in text
    text = text_of(client.get("/compare/gradio-vs-streamlit/"))
    assert re.search(r"Gradio: judged on 13 November 2026; \d+ of \d+ facts checked\.", text)
    assert "editorial personas, not people" in text


def test_a_fifth_reviewer_appears_without_a_change_of_code(client):
    from reviews.models import Reviewer

    make_panel()
    Reviewer.objects.create(
        name="Librarian", slug="librarian", position=5, motto="Quiet.", lens="Is it catalogued?"
    )
    make_tool("Alpha", "ship, ship, ship, ship")
    make_tool("Beta", "ship, ship, ship, ship")
    assert "The Librarian has not judged Alpha yet." in text_of(client.get("/compare/alpha-vs-beta/"))


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("code-llama-4-vs-mistral-3b", 7),
        ("code-llama-4-vs-llama-4-scout-fine-tuning-toolkit-vs-mistral-3b-vs-smollm3", 8),
    ],
)
def test_the_page_has_a_query_budget(client, catalogue, django_assert_num_queries, address, queries):
    """Tools, verdicts, answers, reviewers, questions, related pairs, and for a pair the editor's row.

    More tools cost one for the rows of their pairs, different jobs one for fairer questions.
    """
    with django_assert_num_queries(queries):
        client.get(f"/compare/{address}/")


def test_editors_text_cannot_become_markup(client):
    make_tool("Alpha", description="<script>alert(1)</script>", tagline="<b>bold</b>")
    make_tool("Beta")
    content = client.get("/compare/alpha-vs-beta/").content
    assert b"<script>alert" not in content
    assert b"<b>bold" not in content


def test_a_query_string_does_not_change_the_canonical_address(client, catalogue):
    content = client.get("/compare/code-llama-4-vs-mistral-3b/?utm=x").content
    assert b'href="http://127.0.0.1:8000/compare/code-llama-4-vs-mistral-3b/"' in content


def test_the_longest_times_that_settings_allow_still_make_a_page(client, settings):
    make_tool("Alpha", "ship, ship")
    make_tool("Beta", "ship, skip")
    settings.VERDICT_STALE_DAYS = settings.VERDICT_APART_DAYS = MOST_DAYS
    assert client.get("/compare/alpha-vs-beta/").status_code == 200
