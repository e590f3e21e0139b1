"""What is worth a second look in a verdict, on plain values."""

import pytest

from reviews.admin.wording import warning_sentence
from reviews.services.editing.warnings import claims_of_use, verdict_warnings
from tests.factories import paragraph


def warnings_about(decision="ship", score=None, body=None, pick_if="you need it", answers=()) -> str:
    body = body or paragraph("x")
    warnings = verdict_warnings(decision=decision, score=score, body=body, pick_if=pick_if, answers=answers)
    return " ".join(warning_sentence(warning, is_one_page=True) for warning in warnings)


@pytest.mark.parametrize(
    ("decision", "score", "is_odd"),
    [
        ("ship", 49, True),
        ("ship", 50, False),
        ("ship", None, False),
        ("skip", 60, False),
        ("skip", 61, True),
        ("skip", 0, False),
    ],
)
def test_a_score_that_does_not_fit_its_decision_warns(decision, score, is_odd):
    assert ("readers expect" in warnings_about(decision, score)) == is_odd


@pytest.mark.parametrize(("words", "is_odd"), [(39, True), (40, False), (200, False), (201, True)])
def test_a_text_that_is_too_short_or_too_long_warns(words, is_odd):
    assert (f"The text has {words} words" in warnings_about(body=paragraph("x", words))) == is_odd


@pytest.mark.parametrize(
    "text",
    [
        "I used it.",
        "We've tested this for a week",
        "which I have never tried",
        "In my experience it holds",
        "from our own tests",
        "my team likes it",
        "A hands-on look",
        "After three weeks of using it",
        "we quickly built a demo",
    ],
)
def test_a_claim_of_use_warns(text):
    assert "used nothing" in warnings_about(body=f"{paragraph('x')} {text}")
    assert claims_of_use(text)


@pytest.mark.parametrize(
    "text",
    [
        "You can use it.",
        "Users run it at home.",
        "It is used by many.",
        "If I had to choose, this one.",
        "their team built it",
    ],
)
def test_a_text_without_a_claim_of_use_does_not_warn(text):
    assert not claims_of_use(text)


@pytest.mark.parametrize(
    ("decision", "pick_if", "is_missing"),
    [
        ("ship", " ", True),
        ("ship", "you need it", False),
        ("skip", "", False),
        ("skip", "you need it", False),
    ],
)
def test_a_ship_wants_a_phrase_and_a_skip_none(decision, pick_if, is_missing):
    assert ("“Pick if” is empty" in warnings_about(decision, pick_if=pick_if)) == is_missing


def test_a_claim_of_use_in_an_answer_warns_once():
    assert warnings_about(answers=("I used it. I used it.",)).count("used nothing") == 1


def test_a_warnings_key_changes_only_with_the_text():
    bodies = [paragraph(text) for text in ("a", "a", "b")]
    first, same, other = (
        verdict_warnings(decision="ship", score=10, body=body, pick_if="")[0].key for body in bodies
    )
    assert first == same != other
