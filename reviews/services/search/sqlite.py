"""Search on SQLite: what the full-text tables of `migrations/_search_structure.py` are asked. One function per question.

Everything that a reader typed is a parameter, and holds letters and digits only (`words`), in quotation marks: nothing
of it can be read as a part of the full-text language.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection

from reviews.models import Tool
from reviews.models.search import NARROW_INDEX
from reviews.services.search.highlights import MARK, Marked
from reviews.services.search.relevance import TOOL_POINTS, VERDICT_POINTS, Match, MatchedField
from reviews.services.search.words import SearchWords

STEMS, WORDS = "reviews_search_stems", "reviews_search_words"
CANDIDATES = 50


def find(*, words: SearchWords) -> list[Match]:
    """Return where each word stands at each published tool, in one query.

    The documents of a word are counted together before the next word is looked for, and their tools are read from a narrow
    index: the rows themselves hold the texts, and reading them would be most of the work for a word that is everywhere.
    """
    counted, matches = [], []
    for number, word in enumerate(words.words):
        arms = list(_arms(words, word))
        matches += [match for _, match in arms]
        counted.append(f"""
            SELECT e.tool_id, {number} AS word, max(place) AS place,
                {TOOL_POINTS} * max(e.kind = 'tool') + {VERDICT_POINTS} * sum(e.kind = 'verdict') AS points
            FROM ({" UNION ".join(arm for arm, _ in arms)}) found
            JOIN reviews_searchentry e INDEXED BY {NARROW_INDEX} ON e.id = found.id
            GROUP BY e.tool_id""")
    published, moment = _published()
    sql = f"""
        SELECT f.tool_id, f.word, f.place, f.points, length(t.name)
        FROM ({" UNION ALL ".join(counted)}) f JOIN reviews_tool t ON t.id = f.tool_id
        WHERE f.tool_id IN ({published})"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [*matches, *moment])
        return [Match(*row) for row in cursor.fetchall()]


def _arms(words: SearchWords, word: str) -> Iterator[tuple[str, str]]:
    """Yield a SELECT and its parameter for each place that a word may stand at, in any of its spellings."""
    whole = _whole(words.spellings(word))
    looked_for = [
        (STEMS, MatchedField.TEXT, whole),
        (STEMS, MatchedField.KEYWORDS, f"keywords : ({whole})"),
        (STEMS, MatchedField.NAME, f"title : ({whole})"),
    ]
    if word == words.begun:
        begun = _begun(words.spellings_begun(word))
        looked_for += [] if words.is_hardly_begun else [(WORDS, MatchedField.TEXT, begun)]
        looked_for += [
            (WORDS, MatchedField.KEYWORDS, f"keywords : ({begun})"),
            (WORDS, MatchedField.NAME_BEGUN, f"title : ({begun})"),
        ]
    for table, place, match in looked_for:
        yield f"SELECT rowid AS id, {place.value} AS place FROM {table} WHERE {table} MATCH %s", match


def mark(*, words: SearchWords, tool_ids: Sequence[int]) -> list[Marked]:
    """Return the texts of these tools that hold a word, with the words marked, in one query.

    A text can come twice: with the stems marked, and with what the last word begins. The plus before `rowid` makes SQLite ask
    the full-text table once: without it each row would be a question of its own, and each would gather all that begins so.
    """
    asked = [(STEMS, _whole(spelling for word in words.words for spelling in words.spellings(word)))]
    if words.begun:
        begun = _begun(words.spellings_begun(words.begun))
        asked.append((WORDS, f"{{title keywords}} : ({begun})" if words.is_hardly_begun else begun))
    places = ", ".join(["%s"] * len(tool_ids))
    sql = " UNION ALL ".join(
        f"""
        SELECT e.tool_id, e.verdict_id, e.title || char(31) || e.keywords || char(31) || e.body,
            {" || char(31) || ".join(f"highlight({table}, {column}, '{MARK}', '{MARK}')" for column in range(3))}
        FROM {table} JOIN reviews_searchentry e ON e.id = {table}.rowid
        WHERE {table} MATCH %s AND +{table}.rowid IN (SELECT id FROM reviews_searchentry WHERE tool_id IN ({places}))"""
        for table, _ in asked
    )
    parameters: list[Any] = [parameter for _, match in asked for parameter in (match, *tool_ids)]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Marked(*row) for row in cursor.fetchall()]


def names_beginning(*, words: SearchWords, limit: int) -> list[tuple[int, str]]:
    """Return ids and names of published tools in whose name each of the words begins a word, nearest names first."""
    published, moment = _published()
    sql = f"""
        SELECT e.tool_id, e.title FROM {WORDS} JOIN reviews_searchentry e ON e.id = {WORDS}.rowid
        WHERE {WORDS} MATCH %s AND e.tool_id IN ({published})
        ORDER BY e.title LIKE %s DESC, length(e.title), e.title LIMIT %s"""
    match = " AND ".join(f"title : ({_begun(words.spellings_begun(word))})" for word in words.words)
    with connection.cursor() as cursor:
        cursor.execute(sql, [match, *moment, f"{words.words[0]}%", limit])
        return cursor.fetchall()


def names_like(*, text: str) -> list[tuple[int, str]]:
    """Return ids and names of published tools whose names share threes of letters with `text`, the likeliest first."""
    padded = f" {text} "
    threes = dict.fromkeys(padded[start : start + 3] for start in range(len(padded) - 2))
    if not threes:
        return []
    published, moment = _published()
    sql = f"""
        SELECT e.tool_id, e.title FROM reviews_search_trigrams n JOIN reviews_searchentry e ON e.id = n.rowid
        WHERE reviews_search_trigrams MATCH %s AND e.tool_id IN ({published}) ORDER BY rank LIMIT {CANDIDATES}"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [" OR ".join(f'"{three}"' for three in threes), *moment])
        return cursor.fetchall()


def _whole(spellings: Iterable[str]) -> str:
    return " OR ".join(f'"{spelling}"' for spelling in spellings)


def _begun(spellings: Iterable[str]) -> str:
    return " OR ".join(f'"{spelling}" *' for spelling in spellings)


def _published() -> tuple[str, tuple[Any, ...]]:
    return Tool.objects.published().order_by().values("pk").query.sql_with_params()
