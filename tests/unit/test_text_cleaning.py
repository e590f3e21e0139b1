"""What is cleaned out of a text, and which names count as the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.models.text_cleaning import BLANKS, INVISIBLE, LONGEST_KEY, clean_name, clean_text, name_key

ANY_TEXT = st.text(st.characters(exclude_categories=()))
SPECIAL = (
    "\r\n\t\x00\x1f\x85\xa0\xad\u0301\u034f\u200b\u200d\u200e\u2028\u202e\u3000\u3164\ufe0f\ufeff"
    "👩💻❤#1\u20e3aé ﬁ"
)
ODD_TEXT = st.text(st.sampled_from(SPECIAL), max_size=12) | ANY_TEXT

TECHNOLOGIST = "👩\u200d💻"
BURNING_HEART = "❤\ufe0f\u200d🔥"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Code  Llama\t4", "Code Llama 4"),
        ("  Alpha ", "Alpha"),
        ("Alpha\u00a0Two", "Alpha Two"),
        ("Alpha\u3000\u2003Two", "Alpha Two"),
        ("Alpha\u2800Two", "Alpha Two"),
        ("Alpha\r\nTwo", "Alpha Two"),
        ("Alpha\u2028Two", "Alpha Two"),
        ("Al\u200bpha", "Alpha"),
        ("Al\u00adpha", "Alpha"),
        ("\ufeffAlpha\u200e", "Alpha"),
        ("\u202eAlpha\u202c", "Alpha"),
        ("\u2067Alpha\u2069", "Alpha"),
        ("Al\u034fpha\u3164", "Alpha"),
        ("Al\U000e0041pha", "Alpha"),
        ("Al\x00p\x07h\x1fa\x7f", "Alpha"),
        ("Al\ufffe\ufdd0pha\U0001ffff", "Alpha"),
        ("E\u0301lan", "Élan"),
        ("E\u200b\u0301lan", "Élan"),
        ("\u212bngstrom", "Ångstrom"),
        ("Al\u200dpha", "Alpha"),
        (TECHNOLOGIST, TECHNOLOGIST),
        (f"{TECHNOLOGIST}\u200d", TECHNOLOGIST),
        ("👩\u200d\u200d💻", "👩💻"),
        (BURNING_HEART, BURNING_HEART),
        ("1\ufe0f\u20e3 Kit", "1\ufe0f\u20e3 Kit"),
        ("a\ufe0f", "a"),
        ("深度求索", "深度求索"),
        ("\u200fעברית\u200f", "עברית"),
        ("\u0600١", "\u0600١"),  # a number sign of the Arabic script is seen
        ("C++ ", "C++"),
        (" \t\u200b\u00a0", ""),
        ("", ""),
    ],
)
def test_a_name_is_cleaned(typed, stored):
    assert clean_name(typed) == stored


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("One\r\nTwo\rThree\u2028Four", "One\nTwo\nThree\nFour"),
        ("One\n\n\n\n Two  words \n", "One\n\nTwo words"),
        ("\n\n One\x0b", "One"),
        ("One\n\u200b\nTwo", "One\n\nTwo"),
        (" \n\t\n", ""),
    ],
)
def test_a_text_keeps_its_lines(typed, stored):
    assert clean_text(typed) == stored


@given(ODD_TEXT)
@pytest.mark.parametrize("clean", [clean_name, clean_text, name_key])
def test_cleaning_twice_is_cleaning_once(clean, text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned


@given(ODD_TEXT)
@pytest.mark.parametrize("clean", [clean_name, clean_text])
def test_what_is_cleaned_can_be_stored_and_shown(clean, text):
    cleaned = clean(text)
    cleaned.encode()
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned == cleaned.strip()
    for line in cleaned.split("\n"):
        assert "  " not in line
        assert not [sign for sign in line if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp")]
        assert not [sign for sign in line if unicodedata.category(sign) == "Zs" and sign != " "]
    if clean is clean_name:
        assert "\n" not in cleaned


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alpha", "ALPHA"),
        ("Alpha", "Ａｌｐｈａ"),
        ("Alpha", " Al\u200bpha\u00a0"),
        ("Code Llama", "Code\u3000 Llama"),
        ("Élan", "E\u0301LAN"),
        ("Straße", "STRASSE"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("Яндекс", "ЯНДЕКС"),
        ("ｶﾞｲﾄﾞ", "ガイド"),
        ("Ⅳ", "IV"),
        ("C＋＋", "C++"),
        (TECHNOLOGIST, "👩💻"),
        ("ﬁle", "FILE"),
    ],
)
def test_names_that_differ_in_width_case_or_cleaning_are_the_same(one, other):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("C", "C++"),
        ("C++", "C#"),
        ("Llama 3.1", "Llama 31"),
        ("Elan", "Élan"),
        ("Code Llama", "CodeLlama"),
        ("カ", "ガ"),
        ("Mistral 3B", "Mistral 8B"),
        ("Тест", "Tect"),
    ],
)
def test_other_names_are_not_the_same(one, other):
    assert name_key(one) != name_key(other)


def test_no_invisible_character_takes_the_short_way():
    taken_for_visible = [
        hex(code)
        for code in range(0x110000)
        if clean_name(chr(code)) and (INVISIBLE.match(chr(code)) or BLANKS.match(chr(code)))
    ]
    assert taken_for_visible == []


@given(ODD_TEXT, ODD_TEXT)
def test_a_name_in_capitals_or_cleaned_keeps_its_key(one, other):
    text = one + other
    assert name_key(clean_name(text)) == name_key(text)
    assert len(name_key(text)) <= LONGEST_KEY


def test_long_keys_differ_where_their_names_do():
    ends = [name_key("ﷺ" * 100 + ending) for ending in ("a", "b")]
    assert len(set(ends)) == 2
    assert {len(key) for key in ends} == {LONGEST_KEY}
