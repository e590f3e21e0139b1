"""The mark of a view that needs no database."""

from collections.abc import Callable


def without_database[View: Callable](view: View) -> View:
    """Mark a view that never queries: the front door serves it while the database is down.

    Put it outermost. Only addresses without arguments are found.
    """
    view.asks_database = False  # type: ignore[attr-defined]
    return view
