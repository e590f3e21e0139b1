"""Search on PostgreSQL, in the generated columns of `migrations/_search_structure.py`.

What a reader typed is a quoted parameter of letters and digits (`words`): none of it is read as query
language.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from reviews.models import Tool
from reviews.services.search.highlights import MARK, Marked
from reviews.services.search.relevance import TOOL_POINTS, VERDICT_POINTS, Match, MatchedField
from reviews.services.search.words import SearchWords

MOST_CANDIDATES = 50
STEM = "to_tsquery('reviews_stems', %s)"
PREFIX = "to_tsquery('reviews_words', %s)"
PUNCTUATION = """!"$%%&''()*+,-./:;<=>?@[\\]^_`{|}~""" + MARK
BLANKS = " " * len(PUNCTUATION.replace("''", "'").replace("%%", "%"))
NAME_TEXTS = "e.title || chr(31) || e.keywords"
NAME_WORDS = "ts_filter(e.words, '{a,b}')"
"""Where short prefixes are looked for."""
DOCUMENT = f"{NAME_TEXTS} || chr(31) || e.body"


def find(*, words: SearchWords, tools: QuerySet[Tool] | None = None) -> list[Match]:
    """Return where each word is in each of `tools`, the published ones if none are named.

    One query, which reads each document once.

    Words of the name have weight A, of the keywords B. `ts_filter` removes the others: words of the body have
    no positions, and PostgreSQL lets those match any weight.
    """
    fields: list[str] = []
    totals: list[str] = []
    rows: list[str] = []
    queries: list[tuple[str, str]] = []
    parameters: list[str] = []
    for number, word in enumerate(words.words):
        forms = [(STEM, _any_of(words.spellings(word)), MatchedField.NAME)]
        if word == words.prefix:
            forms.append((PREFIX, _any_prefix_of(words.prefix_spellings(word)), MatchedField.NAME_PREFIX))
        fields.append(
            _matched_field(number, forms, is_short_prefix=word == words.prefix and words.is_short_prefix)
        )
        parameters += [text for _, text, _ in forms] * 3
        totals.append(
            f"max(field_{number}) AS field_{number}, sum(points) FILTER (WHERE field_{number} >= 0) AS "
            f"points_{number}"
        )
        rows.append(f"({number}, field_{number}, points_{number})")
        queries += [(query, text) for query, text, _ in forms]
    chosen, moment = _published() if tools is None else _ids_of(tools)
    sql = f"""
        WITH document AS MATERIALIZED (
            SELECT e.tool_id, length(e.title) AS name_length,
                CASE e.kind WHEN 'tool' THEN {TOOL_POINTS} ELSE {VERDICT_POINTS} END AS points,
                {", ".join(fields)}
            FROM reviews_searchentry e WHERE e.words @@ ({" || ".join(query for query, _ in queries)})
        ), tool AS (
            SELECT tool_id, max(name_length) AS name_length, {", ".join(totals)}
            FROM document WHERE tool_id IN ({chosen}) GROUP BY tool_id
        )
        SELECT t.tool_id, w.word, w.field, w.points, t.name_length
        FROM tool t CROSS JOIN LATERAL (VALUES {", ".join(rows)}) AS w (word, field, points)
        WHERE w.points > 0"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *(text for _, text in queries), *moment])
        return [Match(*row) for row in cursor.fetchall()]


def _matched_field(
    number: int, forms: Sequence[tuple[str, str, MatchedField]], *, is_short_prefix: bool
) -> str:
    """Return the expression of the best field that holds a word, NULL if none does.

    Each of the `forms`, words and perhaps prefixes, is in it three times.
    """
    holds = f"e.words @@ ({' || '.join(query for query, _, _ in forms)})"
    if is_short_prefix:
        holds = f"e.words @@ {STEM} OR {NAME_WORDS} @@ {PREFIX}"
    in_name = " ".join(
        f"WHEN ts_filter(e.words, '{{a}}') @@ {query} THEN {field}" for query, _, field in forms
    )
    in_keywords = " ".join(
        f"WHEN ts_filter(e.words, '{{b}}') @@ {query} THEN {MatchedField.KEYWORDS}" for query, _, _ in forms
    )
    return f"""
            CASE WHEN NOT ({holds}) THEN NULL
                WHEN e.kind <> 'tool' THEN {MatchedField.TEXT} {in_name} {in_keywords}
                ELSE {MatchedField.TEXT} END AS field_{number}"""


def mark(*, words: SearchWords, tool_ids: Sequence[int]) -> list[Marked]:
    """Return the texts of these tools that hold a word, marked; one query.

    A text may come twice: with its stems marked, and with the words that begin with the prefix.
    """
    spellings = chain.from_iterable(map(words.spellings, words.words))
    selects = [_marked("reviews_stems")]
    parameters: list[Any] = [_any_of(spellings), list(tool_ids)]
    if words.prefix:
        selects.append(_marked("reviews_words", in_names_only=words.is_short_prefix))
        parameters += [_any_prefix_of(words.prefix_spellings(words.prefix)), list(tool_ids)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), parameters)
        return [Marked(*row) for row in cursor.fetchall()]


def _marked(configuration: str, *, in_names_only: bool = False) -> str:
    """Return the SELECT of marked texts. Its parameters are the words and the tools.

    Marks are counted in a text of the same length without punctuation; the migration says why.
    """
    marked = DOCUMENT
    unmarked = ""
    words = "e.words"
    if in_names_only:
        marked = NAME_TEXTS
        unmarked = " || chr(31) || e.body"
        words = NAME_WORDS
    return f"""
        SELECT e.tool_id, e.verdict_id, {DOCUMENT}, ts_headline(
            '{configuration}', translate({marked}, '{PUNCTUATION}', '{BLANKS}'), q,
            'HighlightAll=true, StartSel={MARK}, StopSel={MARK}'
        ){unmarked}
        FROM reviews_searchentry e, to_tsquery('{configuration}', %s) q
        WHERE e.tool_id = ANY (%s) AND {words} @@ q"""


def names_beginning(*, words: SearchWords, limit: int) -> list[tuple[int, str]]:
    """Return ids and names of published tools with a word for each prefix, nearest names first."""
    published, moment = _published()
    sql = f"""
        SELECT e.tool_id, e.title FROM reviews_searchentry e
        WHERE e.name_words @@ {PREFIX} AND e.tool_id IN ({published})
        ORDER BY e.title ILIKE %s DESC, length(e.title), e.title LIMIT %s"""
    match = " & ".join(f"({_any_prefix_of(words.prefix_spellings(word))})" for word in words.words)
    with connection.cursor() as cursor:
        cursor.execute(sql, [match, *moment, f"{words.words[0]}%", limit])
        return cursor.fetchall()


def names_like(*, text: str) -> list[tuple[int, str]]:
    """Return ids and names of published tools that share trigrams with `text`, likeliest first."""
    published, moment = _published()
    sql = f"""
        SELECT n.tool_id, n.title FROM reviews_search_names_like(%s) n WHERE n.tool_id IN ({published})
        ORDER BY n.likeness DESC, n.tool_id LIMIT {MOST_CANDIDATES}"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [text, *moment])
        return cursor.fetchall()


def _any_of(words: Iterable[str]) -> str:
    return " | ".join(f"'{word}'" for word in words)


def _any_prefix_of(prefixes: Iterable[str]) -> str:
    return " | ".join(f"'{prefix}':*" for prefix in prefixes)


def _published() -> tuple[str, tuple[Any, ...]]:
    return _ids_of(Tool.objects.published())


def _ids_of(tools: QuerySet[Tool]) -> tuple[str, tuple[Any, ...]]:
    return tools.order_by().values("pk").query.sql_with_params()
