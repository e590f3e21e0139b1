"""The address of a comparison: `a-vs-b`, with two to four slugs. Plain values, no database."""

SEPARATOR = "-vs-"
FEWEST = 2
MOST = 4


def split_slugs(address: str) -> list[str]:
    """Return the slugs in `address`, in lower case and its order: `A-vs-b` gives `["a", "b"]`.

    The database allows no slug with `vs` as a word, so there is one way to read an address.
    """
    return address.lower().split(SEPARATOR)


def join_slugs(slugs: list[str]) -> str:
    """Return the address of `slugs` in this order."""
    return SEPARATOR.join(slugs)
