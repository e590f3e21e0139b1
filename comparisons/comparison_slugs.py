"""How tools are named in the address of a comparison: `a-vs-b`, with two to four slugs.

Plain values, no database.
"""

SEPARATOR = "-vs-"
FEWEST = 2
MOST = 4


def split_slugs(address: str) -> list[str]:
    """Return the slugs named in `address`, in lower case and in its order: `A-vs-b` gives `["a", "b"]`.

    No tool's slug holds `vs` as a word (the database sees to that), so there is one way to read an address.
    """
    return address.lower().split(SEPARATOR)


def join_slugs(slugs: list[str]) -> str:
    """Return the address that names `slugs` in this order."""
    return SEPARATOR.join(slugs)
