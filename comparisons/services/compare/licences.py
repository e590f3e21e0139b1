"""Which licences are open source, from their names: editors write them as text."""

import re

_NAMES = """
    0bsd, affero general public, agpl, apache, artistic, boost, bsd, cc0, cc0 universal, cddl,
    eclipse public, epl, european union public, eupl, general public, gnu affero general public, gnu agpl,
    gnu general public, gnu gpl, gnu lesser general public, gnu lgpl, gpl, isc, lesser general public,
    lgpl, libpng, mit, mit no attribution, mozilla, mozilla public, mpl, open source, postgresql, python,
    unlicense, zlib
"""
OPEN_SOURCE = frozenset(name.strip() for name in _NAMES.split(","))
"""Licences approved by the Open Source Initiative, as `core` names them."""

SAYS_NOTHING = frozenset(
    (
        "the",
        "license",
        "licence",
        "licensed",
        "version",
        "software",
        "foundation",
        "clause",
        "only",
        "or",
        "later",
    )
)
VERSION = re.compile(r"v?\d[\d.]{0,20}\+?$")
BETWEEN_NAMES = re.compile(r"\bor\b(?! later)|\band\b|[(),/;]")


def is_open_source(licence: str) -> bool | None:
    """Say whether `licence` names only open-source licences; None if it is empty.

    “Apache 2.0” and “MIT or Apache 2.0” do. A maker's own terms, research licences and “Apache 2.0 with
    Commons Clause” do not.
    """
    if not licence.strip():
        return None
    cores = {core(name) for name in BETWEEN_NAMES.split(licence.casefold().replace("-", " "))} - {""}
    return bool(cores) and cores <= OPEN_SOURCE


def core(name: str) -> str:
    """Return the essential part: “mozilla public” of “Mozilla Public License 2.0”, “lgpl” of “LGPLv3”."""
    words = [word if word in OPEN_SOURCE else VERSION.sub("", word) for word in name.split()]
    return " ".join(word for word in words if word and word not in SAYS_NOTHING)
