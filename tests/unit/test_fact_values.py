"""What each type of attribute takes as a value, in which form it is stored, and what it refuses."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from reviews.models import AttributeType
from reviews.models.fact_values import LONGEST_TEXT, read_value

CHOICES = {"hnsw": "HNSW", "ivf": "Inverted file", "flat": "None: it compares all"}


def read(type, text):
    return read_value(type=type, text=text, choices=CHOICES)


def refusal(type, text):
    with pytest.raises(ValidationError) as raised:
        read(type, text)
    (sentence,) = raised.value.messages
    return sentence


@pytest.mark.parametrize("type", AttributeType)
@pytest.mark.parametrize("text", ["", " ", "\t\n\u00a0"])
def test_an_empty_value_is_not_known(type, text):
    assert read(type, text) == ("", None)


@pytest.mark.parametrize(
    ("type", "typed", "stored"),
    [
        ("integer", "4096", "4096"),
        ("integer", " 4,096 ", "4096"),
        ("integer", "1 000 000", "1000000"),
        ("integer", "1\u202f000\u2009000\u00a0000", "1000000000"),
        ("integer", "007", "7"),
        ("integer", "12.0", "12"),
        ("integer", "-12", "-12"),
        ("integer", "-0", "0"),
        ("integer", "99999999999999", "99999999999999"),
        ("decimal", "0.5", "0.5"),
        ("decimal", "00.500000000", "0.5"),
        ("decimal", "1,234.50", "1234.5"),
        ("decimal", "100", "100"),
        ("decimal", "0.000001", "0.000001"),
        ("decimal", "-0.0", "0"),
        ("money", "20", "20"),
        ("money", "$20.50", "20.5"),
        ("money", "$ 1,500", "1500"),
        ("money", "0.0001", "0.0001"),
        ("money", "FREE", "0"),
        ("money", "-0", "0"),
    ],
)
def test_a_number_is_stored_plainly(type, typed, stored):
    assert read(type, typed) == (stored, Decimal(stored))


@pytest.mark.parametrize(
    ("type", "typed", "sentence"),
    [
        ("integer", "4.5", "Write a whole number such as 4096."),
        ("integer", "many", "Write a whole number such as 4096."),
        ("integer", "1e5", "Write a whole number such as 4096."),
        ("integer", "0x10", "Write a whole number such as 4096."),
        ("integer", "1_000", "Write a whole number such as 4096."),
        ("integer", "4,09", "Write a whole number such as 4096."),
        ("integer", "4096\n8192", "Write a whole number such as 4096."),
        ("integer", "٤٠٩٦", "Write a whole number such as 4096."),
        ("integer", "４０９６", "Write a whole number such as 4096."),
        ("integer", "4²", "Write a whole number such as 4096."),
        ("integer", "+4", "Write a whole number such as 4096."),
        ("integer", "−4", "Write a whole number such as 4096."),
        ("integer", "100000000000000", "Write a whole number such as 4096, with up to 14 digits."),
        ("integer", "9" * 300, "Write a whole number such as 4096, with up to 14 digits."),
        ("decimal", "0,5", "Write a number such as 0.5."),
        ("decimal", "NaN", "Write a number such as 0.5."),
        ("decimal", "Infinity", "Write a number such as 0.5."),
        ("decimal", "-inf", "Write a number such as 0.5."),
        ("decimal", "1E-3", "Write a number such as 0.5."),
        ("decimal", ".5", "Write a number such as 0.5."),
        ("decimal", "5.", "Write a number such as 0.5."),
        ("decimal", "0.5 GB", "Write a number such as 0.5."),
        ("decimal", "0.0000001", "Write a number such as 0.5, with up to 6 decimals."),
        ("decimal", f"0.{'0' * 290}1", "Write a number such as 0.5, with up to 6 decimals."),
        ("decimal", f"-{'9' * 40}.5", "Write a number such as 0.5, with up to 14 digits."),
        ("money", "20 €", "Write an amount such as $20 or 20.50, or “Free”."),
        ("money", "-$5", "Write an amount such as $20 or 20.50, or “Free”."),
        ("money", "nothing", "Write an amount such as $20 or 20.50, or “Free”."),
        ("money", "1e2", "Write an amount such as $20 or 20.50, or “Free”."),
        ("money", "-5", "Write an amount of 0 or more, with up to 4 decimals."),
        ("money", "$-5", "Write an amount of 0 or more, with up to 4 decimals."),
        ("money", "0.00001", "Write an amount of 0 or more, with up to 4 decimals."),
        ("yes_partly_no", "maybe", "Write yes, partly or no."),
        ("yes_partly_no", "true", "Write yes, partly or no."),
        ("yes_partly_no", "yes, no", "Write yes, partly or no."),
        ("choices", "lsh", "Choose from: hnsw, ivf, flat."),
        ("choices", "hnsw, lsh", "Choose from: hnsw, ivf, flat."),
        ("choices", "hnsw; ivf", "Choose from: hnsw, ivf, flat."),
        ("choices", ", ,", "Choose from: hnsw, ivf, flat."),
        ("address", "example.org", "Enter a valid URL."),
        ("address", "ftp://example.org/", "Enter a valid URL."),
        ("address", "javascript:alert(1)", "Enter a valid URL."),
        ("address", "https://", "Enter a valid URL."),
        ("address", "https://example.org/ and more", "Enter a valid URL."),
        ("day", "soon", "Write a day such as 2026-05-31."),
        ("day", "31.05.2026", "Write a day such as 2026-05-31."),
        ("day", "2026-02-30", "Write a day such as 2026-05-31."),
        ("day", "2026-05-31T10:00", "Write a day such as 2026-05-31."),
        ("day", "٢٠٢٦-٠٥-٣١", "Write a day such as 2026-05-31."),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_a_sentence(type, typed, sentence):
    assert refusal(type, typed) == sentence


@pytest.mark.parametrize("type", AttributeType)
def test_a_text_of_too_many_characters_is_refused(type):
    assert refusal(type, "9" * (LONGEST_TEXT + 1)) == "At most 300 characters."


@pytest.mark.parametrize(
    ("type", "typed", "stored"),
    [
        ("yes_partly_no", " Yes", "yes"),
        ("yes_partly_no", "PARTLY", "partly"),
        ("yes_partly_no", "no", "no"),
        ("choices", "hnsw", "hnsw"),
        ("choices", "flat,HNSW", "hnsw, flat"),
        ("choices", "inverted FILE , hnsw, ivf,", "hnsw, ivf"),
        ("choices", "None: it compares all", "flat"),
        ("address", " https://example.org/a?b=c ", "https://example.org/a?b=c"),
        ("address", "http://example.org", "http://example.org"),
        ("day", "2026-05-31", "2026-05-31"),
        ("day", "20260531", "2026-05-31"),
        ("text", "  Free, of course ", "Free, of course"),
        ("text", "1e5 NaN −4 ٤", "1e5 NaN −4 ٤"),
        ("text", "x" * LONGEST_TEXT, "x" * LONGEST_TEXT),
    ],
)
def test_other_values_are_stored_in_one_form_and_without_a_number(type, typed, stored):
    assert read(type, typed) == (stored, None)


NUMBERS = st.decimals(-(10**13), 10**13, places=4, allow_nan=False).map("{:,}".format)
TYPED = st.one_of(
    st.text(max_size=20),
    st.text("0123456789,. -$e", max_size=12),
    NUMBERS,
    st.lists(st.sampled_from([*CHOICES, *CHOICES.values()])).map(", ".join),
    st.dates().map(str),
    st.sampled_from(["yes", "No", "free", "https://example.org/"]),
)


@pytest.mark.parametrize("type", AttributeType)
@given(text=TYPED)
def test_a_stored_value_is_read_as_itself_and_anything_else_is_refused_in_words(type, text):
    try:
        stored = read(type, text)
    except ValidationError:
        assert refusal(type, text)[-1] == "."
        return
    assert read(type, stored[0]) == stored
    assert (stored[1] is None) == (not stored[0] or type not in ("integer", "decimal", "money"))
