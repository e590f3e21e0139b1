"""Addresses made from names: `C++ 3.5` gives `c-plus-plus-3-5`, and a name in another script gives none."""

import re
import unicodedata

from reviews.models.text_cleaning import clean_name
from reviews.services.naming.latin_letters import latin_letters

LONGEST = 110  # characters, which leaves room for a number
SILENT = re.compile("[\u2019\u2018\u02bc\u02bb\u02bd\u02be\u02bf\u00b4\u2032'`\u2122\u00ae\u00a9\u2120]")
"""Apostrophes and trade marks: they part no words."""
WORDS = {"+": " plus ", "&": " and "}
SHARP = re.compile(r"(?<=[^\W\d_])[#\u266f]")
"""After a letter, as in `C#`; before a number, as in `#1`, the sign only parts words."""


def slug_of_name(name: str, *, most: int = LONGEST) -> str:
    """Return up to `most` characters of a to z, 0 to 9 and single hyphens.

    Empty where the name has a letter or number that can't be written so, or none at all: whoever reads the
    address would miss a word of it. “vs” is written out, because comparisons' addresses are made with it.
    """
    text = SHARP.sub(" sharp ", unicodedata.normalize("NFKC", SILENT.sub("", clean_name(name))))
    letters = [_written(character) for character in unicodedata.normalize("NFC", text)]
    if None in letters:
        return ""
    words = "".join(filter(None, letters)).split()
    slug = "-".join("versus" if word == "vs" else word for word in words)[:most].strip("-")
    return slug.removesuffix("-vs")  # which the cut may have made of a longer word


def _written(character: str) -> str | None:
    """Return the character as letters, digits or a blank; None where it can be written as neither."""
    if character in WORDS:
        return WORDS[character]
    match unicodedata.category(character)[0]:
        case "L":
            return latin_letters(character)
        case "M":
            return ""
        case "N":
            digit = unicodedata.decimal(character, None)
            return None if digit is None else str(digit)
    return " "
