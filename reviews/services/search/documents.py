"""The SELECTs of a tool's and a verdict's index entry, for both databases.

Databases index no signs, so two are written as letters that no text uses: `C++` as `Cǁǁ` and `C#` as `Cǂ`,
one letter each, so that positions stay.
"""

from reviews.models.general_attributes import MAKER

PLUS = "ǁ"
SHARP = "ǂ"
SEPARATOR = "\x1f"
"""Between the texts of one column. No text holds it."""

COLUMNS = "id, tool_id, verdict_id, kind, title, keywords, body"


MAKER_ID = f"SELECT id FROM reviews_attribute WHERE category_id IS NULL AND key = '{MAKER}'"
MAKERS = f"coalesce((SELECT text FROM reviews_fact WHERE tool_id = t.id AND attribute_id = ({MAKER_ID})), '')"
"""Who makes the tool `t`: a fact of it."""


def with_signs_as_letters(text: str) -> str:
    """`C++ and C#` gives `Cǁǁ and Cǂ`."""
    return text.replace("++", PLUS * 2).replace("#", SHARP)


def with_signs(text: str) -> str:
    """The inverse of `with_signs_as_letters`."""
    return text.replace(PLUS, "+").replace(SHARP, "#")


def _indexed(expression: str) -> str:
    return f"replace(replace({expression}, '++', '{PLUS * 2}'), '#', '{SHARP}')"


def tool_documents(*, vendor: str) -> str:
    """The tool is `t`; `vendor` is `sqlite` or `postgresql`."""
    separator = {"sqlite": "char(31)", "postgresql": "chr(31)"}[vendor]
    keywords = f" || {separator} || ".join(["t.tagline", MAKERS, "coalesce(c.name, '')"])
    return f"""
        SELECT t.id * 2 AS id, t.id AS tool_id, CAST(NULL AS bigint) AS verdict_id, 'tool' AS kind,
            {_indexed("t.name")} AS title, {_indexed(keywords)} AS keywords,
            {_indexed("t.description")} AS body
        FROM reviews_tool t LEFT JOIN reviews_category c ON c.id = t.category_id"""


def verdict_documents(*, vendor: str) -> str:
    """The verdict is `v`; `vendor` is `sqlite` or `postgresql`."""
    answers = {
        "sqlite": "SELECT group_concat(char(31) || text, '') FROM"
        " (SELECT text FROM reviews_answer a WHERE a.verdict_id = v.id ORDER BY a.id)",
        "postgresql": "SELECT string_agg(chr(31) || a.text, '' ORDER BY a.id) FROM reviews_answer a WHERE "
        "a.verdict_id = v.id",
    }[vendor]
    body = f"v.body || coalesce(({answers}), '')"
    return f"""
        SELECT v.id * 2 + 1 AS id, v.tool_id, v.id AS verdict_id, 'verdict' AS kind,
            '' AS title, '' AS keywords, {_indexed(body)} AS body
        FROM reviews_verdict v"""
