"""The triggers on PostgreSQL, each run once per statement.

The rows an entry is made from are locked before it is written. Otherwise, of two writers at once, one would
write the entry without the other's change.
"""

from itertools import product

from reviews.services.search.documents import COLUMNS, MAKER_ID, tool_documents, verdict_documents

ENTRIES = "reviews_searchentry"
TOOLS = tool_documents(vendor="postgresql")
VERDICTS = verdict_documents(vendor="postgresql")
OR_REPLACE = """
        ON CONFLICT (id) DO UPDATE SET tool_id = excluded.tool_id, verdict_id = excluded.verdict_id,
            kind = excluded.kind,
            title = excluded.title, keywords = excluded.keywords, body = excluded.body;"""


def _function(name: str, returns: str, body: str) -> str:
    # The search path is remembered, because a restored backup calls triggers with an empty one.
    return f"""
CREATE OR REPLACE FUNCTION reviews_search_{name} RETURNS {returns}
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN {body}
END $$"""


INDEX_TOOLS = _function(
    "index_tools(changed bigint[])",
    "void",
    f"""
    PERFORM FROM reviews_category WHERE id IN (SELECT category_id FROM reviews_tool WHERE id = ANY (changed))
        ORDER BY id FOR SHARE;
    PERFORM FROM reviews_tool WHERE id = ANY (changed) ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO {ENTRIES} ({COLUMNS}) {TOOLS} WHERE t.id = ANY (changed) {OR_REPLACE}""",
)
INDEX_VERDICTS = _function(
    "index_verdicts(changed bigint[])",
    "void",
    f"""
    PERFORM FROM reviews_verdict WHERE id = ANY (changed) ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO {ENTRIES} ({COLUMNS}) {VERDICTS} WHERE v.id = ANY (changed) {OR_REPLACE}""",
)
FOLLOW_CATEGORY = _function(
    "follow_category()",
    "trigger",
    """
    -- A category can arrive after its tools: fixtures are loaded in any order.
    IF TG_OP = 'INSERT' THEN
        PERFORM reviews_search_index_tools(ARRAY(
            SELECT id FROM reviews_tool WHERE category_id IN (SELECT id FROM new_rows)
        ));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM reviews_search_index_tools(ARRAY(
            SELECT id FROM reviews_tool WHERE category_id IN (SELECT id FROM old_rows)
        ));
    ELSE
        PERFORM reviews_search_index_tools(ARRAY(SELECT id FROM reviews_tool WHERE category_id IN (
            (SELECT id FROM (SELECT id, name FROM new_rows EXCEPT SELECT id, name FROM old_rows) added)
            UNION (SELECT id FROM (SELECT id, name FROM old_rows EXCEPT SELECT id, name FROM new_rows) gone)
        )));
    END IF;
    RETURN NULL;""",
)
TOOL_FIELDS = "id, category_id, name, tagline, description"
FOLLOW_TOOL = _function(
    "follow_tool()",
    "trigger",
    f"""
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM {ENTRIES};
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM reviews_search_index_tools(ARRAY(SELECT id FROM new_rows));
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM {ENTRIES} WHERE id IN (SELECT id * 2 FROM old_rows);
    ELSE
        DELETE FROM {ENTRIES} WHERE id IN (SELECT id * 2 FROM old_rows EXCEPT SELECT id * 2 FROM new_rows);
        PERFORM reviews_search_index_tools(ARRAY(
            SELECT id FROM (
                SELECT {TOOL_FIELDS} FROM new_rows EXCEPT SELECT {TOOL_FIELDS} FROM old_rows
            ) changed
        ));
    END IF;
    RETURN NULL;""",
)
FOLLOW_FACT = _function(
    "follow_fact()",
    "trigger",
    f"""
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM reviews_search_index_tools(ARRAY(SELECT id FROM reviews_tool));
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM reviews_search_index_tools(ARRAY(
            SELECT tool_id FROM new_rows WHERE attribute_id = ({MAKER_ID})
        ));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM reviews_search_index_tools(ARRAY(
            SELECT tool_id FROM old_rows WHERE attribute_id = ({MAKER_ID})
        ));
    ELSE
        PERFORM reviews_search_index_tools(ARRAY(
            SELECT tool_id FROM new_rows WHERE attribute_id = ({MAKER_ID})
            UNION SELECT tool_id FROM old_rows WHERE attribute_id = ({MAKER_ID})
        ));
    END IF;
    RETURN NULL;""",
)
FOLLOW_VERDICT = _function(
    "follow_verdict()",
    "trigger",
    f"""
    IF TG_OP = 'TRUNCATE' THEN
        DELETE FROM {ENTRIES} WHERE kind = 'verdict';
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM reviews_search_index_verdicts(ARRAY(SELECT id FROM new_rows));
    ELSIF TG_OP = 'DELETE' THEN
        DELETE FROM {ENTRIES} WHERE id IN (SELECT id * 2 + 1 FROM old_rows);
    ELSE
        DELETE FROM {ENTRIES}
            WHERE id IN (SELECT id * 2 + 1 FROM old_rows EXCEPT SELECT id * 2 + 1 FROM new_rows);
        PERFORM reviews_search_index_verdicts(ARRAY(
            SELECT id FROM (
                SELECT id, tool_id, body FROM new_rows EXCEPT SELECT id, tool_id, body FROM old_rows
            ) changed
        ));
    END IF;
    RETURN NULL;""",
)
FOLLOW_ANSWER = _function(
    "follow_answer()",
    "trigger",
    """
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM reviews_search_index_verdicts(ARRAY(SELECT id FROM reviews_verdict));
    ELSIF TG_OP = 'INSERT' THEN
        PERFORM reviews_search_index_verdicts(ARRAY(SELECT DISTINCT verdict_id FROM new_rows));
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM reviews_search_index_verdicts(ARRAY(SELECT DISTINCT verdict_id FROM old_rows));
    ELSE
        PERFORM reviews_search_index_verdicts(ARRAY(
            SELECT verdict_id FROM new_rows UNION SELECT verdict_id FROM old_rows
        ));
    END IF;
    RETURN NULL;""",
)
FUNCTIONS = [
    INDEX_TOOLS,
    INDEX_VERDICTS,
    FOLLOW_CATEGORY,
    FOLLOW_TOOL,
    FOLLOW_FACT,
    FOLLOW_VERDICT,
    FOLLOW_ANSWER,
]

TRANSITION_TABLES = {
    "INSERT": "REFERENCING NEW TABLE AS new_rows",
    "UPDATE": "REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows",
    "DELETE": "REFERENCING OLD TABLE AS old_rows",
    "TRUNCATE": "",
}
TABLES = ("category", "tool", "fact", "verdict", "answer")
TRIGGERS = [
    f"CREATE OR REPLACE TRIGGER reviews_search_{table}_{event.lower()} AFTER {event} ON reviews_{table}"
    f" {TRANSITION_TABLES[event]} FOR EACH STATEMENT EXECUTE FUNCTION reviews_search_follow_{table}()"
    for table, event in product(TABLES, TRANSITION_TABLES)
    if (table, event) != ("category", "TRUNCATE")  # which takes the tools along
]

STATEMENTS = FUNCTIONS + TRIGGERS
