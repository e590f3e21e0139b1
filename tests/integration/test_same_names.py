"""One name, one row: on both databases, at the desk, in files and after the upgrade of an older database."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from comparisons.services.find.exact_names import tools_named
from reviews.models import Attribute, Category, Reviewer, Revision, Tool, Verdict
from reviews.models.text_cleaning import name_key
from tests.factories import make_attribute, make_category, make_tool
from tests.integration.test_admin import form_of
from tests.integration.test_files import imported, problems

pytestmark = pytest.mark.django_db

SAME_AS_ELAN_KIT = ["ÉLAN KIT", "E\u0301lan  Kit", "\u200bÉlan\u00a0Kit ", "Ｅ\u0301ｌａｎ Ｋｉｔ"]


@pytest.fixture
def elan():
    return make_tool("Élan Kit", slug="elan-kit")


@pytest.mark.parametrize("name", SAME_AS_ELAN_KIT)
def test_the_database_refuses_a_second_tool_of_the_same_name(elan, name):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_tool(name, slug="other")
    other = make_tool("Other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Tool.objects.filter(pk=other.pk).update(name=name)
    other.name = name
    with pytest.raises(IntegrityError), transaction.atomic():
        Tool.objects.bulk_update([other], ["name"])


@pytest.mark.parametrize("name", SAME_AS_ELAN_KIT)
def test_a_tool_a_category_and_a_reviewer_say_that_their_name_is_taken(elan, name):
    Category.objects.create(name="Élan Kit", slug="elan-kit")
    Reviewer.objects.create(name="Élan Kit", slug="elan-kit", position=9)
    for row in (
        Tool(name=name, slug="other", category=elan.category, kind="model", tagline="t", description="d"),
        Category(name=name, slug="other"),
        Reviewer(name=name, slug="other", position=8, motto="m", lens="l"),
    ):
        with pytest.raises(ValidationError) as raised:
            row.full_clean()
        assert list(raised.value.message_dict) == ["name"]
        assert "of this name already" in raised.value.message_dict["name"][0]


def test_a_row_keeps_its_own_name(elan):
    elan.name = "ÉLAN kit"
    elan.full_clean()
    elan.save()
    assert Tool.objects.get(name_key=name_key("élan kit")).name == "ÉLAN kit"


def test_the_desk_says_where_a_category_of_the_same_name_can_be_mended(admin_client):
    make_category("Workshop")
    answer = admin_client.post(
        "/admin/reviews/category/add/", {"name": "ＷＯＲＫＳＨＯＰ", "slug": "other", "position": "0"}
    )
    assert answer.context["adminform"].form.errors == {"name": ["There is a category of this name already."]}


@pytest.mark.parametrize("name", SAME_AS_ELAN_KIT)
def test_a_file_can_not_bring_a_second_tool_of_the_same_name(elan, name):
    other = make_tool("Other")
    report = imported("tools", f"slug,name\n{other.slug},{name}")
    assert problems(report) == [(2, "name", "There is a tool of this name already.")]


@pytest.mark.parametrize("name", SAME_AS_ELAN_KIT)
def test_a_row_without_a_slug_means_the_stored_tool_of_that_name(elan, name):
    report = imported("tools", f"name,tagline\n{name},Another line")
    assert report.problems == []
    assert Tool.objects.get().tagline == "Another line"


def test_two_tools_swap_names_that_are_written_in_another_way(elan):
    make_tool("Other")
    report = imported("tools", "slug,name\nelan-kit,ＯＴＨＥＲ\nother,ÉLAN  KIT")
    assert report.problems == []
    assert dict(Tool.objects.values_list("slug", "name")) == {"elan-kit": "ＯＴＨＥＲ", "other": "ÉLAN KIT"}


def test_two_attributes_of_a_category_swap_their_labels():
    make_attribute("one", label="First"), make_attribute("two", label="Second")
    report = imported("attributes", "category,key,label\nworkshop,one,SECOND\nworkshop,two,First")
    assert report.problems == []
    labels = dict(Attribute.objects.exclude(category=None).values_list("key", "label"))
    assert labels == {"one": "SECOND", "two": "First"}


@pytest.mark.parametrize("name", SAME_AS_ELAN_KIT)
def test_a_search_for_two_tools_understands_the_name(elan, name):
    assert tools_named(texts=[name]) == {name: elan}


def test_two_attributes_of_a_category_have_different_labels():
    make_attribute("context", label="Context length")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_attribute("context-2", label="CONTEXT  length")
    other = make_attribute("context-2", label="Context length", category=make_category("Shed"))
    other.full_clean()
    other.label = "licence"  # which an attribute of every tool has
    with pytest.raises(ValidationError, match="two attributes of this label"):
        other.full_clean()
    assert Attribute.objects.named("ｃontext length").count() == 2


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("name", " Al\u200bpha\u00a0 Two\t", "Alpha Two"),
        ("tagline", "One\r\nline\u2028of  it", "One line of it"),
        ("description", "One\r\n\r\n\r\nTwo  words\x07 ", "One\n\nTwo words"),
        ("best_for", "\ufeffyou need it", "you need it"),
    ],
)
def test_a_text_is_cleaned_on_every_way_in(admin_client, field, typed, stored):
    tool = make_tool("Alpha", slug="alpha")

    def saved():
        return getattr(Tool.objects.get(pk=tool.pk), field)

    page = admin_client.get(f"/admin/reviews/tool/{tool.pk}/change/")
    answer = admin_client.post(page.request["PATH_INFO"], form_of(page) | {field: typed})
    assert answer.status_code == 302
    assert saved() == stored
    Tool.objects.filter(pk=tool.pk).update(**{field: "reset"})
    assert imported("tools", json.dumps([{"slug": "alpha", field: typed}]), "json").problems == []
    assert saved() == stored
    Tool.objects.filter(pk=tool.pk).update(**{field: typed})
    assert saved() == stored
    again = Tool.objects.get(pk=tool.pk)
    setattr(again, field, typed)
    again.save()
    assert (getattr(again, field), saved()) == (stored, stored)


def test_a_cell_that_differs_in_blanks_alone_is_no_change(elan):
    report = imported("tools", "slug,name,tagline\nelan-kit, Élan\u00a0 Kit,What  Élan Kit is ")
    assert (report.rows, report.changes, report.problems) == (1, [], [])


def test_verdicts_answers_and_reasons_are_cleaned():
    tool = make_tool("Alpha", "ship 80, skip 40, ship, ship")
    headings = "tool,reviewer,decision,body,answer_1,reason"
    text = f"{headings}\nalpha,builder,skip,Two\u200b  words,An  answer, A\u00ad reason "
    assert imported("verdicts", text).problems == []
    verdict = Verdict.objects.get(tool=tool, reviewer__slug="builder")
    assert verdict.body == "Two words"
    assert verdict.answers.get(question__position=1).text == "An answer"
    assert Revision.objects.filter(model="reviews.verdict").first().reason == "A reason"


def test_a_dump_leaves_the_key_out_and_loading_it_makes_it_again(elan, tmp_path):
    call_command("dumpdata", "reviews.tool", "reviews.category", output=str(tmp_path / "rows.json"))
    assert "name_key" not in (tmp_path / "rows.json").read_text()
    Tool.objects.all().delete()
    call_command("loaddata", str(tmp_path / "rows.json"), verbosity=0)
    assert Tool.objects.named("ÉLAN KIT").exists()


def manage(*arguments, database):
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": "comparisons.settings"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout


@pytest.mark.slow
def test_an_older_database_with_such_names_is_upgraded_and_told_of_them(tmp_path):
    database = tmp_path / "older.sqlite3"
    manage("migrate", "reviews", "0010", database=database)
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(
            "INSERT INTO reviews_category (id, name, slug, description, position) VALUES"
            " (1, 'Workshop', 'workshop', 'Two  words', 0), (2, 'ＷＯＲＫＳＨＯＰ', 'other', '', 1),"
            " (3, '\u200b', 'blank', '', 2)"
        )
        for pk, name in enumerate(["Élan Kit", "ÉLAN\u00a0 KIT", "élan kit (2)", "e\u0301lan kit"], start=1):
            connection.execute(
                "INSERT INTO reviews_tool (id, name, slug, category_id, kind, tagline, description, best_for,"
                " avoid_if, status) VALUES (?, ?, ?, 1, 'model', ' a  b ', 'One\r\nTwo', '', '', 'draft')",
                (pk, name, f"tool-{pk}"),
            )
    output = manage("migrate", database=database)
    with closing(sqlite3.connect(database)) as connection, connection:
        tools = connection.execute(
            "SELECT name, tagline, description FROM reviews_tool ORDER BY id"
        ).fetchall()
        categories = connection.execute(
            "SELECT name, description FROM reviews_category ORDER BY id"
        ).fetchall()
    assert [name for name, *_ in tools] == ["Élan Kit", "ÉLAN KIT (3)", "élan kit (2)", "élan kit (4)"]
    assert set(tools[0][1:]) == {"a b", "One\nTwo"}
    assert categories == [("Workshop", "Two words"), ("ＷＯＲＫＳＨＯＰ (2)", ""), ("Category 3", "")]
    assert "Tool 2, “ÉLAN\u00a0 KIT”, has the name of tool 1, “Élan Kit”" in output
    assert "Rename it at the desk, or merge the two." in output
