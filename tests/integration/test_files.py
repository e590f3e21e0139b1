"""Import and export: an exported file changes nothing when imported; imports are whole and previewed."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comparisons.desk.files.exports import ExportedFile, export_rows
from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.imports import ImportReport, import_rows
from comparisons.desk.files.kinds import KINDS
from comparisons.desk.files.problem_groups import group_problems
from comparisons.desk.files.steps import StepsDone
from comparisons.desk.files.tables import Problem
from comparisons.models import Comparison, ImportRun, Upload
from reviews.models import (
    Answer,
    Attribute,
    Category,
    Fact,
    OldSlug,
    Question,
    Reviewer,
    Revision,
    Tool,
    Verdict,
)
from tests.factories import make_attribute, make_category, make_comparison, make_panel, make_tool, paragraph
from tests.html_text import assert_in_order, text_of

pytestmark = pytest.mark.django_db

PANEL = "ship 84, skip 40, ship, ship"
NASTY = 'Say "so",\r\nthen: 50 % off\n- yes\n=1+1 ’ü… \U0001f600'


def exported(kind, form):
    file = next(step for step in export_rows(kind=kind, format=form) if isinstance(step, ExportedFile))
    return FORMATS[form].decode(file.content)[0]


def imported(kind, text, form="csv", *, write=True, **options):
    steps = list(import_rows(kind=kind, format=form, text=text, by="admin", is_dry_run=not write, **options))
    assert isinstance(steps[-1], ImportReport)
    return steps[-1]


def csv(*rows):
    return "\n".join(rows)


def problems(report):
    return [(each.row, each.column, each.sentence) for each in report.problems]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_importing_an_export_changes_nothing(catalogue, kind, form):
    Tool.objects.filter(slug="smollm3").update(description=NASTY)
    Verdict.objects.filter(tool__slug="smollm3").update(body=NASTY, score=0)
    Comparison.objects.update(note=NASTY)
    Comparison.objects.filter(first__slug="smollm3").update(note="'=1+1")
    Tool.objects.filter(slug="smollm3").update(best_for="- 'this'", tagline="'@that")
    facts = Fact.objects.filter(tool__slug="smollm3", attribute__category=None)
    facts.filter(attribute__key="maker").update(text='=HYPERLINK("https://example.org")')
    facts.filter(attribute__key="pricing").update(text=NASTY, quote=NASTY)
    report = imported(kind, exported(kind, form), form)
    assert report.problems == []
    assert report.changes == []
    assert report.rows == KINDS[kind].model.objects.count() >= 4
    assert not Revision.objects.exists()


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_catalogue_is_filled_from_its_own_files(catalogue, form):
    make_attribute("index-types", "choices", choices=[["hnsw", "HNSW"]], category=Category.objects.first())
    Attribute.objects.general().filter(key="licence").update(position=40)
    models = (Tool, Attribute, Fact, Verdict, Answer, Comparison)
    before = [model.objects.count() for model in models]
    files = {kind: exported(kind, form) for kind in KINDS}
    Comparison.objects.all().delete()
    Tool.objects.all().delete()
    Attribute.objects.exclude(category=None).delete()
    Attribute.objects.update(position=0)
    for kind, text in files.items():
        assert problems(imported(kind, text, form, may_be_incomplete=True)) == []
    assert {kind: exported(kind, form) for kind in files} == files
    assert [model.objects.count() for model in models] == before


def test_a_dry_run_shows_every_difference_and_writes_nothing():
    tool = make_tool("Alpha", PANEL)
    text = csv(
        "tool,reviewer,body,score,reason,answer_1",
        f"alpha,builder,{paragraph('new')},83,The price fell.,Anew.",
    )
    report = imported("verdicts", text, write=False)
    (change,) = report.changes
    assert (change.row, change.name, change.is_new) == (2, "alpha / builder", False)
    assert change.changes["score"] == [84, 83]
    assert change.changes["answer_1"] == ["Alpha answers Builder asks 1?", "Anew."]
    assert set(change.changes) == {"score", "body", "answer_1"}
    assert not report.is_written
    assert Verdict.objects.get(tool=tool, reviewer__slug="builder").score == 84
    assert not Revision.objects.exists()
    assert imported("verdicts", text).is_written
    assert Verdict.objects.get(tool=tool, reviewer__slug="builder").score == 83
    assert Revision.objects.get(model="reviews.verdict", action="changed").reason == "The price fell."
    assert Revision.objects.filter(model="reviews.answer", editor="admin", action="changed").count() == 1


def test_a_file_with_one_bad_row_writes_nothing():
    make_panel()
    make_category()
    head = "slug,name,category,kind,tagline,description,entry_price,pricing"
    good = "a,A,workshop,model,t,d,Free,Free"
    bad = "b,B,nowhere,gadget,t,d,Free,Free"
    report = imported("tools", csv(head, good, bad))
    assert not report.is_written
    assert not Tool.objects.exists()
    assert problems(report) == [
        (3, "category", "There is no category “nowhere”. Name it by its slug."),
        (3, "kind", "Value 'gadget' is not a valid choice."),
    ]
    assert imported("tools", csv(head, good)).is_written


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (
            "verdicts",
            csv("tool,reviewer,score", "alpha,builder,101"),
            (2, "score", "A score is a whole number from 0 to 100"),
        ),
        (
            "verdicts",
            csv("tool,reviewer,score", "alpha,builder,4.5"),
            (2, "score", "A score is a whole number from 0 to 100"),
        ),
        (
            "verdicts",
            csv("tool,reviewer,score", "alpha,builder,83"),
            (2, "reason", "Say why the decision or the score changed"),
        ),
        (
            "verdicts",
            csv("tool,reviewer,decision", "alpha,builder,hold"),
            (2, "decision", "Value 'hold' is not a valid choice"),
        ),
        ("verdicts", csv("tool,reviewer,body", "omega,builder,x"), (2, "tool", "There is no tool “omega”")),
        (
            "verdicts",
            csv("tool,reviewer,answer_1", "alpha,builder," + "x" * 281),
            (2, "answer_1", "At most 280 characters"),
        ),
        (
            "verdicts",
            csv("tool,reviewer,reviewed_on", "alpha,builder,soon"),
            (2, "reviewed_on", "Write a day as 2026-11-22."),
        ),
        ("verdicts", csv("tool,score", "alpha,3"), (0, "reviewer", "This column is needed")),
        (
            "verdicts",
            csv("tool,reviewer,body", f"alpha,builder,{'x' * 1601}"),
            (2, "body", "at most 1600 characters (it"),
        ),
        (
            "verdicts",
            csv("tool,reviewer,body", "alpha,builder, "),
            (2, "body", "This field cannot be blank."),
        ),
        (
            "verdicts",
            csv("tool,reviewer,score,reason", f"alpha,builder,83,{'x' * 301}"),
            (2, "reason", "at most 300 characters (it has 301)"),
        ),
        (
            "tools",
            csv("slug,description", f"alpha,{'x' * 701}"),
            (2, "description", "at most 700 characters (it has 701)"),
        ),
        (
            "tools",
            csv("slug,tagline", f"alpha,{'x' * 141}"),
            (2, "tagline", "at most 140 characters (it has 141)"),
        ),
        ("tools", csv("slug,name", "alpha,  "), (2, "name", "This field cannot be blank.")),
        ("tools", csv("slug,name", "beta,ALPHA"), (2, "name", "There is a tool of this name already.")),
        ("tools", csv("slug,name", "a-vs-b,New"), (2, "slug", "A tool's slug can't hold “vs” as a word")),
        ("tools", csv("slug,name", "first-name,New"), (2, "slug", "This is an old address of Alpha")),
        ("tools", csv("slug,published_at", "alpha,noon"), (2, "published_at", "Write a moment as")),
        ("tools", csv("slug,status", "draft,published"), (2, "status", "Not every reviewer has judged it.")),
        (
            "comparisons",
            csv("first,second,relation", "alpha,alpha,rivals"),
            (2, "", "A tool can't be compared with itself"),
        ),
        (
            "comparisons",
            csv("first,second,relation", "draft,alpha,rivals"),
            (2, "", "These two are compared already"),
        ),
        (
            "comparisons",
            csv("first,second,relation", "alpha,draft,friends"),
            (2, "relation", "is not a valid choice"),
        ),
        ("tools", "{", (0, "", "This can't be read as JSON")),
    ],
)
def test_a_problem_names_its_row_and_column(kind, text, told):
    alpha = make_tool("Alpha", PANEL)
    draft = make_tool("Draft", status="draft")
    make_comparison(alpha, draft)
    OldSlug.objects.create(slug="first-name", tool=alpha)
    report = imported(kind, text, "json" if text == "{" else "csv")
    assert not report.is_written
    assert any(
        (row, column) == told[:2] and told[2] in sentence for row, column, sentence in problems(report)
    ), problems(report)


SWAPPED = {
    "json": '[{"slug": "alpha", "tagline": "T1", "best_for": "V1"}, {"slug": "beta", "best_for": "V2", '
    '"tagline": "T2"}]',
    "yaml": "- {slug: alpha, tagline: T1, best_for: V1}\n- {slug: beta, best_for: V2, tagline: T2}",
}


@pytest.mark.parametrize("form", SWAPPED)
def test_a_row_may_name_its_columns_in_its_own_order(form):
    for name in ("Alpha", "Beta"):
        make_tool(name)
    assert imported("tools", SWAPPED[form], form).is_written
    assert set(Tool.objects.values_list("slug", "tagline", "best_for")) == {
        ("alpha", "T1", "V1"),
        ("beta", "T2", "V2"),
    }


@pytest.mark.parametrize("form", SWAPPED)
def test_a_missing_cell_leaves_its_value_unchanged(form):
    for name in ("Alpha", "Beta"):
        make_tool(name, best_for="V0")
    text = SWAPPED[form].replace('"best_for": "V2", ', "").replace("best_for: V2, ", "")
    report = imported("tools", text, form)
    assert report.changes[1].changes == {"tagline": ["What Beta is", "T2"]}
    assert set(Tool.objects.values_list("slug", "tagline", "best_for")) == {
        ("alpha", "T1", "V1"),
        ("beta", "T2", "V0"),
    }


def test_blanks_around_a_heading_are_ignored_by_an_import():
    make_tool("Alpha")
    assert imported("tools", csv("slug, tagline", "alpha,T1")).is_written
    assert Tool.objects.get().tagline == "T1"


def test_a_row_without_its_key_is_named_by_its_number():
    make_tool("Alpha")
    report = imported("tools", "- {slug: alpha, tagline: T1}\n- {tagline: T2}", "yaml")
    assert problems(report) == [(2, "slug", "This column is needed to know which row is meant.")]
    assert not report.is_written


@pytest.mark.parametrize(
    ("form", "text", "column"),
    [
        ("csv", "slug,name\nalpha,Alpha\nbeta,Be\0ta", "name"),
        ("csv", "slug,name\nalpha,Alpha\nbe\0ta,Beta", "slug"),
        ("json", '[{"slug": "alpha"}, {"slug": "be\\u0000ta"}]', "slug"),
        ("json", '[{"slug": "alpha"}, {"slug": "beta", "name": "\\ud800"}]', "name"),
        ("yaml", '- slug: alpha\n- slug: "be\\0ta"', "slug"),
    ],
)
def test_a_character_that_no_database_stores_is_refused_at_its_cell(form, text, column):
    make_tool("Alpha")
    ((row, place, sentence),) = problems(imported("tools", text, form))
    assert (row, place) == (3 if form == "csv" else 2, column)
    assert sentence.startswith("The cell holds a character that can't be stored")


@pytest.mark.parametrize(
    "text", ['[{"slug": "alpha", "\\ud800": ""}]', '[{"\\ud800": [1]}]', '[{"\\u0000": "", "\\u0000": ""}]']
)
def test_a_problem_in_an_unprintable_column_can_be_printed(text):
    (problem,) = imported("tools", text, "json").problems
    assert problem.column.isprintable()
    problem.column.encode()


@pytest.mark.parametrize(("form", "text"), [("json", "[]"), ("yaml", "[]"), ("csv", "slug")])
def test_a_file_without_rows_changes_nothing(form, text):
    report = imported("tools", text, form)
    assert (report.rows, report.problems) == (0, [])


def test_a_question_that_the_reviewer_does_not_ask_is_refused():
    make_tool("Alpha", PANEL)
    builder = make_panel()[0]
    Question.objects.create(reviewer=builder, position=3, text="And?", label="And")
    report = imported("verdicts", csv("tool,reviewer,answer_3", "alpha,skeptic,Mine."))
    assert problems(report) == [(2, "answer_3", "The Skeptic has no question 3.")]


def test_an_odd_verdict_is_a_warning_and_not_a_problem():
    make_tool("Alpha", PANEL)
    report = imported("verdicts", csv("tool,reviewer,score,reason", "alpha,builder,10,A reason."))
    assert "A ship with a score of 10" in report.changes[0].warnings[0]
    assert report.is_written


@pytest.mark.parametrize(
    "moment", ["2026-03-02T09:30:59.5+00:00", "2026-03-02 10:30:15+01:00", "2026-03-02T09:30:01Z"]
)
def test_an_imported_moment_is_cut_to_its_minute(moment):
    make_comparison(make_tool("Alpha", PANEL), make_tool("Beta"))
    assert imported("tools", csv("slug,published_at", f"alpha,{moment}")).is_written
    assert imported("comparisons", csv("first,second,published_at", f"alpha,beta,{moment}")).is_written
    whole = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    assert Tool.objects.get(slug="alpha").published_at == Comparison.objects.get().published_at == whole


def test_texts_of_exactly_the_longest_length_are_imported():
    make_tool("Alpha", PANEL)
    assert imported("tools", csv("slug,description", f"alpha,{'x' * 700}")).is_written
    row = f"alpha,builder,83,{'y' * 300},{'x' * 1600}"
    assert imported("verdicts", csv("tool,reviewer,score,reason,body", row)).is_written
    assert len(Revision.objects.get(model="reviews.verdict", action="changed").reason) == 300


def test_a_text_of_too_many_words_is_a_warning_and_not_a_problem():
    make_tool("Alpha", PANEL)
    report = imported("verdicts", csv("tool,reviewer,body", f"alpha,builder,{'so ' * 201}"))
    assert "The text has 201 words: more than 200" in report.changes[0].warnings[0]
    assert report.is_written


def test_a_text_like_another_verdicts_is_a_warning_in_a_dry_run_and_in_an_import():
    beta = make_tool("Beta", PANEL)
    make_tool("Alpha", PANEL)
    Verdict.objects.filter(tool=beta, reviewer__slug="futurist").update(body=paragraph("tale"))
    text = csv(
        "tool,reviewer,body,score,reviewed_on,reason",
        f"alpha,builder,{paragraph('tale').replace('tale-30', 'else')},84,2026-01-04,",
        f"alpha,skeptic,{paragraph('twin')},40,2026-01-04,",
        f"beta,skeptic,{paragraph('twin')},40,2026-01-04,",
        f"alpha,founder,{paragraph('own')},70,2026-11-28,It rose.",
        f"beta,futurist,{paragraph('tale')},71,2026-11-28,It rose too.",
    )
    for write in (False, True):
        warnings = [change.warnings for change in imported("verdicts", text, write=write).changes]
        assert warnings == [
            ("The text is nearly the same as the Futurist on Beta.",),
            ("The text is nearly the same as the Skeptic on Beta.",),
            ("The text is nearly the same as the Skeptic on Alpha.",),
            (),
            (),  # its text is stored already
        ]


def test_unchanged_answers_are_not_written_again():
    tool = make_tool("Alpha", "ship 80")
    row = json.loads(exported("verdicts", "json"))[0] | {"body": paragraph(60)}
    with CaptureQueriesContext(connection) as queries:
        assert imported("verdicts", json.dumps([row]), "json").is_written
    assert tool.verdicts.get().body == paragraph(60)
    assert not [query for query in queries if query["sql"].startswith('UPDATE "reviews_answer"')]


def test_export_and_import_report_their_progress_every_25_rows():
    make_panel()
    for number in range(60):
        make_tool(f"Tool {number}")
    steps = list(export_rows(kind="tools", format="csv"))
    assert steps[:2] == [StepsDone(done=25, total=60), StepsDone(done=50, total=60)]
    text = steps[-1].content.decode("utf-8-sig")
    told = list(import_rows(kind="tools", format="csv", text=text, by="x", is_dry_run=True))
    assert told[:-1] == steps[:-1]


def test_headings_may_be_written_as_people_write_them():
    make_tool("Alpha")
    assert imported("tools", csv("Slug,TAGLINE,Best For", "alpha,T1,making things")).is_written
    assert Tool.objects.values_list("tagline", "best_for").get() == ("T1", "making things")


def test_an_unknown_column_is_a_note_and_the_rest_is_read():
    make_tool("Alpha")
    report = imported("tools", csv("slug,tagline,My notes", "alpha,T1,ask again"))
    assert report.is_written
    assert report.notes[0].startswith("The column “My notes” was not read: it is not known. Known are: slug,")


def test_a_tool_without_a_slug_is_known_by_its_name_or_gets_one():
    make_tool("Alpha")
    head = "name,category,kind,tagline,description"
    report = imported("tools", csv(head, "ALPHA,workshop,model,T1,d", "Beta vs. Gamma,workshop,model,T2,d"))
    assert problems(report) == []
    assert set(Tool.objects.values_list("slug", "name", "tagline")) == {
        ("alpha", "ALPHA", "T1"),
        ("beta-versus-gamma", "Beta vs. Gamma", "T2"),
    }
    assert Tool.objects.count() == 2


def test_two_rows_never_get_the_same_slug():
    make_category()
    head = "slug,name,category,kind,tagline,description"
    rows = ["c,See,workshop,model,t,d", ",C.,workshop,model,t,d", ",???,workshop,model,t,d"]
    assert problems(imported("tools", csv(head, *rows))) == [
        (3, "slug", "Another row has or gets the slug “c”: give this one a slug of its own."),
        (4, "slug", "No slug can be made from this name: give one."),
    ]
    assert not Tool.objects.exists()


def test_days_of_a_spreadsheet_are_imported_with_a_note_of_their_order():
    tool = make_tool("Alpha", PANEL)
    make_tool("Beta", PANEL)
    text = csv("tool;reviewer;reviewed_on", "alpha;builder;03/02/2026", "beta;builder;25/01/2026")
    report = imported("verdicts", text)
    assert problems(report) == []
    assert report.notes == ["Days such as 03/02/2026 were read with the day first."]
    assert tool.verdicts.get(reviewer__slug="builder").reviewed_on.isoformat() == "2026-02-03"
    (told,) = problems(imported("verdicts", csv("tool,reviewer,reviewed_on", "alpha,builder,03/04/2026")))
    assert told[:2] == (2, "reviewed_on")


def test_a_catalogue_is_begun_from_files_of_categories_reviewers_and_questions():
    files = {
        "categories": csv("slug,name,position,description", "speech,Speech,2,Spoken words."),
        "reviewers": csv("slug,name,position,motto,lens", "nurse,Nurse,1,Does it help?,Care"),
        "questions": csv("reviewer,position,text,label", "nurse,1,Whom?,Whom", "nurse,2,How?,How"),
    }
    for kind, text in files.items():
        assert imported(kind, text, write=False).changes
        assert imported(kind, text).is_written
        assert imported(kind, text).changes == []
    assert Category.objects.values_list("slug", "name", "position").get() == ("speech", "Speech", 2)
    assert list(Question.objects.values_list("reviewer__name", "text")) == [
        ("Nurse", "Whom?"),
        ("Nurse", "How?"),
    ]
    report = imported("questions", csv("reviewer,position,text", "nurse,2,How then?"))
    assert report.changes[0].changes == {"text": ["How?", "How then?"]}
    assert problems(imported("reviewers", csv("slug,name,motto", "new,NEW,"))) != []


@pytest.mark.parametrize(
    "names",
    [
        {"alpha": "Beta", "beta": "Alpha"},
        {"alpha": "BETA", "beta": "gamma", "gamma": "Alpha"},
        {"alpha": "Beta", "beta": "Gamma", "gamma": "Something else"},
        {"gamma": "Delta", "alpha": "Beta", "beta": "Gamma"},
    ],
)
def test_tools_of_one_file_may_take_each_others_names(names):
    former = {slug: make_tool(slug.capitalize()).name for slug in ("alpha", "beta", "gamma")}
    rows = csv("slug,name", *(f"{slug},{name}" for slug, name in names.items()))
    for write in (False, True):
        report = imported("tools", rows, write=write)
        assert problems(report) == []
        assert {change.name: change.changes for change in report.changes} == {
            slug: {"name": [former[slug], name]} for slug, name in names.items()
        }
    assert dict(Tool.objects.values_list("slug", "name")) == former | names
    told = {each.snapshot["slug"]: each.changes for each in Revision.objects.filter(action="changed")}
    assert told == {slug: {"name": [former[slug], name]} for slug, name in names.items()}
    found = Revision.objects.filter(action="found").values_list("snapshot__name", flat=True)
    assert {*found} == {former[slug] for slug in names}


def test_the_same_name_twice_in_one_file_is_refused():
    for name in ("Alpha", "Beta", "Gamma"):
        make_tool(name)
    report = imported("tools", csv("slug,name", "alpha,Beta", "beta,Gamma", "gamma,Beta"))
    assert [sentence for _, _, sentence in problems(report)] == ["Row 2 gets the same: no two rows have it."]
    assert set(Tool.objects.values_list("name", flat=True)) == {"Alpha", "Beta", "Gamma"}


def test_categories_and_reviewers_may_swap_names_and_positions():
    make_panel()
    for slug in ("one", "two"):
        Category.objects.create(slug=slug, name=slug.capitalize())
    assert imported("categories", csv("slug,name", "one,Two", "two,One")).is_written
    assert dict(Category.objects.values_list("slug", "name")) == {"one": "Two", "two": "One"}
    builder, skeptic = Reviewer.objects.filter(slug__in=["builder", "skeptic"]).order_by("position")
    rows = [f"builder,Skeptic,{skeptic.position}", f"skeptic,Builder,{builder.position}"]
    assert problems(imported("reviewers", csv("slug,name,position", *rows))) == []
    assert list(Reviewer.objects.order_by("position").values_list("slug", "name")[:2]) == [
        ("skeptic", "Builder"),
        ("builder", "Skeptic"),
    ]


def test_a_column_of_names_that_slipped_by_a_row_is_refused(monkeypatch):
    monkeypatch.setattr("comparisons.desk.files.checking.MOST_ROWS", 2)
    for name in ("Alpha", "Beta", "Gamma"):
        make_tool(name)
    report = imported("tools", csv("slug,name", "alpha,Delta", "beta,Alpha", "gamma,Beta"))
    assert [(row, column) for row, column, _ in problems(report)] == [(2, "name"), (3, "name"), (4, "name")]
    assert "did a column slip by a row?" in report.problems[0].sentence
    assert not Revision.objects.exists()


def test_a_row_that_stands_twice_in_a_file_is_refused():
    make_tool("Alpha")
    report = imported("tools", csv("slug,tagline", "alpha,T1", " alpha,T2"))
    assert problems(report) == [(3, "slug", "Row 2 is about the same: one file names each once.")]


# --- At the desk --------------------------------------------------------------------------------------------


def hand_in(client, text, **fields):
    file = io.BytesIO(text.encode() if isinstance(text, str) else text)
    file.name = "file.csv"
    return client.post(
        "/admin/files/", {"kind": "tools", "format": "csv", "file": file, **fields}, follow=True
    )


def page_of(response):
    return response.content.decode()


def write_it(client, digest):
    return client.post(f"/admin/files/{newest_run().pk}/write/", {"digest": digest}, follow=True)


def newest_run():
    return ImportRun.objects.latest("pk")


def test_the_desk_writes_only_after_showing_what_would_change(admin_client):
    make_tool("Alpha", PANEL)
    page = page_of(hand_in(admin_client, csv("slug,tagline", "alpha,Another line")))
    assert "1 of 1 row would change" in page
    assert "<ins>Another line</ins>" in page or "Another" in page
    assert Tool.objects.get().tagline == "What Alpha is"
    assert Upload.objects.count() == 1
    digest = page.split('name="digest" value="')[1].split('"')[0]
    written = page_of(write_it(admin_client, digest))
    assert "Written: 1 row changed" in written
    assert Tool.objects.get().tagline == "Another line"
    assert LogEntry.objects.get().change_message == f"Import {newest_run().pk} begun."
    assert not Upload.objects.exists()


def test_an_import_that_cannot_be_logged_is_not_written(admin_client, monkeypatch):
    make_tool("Alpha", PANEL)
    page = page_of(hand_in(admin_client, csv("slug,tagline", "alpha,Another line")))
    digest = page.split('name="digest" value="')[1].split('"')[0]
    monkeypatch.setattr(LogEntry.objects, "create", lambda **values: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_it(admin_client, digest)
    assert Tool.objects.get().tagline == "What Alpha is"


def test_a_file_that_would_change_something_else_by_now_is_not_written(admin_client):
    make_tool("Alpha", PANEL)
    page = page_of(hand_in(admin_client, csv("slug,tagline", "alpha,Another line")))
    digest = page.split('name="digest" value="')[1].split('"')[0]
    Tool.objects.update(tagline="Changed meanwhile")
    written = page_of(write_it(admin_client, digest))
    assert "the catalogue has changed since you looked" in written
    assert Tool.objects.get().tagline == "Changed meanwhile"
    for digest in ("", "0" * 32):
        assert "Nothing was written" in page_of(write_it(admin_client, digest))


def test_a_file_with_problems_can_not_be_written(admin_client):
    page = page_of(hand_in(admin_client, csv("slug,category", "alpha,nowhere")))
    assert "There is no category “nowhere”" in page
    assert 'name="digest"' not in page


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("slug,name\nalpha,A\ndraft,B\0", "3</td><td>name"),
        ("slug\nal\0pha", "2</td><td>slug"),
        ("slug,n\0\nalpha,A", "The file"),
    ],
)
def test_a_file_with_nul_in_it_is_refused_and_not_stored(admin_client, text, place):
    make_tool("Alpha")
    page = page_of(hand_in(admin_client, text))
    assert f"<td>{place}" in page
    assert "can&#x27;t be stored" in page
    assert page.endswith("</html>\n")
    assert 'name="digest"' not in page
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"), [(b"\xff\xfe\x00", "not text in UTF-8"), ("x" * 5_000_001, "At most 5 MB here")]
)
def test_a_file_that_is_too_large_or_no_text_is_refused_with_a_sentence(admin_client, text, sentence):
    response = hand_in(admin_client, text)
    assert response.status_code == 422
    assert sentence in text_of(response)


def test_equal_problems_are_told_once_with_their_rows(admin_client):
    rows = [f"tool-{number},nowhere" for number in range(494)]
    rows[3:3] = ["", "other,elsewhere"]
    page = page_of(hand_in(admin_client, csv("slug,category", *rows)))
    sentence = "There is no category “nowhere”. Name it by its slug."
    assert f"<tr><td>494 rows: 2–4, 7–497</td><td>category</td><td>{sentence}</td></tr>" in page
    assert "<tr><td>6</td><td>category</td><td>There is no category “elsewhere”." in page
    assert page.count(sentence) == 1


def test_scattered_rows_are_not_all_listed():
    scattered = [Problem(row=number, column="name", sentence="Wrong.") for number in range(2, 60, 2)]
    (group,) = group_problems(scattered)
    assert group.place == "29 rows: 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24 and more"


def test_a_report_is_shown_page_by_page_with_its_button_on_top(admin_client, monkeypatch):
    monkeypatch.setattr("comparisons.desk.files.views.PER_PAGE", 2)
    for name in ("Alpha", "Beta", "Gamma"):
        make_tool(name)
    first = page_of(hand_in(admin_client, csv("slug,tagline", "alpha,T1", "beta,T2", "gamma,T3")))
    assert_in_order(first, 'value="Write 3 rows"', "Row 2: alpha", "Row 3: beta", "Page 1 of 2", "Next page")
    assert "gamma" not in first
    second = page_of(admin_client.get(f"/admin/files/{newest_run().pk}/?page=2"))
    assert_in_order(second, 'value="Write 3 rows"', "Row 4: gamma", "Page 2 of 2", "Previous page")
    assert "Row 2: alpha" not in second
    assert Tool.objects.get(slug="gamma").tagline == "What Gamma is"
    digest = second.split('name="digest" value="')[1].split('"')[0]
    written = page_of(write_it(admin_client, digest))
    assert_in_order(written, "Written: 3 rows changed", "Row 2: alpha", "Page 1 of 2")


def test_problems_are_shown_page_by_page(admin_client, monkeypatch):
    monkeypatch.setattr("comparisons.desk.files.views.PER_PAGE", 2)
    page = page_of(hand_in(admin_client, "slug,status\none,a\ntwo,b\nthree,c\n"))
    assert page.count("<tr><td>") == 2
    assert "Next page" in page


def test_only_its_editor_sees_a_file_that_is_not_written(admin_client):
    run = ImportRun.objects.create(kind="tools", editor="somebody else", state="checked")
    assert admin_client.get(f"/admin/files/{run.pk}/").status_code == 404
    assert admin_client.post(f"/admin/files/{run.pk}/again/").status_code == 404
    assert admin_client.get(f"/admin/files/{run.pk}/write/").status_code == 405
    ImportRun.objects.update(state="written")
    assert admin_client.get(f"/admin/files/{run.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("state", "sentence"),
    [("checking", "The file is being checked"), ("writing", "The file is being written")],
)
def test_the_page_of_a_running_import_shows_its_bar_and_looks_again_without_javascript(
    admin_client, state, sentence
):
    run = ImportRun.objects.create(kind="tools", editor="admin", state=state, done=25, total=60)
    response = admin_client.get(f"/admin/files/{run.pk}/")
    page = page_of(response)
    assert_in_order(page, sentence, '<progress max="60" value="25"', "25 of 60")
    assert response["Refresh"] == "1"
    assert 'name="digest"' not in page


def test_an_import_that_says_nothing_for_a_minute_has_stopped_and_can_be_checked_again(admin_client):
    make_tool("Alpha")
    hand_in(admin_client, csv("slug,tagline", "alpha,T1"))
    long_ago = timezone.now() - timedelta(seconds=61)
    ImportRun.objects.update(state="writing", written=7, touched_at=long_ago)
    response = admin_client.get(f"/admin/files/{newest_run().pk}/")
    assert_in_order(text_of(response), "Writing stopped after 7 rows.", "Its process ended")
    assert not response.has_header("Refresh")
    assert "Check the file again" in page_of(response)
    again = admin_client.post(f"/admin/files/{newest_run().pk}/again/", follow=True)
    assert "1 of 1 row would change" in page_of(again)


def test_a_fault_in_the_background_is_told_on_the_page(admin_client, monkeypatch):
    make_tool("Alpha")
    monkeypatch.setattr("comparisons.desk.files.imports.check_rows", lambda **values: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        hand_in(admin_client, csv("slug,tagline", "alpha,T1"))
    page = text_of(admin_client.get(f"/admin/files/{newest_run().pk}/"))
    assert "The check stopped, and nothing was written. A fault of the site stopped it" in page


def test_a_file_is_written_once_however_often_the_button_is_pressed(admin_client):
    make_tool("Alpha")
    page = page_of(hand_in(admin_client, csv("slug,tagline", "alpha,T1")))
    digest = page.split('name="digest" value="')[1].split('"')[0]
    for _ in range(2):
        assert "Written: 1 row changed" in page_of(write_it(admin_client, digest))
    assert Revision.objects.filter(action="changed").count() == 1
    assert LogEntry.objects.count() == 1


def test_an_export_at_the_desk_is_a_file_to_download(admin_client):
    make_tool("Alpha", PANEL)
    response = admin_client.get("/admin/files/export/?kind=tools&format=json")
    assert response["Content-Disposition"] == 'attachment; filename="tools.json"'
    assert json.loads(response.content)[0]["slug"] == "alpha"
    assert admin_client.get("/admin/files/export/?kind=votes&format=json").status_code == 400


def test_an_editor_who_may_not_publish_can_export_and_not_import(client, django_user_model):
    from django.contrib.auth.models import Group

    make_tool("Alpha", PANEL)
    user = django_user_model.objects.create_user("desk", password="x", is_staff=True)
    user.groups.add(Group.objects.get(name="Reviewer's desk"))
    client.force_login(user)
    assert "Show what would change" not in text_of(client.get("/admin/files/"))
    assert client.get("/admin/files/export/?kind=tools&format=csv").status_code == 200
    assert hand_in(client, csv("slug,tagline", "alpha,x")).status_code == 403
    run = ImportRun.objects.create(kind="tools", editor="desk", state="checked")
    assert client.post(f"/admin/files/{run.pk}/write/").status_code == 403
    assert client.post(f"/admin/files/{run.pk}/again/").status_code == 403
    assert client.get(f"/admin/files/{run.pk}/").status_code == 403


@pytest.mark.parametrize(("kind", "status"), [("categories", 200), ("reviewers", 403), ("questions", 403)])
def test_only_administrators_import_reviewers(client, django_user_model, kind, status):
    from django.contrib.auth.models import Group

    make_panel()
    user = django_user_model.objects.create_user("desk", password="x", is_staff=True)
    user.groups.add(Group.objects.get(name="Publisher"))
    client.force_login(user)
    assert hand_in(client, "slug,name", kind=kind).status_code == status
    upload = Upload.objects.create(kind=kind, format="csv", text="slug", editor="desk")
    run = ImportRun.objects.create(kind=kind, editor="desk", state="checked", upload=upload)
    allowed = status == 200
    assert client.get(f"/admin/files/{run.pk}/").status_code == status
    for action in ("again", "write"):
        assert client.post(f"/admin/files/{run.pk}/{action}/").status_code == (302 if allowed else 403)


def test_an_editor_can_not_write_another_editors_file(admin_client):
    run = ImportRun.objects.create(kind="tools", editor="somebody else", state="checked")
    assert admin_client.post(f"/admin/files/{run.pk}/write/").status_code == 404


def test_a_file_of_a_spreadsheet_is_read_at_the_desk_and_the_guess_is_told(admin_client):
    make_tool("Alpha")
    page = page_of(hand_in(admin_client, "slug;tagline\r\nalpha;Größe\r\n".encode("cp1252")))
    assert "read as Windows-1252: is “Größe” right?" in page
    assert "1 of 1 row would change" in page
    assert Upload.objects.get().text == "slug;tagline\r\nalpha;Größe\r\n"


def test_an_exported_csv_has_a_mark_for_spreadsheets_and_other_formats_have_none(admin_client, tmp_path):
    make_tool("Alpha", tagline="Größe")
    files = {form: tmp_path / f"tools.{form}" for form in ("csv", "json", "yaml")}
    for form, file in files.items():
        content = admin_client.get(f"/admin/files/export/?kind=tools&format={form}").content
        run("export_catalogue", "tools", str(file))
        assert content == file.read_bytes()
        assert content.startswith(b"\xef\xbb\xbf") is (form == "csv")
        assert "0 rows would change" in run("import_catalogue", "tools", str(file))


# --- On the command line ------------------------------------------------------------------------------------


def run(*arguments):
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def test_the_commands_write_and_read_files(tmp_path):
    make_tool("Alpha", PANEL)
    file = tmp_path / "tools.yml"
    assert "1 tools written" in run("export_catalogue", "tools", str(file))
    file.write_text(file.read_text().replace("What Alpha is", "Another line"))
    assert "tagline: What Alpha is → Another line" in run("import_catalogue", "tools", str(file))
    assert Tool.objects.get().tagline == "What Alpha is"
    assert "1 row changed, 0 are as they were" in run(
        "import_catalogue", "tools", str(file), "--write", "--by", "ada"
    )
    assert Tool.objects.get().tagline == "Another line"
    assert Revision.objects.first().editor == "ada"
    assert run("export_catalogue", "tools").startswith("slug,name,category")


@pytest.mark.parametrize("form", FORMATS)
def test_line_ends_survive_export_and_import(tmp_path, form):
    make_tool("Alpha", description="One line,\r\nanother,\nand a third.")
    file = tmp_path / f"tools.{form}"
    run("export_catalogue", "tools", str(file))
    assert "0 rows would change" in run("import_catalogue", "tools", str(file))


def test_the_command_fails_with_row_and_column(tmp_path, capsys):
    file = tmp_path / "tools.csv"
    file.write_text(csv("slug,category", "alpha,nowhere"))
    with pytest.raises(CommandError, match="Nothing was written"):
        run("import_catalogue", "tools", str(file), "--write")
    with pytest.raises(CommandError, match="Say with --format"):
        run("import_catalogue", "tools", str(tmp_path / "tools.txt"))
    with pytest.raises(CommandError, match="can't be read"):
        run("import_catalogue", "tools", str(tmp_path / "none.csv"))
    with pytest.raises(CommandError, match="can't be printed"):
        run("export_catalogue", "tools", "--format", "xlsx")
