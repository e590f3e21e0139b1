"""A search for a licence's name, which leads to the filtered list of tools."""

import re
from dataclasses import dataclass

from django.db.models import Count

from comparisons.services.compare.licences import SAYS_NOTHING, core
from reviews.models import Fact, Tool
from reviews.models.general_attributes import LICENCE

LONGEST = 60  # characters of a query that may be a licence's name
SAYS_NO_LICENCE = "open source"
"""Some tools name no more than that, and most other licences are open source too."""


@dataclass(frozen=True, slots=True)
class LicenceMatch:
    """A licence as tools name it, and how many published tools have it."""

    licence: str
    tools: int


def licence_matches(*, query: str) -> list[LicenceMatch]:
    """Return the licences called `query`, with version or without, in alphabetical order; one query.

    “mit”, “MIT License”, “gpl v3” and “apache” are names; “apache server” is none.
    """
    asked = _normalised_words(query)
    if not asked or len(query) > LONGEST:
        return []
    rows = Fact.objects.of(LICENCE).known().filter(tool__in=Tool.objects.published()).order_by("text")
    counted = rows.values_list("text").annotate(Count("pk"))
    return [
        LicenceMatch(licence=licence, tools=tools) for licence, tools in counted if asked in _names(licence)
    ]


def _names(licence: str) -> list[list[str]]:
    """Return the names of `licence` as words: as it is, and without version."""
    name = core(licence.casefold().replace("-", " "))
    return [] if name == SAYS_NO_LICENCE else [_normalised_words(licence), name.split()]


def _normalised_words(text: str) -> list[str]:
    """Read a name so that “GPL-3.0”, “gplv3” and “GPL version 3” are the same."""
    bare = re.sub(r"\bv(?=\d)", "", text.casefold().replace("-", " "))
    words = [word.removesuffix(".0") for word in re.sub(r"(?<=[a-z])v?(?=\d)", " ", bare).split()]
    return [word for word in words if word not in SAYS_NOTHING]
