"""The triggers on SQLite.

A changed entry is deleted and inserted: inside a trigger SQLite uses the outer statement's conflict rule, and
`INSERT OR REPLACE` would leave old words in the full-text tables.
"""

from reviews.services.search.documents import COLUMNS, MAKER_ID, tool_documents, verdict_documents

ENTRIES = "reviews_searchentry"
TOOLS = tool_documents(vendor="sqlite")
VERDICTS = verdict_documents(vendor="sqlite")


def _index_tools(condition: str) -> str:
    return f"""
        DELETE FROM {ENTRIES} WHERE id IN (SELECT t.id * 2 FROM reviews_tool t WHERE {condition});
        INSERT INTO {ENTRIES} ({COLUMNS}) {TOOLS} WHERE {condition};"""


def _index_verdict(verdict_id: str) -> str:
    return f"""
        DELETE FROM {ENTRIES} WHERE id = {verdict_id} * 2 + 1;
        INSERT INTO {ENTRIES} ({COLUMNS}) {VERDICTS} WHERE v.id = {verdict_id};"""


DELETE_TOOL = f"DELETE FROM {ENTRIES} WHERE id = OLD.id * 2;"
DELETE_VERDICT = f"DELETE FROM {ENTRIES} WHERE id = OLD.id * 2 + 1;"

CATALOGUE = {
    # A category can arrive after its tools: fixtures are loaded in any order.
    "category_insert": ("AFTER INSERT ON reviews_category", _index_tools("t.category_id = NEW.id")),
    "category_update": (
        "AFTER UPDATE OF id, name ON reviews_category",
        _index_tools("t.category_id IN (OLD.id, NEW.id)"),
    ),
    "category_delete": ("AFTER DELETE ON reviews_category", _index_tools("t.category_id = OLD.id")),
    "tool_insert": ("AFTER INSERT ON reviews_tool", _index_tools("t.id = NEW.id")),
    "tool_update": (
        "AFTER UPDATE OF id, category_id, name, tagline, description ON reviews_tool",
        DELETE_TOOL + _index_tools("t.id = NEW.id"),
    ),
    "tool_delete": ("AFTER DELETE ON reviews_tool", DELETE_TOOL),
    "fact_insert": (
        f"AFTER INSERT ON reviews_fact WHEN NEW.attribute_id = ({MAKER_ID})",
        _index_tools("t.id = NEW.tool_id"),
    ),
    "fact_update": (
        f"AFTER UPDATE ON reviews_fact WHEN ({MAKER_ID}) IN (OLD.attribute_id, NEW.attribute_id)",
        _index_tools("t.id IN (OLD.tool_id, NEW.tool_id)"),
    ),
    "fact_delete": (
        f"AFTER DELETE ON reviews_fact WHEN OLD.attribute_id = ({MAKER_ID})",
        _index_tools("t.id = OLD.tool_id"),
    ),
    "verdict_insert": ("AFTER INSERT ON reviews_verdict", _index_verdict("NEW.id")),
    "verdict_update": (
        "AFTER UPDATE OF id, tool_id, body ON reviews_verdict",
        DELETE_VERDICT + _index_verdict("NEW.id"),
    ),
    "verdict_delete": ("AFTER DELETE ON reviews_verdict", DELETE_VERDICT),
    "answer_insert": ("AFTER INSERT ON reviews_answer", _index_verdict("NEW.verdict_id")),
    "answer_update": (
        "AFTER UPDATE OF id, verdict_id, text ON reviews_answer",
        _index_verdict("OLD.verdict_id") + _index_verdict("NEW.verdict_id"),
    ),
    "answer_delete": ("AFTER DELETE ON reviews_answer", _index_verdict("OLD.verdict_id")),
}

FULL_TEXT = ("reviews_search_stems", "reviews_search_words")
DELETE_WORDS = "".join(
    f"""
        INSERT INTO {table} ({table}, rowid, title, keywords, body)
            VALUES ('delete', OLD.id, OLD.title, OLD.keywords, OLD.body);"""
    for table in FULL_TEXT
)
ADD_WORDS = "".join(
    f"""
        INSERT INTO {table} (rowid, title, keywords, body)
            VALUES (NEW.id, NEW.title, NEW.keywords, NEW.body);"""
    for table in FULL_TEXT
)
DELETE_NAME = "DELETE FROM reviews_search_trigrams WHERE rowid = OLD.id;"
# Blanks around the name, so that its first and last letters have trigrams of their own: "rst" is near "rust".
ADD_NAME = """
        INSERT INTO reviews_search_trigrams (rowid, name)
            SELECT NEW.id, ' ' || NEW.title || ' ' WHERE NEW.kind = 'tool';"""

INDEX = {
    "entry_insert": (f"AFTER INSERT ON {ENTRIES}", ADD_WORDS + ADD_NAME),
    "entry_update": (f"AFTER UPDATE ON {ENTRIES}", DELETE_WORDS + DELETE_NAME + ADD_WORDS + ADD_NAME),
    "entry_delete": (f"AFTER DELETE ON {ENTRIES}", DELETE_WORDS + DELETE_NAME),
}

STATEMENTS: list[str] = []
for _name, (_event, _actions) in (CATALOGUE | INDEX).items():
    STATEMENTS.append(f"DROP TRIGGER IF EXISTS reviews_search_{_name}")
    STATEMENTS.append(f"CREATE TRIGGER reviews_search_{_name} {_event} BEGIN {_actions}\nEND")
