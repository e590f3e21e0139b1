"""A query, read as words."""

import unicodedata
from dataclasses import dataclass

from reviews.services.search.documents import with_signs_as_letters
from reviews.services.search.spelling import other_spellings

LONGEST_QUERY = 200  # characters
MOST_WORDS = 8
SHORTEST_PREFIX = 4
"""Shorter prefixes are looked for in names, taglines, makers and categories only."""

_STOP_WORDS = """
    a ai an and any are as at be best better but by can compare compared comparison do does for from get
    good has have how i if in is it its me my need of on or our pick please should so than that the their
    them then there they this to tool tools top us use used using versus vs want was we what when where
    which who why will with would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Left out unless the query has no other words."""


@dataclass(frozen=True, slots=True)
class SearchWords:
    """The words of a query in order, each once, of letters and digits."""

    words: tuple[str, ...] = ()
    last_is_prefix: bool = False
    """The last word may be unfinished, so longer words count too."""
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def prefix(self) -> str | None:
        return self.words[-1] if self.last_is_prefix else None

    @property
    def is_short_prefix(self) -> bool:
        return self.last_is_prefix and len(self.words[-1]) < SHORTEST_PREFIX

    def spellings(self, word: str) -> tuple[str, ...]:
        """ "licence" gives "license" too."""
        return (word, *other_spellings(word))

    def prefix_spellings(self, prefix: str) -> tuple[str, ...]:
        """ "licenc" gives "licens" too."""
        return (prefix, *other_spellings(prefix, is_prefix=True))


def read_words(query: str) -> SearchWords:
    """Read the first eight significant words of the first 200 characters.

    Signs part words, except in `c++` and `c#`. The database folds case and accents.
    """
    text = with_signs_as_letters(unicodedata.normalize("NFC", query[:LONGEST_QUERY]))
    text = "".join(character if unicodedata.category(character)[0] in "LMN" else " " for character in text)
    typed = _without_lone_marks(text.lower())
    words = list(dict.fromkeys([word for word in typed if word not in STOP_WORDS] or typed))
    is_cut = len(query) > LONGEST_QUERY or len(words) > MOST_WORDS
    return SearchWords(
        words=tuple(words[:MOST_WORDS]),
        last_is_prefix=bool(words) and words[-1] == typed[-1] and text[-1] != " " and not is_cut,
        is_cut=is_cut,
    )


def _without_lone_marks(text: str) -> list[str]:
    """Remove accents that stand on no letter: databases take them for no word."""
    return [
        word for word in text.split() if any(unicodedata.category(character)[0] in "LN" for character in word)
    ]


def folded(text: str) -> str:
    """Return lower case without accents, to compare names with what was typed."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
