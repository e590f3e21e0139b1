"""`manage.py seed`: loads, repeats, and never overwrites an editor."""

from io import StringIO

import pytest
from django.core.management import call_command

from comparisons.desk.merging.merge import merge
from comparisons.models import Comparison, SeededRow
from comparisons.sample.seed import seed_catalogue
from reviews.models import Answer, OldSlug, Reviewer, Revision, Tool, Verdict
from reviews.services.editing import history
from reviews.services.editing.slugs import save_tool
from tests.cast import make_tool
from tests.together import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue(db):
    """Seeded by the command itself, which remembers what it wrote."""
    seed()


@pytest.fixture
def folder(tmp_path):
    """A catalogue of one category, in a folder of its own."""
    (tmp_path / "categories.yaml").write_text("- model: reviews.category\n  fields: {slug: tools, name: Tools, position: 1}\n")
    return tmp_path


def seed(**options):
    out = StringIO()
    call_command("seed", stdout=out, **options)
    return out.getvalue()


def test_the_catalogue_is_complete(catalogue):
    assert Reviewer.objects.count() == 4
    assert Tool.objects.published().count() >= 7
    assert Comparison.objects.published().count() >= 5
    for tool in Tool.objects.all():
        assert tool.verdicts.count() == 4, tool
    assert all(4 <= reviewer.questions.count() <= 5 for reviewer in Reviewer.objects.all())


def test_the_facts_are_as_given(catalogue):
    given = dict(Verdict.objects.filter(tool__slug="mistral-3b").values_list("reviewer__slug", "score"))
    assert given == {"builder": 87, "skeptic": 80, "futurist": 84, "founder": 75}
    given = dict(Verdict.objects.filter(tool__slug="code-llama-4").values_list("reviewer__slug", "score"))
    assert given == {"builder": 84, "skeptic": 78, "futurist": 81, "founder": 55}
    assert not Verdict.objects.filter(tool__slug="smollm3", score__isnull=False).exists()
    assert Verdict.objects.get(tool__slug="mistral-8x24b-mixture-of-experts", reviewer__slug="founder").decision == "ship"


def test_every_row_passes_its_own_validation(catalogue):
    for row in [*Tool.objects.all(), *Verdict.objects.all(), *Answer.objects.all(), *Comparison.objects.all()]:
        row.clean_fields()
        row.clean()


def test_a_second_run_changes_nothing():
    assert "0 updated, 0 unchanged, 0 left alone" in seed()
    assert "0 rows created, 0 updated" in seed()


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_come_one_after_the_other():
    one, other = sorted(at_once(lambda index: seed_catalogue(), 2), key=lambda report: report.created)
    assert (one.created, one.unchanged, one.left_alone) == (0, other.created, [])
    assert (other.unchanged, other.left_alone) == (0, [])


def test_what_an_editor_changed_is_left_alone_and_named(catalogue):
    Tool.objects.filter(slug="mistral-3b").update(tagline="An editor's words", vendor="Mistral AI")
    said = seed()
    assert "Left alone: reviews.tool mistral-3b (changed by an editor: vendor, tagline)" in said
    assert Tool.objects.get(slug="mistral-3b").tagline == "An editor's words"
    assert "--reset" in said


def test_what_an_editor_deleted_stays_deleted(catalogue):
    Verdict.objects.get(tool__slug="smollm3", reviewer__slug="founder").answers.first().delete()
    assert "Left alone: reviews.answer smollm3 founder founder 1 (deleted by an editor)" in seed()
    assert Answer.objects.filter(verdict__tool__slug="smollm3", question__reviewer__slug="founder").count() == 3


def test_reset_overwrites_and_brings_back(catalogue):
    Tool.objects.filter(slug="mistral-3b").update(tagline="An editor's words")
    Verdict.objects.get(tool__slug="smollm3", reviewer__slug="founder").answers.first().delete()
    assert "1 rows created, 1 updated" in seed(reset=True)
    assert Tool.objects.get(slug="mistral-3b").tagline != "An editor's words"
    assert Answer.objects.filter(verdict__tool__slug="smollm3").count() == 16


def test_a_verdict_that_an_editor_deleted_takes_its_answers_out_of_the_seed(catalogue):
    Verdict.objects.get(tool__slug="smollm3", reviewer__slug="founder").delete()
    said = seed()
    assert "Left alone: reviews.verdict smollm3 founder (deleted by an editor)" in said
    assert not Answer.objects.filter(verdict__tool__slug="smollm3", question__reviewer__slug="founder").exists()


def test_a_deleted_tool_is_named_once_and_takes_its_verdicts_along(catalogue):
    Comparison.objects.filter(first__slug="smollm3").delete()
    Tool.objects.get(slug="smollm3").delete()
    said = seed()
    assert "Left alone: reviews.tool smollm3 (deleted by an editor)" in said
    assert "1 left alone" in said
    assert not Tool.objects.filter(slug="smollm3").exists()
    assert "left alone" not in seed(reset=True).replace("0 left alone", "")
    assert Tool.objects.get(slug="smollm3").verdicts.count() == 4
    assert Comparison.objects.filter(first__slug="smollm3").exists()


def test_a_row_nobody_touched_follows_the_fixtures(folder):
    seed_catalogue(folder=folder)
    (folder / "categories.yaml").write_text(
        "- model: reviews.category\n  fields: {slug: tools, name: Better Tools, position: 1}\n"
    )
    assert seed_catalogue(folder=folder).updated == 1


def test_a_field_that_came_to_the_fixtures_later_is_filled_in(folder):
    seed_catalogue(folder=folder)
    line = "- model: reviews.category\n  fields: {slug: tools, name: Tools, position: 1, description: What stands here.}\n"
    (folder / "categories.yaml").write_text(line)
    assert seed_catalogue(folder=folder).updated == 1
    (folder / "categories.yaml").write_text(line.replace("What", "All that"))
    from reviews.models import Category

    Category.objects.update(description="An editor's.")
    assert seed_catalogue(folder=folder).left_alone[0].why == "changed by an editor: description"


def test_an_editors_row_that_came_first_is_left_alone(folder):
    from reviews.models import Category

    Category.objects.create(slug="tools", name="Mine")
    assert len(seed_catalogue(folder=folder).left_alone) == 1
    assert Category.objects.get(slug="tools").name == "Mine"


def test_what_reset_overwrites_can_be_taken_back(catalogue):
    verdict = Verdict.objects.get(tool__slug="smollm3", reviewer__slug="founder")
    for row, name, value in ((Tool.objects.get(slug="smollm3"), "tagline", "Mine"), (verdict, "body", "An editor's text.")):
        setattr(row, name, value)
        history.save(row=row, by="An editor")
    assert "2 updated" in seed(reset=True)
    newest = Revision.objects.of_row(verdict).newest_first().first()
    assert (newest.editor, newest.reason) == ("seed", "Set back to the sample catalogue.")
    assert newest.changes["body"][0] == "An editor's text."
    assert Revision.objects.filter(model="reviews.tool", editor="seed").count() == 1


def rename(old, new):
    tool = Tool.objects.get(slug=old)
    tool.slug = new
    save_tool(tool=tool, by="An editor")


def test_a_tool_that_an_editor_gave_another_address_is_still_known(catalogue):
    rename("smollm3", "smollm-three")
    said = seed()
    assert "Left alone: reviews.tool smollm3 (changed by an editor: slug)" in said
    assert "0 rows created, 0 updated" in said
    assert "1 left alone" in said


def test_reset_gives_a_tool_its_address_back_and_keeps_the_editors_one(catalogue, client):
    tool = Tool.objects.get(slug="smollm3")
    rename("smollm3", "smollm-three")
    assert "0 rows created, 1 updated" in seed(reset=True)
    assert Tool.objects.get(slug="smollm3").pk == tool.pk
    assert client.get("/tools/smollm3/").status_code == 200
    assert client.get("/tools/smollm-three/")["Location"] == "/tools/smollm3/"
    assert "0 rows created, 0 updated" in seed()


def test_reset_brings_back_a_tool_that_was_merged_with_its_address(catalogue, client):
    gone, kept = Tool.objects.get(slug="smollm3"), Tool.objects.get(slug="mistral-3b")
    merge(gone=gone, kept=kept, by="An editor")
    assert "Left alone: reviews.tool smollm3 (deleted by an editor)" in seed()
    assert client.get("/tools/smollm3/")["Location"] == "/tools/mistral-3b/"
    seed(reset=True)
    assert client.get("/tools/smollm3/").status_code == 200
    assert not OldSlug.objects.filter(slug="smollm3").exists()
    assert Tool.objects.get(slug="smollm3").verdicts.count() == 4


@pytest.mark.parametrize("options", [{}, {"reset": True}])
def test_an_editors_tool_of_the_same_name_stands_in_the_way_of_one_row_alone(options):
    mine = make_tool("SmolLM3", slug="mine")
    said = seed(**options)
    assert "Left alone: reviews.tool smollm3 (its name or address is taken by a row that an editor made)" in said
    assert not Verdict.objects.filter(tool=mine).exists()
    assert Tool.objects.get(slug="mistral-3b").verdicts.count() == 4
    assert "0 rows created, 0 updated" in seed(**options)
    mine.delete()
    seed(**options)
    assert Tool.objects.get(slug="smollm3").verdicts.count() == 4


def test_an_editors_row_at_the_address_of_a_deleted_one_is_never_overwritten(catalogue):
    Comparison.objects.filter(first__slug="comfyui").delete()
    Comparison.objects.filter(second__slug="comfyui").delete()
    history.delete(row=Tool.objects.get(slug="comfyui"), by="An editor")
    mine = make_tool("My own thing", slug="comfyui")
    for options in ({}, {"reset": True}):
        assert "Left alone: reviews.tool comfyui (its name or address is taken" in seed(**options)
        assert Tool.objects.get(pk=mine.pk).name == "My own thing"
        assert not mine.verdicts.exists()


def test_a_row_that_an_editor_changed_before_rows_were_remembered_is_learnt(catalogue):
    Tool.objects.filter(slug="comfyui").update(tagline="Mine")
    SeededRow.objects.update(row=None)
    seed()
    rename("comfyui", "comfy")
    assert "Left alone: reviews.tool comfyui (changed by an editor: slug, tagline)" in seed()


def test_reset_does_not_take_a_name_that_an_editor_gave_to_another_tool(catalogue):
    Tool.objects.filter(slug="smollm3").update(name="SmolLM the third")
    make_tool("SmolLM3", slug="mine")
    assert "Left alone: reviews.tool smollm3 (its name or address is taken" in seed(reset=True)
    assert Tool.objects.get(slug="smollm3").name == "SmolLM the third"


def test_a_broken_fixture_leaves_nothing_behind(folder):
    (folder / "comparisons.yaml").write_text("- model: comparisons.comparison\n  fields: {first: [gone], second: [gone]}\n")
    with pytest.raises(Exception, match="gone"):
        seed_catalogue(folder=folder)
    from reviews.models import Category

    assert not Category.objects.exists()


def test_the_fixtures_also_load_with_djangos_own_command(db):
    from django.conf import settings

    files = [settings.BASE_DIR / "fixtures" / name for name in ("panel.yaml", "categories.yaml", "tools/mistral-3b.yaml")]
    call_command("loaddata", *files, verbosity=0)
    assert Tool.objects.get().slug == "mistral-3b"
