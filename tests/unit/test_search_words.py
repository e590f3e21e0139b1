"""Reading what was typed, whatever it is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.services.search.documents import with_signs, with_signs_as_letters
from reviews.services.search.words import LONGEST_QUERY, MOST_WORDS, folded, read_words


@pytest.mark.parametrize(
    ("query", "words", "prefix"),
    [
        ("Mistral 3B", ("mistral", "3b"), "3b"),
        ("mistral ", ("mistral",), None),
        ("node.js", ("node", "js"), "js"),
        ("node.js!", ("node", "js"), None),
        ("from_pretrained", ("pretrained",), "pretrained"),
        ("c++", ("cǁǁ",), "cǁǁ"),
        ("C# or F#", ("cǂ", "fǂ"), "fǂ"),
        ("x y x", ("x", "y"), None),
        ("the latest of", ("latest",), None),
        ("of the", ("of", "the"), "the"),
        ("the latest of ", ("latest",), None),
        ("the ", ("the",), None),
        ("1 2 3 4 5 6 7 8", tuple("12345678"), "8"),
        ("1 2 3 4 5 6 7 8 9", tuple("12345678"), None),
        ("\u0301", (), None),
        ("  ", (), None),
        ("--", (), None),
        ("हिन्दी", ("हिन्दी",), "हिन्दी"),
        ("שלום עולם", ("שלום", "עולם"), "עולם"),
    ],
)
def test_a_query_is_read_as_words(query, words, prefix):
    read = read_words(query)
    assert (read.words, read.prefix) == (words, prefix)
    assert bool(read) == bool(words)


@given(st.text(max_size=400))
def test_a_word_holds_letters_digits_and_marks_only(query):
    read = read_words(query)
    assert len(read.words) <= MOST_WORDS
    assert len(set(read.words)) == len(read.words)
    for word in read.words:
        assert {unicodedata.category(character)[0] for character in word} <= set("LMN")
        assert len(word) <= LONGEST_QUERY * 3  # a capital can become up to three letters
    assert read.prefix in (None, *read.words[-1:])


@given(st.text())
def test_signs_become_letters_and_letters_signs_again(text):
    text = text.replace("ǁ", "").replace("ǂ", "")
    assert with_signs(with_signs_as_letters(text)) == text
    assert len(with_signs_as_letters(text)) == len(text)


def test_a_folded_text_has_no_capitals_and_no_accents():
    assert folded("Crème BRÛLÉE") == "creme brulee"
