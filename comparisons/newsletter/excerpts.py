"""Shortening texts for the letter."""

import re

LONGEST_OPENING = 220


def opening(text: str, *, most: int = LONGEST_OPENING) -> str:
    """Return as many whole first sentences as fit into `most` characters; one that is too long is cut."""
    first, *others = re.split(r"(?<=[.!?])\s+", re.sub(r"\s+", " ", text).strip())
    taken = shortened(first, most=most)
    for sentence in others:
        if len(taken) + 1 + len(sentence) > most:
            break
        taken = f"{taken} {sentence}"
    return taken


def shortened(text: str, *, most: int) -> str:
    """Return `text`, cut at a word with an ellipsis beyond `most` characters."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    whole_words = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return whole_words.rstrip(" ,;:–-") + "…"
