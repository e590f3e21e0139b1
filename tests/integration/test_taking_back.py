"""An import is taken back as one: what would change and what is left alone is named before."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from comparisons.desk.files import taking_back
from comparisons.desk.files.imports import import_rows
from comparisons.desk.files.taking_back import plan_to_take_back, take_back
from comparisons.models import ImportRun
from reviews.models import Answer, Attribute, Category, Fact, OldSlug, Reviewer, Revision, Tool, Verdict, Vote
from reviews.services.editing import history
from tests.factories import (
    make_attribute,
    make_category,
    make_comparison,
    make_fact,
    make_panel,
    make_tool,
    paragraph,
)
from tests.html_text import assert_in_order, text_of

pytestmark = pytest.mark.django_db

MODELS = (Category, Reviewer, Tool, Attribute, Fact, Verdict, Answer, OldSlug)
HEAD = "slug,name,category,kind,tagline,description"


def everything():
    return {model: sorted(map(str, model.objects.values_list())) for model in MODELS}


def imported(kind, *lines):
    text = "\n".join(lines)
    report = list(import_rows(kind=kind, format="csv", text=text, by="ada", is_dry_run=False))[-1]
    assert report.is_written, report.problems
    return ImportRun.objects.get(pk=report.run)


def taken_back(run):
    plan = plan_to_take_back(run=run)
    list(take_back(run=run, by="grace"))
    return [(way.name, str(way.obstacle)) for way in plan.left]


IMPORTS = {
    "tools": (
        f"{HEAD},maker,licence,status",
        "alpha,Beta,garden,application,T1,d,Ada Ltd,,draft",
        "beta,Alpha,workshop,model,T2,d,,MIT,draft",
        "new,New,workshop,model,T3,d,Ada Ltd,MIT,draft",
    ),
    "verdicts": (
        "tool,reviewer,decision,score,body,reviewed_on,reason,answer_1",
        f"alpha,builder,skip,12,{paragraph('new')},2026-02-03,It fell.,Anew.",
        f"alpha,skeptic,skip,41,{paragraph('twin')},2026-02-03,Rose.,",
        f"beta,builder,ship,90,{paragraph('own')},2026-02-03,,",
    ),
    "facts": (
        "tool,category,key,value,state,source_url",
        "alpha,,licence,MIT,claimed,https://example.org/",
        "beta,,pricing,Free,,",
    ),
    "categories": ("slug,name", "workshop,Garden", "garden,Workshop"),
    "reviewers": ("slug,name", "builder,Skeptic", "skeptic,Builder"),
}


@pytest.fixture
def catalogue_of_two():
    make_panel()
    make_category("Garden")
    alpha = make_tool("Alpha", "ship 84, skip 40, ship, ship")
    make_fact(alpha, "licence", "GPL 3.0")
    make_fact(alpha, make_attribute("memory", "integer", category=alpha.category).key, "4")
    make_tool("Beta", status="draft")
    Tool.objects.update(status="draft", published_at=None)


@pytest.mark.parametrize("kind", IMPORTS)
def test_all_that_an_import_changed_is_as_it_was(catalogue_of_two, kind):
    before = everything()
    run = imported(kind, *IMPORTS[kind])
    assert everything() != before
    assert taken_back(run) == []
    assert everything() == before
    assert plan_to_take_back(run=run).ways == []


def test_the_history_says_who_took_an_import_back():
    make_tool("Alpha")
    run = imported("tools", "slug,tagline", "alpha,T1")
    taken_back(run)
    newest = Revision.objects.first()
    assert (newest.editor, newest.reason) == ("grace", "An import was taken back.")
    assert newest.changes == {"tagline": ["T1", "What Alpha is"]}


def test_what_was_edited_after_the_import_is_left_alone_and_named():
    for name in ("Alpha", "Beta"):
        make_tool(name)
    run = imported("tools", "slug,tagline", "alpha,T1", "beta,T2")
    tool = Tool.objects.get(slug="alpha")
    tool.tagline = "Mine"
    history.save(row=tool, by="editor")
    assert taken_back(run) == [("Alpha", "changed")]
    assert dict(Tool.objects.values_list("slug", "tagline")) == {"alpha": "Mine", "beta": "What Beta is"}


def test_a_new_tool_that_somebody_voted_for_or_compared_is_left_alone():
    make_panel()
    make_category()
    rows = [f"{slug},{slug.upper()},workshop,model,t,d,Ada Ltd" for slug in ("a", "b", "c")]
    run = imported("tools", f"{HEAD},maker", *rows)
    tools = {tool.slug: tool for tool in Tool.objects.all()}
    Vote.objects.create(tool=tools["a"], visitor="v", decision="ship")
    make_comparison(tools["b"], make_tool("Delta"))
    assert sorted(taken_back(run)) == [("A", "in use"), ("B", "in use")]
    assert set(Tool.objects.values_list("slug", flat=True)) == {"a", "b", "delta"}
    assert Vote.objects.count() == 1


def test_a_name_that_another_tool_has_by_now_is_not_taken_from_it():
    make_tool("Alpha")
    run = imported("tools", "slug,name", "alpha,Omega")
    make_tool("ALPHA", slug="other")
    assert taken_back(run) == [("Omega", "taken")]
    assert dict(Tool.objects.values_list("slug", "name")) == {"alpha": "Omega", "other": "ALPHA"}


def test_taking_back_goes_in_batches_and_is_begun_again_where_it_stopped(monkeypatch):
    monkeypatch.setattr(taking_back, "ROWS_PER_BATCH", 2)
    make_panel()
    for number in range(5):
        make_tool(f"Tool {number}")
    run = imported("tools", "slug,tagline", *(f"tool-{number},T{number}" for number in range(5)))
    steps = take_back(run=run, by="grace")
    assert [next(steps).done for _ in range(2)] == [2, 4]
    steps.close()
    assert Tool.objects.filter(tagline__startswith="What").count() == 4
    assert len(plan_to_take_back(run=run).ways) == 1
    assert [(step.done, step.total) for step in take_back(run=run, by="grace")] == [(1, 1)]
    assert Tool.objects.filter(tagline__startswith="What").count() == 5


def test_what_somebody_changes_while_an_import_is_taken_back_is_left_alone(monkeypatch):
    monkeypatch.setattr(taking_back, "ROWS_PER_BATCH", 1)
    for name in ("Alpha", "Beta"):
        make_tool(name)
    run = imported("tools", "slug,tagline", "alpha,T1", "beta,T2")
    steps = take_back(run=run, by="grace")
    next(steps)
    Tool.objects.filter(slug="beta").update(tagline="Mine")
    list(steps)
    assert dict(Tool.objects.values_list("slug", "tagline")) == {"alpha": "What Alpha is", "beta": "Mine"}


# --- At the desk --------------------------------------------------------------------------------------------


def test_the_desk_names_what_would_change_and_takes_it_back_once(admin_client):
    for name in ("Alpha", "Beta"):
        make_tool(name)
    run = imported("tools", "slug,tagline", "alpha,T1", "beta,T2")
    Tool.objects.filter(slug="beta").update(tagline="Mine")
    page = text_of(admin_client.get(f"/admin/files/{run.pk}/"))
    assert_in_order(page, "Written: 2 rows changed", "Take this import back")
    page = admin_client.get(f"/admin/files/{run.pk}/take-back/").content.decode()
    assert_in_order(page, "1 change would be taken back", "Take 1 change back", "Left alone: 1", "Beta")
    assert "It was changed after the import." in page
    assert Tool.objects.get(slug="alpha").tagline == "T1"
    for _ in range(2):
        after = admin_client.post(f"/admin/files/{run.pk}/take-back/", follow=True)
        assert "Taken back." in text_of(after)
    assert dict(Tool.objects.values_list("slug", "tagline")) == {"alpha": "What Alpha is", "beta": "Mine"}
    assert [entry.change_message for entry in LogEntry.objects.all()] == [f"Import {run.pk} taken back."]


def test_an_import_that_stopped_half_way_can_be_taken_back(admin_client):
    make_tool("Alpha")
    run = imported("tools", "slug,tagline", "alpha,T1")
    page = f"/admin/files/{run.pk}/take-back/"
    now = timezone.now()
    ImportRun.objects.update(state="writing", touched_at=now)
    admin_client.post(page)
    assert Tool.objects.get().tagline == "T1"
    ImportRun.objects.update(state="writing", touched_at=now - timedelta(minutes=2))
    admin_client.post(page)
    assert Tool.objects.get().tagline == "What Alpha is"
