"""One page of a long list in two queries: a count, and the rows of the page."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

PAGE_SIZE = 24


@dataclass(frozen=True, slots=True)
class ListPage[Item]:
    """Some items of a list, in its order."""

    items: tuple[Item, ...]
    found: int
    """The number of items in the whole list."""
    number: int
    """From 1."""
    last: int
    """The number of pages; 1 for an empty list."""
    is_beyond: bool
    """A later page was asked for; the last one is shown."""

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def previous_in_address(self) -> int | None:
        """The previous page as addresses name it: the first has no number."""
        return self.number - 1 if self.number > 2 else None

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None


def page_of[Item](
    *, found: int, number: int, size: int = PAGE_SIZE, items: Iterable[Item] = ()
) -> ListPage[Item]:
    """Return page `number` (from 1) of a list with `found` items; the last page if it is greater."""
    last = max(1, -(-found // size))
    return ListPage(
        items=tuple(items), found=found, number=min(number, last), last=last, is_beyond=number > last
    )


def paginate[Item](
    *, rows: QuerySet, number: int, build_items: Callable[[Iterable], Sequence[Item]], size: int = PAGE_SIZE
) -> ListPage[Item]:
    """Return page `number` (from 1) of `rows`, `size` to a page, as items made by `build_items`.

    A number beyond the last page gets the last page.
    """
    page: ListPage[Item] = page_of(found=rows.count(), number=number, size=size)
    return replace(page, items=tuple(build_items(rows[(page.number - 1) * size : page.number * size])))
