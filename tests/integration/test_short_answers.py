"""The short answers of all curated comparisons, word for word, and their pages."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
import yaml

from comparisons.models import Comparison
from comparisons.templatetags.headline_wording import headline_words, they_split_words
from tests.answers import Answers, line
from tests.factories import make_category, make_comparison, make_tool
from tests.html_text import assert_in_order, text_of

pytestmark = pytest.mark.django_db

EXPECTED = yaml.safe_load(Path(__file__).with_name("short_answers.yaml").read_text())
SEEDS = (
    "llama-4-scout-17b-instruct-fine-tune-checkpoints-vs-mistral-3b",
    "llama-4-scout-fine-tuning-toolkit-vs-mistral-3b",
    "meta-llama-4-maverick-fine-tuning-toolkit-vs-mistral-3b",
    "code-llama-4-vs-mistral-3b",
    "smollm3-vs-mistral-8x24b-mixture-of-experts",
)


def test_every_curated_comparison_answers_as_expected(catalogue):
    answers = Answers()
    told = {}
    for comparison in answers.curated.values():
        slugs = [comparison.first.slug, comparison.second.slug]
        answered = answers.of(slugs)
        told["-vs-".join(slugs)] = {
            "headline": headline_words(answered.headline),
            "split": they_split_words(answered.headline),
            "picks": {
                pick.tool.name: [line(reason) for reason in pick.reasons] for pick in answered.answer.picks
            },
            "neither": [line(reason) for reason in answered.answer.neither],
        }
    assert told == EXPECTED
    assert len(EXPECTED) == Comparison.objects.count()


@pytest.mark.parametrize("address", [*SEEDS, "gradio-vs-streamlit", "chroma-vs-qdrant"])
def test_the_page_shows_the_whole_answer(client, catalogue, address):
    with time_machine.travel(datetime(2026, 11, 22, tzinfo=UTC), tick=False):
        text = text_of(client.get(f"/compare/{address}/"))
    expected = EXPECTED[address]
    assert expected["headline"] in text
    for name, lines in expected["picks"].items():
        parts = [part.rstrip(")") for part in " (".join(lines).split(" (")]
        assert_in_order(text, f"Pick {name} if", *parts)
    if expected["neither"]:
        assert_in_order(text, "Neither, if", expected["neither"][0].split(" (")[0])
    else:
        assert "Neither, if" not in text
    assert expected["split"].split(":")[0] in text


def test_old_verdicts_are_said(client, catalogue):
    with time_machine.travel(datetime(2027, 6, 1, tzinfo=UTC), tick=False):
        text = text_of(client.get("/compare/code-llama-4-vs-mistral-3b/"))
    assert "Oldest verdicts: 197 days for Code Llama 4" in text


def test_facts_that_were_never_checked_are_named(client, catalogue, settings):
    page = "/compare/code-llama-4-vs-mistral-3b/"
    assert "Code Llama 4 and Mistral 3B: sample entries, nothing here has been checked." in text_of(
        client.get(page)
    )
    assert "nothing here has been checked" not in text_of(client.get("/compare/gradio-vs-streamlit/"))
    settings.SAMPLE_CATALOGUE = False
    assert "Code Llama 4 and Mistral 3B: nothing here has been checked." in text_of(client.get(page))


def test_missing_verdicts_are_said(client):
    make_tool("Alpha", "ship 80, -, -, -")
    make_tool("Beta")
    text = text_of(client.get("/compare/alpha-vs-beta/"))
    assert "Too early to say: the panel has not judged Beta." in text
    assert "Verdicts still to come: 3 of Alpha and 4 of Beta." in text


def test_a_level_panel_and_who_skips_both_are_said(client):
    make_tool("Alpha", "ship 80, ship, skip, skip")
    make_tool("Beta", "ship 82, ship, skip, skip")
    text = text_of(client.get("/compare/alpha-vs-beta/"))
    assert "Level, 2 of 4 each: the Futurist and the Founder would skip both." in text
    assert "you side with the Futurist, who skips both" in text


def test_different_jobs_are_said_on_top_with_fairer_questions(client):
    alpha = make_tool("Alpha", kind="model")
    beta = make_tool("Beta", kind="toolkit", category=make_category("Garden"))
    make_comparison(alpha, beta, relation="different", note="Apples and ladders.")
    make_comparison(alpha, make_tool("Gamma"))
    response = client.get("/compare/alpha-vs-beta/")
    assert_in_order(
        text_of(response),
        "These do different jobs",
        "Fairer questions: Alpha vs Gamma",
        "Apples and ladders.",
    )
    assert b'content="noindex"' in response.content


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Direct rivals, by what they are; no editor has looked at this pair yet."),
        ({"kind": "toolkit"}, "Overlapping, by what they are"),
        ({"kind": "model"}, "These do different jobs"),
        ({"category": "Garden"}, "These do different jobs"),
    ],
)
def test_a_pair_nobody_curated_is_related_by_kind_and_category(client, fields, words):
    make_tool("Alpha", "ship", kind="library")
    category = make_category(fields.get("category", "Workshop"))
    make_tool("Beta", "ship", **({"kind": "library"} | fields | {"category": category}))
    assert words in text_of(client.get("/compare/alpha-vs-beta/"))


def test_the_scorecard_leads_to_every_reviewer_who_splits(client, catalogue):
    response = client.get("/compare/gradio-vs-streamlit/")
    assert EXPECTED["gradio-vs-streamlit"]["split"] in text_of(response)
    assert '<a href="#futurist">' in response.content.decode()
    assert '<a href="#founder">' in response.content.decode()


def test_a_question_that_one_side_has_not_answered_is_said(client):
    make_tool("Alpha", "ship 80")
    make_tool("Beta", "-")
    assert "Not answered for Beta" in text_of(client.get("/compare/alpha-vs-beta/"))
