"""The triggers that keep the search index on SQLite: what happens to the entries when a row of the catalogue is written.

An entry that changes is deleted and inserted again rather than replaced: inside a trigger SQLite would take the outer
statement's idea of a conflict for ours, and an `INSERT OR REPLACE` would leave the full-text tables with words of the past.
"""

from reviews.services.search.documents import COLUMNS, tool_documents, verdict_documents

ENTRIES = "reviews_searchentry"
TOOLS = tool_documents(vendor="sqlite")
VERDICTS = verdict_documents(vendor="sqlite")


def _index_tools(which: str) -> str:
    return f"""
        DELETE FROM {ENTRIES} WHERE id IN (SELECT t.id * 2 FROM reviews_tool t WHERE {which});
        INSERT INTO {ENTRIES} ({COLUMNS}) {TOOLS} WHERE {which};"""


def _index_verdict(verdict_id: str) -> str:
    return f"""
        DELETE FROM {ENTRIES} WHERE id = {verdict_id} * 2 + 1;
        INSERT INTO {ENTRIES} ({COLUMNS}) {VERDICTS} WHERE v.id = {verdict_id};"""


FORGET_TOOL = f"DELETE FROM {ENTRIES} WHERE id = OLD.id * 2;"
FORGET_VERDICT = f"DELETE FROM {ENTRIES} WHERE id = OLD.id * 2 + 1;"

CATALOGUE = {
    # A category can arrive after its tools: fixtures are loaded in any order.
    "category_insert": ("AFTER INSERT ON reviews_category", _index_tools("t.category_id = NEW.id")),
    "category_update": ("AFTER UPDATE OF id, name ON reviews_category", _index_tools("t.category_id IN (OLD.id, NEW.id)")),
    "category_delete": ("AFTER DELETE ON reviews_category", _index_tools("t.category_id = OLD.id")),
    "tool_insert": ("AFTER INSERT ON reviews_tool", _index_tools("t.id = NEW.id")),
    "tool_update": (
        "AFTER UPDATE OF id, category_id, name, tagline, vendor, description ON reviews_tool",
        FORGET_TOOL + _index_tools("t.id = NEW.id"),
    ),
    "tool_delete": ("AFTER DELETE ON reviews_tool", FORGET_TOOL),
    "verdict_insert": ("AFTER INSERT ON reviews_verdict", _index_verdict("NEW.id")),
    "verdict_update": (
        "AFTER UPDATE OF id, tool_id, body ON reviews_verdict",
        FORGET_VERDICT + _index_verdict("NEW.id"),
    ),
    "verdict_delete": ("AFTER DELETE ON reviews_verdict", FORGET_VERDICT),
    "answer_insert": ("AFTER INSERT ON reviews_answer", _index_verdict("NEW.verdict_id")),
    "answer_update": (
        "AFTER UPDATE OF id, verdict_id, text ON reviews_answer",
        _index_verdict("OLD.verdict_id") + _index_verdict("NEW.verdict_id"),
    ),
    "answer_delete": ("AFTER DELETE ON reviews_answer", _index_verdict("OLD.verdict_id")),
}

FULL_TEXT = ("reviews_search_stems", "reviews_search_words")
FORGET_WORDS = "".join(
    f"""
        INSERT INTO {table} ({table}, rowid, title, keywords, body)
            VALUES ('delete', OLD.id, OLD.title, OLD.keywords, OLD.body);"""
    for table in FULL_TEXT
)
ADD_WORDS = "".join(
    f"""
        INSERT INTO {table} (rowid, title, keywords, body) VALUES (NEW.id, NEW.title, NEW.keywords, NEW.body);"""
    for table in FULL_TEXT
)
FORGET_NAME = "DELETE FROM reviews_search_trigrams WHERE rowid = OLD.id;"
# Blanks around the name, so that its first and last letters have trigrams of their own: "rst" is near "rust".
ADD_NAME = """
        INSERT INTO reviews_search_trigrams (rowid, name) SELECT NEW.id, ' ' || NEW.title || ' ' WHERE NEW.kind = 'tool';"""

INDEX = {
    "entry_insert": (f"AFTER INSERT ON {ENTRIES}", ADD_WORDS + ADD_NAME),
    "entry_update": (f"AFTER UPDATE ON {ENTRIES}", FORGET_WORDS + FORGET_NAME + ADD_WORDS + ADD_NAME),
    "entry_delete": (f"AFTER DELETE ON {ENTRIES}", FORGET_WORDS + FORGET_NAME),
}

STATEMENTS = [
    statement
    for name, (event, actions) in (CATALOGUE | INDEX).items()
    for statement in (
        f"DROP TRIGGER IF EXISTS reviews_search_{name}",
        f"CREATE TRIGGER reviews_search_{name} {event} BEGIN {actions}\nEND",
    )
]
"""Run one after the other, they make every trigger anew."""
