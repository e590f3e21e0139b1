"""The words and the markup of an answer."""

import re
from html.parser import HTMLParser


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.skipping = 0

    def handle_starttag(self, tag, attrs):
        self.skipping += tag in ("script", "style", "head")

    def handle_endtag(self, tag):
        self.skipping -= tag in ("script", "style", "head")

    def handle_data(self, data):
        if not self.skipping:
            self.words.append(data)


def text_of(response) -> str:
    """Return the visible words, white space folded."""
    return words_of(response.content.decode())


def words_of(html: str) -> str:
    """Return the visible words of a piece of markup, white space folded."""
    parser = _Words()
    parser.feed(html)
    return re.sub(r"\s+", " ", "".join(parser.words)).strip()


def html_of(response) -> str:
    """Return the markup wherever a template wraps: white space folded, none just inside an element."""
    html = re.sub(r"\s+", " ", response.content.decode())
    html = re.sub(r" (?=/?>|</)", "", html)
    return re.sub(r"(<[a-z][^>]*>) ", r"\1", html)


def assert_in_order(text: str, *parts: str) -> None:
    """Fail unless each part is in the text after the one before it."""
    position = 0
    for part in parts:
        found = text.find(part, position)
        assert found >= 0, f"“{part}” does not follow; the text goes on: {text[position : position + 200]!r}"
        position = found + len(part)
