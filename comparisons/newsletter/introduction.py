"""The introduction of an issue: plain text, in paragraphs."""

import re
import unicodedata

_INVISIBLE = {"Cc", "Cs", "Zl", "Zp"}  # control characters, halves of characters, separators of lines


def clean_introduction(text: str) -> str:
    """Return `text` in NFC without control characters, its paragraphs separated by one empty line."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(_clean_line(line) for line in lines)).strip()


def paragraphs_of(introduction: str) -> list[str]:
    """Return the paragraphs of a cleaned introduction, each in one line."""
    return [re.sub(r"\s+", " ", each) for each in introduction.split("\n\n") if each]


def _clean_line(line: str) -> str:
    visible = "".join(" " if unicodedata.category(each) in _INVISIBLE else each for each in line)
    return re.sub(r"\s+", " ", visible).strip()
