"""The search index: triggers that follow every write, and repair of what they could not follow.

The triggers are made after each `migrate`, not in a migration, and on SQLite removed before one that has
something to do: SQLite changes a table by copying it, which silently drops its triggers and fails if another
table's trigger names it. Writes meanwhile are repaired afterwards. PostgreSQL keeps its triggers.
"""

from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from reviews.models import SearchEntry
from reviews.services.search import triggers_postgresql, triggers_sqlite
from reviews.services.search.documents import COLUMNS, tool_documents, verdict_documents

TRIGGERS = {"sqlite": triggers_sqlite.STATEMENTS, "postgresql": triggers_postgresql.STATEMENTS}


def install_triggers(*, using: str = "default") -> None:
    """Make every trigger anew and repair the index, if there is one. Repeatable."""
    connection = connections[using]
    if SearchEntry._meta.db_table not in connection.introspection.table_names():
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in TRIGGERS[connection.vendor]:
            cursor.execute(statement)
        for statement in _repair(connection):
            cursor.execute(statement)


def remove_triggers(*, using: str = "default") -> None:
    """Remove the triggers on SQLite, so that its tables can be copied."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, 15) = "
            "'reviews_search_'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")


def _repair(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the SQL that removes entries unlike their documents and adds missing ones."""
    documents = (
        f"{tool_documents(vendor=connection.vendor)} UNION ALL {verdict_documents(vendor=connection.vendor)}"
    )
    table = SearchEntry._meta.db_table
    return [
        f"DELETE FROM {table} WHERE id IN"
        f" (SELECT id FROM (SELECT {COLUMNS} FROM {table} EXCEPT SELECT {COLUMNS} FROM ({documents}) "
        "documents) stale)",
        f"INSERT INTO {table} ({COLUMNS}) SELECT {COLUMNS} FROM ({documents}) documents"
        f" WHERE id NOT IN (SELECT id FROM {table}) ON CONFLICT (id) DO NOTHING",
    ]


def before_migrations(*, using: str, plan: list[Any], **kwargs: Any) -> None:
    """Receive `pre_migrate`; the triggers stay if there is nothing to migrate."""
    if plan:
        remove_triggers(using=using)


def after_migrations(*, using: str, **kwargs: Any) -> None:
    install_triggers(using=using)
