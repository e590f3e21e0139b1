"""The history of editors' changes: who, when, what and why; shown, and taken back."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from comparisons.models import Comparison
from reviews.models import Answer, Revision, Tool, Verdict
from reviews.services.editing import history
from reviews.services.editing.differences import difference
from tests.factories import make_comparison, make_panel, make_tool, paragraph
from tests.html_text import assert_in_order, text_of
from tests.integration.test_admin import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha():
    make_panel()
    tool = make_tool("Alpha", "ship 84, skip 40, ship, -")
    for verdict in Verdict.objects.all():
        Verdict.objects.filter(pk=verdict.pk).update(body=paragraph(verdict.reviewer.slug))
    return tool


def url_of(tool):
    return f"/admin/reviews/tool/{tool.pk}/change/"


def save(client, url, **changed):
    return client.post(url, form_of(client.get(url)) | changed)


def test_a_change_is_recorded_with_the_version_before_the_first(admin_client, alpha):
    assert save(admin_client, url_of(alpha), tagline="Another line").status_code == 302
    changed, found = Revision.objects.of_row(alpha).newest_first()
    assert (found.action, found.editor, found.snapshot["tagline"]) == ("found", "", "What Alpha is")
    assert (changed.action, changed.editor, changed.name) == ("changed", "admin", "Alpha")
    assert changed.changes == {"tagline": ["What Alpha is", "Another line"]}


def test_an_untouched_page_records_nothing(admin_client, alpha):
    assert save(admin_client, url_of(alpha)).status_code == 302
    assert not Revision.objects.exists()


def test_a_changed_answer_and_an_emptied_one_are_recorded(admin_client, alpha):
    first, second = Answer.objects.filter(verdict__tool=alpha, verdict__reviewer__slug="builder")
    changed = {
        f"verdicts-0-answer_{first.question_id}": "Anew.",
        f"verdicts-0-answer_{second.question_id}": "",
    }
    assert save(admin_client, url_of(alpha), **changed).status_code == 302
    told = [(each.model, each.action) for each in Revision.objects.of_tool(alpha.pk).exclude(action="found")]
    assert sorted(told) == [("reviews.answer", "changed"), ("reviews.answer", "deleted")]


def test_a_changed_decision_or_score_asks_for_a_reason_at_the_field_and_loses_nothing(admin_client, alpha):
    for changed in ({"verdicts-0-decision": "skip"}, {"verdicts-0-score": "83"}, {"verdicts-2-score": "50"}):
        response = save(admin_client, url_of(alpha), tagline="Typed.", **changed)
        assert response.status_code == 200
        assert "Say why the decision or the score changed" in text_of(response)
        assert "Typed." in response.content.decode()
    assert Verdict.objects.get(reviewer__slug="builder").score == 84
    assert save(admin_client, url_of(alpha), **{"verdicts-0-body": paragraph("text")}).status_code == 302


def test_the_public_page_says_what_changed_with_date_and_reason(client, admin_client, alpha):
    assert "What changed" not in text_of(client.get("/tools/alpha/"))
    reason = {
        "verdicts-0-decision": "skip",
        "verdicts-0-score": "30",
        "verdicts-0-reviewed_on": timezone.localdate().isoformat(),
        "verdicts-0-reason": "The licence was withdrawn.",
    }
    assert save(admin_client, url_of(alpha), **reason).status_code == 302
    today = f"{Revision.objects.latest('at').at:%-d %B %Y}"
    text = text_of(client.get("/tools/alpha/"))
    assert_in_order(
        text,
        "What changed",
        today,
        "Builder changed from 84/100 · ship to 30/100 · skip",
        "The licence was withdrawn.",
    )


def test_changes_before_readers_could_see_the_tool_are_not_shown(client, admin_client, alpha):
    Tool.objects.filter(pk=alpha.pk).update(status="draft", published_at=None)
    today = timezone.localdate().isoformat()
    changed = {"verdicts-0-score": "70", "verdicts-0-reviewed_on": today, "verdicts-0-reason": "A slip."}
    assert save(admin_client, url_of(alpha), **changed).status_code == 302
    Tool.objects.filter(pk=alpha.pk).update(status="published", published_at=timezone.now())
    assert "A slip." not in text_of(client.get("/tools/alpha/"))


def test_the_history_page_shows_a_readable_difference_and_a_way_back(admin_client, alpha):
    save(admin_client, url_of(alpha), tagline="What Alpha was")
    text = admin_client.get(f"/admin/reviews/tool/{alpha.pk}/history/").content.decode()
    assert "What Alpha <del>is</del>" in text
    assert "What Alpha <ins>was</ins>" in text
    assert text.count("Restore this version of Alpha") == 1


def test_the_newest_version_is_not_offered_for_restoring_unless_it_was_deleted(admin_client, alpha):
    comparison = make_comparison(alpha, make_tool("Beta"))
    for note in ("One.", "Two."):
        save(admin_client, f"/admin/comparisons/comparison/{comparison.pk}/change/", note=note)
    page = text_of(admin_client.get(f"/admin/comparisons/comparison/{comparison.pk}/history/"))
    assert_in_order(
        page,
        "Two.",
        "This is how it looks now",
        "One.",
        "Restore this version",
        "before its first",
        "Restore this",
    )
    assert page.count("Restore this version") == 2
    answer = Answer.objects.filter(verdict__tool=alpha).first()
    history.delete(row=answer, by="admin")
    assert "Restore this version" in text_of(admin_client.get(f"/admin/reviews/tool/{alpha.pk}/history/"))


def test_the_history_is_narrowed_to_what_was_changed_in_words(admin_client, alpha):
    save(admin_client, url_of(alpha), tagline="Another line", **{"verdicts-0-body": paragraph("text")})
    everything = admin_client.get("/admin/reviews/revision/")
    assert_in_order(text_of(everything), "By what changed", "Tool", "Verdict")
    assert "reviews.verdict" not in text_of(everything)
    narrowed = admin_client.get("/admin/reviews/revision/?model=reviews.verdict")
    assert {revision.model for revision in narrowed.context["cl"].result_list} == {"reviews.verdict"}


def restore(client, revision, **data):
    return client.post(f"/admin/reviews/revision/{revision.pk}/restore/", data)


def test_restoring_brings_the_text_back_and_keeps_what_happened_since(admin_client, alpha):
    save(admin_client, url_of(alpha), tagline="Another line", slug="alpha-two")
    found = Revision.objects.get(action="found")
    page = admin_client.get(f"/admin/reviews/revision/{found.pk}/restore/")
    assert_in_order(text_of(page), "What restoring it would change now", "Another line", "What Alpha is", "")
    assert restore(admin_client, found).status_code == 302
    alpha.refresh_from_db()
    assert (alpha.tagline, alpha.slug) == (
        "What Alpha is",
        "alpha-two",
    )  # an address is not restored, it leads on
    newest = Revision.objects.newest_first().first()
    assert (newest.action, newest.editor, newest.changes) == (
        "restored",
        "admin",
        {"tagline": ["Another line", "What Alpha is"]},
    )


def test_restoring_a_decision_asks_for_a_reason_too(admin_client, alpha):
    today = timezone.localdate().isoformat()
    changed = {"verdicts-0-score": "70", "verdicts-0-reviewed_on": today, "verdicts-0-reason": "Why not."}
    assert save(admin_client, url_of(alpha), **changed).status_code == 302
    found = Revision.objects.get(action="found", model="reviews.verdict")
    refused = restore(admin_client, found)
    assert refused.status_code == 422
    assert "Say why the decision or the score changed" in text_of(refused)
    assert restore(admin_client, found, reason="A mistake of ours.").status_code == 302
    assert Verdict.objects.get(pk=found.object_id).score == 84


def test_a_deleted_answer_and_a_deleted_comparison_come_back(admin_client, alpha):
    answer = Answer.objects.first()
    comparison = make_comparison(alpha, make_tool("Beta"))
    assert (
        admin_client.post(
            f"/admin/comparisons/comparison/{comparison.pk}/delete/", {"post": "yes"}
        ).status_code
        == 302
    )
    history.delete(row=answer, by="admin")
    for revision in Revision.objects.filter(action="deleted"):
        assert restore(admin_client, revision).status_code == 302
    assert Comparison.objects.get().first == alpha
    assert Answer.objects.filter(text=answer.text, question=answer.question).exists()


def test_a_row_whose_tool_is_gone_is_not_restored(admin_client, alpha):
    verdict = Verdict.objects.first()
    history.delete(row=alpha, by="admin")
    revision = Revision.objects.get(model="reviews.verdict", object_id=verdict.pk, action="deleted")
    response = restore(admin_client, revision)
    assert response.status_code == 422
    assert "The tool it belongs to is gone: restore that first." in text_of(response)
    tool = Revision.objects.get(model="reviews.tool", action="deleted")
    assert restore(admin_client, tool).status_code == 302
    assert Tool.objects.get(slug="alpha").status == "draft"
    assert restore(admin_client, revision).status_code == 302


def test_an_answer_whose_question_is_gone_is_not_restored_and_the_page_says_why(admin_client, alpha):
    answer = Answer.objects.first()
    history.delete(row=answer, by="admin")
    answer.question.delete()
    revision = Revision.objects.get(model="reviews.answer", action="deleted")
    url = f"/admin/reviews/revision/{revision.pk}/restore/"
    page = admin_client.get(url)
    assert page.status_code == 200
    assert "The question it belongs to is gone, so that it can't come back." in text_of(page)
    assert 'value="Restore this version"' not in page.text
    refused = restore(admin_client, revision)
    assert refused.status_code == 422
    assert "The question it belongs to is gone, so that it can't come back." in text_of(refused)


def test_a_comparison_has_its_history_too(admin_client, alpha):
    comparison = make_comparison(alpha, make_tool("Beta"))
    url = f"/admin/comparisons/comparison/{comparison.pk}/change/"
    assert save(admin_client, url, note="Depth or reach.").status_code == 302
    assert "Depth or reach." in text_of(
        admin_client.get(f"/admin/comparisons/comparison/{comparison.pk}/history/")
    )


def test_a_revision_is_never_rewritten_nor_deleted(admin_client, alpha):
    save(admin_client, url_of(alpha), tagline="Another line")
    revision = Revision.objects.first()
    for write in (revision.save, revision.delete, Revision.objects.all().delete):
        with pytest.raises(TypeError):
            write()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Revision.objects.update(editor="somebody else")
    assert (
        admin_client.post(f"/admin/reviews/revision/{revision.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )


def test_a_difference_marks_only_the_words_that_differ():
    told = difference(field="body", before="One two three", after="One 2 three four")
    assert [(piece.text, piece.is_new) for piece in told.before] == [
        ("One ", False),
        ("two", True),
        (" three", False),
    ]
    assert "".join(piece.text for piece in told.after) == "One 2 three four"
    assert difference(field="score", before=None, after=50).before == ()
