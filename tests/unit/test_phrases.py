"""The two forms of best-for, and how phrases must begin and end."""

import pytest
from django.core.exceptions import ValidationError

from reviews.models.phrases import names_people, validate_best_for, validate_phrase


@pytest.mark.parametrize(
    ("text", "is_people"),
    [
        ("showing a model on the day it works", False),
        ("internal dashboards and data tools written by people who know Python", False),
        ("apps that answer on the device", False),
        ("you are a team with large GPUs", True),
        ("You tune models for a living", True),
    ],
)
def test_a_purpose_and_people_are_told_apart(text, is_people):
    validate_best_for(text)
    assert names_people(text) == is_people


@pytest.mark.parametrize(
    "text",
    [
        "teams with good data and large GPUs",
        "researchers and small teams who tune on cards they own",
        "platform teams that serve many users",
        "anyone who needs an answer",
        "Developers in a hurry",
    ],
)
def test_people_in_the_third_person_are_refused_with_the_form_to_use(text):
    with pytest.raises(ValidationError, match="you are a team with large GPUs"):
        validate_best_for(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("if you must show a model", "Leave out “if”"),
        ("Best for showing a model", "Leave out “Best”"),
        ("not if you are in a hurry", "Leave out “not”"),
        ("you must show a model.", "Leave out the full stop"),
    ],
)
def test_words_that_the_page_says_itself_are_refused(text, sentence):
    with pytest.raises(ValidationError, match=sentence):
        validate_phrase(text)


def test_a_word_that_only_begins_like_one_is_left_alone():
    validate_phrase("forms that must be filled in by voice")
    validate_phrase("you need v1.5")
