"""The search index follows every kind of write, because the database keeps it."""

import json
import threading
import time
from itertools import product

import pytest
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection, models, transaction

from reviews.models import Answer, Category, Fact, SearchEntry, Tool, Verdict
from reviews.services.search.documents import with_signs_as_letters
from reviews.services.search.index import (
    after_migrations,
    before_migrations,
    install_triggers,
    remove_triggers,
)
from tests import timeouts
from tests.factories import make_category, make_panel, make_tool, make_verdict

pytestmark = pytest.mark.django_db

only_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own")
only_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own")


def expected():
    """Return what the index should hold, built in Python from the catalogue."""
    entries = {}
    categories = dict(Category.objects.values_list("pk", "name"))
    for tool in Tool.objects.with_facts():
        keywords = "\x1f".join([tool.tagline, tool.maker, categories.get(tool.category_id, "")])
        entries[tool.pk * 2] = ("tool", tool.pk, None, tool.name, keywords, tool.description)
    for verdict in Verdict.objects.all():
        texts = Answer.objects.filter(verdict=verdict).order_by("pk").values_list("text", flat=True)
        entries[verdict.pk * 2 + 1] = (
            "verdict",
            verdict.tool_id,
            verdict.pk,
            "",
            "",
            "\x1f".join([verdict.body, *texts]),
        )
    return {
        pk: tuple(with_signs_as_letters(part) if isinstance(part, str) else part for part in entry)
        for pk, entry in entries.items()
    }


def actual():
    rows = SearchEntry.objects.values_list("pk", "kind", "tool_id", "verdict_id", "title", "keywords", "body")
    return {pk: tuple(rest) for pk, *rest in rows}


def ask(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else []


def in_step():
    """Fail unless the entries are right and SQLite's full-text tables hold the same words."""
    assert actual() == expected()
    if connection.vendor == "sqlite":
        for table in ("stems", "words", "trigrams"):
            ask(
                f"INSERT INTO reviews_search_{table} (reviews_search_{table}, rank) VALUES "
                "('integrity-check', 1)"
            )
        names = ask("SELECT rowid, trim(name) FROM reviews_search_trigrams")
        assert dict(names) == {pk: entry[3] for pk, entry in expected().items() if entry[0] == "tool"}
    return True


@pytest.fixture
def one():
    return make_tool("One", "ship 80, skip", maker="Acme")


@pytest.fixture
def two(one):
    return make_tool("Two", "ship")


def test_a_wrong_entry_is_noticed(one):
    SearchEntry.objects.filter(tool=one, kind="tool").update(title="Other")
    with pytest.raises(AssertionError):
        in_step()


@only_sqlite
def test_missing_words_in_the_full_text_are_noticed(one):
    ask("DROP TRIGGER reviews_search_entry_update")
    SearchEntry.objects.filter(tool=one, kind="tool").update(body="Other words.")
    with pytest.raises(DatabaseError, match="malformed"):
        ask("INSERT INTO reviews_search_stems (reviews_search_stems, rank) VALUES ('integrity-check', 1)")


def test_the_index_follows_rows_that_are_saved_one_at_a_time(two):
    assert in_step()
    two.tagline = "Something else"
    two.save()
    assert in_step()


def test_the_index_follows_update(one, two):
    Tool.objects.update(description="The same for all.")
    Verdict.objects.filter(tool=one).update(body="Revised.")
    Answer.objects.update(text="Answered again.")
    assert in_step()
    assert sum(entry[5] == "The same for all." for entry in actual().values()) == 2


def test_the_index_follows_who_makes_a_tool(one, two):
    maker = one.facts.get(attribute__key="maker")
    assert "Acme" in SearchEntry.objects.get(tool=one, kind="tool").keywords
    maker.text = "Nadir"
    maker.save()
    assert in_step()
    assert "Nadir" in SearchEntry.objects.get(tool=one, kind="tool").keywords
    Fact.objects.filter(pk=maker.pk).update(tool=two)
    assert in_step()
    Fact.objects.filter(pk=maker.pk).delete()
    assert in_step()
    assert "Nadir" not in str(actual())


def test_the_index_follows_bulk_create_and_bulk_update():
    category = make_category()
    panel = make_panel()
    values = {
        "category": category,
        "kind": "model",
        "tagline": "t",
        "description": "d",
    }
    tools = Tool.objects.bulk_create(
        [Tool(name=f"Bulk {number}", slug=f"bulk-{number}", **values) for number in range(5)]
    )
    verdicts = Verdict.objects.bulk_create(
        [
            Verdict(tool=tool, reviewer=panel[0], decision="ship", body="b", reviewed_on="2026-01-04")
            for tool in tools
        ]
    )
    questions = list(panel[0].questions.all())
    Answer.objects.bulk_create(
        [
            Answer(verdict=verdict, question=question, text="a")
            for verdict, question in product(verdicts, questions)
        ]
    )
    assert in_step()
    for tool in tools:
        tool.name += " renamed"
    Tool.objects.bulk_update(tools, ["name"])
    assert in_step()
    assert sum(entry[3].endswith(" renamed") for entry in actual().values()) == 5


def test_the_index_follows_bulk_create_over_existing_rows(one):
    def again(tagline):
        return Tool(
            pk=one.pk, category=one.category, name=one.name, slug=one.slug, kind="model", tagline=tagline,
            description="d",
        )  # fmt: skip

    Tool.objects.bulk_create([again("ignored")], ignore_conflicts=True)
    assert in_step()
    assert "ignored" not in str(actual())
    Tool.objects.bulk_create(
        [again("taken")], update_conflicts=True, unique_fields=["slug"], update_fields=["tagline"]
    )
    assert in_step()
    assert "taken" in str(actual())


def test_the_index_follows_every_way_of_deleting(one, two):
    one.verdicts.first().answers.first().delete()
    assert in_step()
    Answer.objects.filter(verdict__tool=two).delete()
    assert in_step()
    one.verdicts.all().delete()
    assert in_step()
    two.delete()
    assert in_step()
    one.facts.all().delete()
    assert in_step()
    Tool.objects.filter(pk=one.pk)._raw_delete(using="default")
    assert in_step()
    assert not SearchEntry.objects.exists()


def test_renaming_a_category_indexes_its_tools_again(one, two):
    other = make_tool("Three", category=make_category("Shed"))
    category = one.category
    category.name = "Atelier"
    category.save()
    assert in_step()
    Category.objects.filter(slug="shed").update(name="Hut")
    assert in_step()
    assert "Hut" in SearchEntry.objects.get(tool=other).keywords


def test_moving_a_category_writes_no_entry(one):
    before = ask("SELECT xmin::text FROM reviews_searchentry") if connection.vendor == "postgresql" else None
    with transaction.atomic():
        Category.objects.update(position=7)
    assert in_step()
    if before:
        assert ask("SELECT xmin::text FROM reviews_searchentry") == before


def test_the_index_follows_rows_that_get_another_parent(one, two):
    Tool.objects.filter(pk=one.pk).update(category=make_category("Shed"))
    assert in_step()
    one.verdicts.filter(reviewer__slug="skeptic").update(tool=two)
    assert in_step()
    builders = Verdict.objects.filter(reviewer__slug="builder").order_by("pk")
    builders[0].answers.all().delete()
    Answer.objects.filter(verdict=builders[1]).update(verdict=builders[0])
    assert in_step()


def test_the_index_follows_sql_typed_by_hand(one):
    ask(
        "INSERT INTO reviews_tool (name, slug, kind, tagline, description, best_for, avoid_if, status,"
        " category_id) VALUES ('Typed', 'typed', 'model', 'by hand', 'd', '', '', 'draft', %s)",
        one.category_id,
    )
    assert in_step()
    ask("UPDATE reviews_tool SET name = name || ' 2'")
    assert in_step()
    typed = Tool.objects.get(slug="typed")
    ask("UPDATE reviews_tool SET id = %s WHERE id = %s", typed.pk + 100, typed.pk)
    assert in_step()
    ask("DELETE FROM reviews_tool WHERE slug = 'typed'")
    assert in_step()


@only_sqlite
@pytest.mark.parametrize("policy", ["REPLACE", "IGNORE"])
def test_the_index_follows_sql_with_its_own_conflict_rule(one, policy):
    """SQLite applies the outer statement's policy inside triggers."""
    columns = ", ".join(field.column for field in Tool._meta.concrete_fields)
    values = columns.replace("tagline", "'once more'")
    ask(f"INSERT OR {policy} INTO reviews_tool ({columns}) SELECT {values} FROM reviews_tool")
    assert in_step()
    assert ("once more" in str(actual())) == (policy == "REPLACE")


@only_postgresql
@pytest.mark.parametrize(
    "tables", ["reviews_answer", "reviews_verdict, reviews_answer", "reviews_tool CASCADE"]
)
def test_the_index_follows_truncate(one, two, tables):
    # Which also lets the deferred ones happen: TRUNCATE does not wait for them.
    connection.check_constraints()
    ask(f"TRUNCATE {tables}")
    assert in_step()


def test_the_index_follows_fixtures_in_any_order(tmp_path, one):
    """`loaddata` checks references at the end: an answer may come first and its category last."""
    call_command("dumpdata", "reviews", output=str(tmp_path / "dump.json"), verbosity=0)
    records = json.loads((tmp_path / "dump.json").read_text())
    (tmp_path / "upside-down.json").write_text(json.dumps(records[::-1]))
    for model in (Answer, Verdict, Tool, Category):
        model.objects.all().delete()
    call_command("loaddata", str(tmp_path / "upside-down.json"), verbosity=0)
    assert Answer.objects.exists()
    assert in_step()


def test_the_index_is_no_part_of_a_dump(tmp_path, one):
    call_command("dumpdata", "reviews", output=str(tmp_path / "dump.json"), verbosity=0)
    models_dumped = {record["model"] for record in json.loads((tmp_path / "dump.json").read_text())}
    assert "reviews.tool" in models_dumped
    assert "reviews.searchentry" not in models_dumped


def test_the_index_matches_the_sample_catalogue(catalogue):
    assert in_step()


def test_a_rolled_back_write_leaves_no_entry(one):
    with transaction.atomic():
        make_tool("Two", "ship")
        Tool.objects.filter(pk=one.pk).update(name="Nobody")
        assert "Nobody" in str(actual())
        transaction.set_rollback(True)
    assert in_step()
    assert "Nobody" not in str(actual())


def test_a_verdict_of_three_paragraphs_stays_one_text(one):
    """A line break is no separator of texts."""
    verdict = one.verdicts.first()
    verdict.body = "First.\n\nSecond.\r\nThird."
    verdict.save()
    assert in_step()


def wait_until_somebody_waits_for_a_lock():
    """Fail if nobody does in time."""
    waiting = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    deadline = time.monotonic() + timeouts.SECONDS / 2
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(waiting)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)
    pytest.fail("the second writer did not wait for the first")


@only_postgresql
@pytest.mark.django_db(transaction=True)
def test_simultaneous_writers_both_appear_in_the_index(one):
    """Both write the same entry: without a lock one would lose the other's answer."""
    verdict = one.verdicts.first()
    questions = list(verdict.reviewer.questions.all())
    verdict.answers.all().delete()

    def write_the_second():
        Answer.objects.create(verdict=verdict, question=questions[1], text="Second.")
        connection.close()

    with transaction.atomic():
        Answer.objects.create(verdict=verdict, question=questions[0], text="First.")
        other = threading.Thread(target=write_the_second)
        other.start()
        wait_until_somebody_waits_for_a_lock()
        assert other.is_alive()
    other.join()
    assert in_step()


# --- Around migrations --------------------------------------------------------------------------------------


def copy_the_tool_table():
    """Copy the table like a migration that changes a field: into a new one, then the old one is dropped."""
    longer = models.CharField(max_length=150)
    longer.set_attributes_from_name("tagline")
    longer.model = Tool
    with connection.schema_editor() as editor:
        editor.alter_field(Tool, Tool._meta.get_field("tagline"), longer, strict=True)


@pytest.fixture
def tagline_as_before():
    yield
    remove_triggers()
    shorter = Tool._meta.get_field("tagline")
    with connection.schema_editor() as editor:
        longer = models.CharField(max_length=150)
        longer.set_attributes_from_name("tagline")
        editor.alter_field(Tool, longer, shorter)
    install_triggers()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("tagline_as_before")
def test_a_later_migration_that_copies_the_tool_table_keeps_the_index(one):
    before_migrations(using="default", plan=[("any", False)])
    copy_the_tool_table()
    # A data migration writes where, on SQLite, nobody follows.
    Tool.objects.filter(pk=one.pk).update(name="Migrated")
    Verdict.objects.filter(tool=one).first().delete()
    make_tool("New")
    after_migrations(using="default")
    assert in_step()
    Tool.objects.update(tagline="And on we go")
    make_verdict(Tool.objects.get(slug="new"), make_panel()[1])
    assert in_step()


@only_sqlite
def test_without_removed_triggers_such_a_migration_fails(one):
    """Negative control: SQLite's error if another table's trigger names the copied table."""
    with transaction.atomic():
        ask("CREATE TABLE new__reviews_tool AS SELECT * FROM reviews_tool")
        ask("DROP TABLE reviews_tool")
        with (
            pytest.raises(OperationalError, match="error in trigger reviews_search_category_insert"),
            transaction.atomic(),
        ):
            ask("ALTER TABLE new__reviews_tool RENAME TO reviews_tool")
        transaction.set_rollback(True)
    assert in_step()


def test_a_migrate_with_nothing_to_do_leaves_the_triggers_alone(one):
    before_migrations(using="default", plan=[])
    Tool.objects.update(name="Followed")
    assert in_step()


def test_installing_the_triggers_again_changes_nothing(one):
    install_triggers()
    install_triggers()
    Tool.objects.update(name="Followed")
    assert in_step()
