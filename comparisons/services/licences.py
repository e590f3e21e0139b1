"""Which licences are open source."""

OPEN_SOURCE = (
    *("apache", "artistic", "bsd", "cc0", "epl", "eupl", "isc", "mit", "mpl", "postgresql", "unlicense", "zlib"),
    *("gpl", "agpl", "lgpl"),
    "open source",
)
"""How the names of the licences begin that the Open Source Initiative approved and tools of this field use."""


def is_open_source(licence: str) -> bool | None:
    """Say whether `licence`, as an editor writes it, is an open-source licence; None where none is given.

    A maker's own terms (“Llama 4 community license”) and research licences are not, however generous.
    """
    name = licence.strip().casefold()
    if not name:
        return None
    return name.startswith(OPEN_SOURCE)
