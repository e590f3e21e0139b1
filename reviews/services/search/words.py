"""What somebody typed, read as words to look for. Plain values, no database."""

import unicodedata
from dataclasses import dataclass

from reviews.services.search.documents import with_signs_as_letters
from reviews.services.search.spelling import other_spellings

LONGEST_QUERY = 200  # characters
MOST_WORDS = 8
SHORTEST_PREFIX = 4
"""Letters from which on a prefix is looked for in every text. A shorter one is looked for in names, taglines, makers and
categories only: "whi" begins "which" and "while", and these are everywhere. A whole word is found wherever it is."""

_STOP_WORDS = """
    a an and are as at be but by can do does for from has have how i if in is it its me my of on or our should so that the
    their them then there they this to us versus vs was we what when where which who why will with would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that say nothing about a tool. They are left out unless there is nothing else to look for."""


@dataclass(frozen=True, slots=True)
class SearchWords:
    """The words of one query in their order, each once; each holds letters and digits only."""

    words: tuple[str, ...] = ()
    last_is_prefix: bool = False
    """Whether the last word may still be being typed, so that longer words count too."""
    is_cut: bool = False
    """Whether the query held more than a search takes."""

    def __bool__(self) -> bool:
        return bool(self.words)

    @property
    def prefix(self) -> str | None:
        """The word that may still be being typed."""
        return self.words[-1] if self.last_is_prefix else None

    @property
    def is_short_prefix(self) -> bool:
        """Whether the prefix has too few letters to be looked for in every text."""
        return self.last_is_prefix and len(self.words[-1]) < SHORTEST_PREFIX

    def spellings(self, word: str) -> tuple[str, ...]:
        """Return `word` and its other spellings, all of which are looked for: "licence" and "license"."""
        return (word, *other_spellings(word))

    def prefix_spellings(self, prefix: str) -> tuple[str, ...]:
        """Return `prefix` and how its words begin in other spellings: "licenc" and "licens"."""
        return (prefix, *other_spellings(prefix, is_prefix=True))


def read_words(query: str) -> SearchWords:
    """Read what was typed, whatever it is: the first 200 characters, and of them the first eight words that say something.

    Signs part words, except in `c++` and `c#`. Case and accents are left for the database to fold, as it does in its texts.
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
    """Split at blanks, leaving out accents that stand on no letter: to a database they are no word."""
    return [word for word in text.split() if any(unicodedata.category(character)[0] in "LN" for character in word)]


def folded(text: str) -> str:
    """Return `text` in lower case and without accents, to compare names with what was typed."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))
