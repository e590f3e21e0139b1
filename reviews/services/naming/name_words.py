"""The words of a name in any alphabet, as far as they tell two tools apart."""

import re
import unicodedata
from functools import cache

from reviews.models.text_cleaning import name_key
from reviews.services.naming.latin_letters import latin_letters

LOWEST_ACCENT = 200
"""Combining class. From here on marks are accents; lower ones, such as vowels, make another word."""
LETTER, DIGIT, SIGN, OTHER = "a0+ "
WORD = re.compile(r"a+\+*|0+(?: +0+)*\+*")
"""Kinds of characters: letters or a version, with signs right behind, as in `C++` and `C#`."""
DIGITS = re.compile(r"[0-9]+")


def name_words(name: str) -> list[str]:
    """Return words without case, width and accents, and versions as numbers with full stops.

    “Café C++ 3-1” gives `cafe`, `c++` and `3.1`.
    """
    plain = name_key(name)
    if not plain.isascii():
        plain = "".join(map(_plain, unicodedata.normalize("NFD", plain)))
    kinds = "".join(map(_kind, plain))
    found = [plain[match.start() : match.end()] for match in WORD.finditer(kinds)]
    return [_version(word) if word[0] in "0123456789" else word for word in found]


@cache
def _plain(character: str) -> str:
    """Return a letter without accent and stroke, a digit as one of 0 to 9, and others as they are."""
    match unicodedata.category(character):
        case "Mn" | "Mc" | "Me":
            return "" if unicodedata.combining(character) >= LOWEST_ACCENT else character
        case "Nd":
            return str(unicodedata.decimal(character))
        case "Ll" | "Lu":
            return latin_letters(character) or character
    return "#" if character == "\u266f" else character


@cache
def _kind(character: str) -> str:
    if character in "+#":
        return SIGN
    if character in "0123456789":
        return DIGIT
    return LETTER if unicodedata.category(character)[0] in "LMN" else OTHER


def _version(found: str) -> str:
    signs = found[len(found.rstrip("+#")) :]
    return ".".join(DIGITS.findall(found)) + signs
