"""The database itself refuses to rewrite corrections, as it does with the history: see `_history_guard`."""

SQLITE = """
    CREATE TRIGGER reviews_correction_is_never_changed BEFORE UPDATE ON reviews_correction
    BEGIN SELECT RAISE(ABORT, 'Corrections are never changed.'); END
"""
POSTGRESQL = """
    CREATE FUNCTION reviews_correction_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'Corrections are never changed.' USING ERRCODE = 'integrity_constraint_violation'; END; $$;
    CREATE TRIGGER reviews_correction_is_never_changed BEFORE UPDATE ON reviews_correction
    FOR EACH ROW EXECUTE FUNCTION reviews_correction_is_never_changed();
"""


def refuse_corrections(apps, schema_editor):
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor])


def allow_corrections(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    on_table = " ON reviews_correction" if is_postgresql else ""
    schema_editor.execute(f"DROP TRIGGER reviews_correction_is_never_changed{on_table}")
    if is_postgresql:
        schema_editor.execute("DROP FUNCTION reviews_correction_is_never_changed()")
