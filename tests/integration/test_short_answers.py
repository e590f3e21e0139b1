"""The short answers of the five seed comparisons, word for word, and how the page shows them.

Each was read beside the eight verdicts it is made from, and is what a careful reader of them would sign.
"""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.cast import make_category, make_comparison, make_tool
from tests.reading import html_of, in_this_order, text_of

pytestmark = pytest.mark.django_db

EDGE = "you need something for mobile and edge software that must reply at once and send nothing to a server what it is best for"
CHAINS = "but not if you plan an agent that has to call a dozen tools in a row without a mistake when to avoid it"

ANSWERS = {
    "llama-4-scout-17b-instruct-fine-tune-checkpoints-vs-mistral-3b": [
        "The panel leans to Mistral 3B: 3 of 4 reviewers ship Llama 4 Scout 17B Instruct Fine-Tune Checkpoints, 4 of 4 ship",
        "Pick Llama 4 Scout 17B Instruct Fine-Tune Checkpoints if",
        "you need something for teams with good domain data and large GPUs who want to start after pre-training",
        "but not if you sell to enterprises whose lawyers accept only a standard open-source licence",
        "Pick Mistral 3B if",
        "there must be a business in it Founder: ship 75, against skip",
        "you need an open-source licence Apache 2.0, against Permissive research licence",
        EDGE,
        CHAINS,
        "Neither, if No reviewer skips both.",
    ],
    "llama-4-scout-fine-tuning-toolkit-vs-mistral-3b": [
        "These do different jobs",
        "Pick Llama 4 Scout Fine-Tuning Toolkit if you need a toolkit a toolkit, against a model",
        "you need something for teams with data-centre GPUs who want first-party defaults for tuning Scout",
        "but not if you only have consumer graphics cards or are already content with Axolotl or Unsloth",
        "Pick Mistral 3B if there must be a business in it Founder: ship 75, against skip",
        "you need a model a model, against a toolkit",
        EDGE,
        CHAINS,
    ],
    "meta-llama-4-maverick-fine-tuning-toolkit-vs-mistral-3b": [
        "These do different jobs",
        "Pick Meta Llama 4 Maverick Fine-Tuning Toolkit if you need a toolkit a toolkit, against a model",
        "you need something for researchers and small teams who tune Maverick on graphics cards they own",
        "but not if you need long sequences, large batches or a promise of support beyond the next model",
        "Pick Mistral 3B if there must be a business in it Founder: ship 75, against skip",
        "you need a model a model, against a toolkit",
        EDGE,
        CHAINS,
    ],
    "code-llama-4-vs-mistral-3b": [
        "The panel leans to Mistral 3B: 3 of 4 reviewers ship Code Llama 4, 4 of 4 ship Mistral 3B.",
        "Overlapping. Depth against reach.",
        "Pick Code Llama 4 if you need something for self-hosted coding agents that chain tool calls and repair what they break",
        "but not if you work in one huge repository of many languages or insist on Apache 2.0",
        "Pick Mistral 3B if there must be a business in it Founder: ship 75, against skip 55",
        "you need an open-source licence Apache 2.0, against Llama 4 community license",
        EDGE,
        CHAINS,
        "Neither, if No reviewer skips both.",
    ],
    "smollm3-vs-mistral-8x24b-mixture-of-experts": [
        "The panel leans to Mistral 8x24B Mixture-of-Experts: 3 of 4 reviewers ship SmolLM3",
        "Pick SmolLM3 if you need something for small teams that fine-tune on their own data with a single graphics card",
        "but not if you expect several steps of reasoning over a long context or a chain of tools",
        "Pick Mistral 8x24B Mixture-of-Experts if there must be a business in it Founder: ship, against skip",
        "you need something for platform teams with data-centre GPUs who want a large model they own outright",
        "but not if you have no pair of 80 GB cards, or nobody to look after them",
    ],
}


@pytest.mark.parametrize("address", ANSWERS)
def test_the_answer_reads_as_expected(client, catalogue, address):
    with time_machine.travel(datetime(2026, 11, 22, tzinfo=UTC), tick=False):
        text = text_of(client.get(f"/compare/{address}/"))
    in_this_order(text, "The short answer", *ANSWERS[address], "Decision")


def test_old_verdicts_are_said(client, catalogue):
    with time_machine.travel(datetime(2027, 6, 1, tzinfo=UTC), tick=False):
        text = text_of(client.get("/compare/code-llama-4-vs-mistral-3b/"))
    assert "The oldest verdict on Code Llama 4 is 197 days old." in text


def test_missing_verdicts_are_said(client):
    make_tool("Alpha", "ship 80, -, -, -")
    make_tool("Beta")
    text = text_of(client.get("/compare/alpha-vs-beta/"))
    assert "Too early to say: the panel has not judged every tool here." in text
    assert "3 verdicts are still to come on Alpha." in text
    assert "4 verdicts are still to come on Beta." in text


def test_too_close_to_call_is_said(client):
    make_tool("Alpha", "ship 80, ship, skip, skip")
    make_tool("Beta", "ship 82, ship, skip, skip")
    text = text_of(client.get("/compare/alpha-vs-beta/"))
    assert "Too close to call: 2 of 4 reviewers ship Alpha, 2 of 4 ship Beta." in text
    assert "the Futurist skips both" in text


def test_different_jobs_are_said_on_top_with_fairer_questions(client):
    alpha, beta = make_tool("Alpha", kind="model"), make_tool("Beta", kind="toolkit", category=make_category("Garden"))
    make_comparison(alpha, beta, relation="different", note="Apples and ladders.")
    make_comparison(alpha, make_tool("Gamma"))
    response = client.get("/compare/alpha-vs-beta/")
    in_this_order(text_of(response), "These do different jobs", "Fairer questions: Alpha vs Gamma", "Apples and ladders.")
    assert b'content="noindex"' in response.content


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Direct rivals, by kind and category; no editor has looked at this pair yet."),
        ({"kind": "library"}, "Overlapping, by kind and category"),
        ({"kind": "library", "category": "Garden"}, "These do different jobs"),
    ],
)
def test_a_pair_nobody_curated_is_related_by_kind_and_category(client, fields, words):
    make_tool("Alpha", "ship")
    category = make_category(fields.pop("category", "Workshop"))
    make_tool("Beta", "ship", category=category, **fields)
    assert words in text_of(client.get("/compare/alpha-vs-beta/"))


def test_the_scorecard_leads_to_the_reviewer_who_splits_them_most(client, catalogue):
    html = html_of(client.get("/compare/code-llama-4-vs-mistral-3b/"))
    assert 'Where they split: <a href="#founder">Founder</a>, Mistral 3B by 20.' in html


def test_a_question_that_one_side_has_not_answered_is_said(client):
    make_tool("Alpha", "ship 80")
    make_tool("Beta", "-")
    assert "Not answered for Beta" in text_of(client.get("/compare/alpha-vs-beta/"))
