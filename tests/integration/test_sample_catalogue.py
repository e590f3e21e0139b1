"""The sample catalogue: its size, and complete entries."""

import re
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from comparisons.models import Comparison, Relation
from comparisons.templatetags.links import ADDRESS
from comparisons.templatetags.wording import SENTENCE_END, first_sentence
from reviews.models import Answer, Attribute, Category, Fact, Question, Reviewer, Tool, Verdict

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

GIVEN = {
    "code-llama-4",
    "llama-4-scout-17b-instruct-fine-tune-checkpoints",
    "llama-4-scout-fine-tuning-toolkit",
    "meta-llama-4-maverick-fine-tuning-toolkit",
    "mistral-3b",
    "mistral-8x24b-mixture-of-experts",
    "smollm3",
}
"""Entries in which nothing was checked."""

FIRST_PERSON = re.compile(
    r"\b(?:I|we|me|us|my|our|mine|ours|myself|ourselves)\b|\bhands-on\b|\b(?:real|first)-hand\b",
    re.IGNORECASE,
)
"""A persona that says “I” claims to have used the tool sooner or later."""

LONGEST_LENS_LINE = 40
"""Characters that fit on one line of 256 pixels, the narrowest column for a lens at 1280 and 390 pixels."""


def test_the_sample_catalogue_is_large_enough():
    assert Tool.objects.published().count() >= 45
    assert Category.objects.with_published_tools().count() >= 12
    assert Category.objects.with_published_tools().count() == Category.objects.count()
    assert Comparison.objects.published().count() >= 40


def test_every_tool_has_four_verdicts_and_every_answer():
    questions = Question.objects.count()
    for tool in Tool.objects.all():
        assert tool.verdicts.count() == 4, tool
        assert Answer.objects.filter(verdict__tool=tool).count() == questions, tool


def test_every_fact_of_a_tool_is_filled_in():
    for tool in Tool.objects.select_related("category").with_facts():
        for field in ("maker", "tagline", "description", "website", "licence", "best_for", "avoid_if"):
            assert getattr(tool, field), f"{tool}: {field}"
        assert tool.avoid_if.startswith("you"), tool


def test_the_given_entries_were_not_checked_and_the_others_were():
    assert {tool.slug for tool in Tool.objects.with_facts() if not tool.is_checked} == GIVEN
    assert Tool.objects.checked().count() == Tool.objects.count() - len(GIVEN)


def test_a_checked_fact_quotes_its_source_and_no_other_has_a_day():
    """Whoever read a source can say which words of it say so."""
    pretended = Fact.objects.checked().filter(quote="")
    assert [str(fact) for fact in pretended.select_related("tool", "attribute")] == []
    assert not Fact.objects.filter(state__in=["given", "unknown"]).exclude(looked_at_on=None).exists()
    assert not Fact.objects.filter(state="claimed", source_url="").exists()


def test_every_tool_answers_for_every_attribute_of_its_category():
    """With a value, or by saying that it is not known. Toolkits are not asked what only models have."""
    for tool in Tool.objects.with_facts().exclude(slug__in=GIVEN):
        asked = set(Attribute.objects.filter(category=tool.category_id).values_list("key", flat=True))
        told = {fact.attribute.key for fact in tool.facts.all() if not fact.attribute.is_general}
        assert told == asked, tool


def test_every_ship_has_a_phrase_of_its_own_and_no_skip_has_one():
    phrases = list(Verdict.objects.filter(decision="ship").values_list("pick_if", flat=True))
    assert all(phrases)
    assert len(set(phrases)) == len(phrases)
    assert not Verdict.objects.filter(decision="skip").exclude(pick_if="").exists()


def test_only_given_entries_have_verdicts_without_a_score():
    assert {
        verdict.tool.slug for verdict in Verdict.objects.filter(score=None).select_related("tool")
    } < GIVEN


def test_each_reviewer_ships_some_and_skips_some():
    for reviewer in Reviewer.objects.all():
        decisions = list(Verdict.objects.filter(reviewer=reviewer).values_list("decision", flat=True))
        assert decisions.count("skip") >= 5, reviewer
        assert decisions.count("ship") >= 5, reviewer


def test_scores_go_with_the_decision_and_spread_over_their_range():
    scored = Verdict.objects.exclude(score=None)
    assert not scored.filter(decision="ship", score__lt=50).exists()
    assert not scored.filter(decision="skip", score__gt=60).exists()
    scores = set(scored.values_list("score", flat=True))
    assert min(scores) < 40
    assert max(scores) > 90
    assert len(scores) > 35


def test_every_comparison_has_a_note_and_every_relation_occurs():
    assert not Comparison.objects.filter(note="").exists()
    assert set(Comparison.objects.values_list("relation", flat=True)) == set(Relation.values)


def test_comparisons_appear_one_after_the_other_and_not_before_their_tools():
    shown = [
        (each.published_at, each)
        for each in Comparison.objects.select_related("first", "second").order_by("published_at")
    ]
    assert all(one < other for (one, _), (other, _) in pairwise(shown))
    assert shown[-1][0] < datetime(2026, 11, 21, tzinfo=UTC)
    for moment, each in shown:
        assert each.first.published_at <= moment, each
        assert each.second.published_at <= moment, each


def bodies():
    return {str(verdict): verdict.body for verdict in Verdict.objects.select_related("tool", "reviewer")}


def test_a_verdict_has_60_to_90_words():
    counts = {name: len(body.split()) for name, body in bodies().items()}
    assert {name: count for name, count in counts.items() if not 60 <= count <= 90} == {}


def test_at_least_half_of_the_verdicts_link_to_something_public():
    linked = [name for name, body in bodies().items() if ADDRESS.search(body)]
    assert len(linked) * 2 >= Verdict.objects.count()


def test_every_verdict_of_the_skeptic_has_a_place_to_read_about_the_failure():
    verdicts = Verdict.objects.filter(reviewer__slug="skeptic").select_related("tool")
    assert [verdict.tool.slug for verdict in verdicts if not ADDRESS.search(verdict.body)] == []


def test_every_verdict_of_the_futurist_names_a_year():
    verdicts = Verdict.objects.filter(reviewer__slug="futurist").select_related("tool")
    assert [verdict.tool.slug for verdict in verdicts if not re.search(r"\b20[23]\d\b", verdict.body)] == []


def test_every_verdict_of_the_founder_has_a_sum_of_money():
    verdicts = Verdict.objects.filter(reviewer__slug="founder").select_related("tool")
    assert [verdict.tool.slug for verdict in verdicts if not re.search(r"\$\d", verdict.body)] == []


def test_no_verdict_speaks_in_the_first_person_or_raises_its_voice():
    found = {
        name: body
        for name, body in bodies().items()
        if FIRST_PERSON.search(ADDRESS.sub("", body)) or re.search(r"!(?!=)", body)
    }
    assert found == {}


def test_no_two_verdicts_share_a_sentence():
    sentences = Counter()
    for body in bodies().values():
        sentences.update(set(SENTENCE_END.split(body)))
    assert [sentence for sentence, times in sentences.items() if times > 1] == []


def test_the_first_sentence_is_a_short_quotation_without_a_link():
    for name, body in bodies().items():
        quotation = first_sentence(body)
        assert not ADDRESS.search(quotation), name
        assert len(quotation.split()) <= 30, name


def test_the_lens_of_the_futurist_fits_on_one_line():
    assert len(Reviewer.objects.get(slug="futurist").lens) <= LONGEST_LENS_LINE
