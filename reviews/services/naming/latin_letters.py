"""Letters of the Latin script as a to z: ł is l, ø is o, ß is ss and đ is d."""

import re
import unicodedata

BASE = re.compile(r"LATIN (?:SMALL|CAPITAL) (?:LETTER|LIGATURE) ([A-Z]{1,2})(?: WITH .+)?\Z")
"""Unicode's name of a letter says which letter it was made of: “LATIN SMALL LETTER L WITH STROKE”."""
WITHOUT_BASE = {
    "ß": "ss", "ẞ": "ss", "ı": "i", "ȷ": "j", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ŋ": "ng", "Ŋ": "ng",
    "ĸ": "k", "ə": "e", "Ə": "e", "ɛ": "e", "Ɛ": "e", "ɔ": "o", "Ɔ": "o",
}  # fmt: skip


def latin_letters(letter: str) -> str | None:
    """Return a letter without its accents and strokes, as one or two of a to z; None in another script."""
    if letter in WITHOUT_BASE:
        return WITHOUT_BASE[letter]
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain.isascii() and plain.isalpha():
        return plain.lower()
    found = BASE.match(unicodedata.name(plain, ""))
    return found[1].lower() if found else None
