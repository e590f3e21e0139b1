"""What the search index holds of a tool and of a verdict: the two SELECTs from which every entry is written.

Both databases share the SQL but for a few words. Two signs are written as letters that no text uses, because neither database
takes signs for parts of a word: the index holds `C++` as `Cǁǁ` and `C#` as `Cǂ`, so that they are found as such and not with
everything that holds a C. Each sign becomes one letter, so positions do not move.
"""

PLUS, SHARP = "ǁ", "ǂ"
SEPARATOR = "\x1f"
"""Separates the texts of one column: no text holds it, and no database takes it for a part of a word."""

COLUMNS = "id, tool_id, verdict_id, kind, title, keywords, body"


def with_signs_as_letters(text: str) -> str:
    """Return `text` as the index holds it: `C++ and C#` gives `Cǁǁ and Cǂ`."""
    return text.replace("++", PLUS * 2).replace("#", SHARP)


def with_signs(text: str) -> str:
    """Return a text of the index as it was written: the inverse of `with_signs_as_letters`."""
    return text.replace(PLUS, "+").replace(SHARP, "#")


def _indexed(expression: str) -> str:
    return f"replace(replace({expression}, '++', '{PLUS * 2}'), '#', '{SHARP}')"


def tool_documents(*, vendor: str) -> str:
    """Return the SELECT of each tool's entry, for `sqlite` or `postgresql`; the tool is `t`."""
    separator = {"sqlite": "char(31)", "postgresql": "chr(31)"}[vendor]
    keywords = f" || {separator} || ".join(["t.tagline", "t.vendor", "coalesce(c.name, '')"])
    return f"""
        SELECT t.id * 2 AS id, t.id AS tool_id, CAST(NULL AS bigint) AS verdict_id, 'tool' AS kind,
            {_indexed("t.name")} AS title, {_indexed(keywords)} AS keywords, {_indexed("t.description")} AS body
        FROM reviews_tool t LEFT JOIN reviews_category c ON c.id = t.category_id"""


def verdict_documents(*, vendor: str) -> str:
    """Return the SELECT of each verdict's entry, for `sqlite` or `postgresql`; the verdict is `v`."""
    answers = {
        "sqlite": "SELECT group_concat(char(31) || text, '') FROM"
        " (SELECT text FROM reviews_answer a WHERE a.verdict_id = v.id ORDER BY a.id)",
        "postgresql": "SELECT string_agg(chr(31) || a.text, '' ORDER BY a.id) FROM reviews_answer a WHERE a.verdict_id = v.id",
    }[vendor]
    body = f"v.body || coalesce(({answers}), '')"
    return f"""
        SELECT v.id * 2 + 1 AS id, v.tool_id, v.id AS verdict_id, 'verdict' AS kind,
            '' AS title, '' AS keywords, {_indexed(body)} AS body
        FROM reviews_verdict v"""
