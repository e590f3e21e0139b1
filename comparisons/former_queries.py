"""Saved links: a query that names a category or a reviewer by a former slug means the same as before."""

from collections.abc import Iterable

from django.http import QueryDict

from reviews.models import Category, Reviewer


def with_current_category(query: QueryDict, *, known: Iterable[str]) -> QueryDict:
    """Return `query` with the current slug as `category`. One query if it is none of the `known` slugs."""
    asked = query.get("category", "")
    if not asked or asked in known:
        return query
    row = Category.objects.formerly_at([asked]).get(asked)
    return _with(query, "category", [row.slug]) if row else query


def with_current_reviewers(query: QueryDict, *, known: Iterable[str]) -> QueryDict:
    """Return `query` with current slugs of reviewers, as names of weights and in `no_skip`.

    `known` are the current slugs and the page's other parameters. One query if there is any other name.
    """
    strangers = {*query, *query.getlist("no_skip")} - set(known)
    former = Reviewer.objects.formerly_at(sorted(strangers)) if strangers else {}
    for slug, row in former.items():
        if slug in query and row.slug not in query:
            query = _with(query, row.slug, query.getlist(slug))
    if former and "no_skip" in query:
        current = [former[slug].slug if slug in former else slug for slug in query.getlist("no_skip")]
        query = _with(query, "no_skip", current)
    return query


def _with(query: QueryDict, name: str, values: list[str]) -> QueryDict:
    changed = query.copy()
    changed.setlist(name, values)
    return changed
