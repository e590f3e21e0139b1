"""One page of a long list in two queries: one that counts the rows, and one that reads the page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

PAGE_SIZE = 24


@dataclass(frozen=True, slots=True)
class ListPage[Item]:
    """Some items of a list, in its order."""

    items: tuple[Item, ...]
    found: int
    """How many items the whole list has."""
    number: int
    """Which page this is, from 1."""
    last: int
    """How many pages there are; 1 for an empty list."""
    is_beyond: bool
    """Whether a page after the last one was asked for, and the last one is shown instead."""

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None


def paginate[Item](
    *, rows: QuerySet, number: int, build_items: Callable[[Iterable], Sequence[Item]], size: int = PAGE_SIZE
) -> ListPage[Item]:
    """Return page `number` (from 1) of `rows`, `size` rows to a page, as items made by `build_items`.

    A number beyond the last page gets the last page.
    """
    found = rows.count()
    last = max(1, -(-found // size))
    shown = min(number, last)
    page_rows = rows[(shown - 1) * size : shown * size]
    return ListPage(items=tuple(build_items(page_rows)), found=found, number=shown, last=last, is_beyond=number > last)
