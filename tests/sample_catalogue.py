"""The sample catalogue, seeded once per run and copied row by row after that."""

from itertools import chain

from django.core.management import call_command
from django.db import connection

from comparisons.models import Comparison
from reviews.models import Answer, Attribute, Category, Fact, Question, Reviewer, Tool, Verdict

MODELS = (Reviewer, Question, Category, Attribute, Tool, Fact, Verdict, Answer, Comparison)
_rows: list[tuple[str, list[str], list[tuple]]] = []


def load_catalogue() -> None:
    """Fill an empty database like `manage.py seed`."""
    if not _rows:
        call_command("seed", verbosity=0)
        for model in MODELS:
            columns = [field.column for field in model._meta.concrete_fields if not field.generated]
            _rows.append((model._meta.db_table, columns, _read(model._meta.db_table, columns)))
        return
    Attribute.objects.all().delete()  # the general ones, which `migrate` made and the rows hold too
    with connection.cursor() as cursor:
        for table, columns, rows in _rows:
            names = ", ".join(connection.ops.quote_name(column) for column in columns)
            places = ", ".join(["(" + ", ".join(["%s"] * len(columns)) + ")"] * len(rows))
            statement = f"INSERT INTO {table} ({names}) VALUES {places}"
            cursor.execute(statement, list(chain.from_iterable(rows)))


def _read(table: str, columns: list[str]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(connection.ops.quote_name(column) for column in columns)} FROM {table}"
        )
        return cursor.fetchall()
