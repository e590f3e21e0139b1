"""`manage.py seed` fills an empty database, and overwrites editors only if told to."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction

from comparisons.desk.merging.merge import merge
from comparisons.models import Comparison
from comparisons.sample.fixtures import read_records
from comparisons.sample.reset import reset_catalogue
from comparisons.sample.seed import FIXTURES, seed_catalogue
from reviews.models import Answer, Category, Fact, OldSlug, Question, Reviewer, Revision, Tool, Verdict
from reviews.services.editing import history
from reviews.services.editing.tools import save_tool
from reviews.services.facts.save import changed_fact, evidence_of, save_fact
from tests.concurrency import run_in_threads
from tests.factories import make_tool

pytestmark = pytest.mark.django_db

CATEGORY = "- model: reviews.category\n  fields: {slug: tools, name: Tools, position: 1}\n"
TOOL = """
- model: reviews.tool
  fields: {slug: alpha, name: Alpha, category: [tools], kind: model, tagline: One, description: Two.}
- model: reviews.fact
  fields: {tool: [alpha], attribute: ["", how-it-runs], value: "VALUE", state: given}
"""
ROWS = len(list(read_records(FIXTURES)))


@pytest.fixture
def folder(tmp_path):
    """A catalogue of one category in a folder."""
    (tmp_path / "categories.yaml").write_text(CATEGORY)
    return tmp_path


def seed(**options):
    out = StringIO()
    call_command("seed", stdout=out, **options)
    return out.getvalue()


def reset():
    return seed(reset=True)


def test_an_empty_database_is_filled():
    assert seed() == f"Sample catalogue loaded: {ROWS} rows.\n"
    assert Reviewer.objects.count() == 4
    assert Tool.objects.published().count() >= 7
    assert Comparison.objects.published().count() >= 5
    for tool in Tool.objects.all():
        assert tool.verdicts.count() == 4, tool
    assert all(4 <= reviewer.questions.count() <= 5 for reviewer in Reviewer.objects.all())


def test_the_panel_alone_can_be_loaded_and_stays_alone():
    rows = Reviewer.objects.count() + Question.objects.count()
    assert rows == 0
    told = seed(panel_only=True)
    assert told == f"Panel loaded: {Reviewer.objects.count() + Question.objects.count()} rows.\n"
    assert Reviewer.objects.count() == 4
    assert not Tool.objects.exists()
    assert not Category.objects.exists()
    assert seed().startswith("The catalogue is not empty")
    assert not Tool.objects.exists()


def test_the_facts_are_as_given(catalogue):
    given = dict(Verdict.objects.filter(tool__slug="mistral-3b").values_list("reviewer__slug", "score"))
    assert given == {"builder": 87, "skeptic": 80, "futurist": 84, "founder": 75}
    given = dict(Verdict.objects.filter(tool__slug="code-llama-4").values_list("reviewer__slug", "score"))
    assert given == {"builder": 84, "skeptic": 78, "futurist": 81, "founder": 55}
    assert not Verdict.objects.filter(tool__slug="smollm3", score__isnull=False).exists()
    assert (
        Verdict.objects.get(tool__slug="mistral-8x24b-mixture-of-experts", reviewer__slug="founder").decision
        == "ship"
    )


def test_every_row_passes_its_own_validation(catalogue):
    for row in [
        *Tool.objects.all(),
        *Verdict.objects.all(),
        *Answer.objects.all(),
        *Comparison.objects.all(),
        *Fact.objects.all(),
    ]:
        row.clean_fields()
        row.clean()


def test_seeding_changes_nothing_in_a_filled_catalogue(catalogue):
    Tool.objects.filter(slug="mistral-3b").update(tagline="An editor's words")
    Verdict.objects.get(tool__slug="smollm3", reviewer__slug="founder").answers.first().delete()
    assert "The catalogue is not empty: nothing was loaded." in seed()
    assert Tool.objects.get(slug="mistral-3b").tagline == "An editor's words"
    assert Answer.objects.filter(verdict__tool__slug="smollm3").count() == 15


def test_a_single_category_counts_as_a_filled_catalogue():
    Category.objects.create(slug="mine", name="Mine")
    assert "not empty" in seed()
    assert not Tool.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_only_one_of_two_simultaneous_runs_fills_the_database():
    def run(index):
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:  # as in every command
                    cursor.execute("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0")
            return seed_catalogue()

    assert sorted(run_in_threads(run, 2), key=str) == [ROWS, None]


def test_a_broken_fixture_leaves_nothing_behind(folder):
    (folder / "comparisons.yaml").write_text(
        "- model: comparisons.comparison\n  fields: {first: [gone], second: [gone]}\n"
    )
    for load in (seed_catalogue, reset_catalogue):
        with pytest.raises(LookupError, match=r"needs reviews\.tool gone, which does not exist"):
            load(folder=folder)
        assert not Category.objects.exists()


def test_a_fact_is_written_as_an_editor_would_type_it(folder):
    (folder / "tools").mkdir()
    file = folder / "tools" / "alpha.yaml"
    file.write_text(TOOL.replace("VALUE", "In your process, own-server"))
    seed_catalogue(folder=folder)
    assert Fact.objects.get().text == "in-process, own-server"
    assert reset_catalogue(folder=folder).updated == 0
    file.write_text(TOOL.replace("VALUE", "on the moon"))
    with pytest.raises(ValidationError, match="Choose from: in-process"):
        reset_catalogue(folder=folder)


def test_the_panel_and_the_categories_also_load_with_djangos_own_command():
    files = [FIXTURES / name for name in ("panel.yaml", "categories.yaml")]
    call_command("loaddata", *files, verbosity=0)
    assert Reviewer.objects.count() == 4
    assert Category.objects.count() > 8


# --- Setting it back ----------------------------------------------------------------------------------------


def test_a_reset_of_an_untouched_sample_changes_nothing(catalogue):
    assert f"0 rows created, 0 updated, {ROWS} unchanged, 0 left out" in reset()
    assert not Revision.objects.exists()


def test_a_reset_fills_an_empty_database_too():
    assert f"{ROWS} rows created" in reset()
    assert Tool.objects.get(slug="smollm3").verdicts.count() == 4


def test_a_reset_overwrites_changes_and_brings_back_what_was_deleted(catalogue):
    Tool.objects.filter(slug="mistral-3b").update(tagline="An editor's words")
    Verdict.objects.get(tool__slug="smollm3", reviewer__slug="founder").answers.first().delete()
    assert "1 rows created, 1 updated" in reset()
    assert Tool.objects.get(slug="mistral-3b").tagline != "An editor's words"
    assert Answer.objects.filter(verdict__tool__slug="smollm3").count() == 16


def test_a_reset_keeps_what_the_fixtures_do_not_say(folder):
    seed_catalogue(folder=folder)
    Category.objects.update(name="Other", description="An editor's.")
    assert reset_catalogue(folder=folder).updated == 1
    assert Category.objects.values_list("name", "description").get() == ("Tools", "An editor's.")


def test_a_reset_keeps_what_editors_added(catalogue):
    make_tool("Mine", "ship")
    reset()
    assert Tool.objects.get(slug="mine").verdicts.count() == 1


def test_a_reset_can_be_read_and_taken_back_in_the_history(catalogue):
    verdict = Verdict.objects.get(tool__slug="smollm3", reviewer__slug="founder")
    for row, name, value in (
        (Tool.objects.get(slug="smollm3"), "tagline", "Mine"),
        (verdict, "body", "An editor's text."),
    ):
        setattr(row, name, value)
        history.save(row=row, by="An editor")
    assert "2 updated" in reset()
    newest = Revision.objects.of_row(verdict).newest_first().first()
    assert (newest.editor, newest.reason) == ("seed", "Set back to the sample catalogue.")
    assert newest.changes["body"][0] == "An editor's text."
    assert Revision.objects.filter(model="reviews.tool", editor="seed").count() == 1


def test_a_reset_sets_back_facts_with_their_history(catalogue):
    fact = Fact.objects.of("licence").get(tool__slug="smollm3")
    before = (fact.text, fact.state)
    changed = changed_fact(
        stored=fact, tool=fact.tool, attribute=fact.attribute, value="Mine", evidence=evidence_of(fact)
    )
    save_fact(fact=changed, by="An editor")
    Fact.objects.of("pricing").get(tool__slug="smollm3").delete()
    assert "1 rows created, 1 updated" in reset()
    fact.refresh_from_db()
    assert (fact.text, fact.state) == before
    newest = Revision.objects.of_row(fact).newest_first().first()
    assert (newest.editor, newest.changes["text"]) == ("seed", ["Mine", before[0]])


def test_a_reset_brings_back_a_merged_tool_with_its_address(catalogue, client):
    gone = Tool.objects.get(slug="smollm3")
    kept = Tool.objects.get(slug="mistral-3b")
    merge(gone=gone, kept=kept, by="An editor")
    assert client.get("/tools/smollm3/")["Location"] == "/tools/mistral-3b/"
    reset()
    assert client.get("/tools/smollm3/").status_code == 200
    assert not OldSlug.objects.filter(slug="smollm3").exists()
    assert Tool.objects.get(slug="smollm3").verdicts.count() == 4


def test_an_editors_tool_of_the_same_name_keeps_one_tool_of_the_sample_out(catalogue):
    tool = Tool.objects.get(slug="smollm3")
    comparisons = Comparison.objects.of_tool(tool)
    # its verdicts, their answers, its facts and its comparisons, besides itself
    dependents = 4 + 16 + tool.facts.count() + comparisons.count()
    comparisons.delete()
    tool.delete()
    mine = make_tool("SmolLM3", slug="mine")
    told = reset()
    assert "Left out: reviews.tool smollm3 (its key or name belongs to a row that an editor made)" in told
    assert f"{1 + dependents} left out" in told
    assert not mine.verdicts.exists()
    mine.delete()
    assert f"{1 + dependents} rows created" in reset()


def test_a_tool_that_an_editor_gave_another_address_keeps_it(catalogue):
    tool = Tool.objects.get(slug="smollm3")
    tool.slug = "smollm-three"
    save_tool(tool=tool, by="An editor")
    assert "Left out: reviews.tool smollm3 " in reset()
    assert Tool.objects.get(pk=tool.pk).slug == "smollm-three"
    assert tool.verdicts.count() == 4


def test_a_reset_does_not_take_a_name_that_an_editor_gave_to_another_tool(catalogue):
    Tool.objects.filter(slug="smollm3").update(name="SmolLM the third")
    make_tool("SmolLM3", slug="mine")
    assert "Left out: reviews.tool smollm3 " in reset()
    assert Tool.objects.get(slug="smollm3").name == "SmolLM the third"


def test_an_editors_own_row_at_an_address_of_the_sample_is_never_overwritten(catalogue):
    for side in ("first", "second"):
        Comparison.objects.filter(**{f"{side}__slug": "comfyui"}).delete()
    old = Tool.objects.get(slug="comfyui")
    history.delete(row=old, by="An editor")
    mine = Tool(
        category=old.category,
        slug="comfyui",
        name="My own thing",
        kind="model",
        tagline="Mine",
        description="Mine.",
    )
    save_tool(tool=mine, by="An editor")
    assert "Left out: reviews.tool comfyui " in reset()
    assert Tool.objects.get(pk=mine.pk).name == "My own thing"
    assert not mine.verdicts.exists()
