"""Places in a ranking; equal figures share one."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    number: int
    is_shared: bool


def places(counts: Mapping[int | None, int]) -> dict[int | None, Place | None]:
    """Return the place of each figure, highest first, given how many rows have it.

    Two that share place 1 are followed by place 3. None has no place.
    """
    places_by_figure: dict[int | None, Place | None] = {None: None}
    rows_before = 0
    for figure in sorted((figure for figure in counts if figure is not None), reverse=True):
        places_by_figure[figure] = Place(number=rows_before + 1, is_shared=counts[figure] > 1)
        rows_before += counts[figure]
    return places_by_figure
