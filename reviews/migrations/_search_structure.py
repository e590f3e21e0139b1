"""What each database adds to the table of search documents, so that it finds words.

The triggers that keep the table in step with the catalogue are not made here but after every `migrate`
(`reviews/services/search/index.py` says why).
"""

# --- SQLite: three full-text tables beside the documents ----------------------------------------------------
# Stems find "licensing" where "licensed" was typed. Words find what begins with the letters typed so far: a stem can't,
# because "universi" is no beginning of "univers". Trigrams find mistyped names.

SQLITE = [
    """
    CREATE VIRTUAL TABLE reviews_search_stems USING fts5(
        title, keywords, body, content = 'reviews_searchentry', content_rowid = 'id', columnsize = 0,
        tokenize = 'porter unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE VIRTUAL TABLE reviews_search_words USING fts5(
        title, keywords, body, content = 'reviews_searchentry', content_rowid = 'id', columnsize = 0,
        tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    "CREATE VIRTUAL TABLE reviews_search_trigrams USING fts5(name, tokenize = 'trigram')",
]

UNDO_SQLITE = [
    "DROP TABLE reviews_search_trigrams",
    "DROP TABLE reviews_search_words",
    "DROP TABLE reviews_search_stems",
]

# --- PostgreSQL: two generated columns with their indexes ---------------------------------------------------
# Both configurations fold accents and keep every word ("the" too: whoever looks for it means it). A document's vector
# holds stems and words alike, for the reason above; those of the name have the weight A, of the other keywords B.

PUNCTUATION = """!"$%&''()*+,-./:;<=>?@[\\]^_`{|}~"""
"""Becomes blank before PostgreSQL reads a text, which else takes `node.js` for a host and `and/or` for a file."""


def vector(column):
    """Return the SQL of a column's stems and words."""
    text = f"translate({column}, '{PUNCTUATION}', '{' ' * len(PUNCTUATION.replace(chr(39) * 2, chr(39)))}')"
    return f"to_tsvector('reviews_stems', {text}) || to_tsvector('reviews_words', {text})"


POSTGRESQL = [
    # Both come with PostgreSQL and are trusted: the database's owner may create them, and nobody needs to if they are there.
    # They stay when this migration is undone, because something else may use them by then.
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE TEXT SEARCH DICTIONARY reviews_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION reviews_stems (COPY = simple)",
    "ALTER TEXT SEARCH CONFIGURATION reviews_stems"
    " ALTER MAPPING FOR asciiword, word, numword WITH unaccent, reviews_stem",
    "CREATE TEXT SEARCH CONFIGURATION reviews_words (COPY = simple)",
    "ALTER TEXT SEARCH CONFIGURATION reviews_words ALTER MAPPING FOR word, numword WITH unaccent, simple",
    # Rows stay whole. PostgreSQL would put the vectors aside, and fetching them makes common words four times as slow.
    "ALTER TABLE reviews_searchentry SET (toast_tuple_target = 8160)",
    f"""
    ALTER TABLE reviews_searchentry
        ADD COLUMN words tsvector GENERATED ALWAYS AS (
            setweight({vector("title")}, 'A') || setweight({vector("keywords")}, 'B') || strip({vector("body")})
        ) STORED,
        ADD COLUMN name_words tsvector GENERATED ALWAYS AS ({vector("title")}) STORED
    """,
    "CREATE INDEX reviews_search_words ON reviews_searchentry USING gin (words)",
    "CREATE INDEX reviews_search_names ON reviews_searchentry USING gin (name_words)",
    "CREATE INDEX reviews_search_trigrams ON reviews_searchentry USING gin (title gin_trgm_ops) WHERE kind = 'tool'",
    # A function, because only a function can have its own idea of how like is like enough: two letters exchanged in a short
    # name leave little.
    """
    CREATE FUNCTION reviews_search_names_like(typed text) RETURNS TABLE (tool_id bigint, title text, likeness real)
    LANGUAGE sql STABLE
    SET search_path FROM CURRENT SET pg_trgm.similarity_threshold = 0.2 SET pg_trgm.word_similarity_threshold = 0.4
    AS $$
        SELECT e.tool_id, e.title, greatest(similarity(e.title, typed), word_similarity(typed, e.title))
        FROM reviews_searchentry e WHERE e.kind = 'tool' AND (e.title % typed OR typed <% e.title)
    $$
    """,
]

UNDO_POSTGRESQL = [
    # Both come with PostgreSQL and are trusted: the database's owner may create them, and nobody needs to if they are there.
    # They stay when this migration is undone, because something else may use them by then.
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    # The triggers hang on functions of these names, whichever of them are there by now.
    r"""
    DO $$
    DECLARE one regprocedure;
    BEGIN
        FOR one IN
            SELECT oid FROM pg_proc WHERE proname LIKE 'reviews\_search\_%' AND pronamespace = current_schema()::regnamespace
        LOOP
            EXECUTE format('DROP FUNCTION %s CASCADE', one);
        END LOOP;
    END $$
    """,
    "ALTER TABLE reviews_searchentry DROP COLUMN words, DROP COLUMN name_words",
    "DROP TEXT SEARCH CONFIGURATION reviews_words",
    "DROP TEXT SEARCH CONFIGURATION reviews_stems",
    "DROP TEXT SEARCH DICTIONARY reviews_stem",
]


def _run(statements):
    """Return a step that runs the statements of the database it is on."""

    def step(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return step


make_structure = _run({"sqlite": SQLITE, "postgresql": POSTGRESQL})
remove_structure = _run({"sqlite": UNDO_SQLITE, "postgresql": UNDO_POSTGRESQL})
