"""Search on SQLite, in the full-text tables of `migrations/_search_structure.py`.

What a reader typed is a quoted parameter of letters and digits (`words`): none of it is read as query
language.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from reviews.models import Tool
from reviews.models.search import NARROW_INDEX
from reviews.services.search.highlights import MARK, Marked
from reviews.services.search.relevance import TOOL_POINTS, VERDICT_POINTS, Match, MatchedField
from reviews.services.search.words import SearchWords

STEMS = "reviews_search_stems"
WORDS = "reviews_search_words"
MOST_CANDIDATES = 50


def find(*, words: SearchWords, tools: QuerySet[Tool] | None = None) -> list[Match]:
    """Return where each word is in each of `tools`, the published ones if none are named; one query.

    The documents of one word are counted before the next is looked for, and a narrow index says whose they
    are: reading the texts would be most of the work.
    """
    selects: list[str] = []
    parameters: list[Any] = []
    for number, word in enumerate(words.words):
        fields = list(_field_selects(words, word))
        parameters += [match for _, match in fields]
        selects.append(f"""
            SELECT e.tool_id, {number} AS word, max(field) AS field,
                {TOOL_POINTS} * max(e.kind = 'tool') + {VERDICT_POINTS} * sum(e.kind = 'verdict') AS points
            FROM ({" UNION ".join(select for select, _ in fields)}) found
            JOIN reviews_searchentry e INDEXED BY {NARROW_INDEX} ON e.id = found.id
            GROUP BY e.tool_id""")
    chosen, moment = _published() if tools is None else _ids_of(tools)
    sql = f"""
        SELECT f.tool_id, f.word, f.field, f.points, length(t.name)
        FROM ({" UNION ALL ".join(selects)}) f JOIN reviews_tool t ON t.id = f.tool_id
        WHERE f.tool_id IN ({chosen})"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *moment])
        return [Match(*row) for row in cursor.fetchall()]


def _field_selects(words: SearchWords, word: str) -> Iterator[tuple[str, str]]:
    """Yield a SELECT and its parameter for each field that may hold the word."""
    whole = _any_of(words.spellings(word))
    matches = [
        (STEMS, MatchedField.TEXT, whole),
        (STEMS, MatchedField.KEYWORDS, f"keywords : ({whole})"),
        (STEMS, MatchedField.NAME, f"title : ({whole})"),
    ]
    if word == words.prefix:
        prefixes = _any_prefix_of(words.prefix_spellings(word))
        if not words.is_short_prefix:
            matches.append((WORDS, MatchedField.TEXT, prefixes))
        matches.append((WORDS, MatchedField.KEYWORDS, f"keywords : ({prefixes})"))
        matches.append((WORDS, MatchedField.NAME_PREFIX, f"title : ({prefixes})"))
    for table, field, match in matches:
        yield f"SELECT rowid AS id, {field.value} AS field FROM {table} WHERE {table} MATCH %s", match


def mark(*, words: SearchWords, tool_ids: Sequence[int]) -> list[Marked]:
    """Return the texts of these tools that hold a word, marked; one query.

    A text may come twice: with its stems marked, and with the words that begin with the prefix. The plus
    before `rowid` makes SQLite ask the full-text table once, not per row.
    """
    spellings = chain.from_iterable(map(words.spellings, words.words))
    matches = [(STEMS, _any_of(spellings))]
    if words.prefix:
        prefixes = _any_prefix_of(words.prefix_spellings(words.prefix))
        matches.append((WORDS, f"{{title keywords}} : ({prefixes})" if words.is_short_prefix else prefixes))
    placeholders = ", ".join(["%s"] * len(tool_ids))
    selects = []
    parameters: list[Any] = []
    for table, match in matches:
        columns = [f"highlight({table}, {column}, '{MARK}', '{MARK}')" for column in range(3)]
        selects.append(f"""
        SELECT e.tool_id, e.verdict_id, e.title || char(31) || e.keywords || char(31) || e.body,
            {" || char(31) || ".join(columns)}
        FROM {table} JOIN reviews_searchentry e ON e.id = {table}.rowid
        WHERE {table} MATCH %s
            AND +{table}.rowid IN (SELECT id FROM reviews_searchentry WHERE tool_id IN ({placeholders}))""")
        parameters += [match, *tool_ids]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), parameters)
        return [Marked(*row) for row in cursor.fetchall()]


def names_beginning(*, words: SearchWords, limit: int) -> list[tuple[int, str]]:
    """Return ids and names of published tools with a word for each prefix, nearest names first."""
    published, moment = _published()
    sql = f"""
        SELECT e.tool_id, e.title FROM {WORDS} JOIN reviews_searchentry e ON e.id = {WORDS}.rowid
        WHERE {WORDS} MATCH %s AND e.tool_id IN ({published})
        ORDER BY e.title LIKE %s DESC, length(e.title), e.title LIMIT %s"""
    match = " AND ".join(f"title : ({_any_prefix_of(words.prefix_spellings(word))})" for word in words.words)
    with connection.cursor() as cursor:
        cursor.execute(sql, [match, *moment, f"{words.words[0]}%", limit])
        return cursor.fetchall()


def names_like(*, text: str) -> list[tuple[int, str]]:
    """Return ids and names of published tools that share trigrams with `text`, likeliest first."""
    padded = f" {text} "
    trigrams = dict.fromkeys(padded[start : start + 3] for start in range(len(padded) - 2))
    if not trigrams:
        return []
    published, moment = _published()
    sql = f"""
        SELECT e.tool_id, e.title FROM reviews_search_trigrams n JOIN reviews_searchentry e ON e.id = n.rowid
        WHERE reviews_search_trigrams MATCH %s AND e.tool_id IN ({published})
        ORDER BY rank LIMIT {MOST_CANDIDATES}"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [_any_of(trigrams), *moment])
        return cursor.fetchall()


def _any_of(words: Iterable[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words)


def _any_prefix_of(prefixes: Iterable[str]) -> str:
    return " OR ".join(f'"{prefix}" *' for prefix in prefixes)


def _published() -> tuple[str, tuple[Any, ...]]:
    return _ids_of(Tool.objects.published())


def _ids_of(tools: QuerySet[Tool]) -> tuple[str, tuple[Any, ...]]:
    return tools.order_by().values("pk").query.sql_with_params()
