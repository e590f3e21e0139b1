"""The database itself refuses to rewrite history."""

SQLITE = """
    CREATE TRIGGER reviews_revision_is_never_changed BEFORE UPDATE ON reviews_revision
    BEGIN SELECT RAISE(ABORT, 'Revisions are never changed.'); END
"""
POSTGRESQL = """
    CREATE FUNCTION reviews_revision_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'Revisions are never changed.' USING ERRCODE = 'integrity_constraint_violation'; END; $$;
    CREATE TRIGGER reviews_revision_is_never_changed BEFORE UPDATE ON reviews_revision
    FOR EACH ROW EXECUTE FUNCTION reviews_revision_is_never_changed();
"""


def refuse_changes(apps, schema_editor):
    """Let the database itself refuse to rewrite history.

    SQLite rebuilds a table when a column of it changes, and drops its triggers with it: a later migration that alters this
    table has to call this again.
    """
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor])


def allow_changes(apps, schema_editor):
    schema_editor.execute(
        "DROP TRIGGER reviews_revision_is_never_changed"
        + (" ON reviews_revision" if schema_editor.connection.vendor == "postgresql" else "")
    )
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION reviews_revision_is_never_changed()")
