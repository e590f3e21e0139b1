"""Slugs of tools that a file names without one."""

from dataclasses import replace

from comparisons.desk.files import messages
from comparisons.desk.files.tables import Problem, Row, Table
from reviews.models import Tool
from reviews.models.text_cleaning import clean_name, name_key
from reviews.services.editing.slugs import slug_for


def with_slugs(table: Table) -> tuple[Table, list[Problem]]:
    """Return the table with a slug in each row that has a name, and rows for which none can be made.

    A stored tool of that name is meant, else the slug is made from the name.
    """
    if all(_has_slug(row) or not _name(row) for row in table.rows):
        return table, []
    stored = dict(Tool.objects.order_by("pk").values_list("name_key", "slug"))
    used = {row["slug"].strip() for row in table.rows if _has_slug(row)}
    rows = []
    problems = []
    for number, row in table.numbered():
        if _has_slug(row) or not _name(row):
            rows.append(row)
            continue
        slug = stored.get(name_key(_name(row))) or slug_for(name=_name(row))
        if not slug or slug in used:  # one row must never stand for another tool of the same file
            problems.append(Problem(row=number, column="slug", sentence=messages.slug_wanted(slug=slug)))
        used.add(slug)
        rows.append(row | {"slug": slug})
    headings = table.headings if "slug" in table.headings else ["slug", *table.headings]
    return replace(table, headings=headings, rows=rows), problems


def _has_slug(row: Row) -> bool:
    return bool(row.get("slug", "").strip())


def _name(row: Row) -> str:
    return clean_name(row.get("name", ""))
