"""Search on PostgreSQL: what the generated columns of `migrations/_search_structure.py` are asked. One function per question.

Everything that a reader typed is a parameter, and holds letters and digits only (`words`), in quotation marks: nothing
of it can be read as a part of the full-text language.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from reviews.models import Tool
from reviews.services.search.highlights import MARK, Marked
from reviews.services.search.relevance import TOOL_POINTS, VERDICT_POINTS, Match, MatchedField
from reviews.services.search.words import SearchWords

CANDIDATES = 50
STEM = "to_tsquery('reviews_stems', %s)"
BEGUN = "to_tsquery('reviews_words', %s)"
PUNCTUATION = """!"$%%&''()*+,-./:;<=>?@[\\]^_`{|}~""" + MARK
BLANKS = " " * len(PUNCTUATION.replace("''", "'").replace("%%", "%"))
FEW_TEXTS, WORDS_OF_FEW = "e.title || chr(31) || e.keywords", "ts_filter(e.words, '{a,b}')"
"""Names and keywords, where a word is looked for that is hardly begun."""
DOCUMENT = f"{FEW_TEXTS} || chr(31) || e.body"


def find(*, words: SearchWords) -> list[Match]:
    """Return where each word stands at each published tool, in one query that reads each document once for all words.

    Words of the name have the weight A, of the keywords B. They are told apart by taking the others out (`ts_filter`): a word
    of the body is kept without its positions, and PostgreSQL lets such a word match any weight.
    """
    places, counted, rows, anywhere = [], [], [], []
    parameters: list[str] = []
    for number, word in enumerate(words.words):
        forms = [(STEM, _whole(words.spellings(word)), MatchedField.NAME)]
        forms += [(BEGUN, _begun(words.spellings_begun(word)), MatchedField.NAME_BEGUN)] if word == words.begun else []
        holds = f"e.words @@ ({' || '.join(query for query, _, _ in forms)})"
        if word == words.begun and words.is_hardly_begun:
            holds = f"e.words @@ {STEM} OR {WORDS_OF_FEW} @@ {BEGUN}"
        in_name = " ".join(f"WHEN ts_filter(e.words, '{{a}}') @@ {query} THEN {place}" for query, _, place in forms)
        in_keywords = " ".join(
            f"WHEN ts_filter(e.words, '{{b}}') @@ {query} THEN {MatchedField.KEYWORDS}" for query, _, _ in forms
        )
        places.append(f"""
            CASE WHEN NOT ({holds}) THEN NULL WHEN e.kind <> 'tool' THEN {MatchedField.TEXT} {in_name} {in_keywords}
                ELSE {MatchedField.TEXT} END AS place_{number}""")
        parameters += [text for _, text, _ in forms] * 3
        counted.append(
            f"max(place_{number}) AS place_{number}, sum(points) FILTER (WHERE place_{number} >= 0) AS points_{number}"
        )
        rows.append(f"({number}, place_{number}, points_{number})")
        anywhere += [(query, text) for query, text, _ in forms]
    published, moment = _published()
    sql = f"""
        WITH document AS MATERIALIZED (
            SELECT e.tool_id, length(e.title) AS name_length,
                CASE e.kind WHEN 'tool' THEN {TOOL_POINTS} ELSE {VERDICT_POINTS} END AS points, {", ".join(places)}
            FROM reviews_searchentry e WHERE e.words @@ ({" || ".join(query for query, _ in anywhere)})
        ), tool AS (
            SELECT tool_id, max(name_length) AS name_length, {", ".join(counted)}
            FROM document WHERE tool_id IN ({published}) GROUP BY tool_id
        )
        SELECT t.tool_id, w.word, w.place, w.points, t.name_length
        FROM tool t CROSS JOIN LATERAL (VALUES {", ".join(rows)}) AS w (word, place, points) WHERE w.points > 0"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *(text for _, text in anywhere), *moment])
        return [Match(*row) for row in cursor.fetchall()]


def mark(*, words: SearchWords, tool_ids: Sequence[int]) -> list[Marked]:
    """Return the texts of these tools that hold a word, with the words marked, in one query.

    A text can come twice: with the stems marked, and with what the last word begins.
    """
    asked = [(_marked("reviews_stems"), _whole(spelling for word in words.words for spelling in words.spellings(word)))]
    if words.begun:
        begun = _begun(words.spellings_begun(words.begun))
        asked.append((_marked("reviews_words", in_few_texts=words.is_hardly_begun), begun))
    with connection.cursor() as cursor:
        sql = " UNION ALL ".join(select for select, _ in asked)
        cursor.execute(sql, [parameter for _, match in asked for parameter in (match, list(tool_ids))])
        return [Marked(*row) for row in cursor.fetchall()]


def _marked(configuration: str, *, in_few_texts: bool = False) -> str:
    """Return the SELECT of the texts that hold a word, with marks. Its parameters are the words and the tools.

    The marks are counted in a text of the same length without punctuation, for the reason told in the migration.
    """
    texts, others, words = (FEW_TEXTS, " || chr(31) || e.body", WORDS_OF_FEW) if in_few_texts else (DOCUMENT, "", "e.words")
    return f"""
        SELECT e.tool_id, e.verdict_id, {DOCUMENT}, ts_headline(
            '{configuration}', translate({texts}, '{PUNCTUATION}', '{BLANKS}'), q,
            'HighlightAll=true, StartSel={MARK}, StopSel={MARK}'
        ){others}
        FROM reviews_searchentry e, to_tsquery('{configuration}', %s) q WHERE e.tool_id = ANY (%s) AND {words} @@ q"""


def names_beginning(*, words: SearchWords, limit: int) -> list[tuple[int, str]]:
    """Return ids and names of published tools in whose name each of the words begins a word, nearest names first."""
    published, moment = _published()
    sql = f"""
        SELECT e.tool_id, e.title FROM reviews_searchentry e
        WHERE e.name_words @@ {BEGUN} AND e.tool_id IN ({published})
        ORDER BY e.title ILIKE %s DESC, length(e.title), e.title LIMIT %s"""
    match = " & ".join(f"({_begun(words.spellings_begun(word))})" for word in words.words)
    with connection.cursor() as cursor:
        cursor.execute(sql, [match, *moment, f"{words.words[0]}%", limit])
        return cursor.fetchall()


def names_like(*, text: str) -> list[tuple[int, str]]:
    """Return ids and names of published tools whose names share threes of letters with `text`, the likeliest first."""
    published, moment = _published()
    sql = f"""
        SELECT n.tool_id, n.title FROM reviews_search_names_like(%s) n WHERE n.tool_id IN ({published})
        ORDER BY n.likeness DESC, n.tool_id LIMIT {CANDIDATES}"""
    with connection.cursor() as cursor:
        cursor.execute(sql, [text, *moment])
        return cursor.fetchall()


def _whole(spellings: Iterable[str]) -> str:
    return " | ".join(f"'{spelling}'" for spelling in spellings)


def _begun(spellings: Iterable[str]) -> str:
    return " | ".join(f"'{spelling}':*" for spelling in spellings)


def _published() -> tuple[str, tuple[Any, ...]]:
    return Tool.objects.published().order_by().values("pk").query.sql_with_params()
