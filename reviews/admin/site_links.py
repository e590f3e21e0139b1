"""Addresses of public pages for an editor who has just saved."""


def fresh_address(address: str, *, version: int) -> str:
    """Return an address of the same page that no cache and no browser has kept an older version of."""
    return f"{address}?saved={version}"
