"""How a text is cleaned before it is stored, and when two names are the same.

The fields of `text_fields.py` clean whatever comes from the desk, from files, fixtures and commands.
"""

import hashlib
import re
import unicodedata
from itertools import chain

LONGEST_KEY = 200  # characters

CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
"""Control characters that are neither blanks nor line breaks."""
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Invisible: Unicode's property “default ignorable”, and the marks of interlinear annotations."""
NO_CHARACTERS = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    chain.from_iterable((chr(plane + 0xFFFE), chr(plane + 0xFFFF)) for plane in range(0, 0x110000, 0x10000))
)
"""Halves of surrogate pairs, and code points that are never characters, which XML (a feed) can't hold."""
EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf"
    "\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
"""The blocks of all emoji. They hold other symbols too, beside which a joiner does no harm."""

INSIDE_EMOJI = (
    rf"(?<=[{EMOJI}])\u200d(?=[{EMOJI}])|(?<=[{EMOJI}]\ufe0f)\u200d(?=[{EMOJI}])"
    rf"|(?<=[{EMOJI}])[\ufe0e\ufe0f]|(?<=[0-9#*])\ufe0f(?=\u20e3)"
)
"""The joiner of two emoji, and the selector of an emoji's form."""
INVISIBLE = re.compile(f"[{CONTROLS}{IGNORABLE}{NO_CHARACTERS}]")
INVISIBLE_OUTSIDE_EMOJI = re.compile(f"(?!{INSIDE_EMOJI}){INVISIBLE.pattern}")
PRINTABLE_ALL_THE_SAME = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, chain(range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))))
)
"""Invisible characters and a blank that Python's `isprintable` lets pass, as letters, marks and a symbol."""
DIGITS = re.compile("[0-9]+")
BLANKS = re.compile(r"[\s\u2800]+")  # an empty cell of Braille is no blank to Unicode, and looks like one
PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
"""Letters that Unicode does not take apart, as they are sorted among the others."""
LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
EMPTY_LINES = re.compile("\n{3,}")


def clean_name(text: str) -> str:
    """Return a text of one line: NFC, nothing invisible, single blanks, none at its ends. Idempotent."""
    if text.isprintable() and "  " not in text and PRINTABLE_ALL_THE_SAME.isdisjoint(text):
        # Nearly every text. The rest takes ten times as long, and an import cleans each text several times.
        return unicodedata.normalize("NFC", text).strip(" ")
    if INVISIBLE.search(text):
        text = INVISIBLE_OUTSIDE_EMOJI.sub("", text)
    return BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")


def clean_text(text: str) -> str:
    """Return a text of several lines, each cleaned like a name, with one empty line at most in between."""
    lines = "\n".join(map(clean_name, LINE_BREAK.split(text)))
    return EMPTY_LINES.sub("\n\n", lines).strip("\n")


def name_key(name: str) -> str:
    """Return what names that count as the same have in common: they differ in width, case or cleaning alone.

    At most `LONGEST_KEY` characters; a longer one ends in its hash. The folding is Unicode's compatibility
    caseless matching (D146).
    """
    text = unicodedata.normalize("NFD", clean_name(name))
    for _ in range(2):
        text = unicodedata.normalize("NFKC", text.casefold())
    key = BLANKS.sub(" ", INVISIBLE.sub("", text)).strip(" ")
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return key[: LONGEST_KEY - len(digest)] + digest


def sort_key(name: str) -> str:
    """Return what sorts names as people do: case and accents don't count, and 4 comes before 10.

    Compared by code points. Each number has its length before it, as two digits.
    """
    text = unicodedata.normalize("NFKD", name_key(name)).translate(PLAIN_LETTERS)
    plain = "".join(letter for letter in text if not unicodedata.combining(letter))
    return DIGITS.sub(lambda found: _sortable(found[0].lstrip("0") or "0"), plain)[:LONGEST_KEY]


def _sortable(number: str) -> str:
    return f"{min(len(number), 99):02d}{number}"
