"""What readers are told of changed verdicts: on the tool's page, in the feeds and in the letter."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from comparisons.models import Comparison
from comparisons.newsletter.services.verdict_changes import changed_verdicts
from reviews.admin.wording import REASON_WANTED
from reviews.migrations._seen_rows import fill_was_seen
from reviews.models import Correction, DeskMember, Fact, Revision, Tool, Verdict
from reviews.services.editing import history
from reviews.services.editing.corrections import NotTold, correct_change
from reviews.services.editing.restore import ReasonMissing
from tests.accounts import make_editor
from tests.factories import make_comparison, make_panel, make_tool, paragraph
from tests.html_text import assert_in_order, text_of
from tests.integration.test_admin import form_of
from tests.integration.test_fact_entry import page_of
from tests.integration.test_feeds import entries
from tests.integration.test_files import csv, imported, problems
from tests.rules import holds

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FEEDS = ("changes", "categories/workshop", "reviewers/builder", "tools/alpha", "compare/alpha-vs-beta")


@pytest.fixture
def alpha():
    make_panel()
    tool = make_tool("Alpha", "ship 84, skip 40, ship, ship")
    for verdict in Verdict.objects.all():
        Verdict.objects.filter(pk=verdict.pk).update(body=paragraph(verdict.reviewer.slug))
    make_comparison(tool, make_tool("Beta"))
    return tool


def change(tool, score, *, at=NOON, reason="It grew up.", reviewer="builder"):
    """Change a verdict's score at a moment, and return the revision."""
    verdict = Verdict.objects.get(tool=tool, reviewer__slug=reviewer)
    verdict.score = score
    with time_machine.travel(at, tick=False):
        return history.save(row=verdict, by="ada", reason=reason)


def on_page(client):
    return text_of(client.get("/tools/alpha/"))


def in_feeds(client):
    """Return the titles of changes, which are the same in every feed."""
    titles = [
        [entry["title"] for entry in entries(client, f"/feeds/{feed}.atom") if ":change/" in entry["id"]]
        for feed in FEEDS
    ]
    assert all(each == titles[0] for each in titles)
    return titles[0]


def in_letter(since=NOON - timedelta(days=3), until=NOON + timedelta(days=4)):
    found = changed_verdicts(since=since, until=until)
    return [(each.before.score, each.after.score, each.reason) for each in found]


def save_page(client, tool, **changed):
    return client.post(page_of(tool), form_of(client.get(page_of(tool))) | changed)


def today() -> str:
    return timezone.localdate().isoformat()


# --- Whether readers saw it ---------------------------------------------------------------------------------


def test_a_revision_knows_whether_readers_saw_the_row(alpha):
    for fields, was_seen in (
        ({}, True),
        ({"status": "retired"}, True),
        ({"status": "draft"}, False),
        ({"published_at": NOON + timedelta(hours=1)}, False),
    ):
        Tool.objects.filter(pk=alpha.pk).update(**{"status": "published", **fields})
        score = Verdict.objects.get(tool=alpha, reviewer__slug="builder").score
        assert change(alpha, score - 1).was_seen == was_seen, fields


def test_a_new_row_was_not_seen_and_neither_was_the_draft_that_is_published(alpha):
    tool = Tool(category=alpha.category, name="New", slug="new", kind="model", tagline="x", description="x")
    assert not history.save(row=tool, by="ada").was_seen
    tool.status = "published"
    tool.published_at = timezone.now()
    assert not history.save(row=tool, by="ada").was_seen
    tool.tagline = "y"
    assert history.save(row=tool, by="ada").was_seen
    history.delete(row=tool, by="ada")
    assert Revision.objects.filter(action="deleted", model="reviews.tool").get().was_seen


def test_answers_and_facts_are_seen_with_their_tool(alpha):
    answer = Verdict.objects.get(tool=alpha, reviewer__slug="builder").answers.first()
    answer.text = "Anew."
    fact = Fact.objects.filter(tool=alpha).first()
    fact.quote = "Anew."
    for row in (answer, fact):
        assert history.save(row=row, by="ada").was_seen
    Tool.objects.update(status="draft")
    answer.text = "Again."
    assert not history.save(row=answer, by="ada").was_seen


@holds("unseen")
def test_changes_while_the_tool_was_a_draft_are_told_nowhere(client, alpha):
    Tool.objects.filter(pk=alpha.pk).update(status="draft")
    change(alpha, 70, reason="Internal.")
    Tool.objects.filter(pk=alpha.pk).update(status="published", published_at=NOON - timedelta(days=9))
    assert "Internal." not in on_page(client)
    assert in_feeds(client) == []
    assert in_letter() == []


def test_a_change_saved_before_publishing_is_not_told_though_published_at_lies_back(
    client, admin_client, alpha
):
    Tool.objects.filter(pk=alpha.pk).update(status="draft")
    judged = {"verdicts-0-score": "70", "verdicts-0-reviewed_on": today()}
    assert save_page(admin_client, alpha, _step="publish", **judged).status_code == 302
    assert admin_client.post(f"/admin/reviews/tool/{alpha.pk}/step/publish/").status_code == 302
    changed = Revision.objects.get(model="reviews.verdict", action="changed")
    assert (changed.changes["score"], changed.was_seen) == ([84, 70], False)
    assert "What changed" not in on_page(client)
    assert in_feeds(client) == []


# --- The desk asks for a reason only where somebody saw it --------------------------------------------------


def test_no_reason_is_asked_for_while_nobody_has_seen_the_verdict(admin_client, alpha):
    Tool.objects.filter(pk=alpha.pk).update(status="draft")
    page = admin_client.get(page_of(alpha))
    assert "verdicts-0-reason" not in form_of(page)
    judged = {"verdicts-0-score": "70", "verdicts-0-reviewed_on": today()}
    assert save_page(admin_client, alpha, **judged).status_code == 302
    Tool.objects.filter(pk=alpha.pk).update(status="published")
    assert "verdicts-0-reason" in form_of(admin_client.get(page_of(alpha)))


def test_a_reason_is_asked_for_if_the_tool_was_published_while_it_was_edited(admin_client, alpha):
    Tool.objects.filter(pk=alpha.pk).update(status="draft")
    typed = form_of(admin_client.get(page_of(alpha)))
    Tool.objects.filter(pk=alpha.pk).update(status="published")
    typed |= {"verdicts-0-score": "70", "verdicts-0-reviewed_on": today()}
    response = admin_client.post(page_of(alpha), typed)
    assert "Say why the decision or the score changed" in text_of(response)
    assert Verdict.objects.get(tool=alpha, reviewer__slug="builder").score == 84


def test_files_and_restoring_ask_for_no_reason_either(admin_client, alpha):
    row = csv("tool,reviewer,score,reviewed_on,reason", f"alpha,builder,70,{today()},")
    assert problems(imported("verdicts", row)) == [(2, "reason", REASON_WANTED)]
    Tool.objects.filter(pk=alpha.pk).update(status="draft")
    assert imported("verdicts", row).is_written
    found = Revision.objects.get(action="found")
    page = f"/admin/reviews/revision/{found.pk}/restore/"
    assert "Reason for the change" not in admin_client.get(page).text
    assert admin_client.post(page).status_code == 302
    assert Verdict.objects.get(tool=alpha, reviewer__slug="builder").score == 84


# --- First before and last after ----------------------------------------------------------------------------


def test_a_mistake_and_its_repair_are_told_nowhere_and_push_nothing_out(client, alpha):
    change(alpha, 70, reviewer="skeptic", reason="The real one.")
    for minute in range(60):
        change(alpha, (48, 84)[minute % 2], at=NOON + timedelta(minutes=minute), reason="Typed.")
    assert on_page(client).count("changed from") == 1
    assert in_letter() == [(40, 70, "The real one.")]
    titles = [entry["title"] for entry in entries(client, "/feeds/changes.atom")]
    assert titles == ["The Skeptic on Alpha: 70/100 · skip, before 40/100 · skip"]


def test_several_changes_of_a_day_are_one_line_with_the_first_before_and_the_last_after(client, alpha):
    change(alpha, 70, reason="The licence.")
    change(alpha, 60, at=NOON + timedelta(hours=2), reason="The price.")
    assert_in_order(
        on_page(client), "Builder changed from 84/100 · ship to 60/100 · ship", "The licence. The price."
    )
    assert in_feeds(client) == ["The Builder on Alpha: 60/100 · ship, before 84/100 · ship"]
    assert in_letter() == [(84, 60, "The licence. The price.")]


def test_an_issue_tells_of_a_verdict_once_though_days_lie_between(client, alpha):
    change(alpha, 70, at=NOON - timedelta(days=2), reason="The licence.")
    change(alpha, 60, at=NOON + timedelta(days=2), reason="The price.")
    assert len(in_feeds(client)) == 2
    assert in_letter() == [(84, 60, "The licence. The price.")]
    assert in_letter(until=NOON) == [(84, 70, "The licence.")]
    assert in_letter(since=NOON) == [(70, 60, "The price.")]
    change(alpha, 84, at=NOON + timedelta(days=3), reason="Neither.")
    assert in_letter() == []


def test_an_entry_of_a_feed_stays_the_same_when_it_is_amended(client, alpha):
    change(alpha, 70)
    (before,) = [each for each in entries(client, "/feeds/tools/alpha.atom") if ":change/" in each["id"]]
    change(alpha, 60, at=NOON + timedelta(hours=2))
    (after,) = [each for each in entries(client, "/feeds/tools/alpha.atom") if ":change/" in each["id"]]
    assert after["id"] == before["id"]
    assert after["updated"] > before["updated"]


# --- Corrections --------------------------------------------------------------------------------------------


def told_page(revision):
    return f"/admin/reviews/revision/{revision.pk}/told/"


def test_a_publisher_corrects_a_public_reason_and_the_old_wording_stays_in_the_history(
    client, admin_client, alpha
):
    revision = change(alpha, 70, reason="Becuase of the licence.")
    history_page = f"/admin/reviews/tool/{alpha.pk}/history/"
    assert f'href="{told_page(revision)}"' in admin_client.get(history_page).text
    page = admin_client.get(told_page(revision))
    assert "Becuase of the licence." in page.text
    answer = admin_client.post(told_page(revision), {"telling": "told", "reason": "The licence."})
    assert (answer.status_code, answer["Location"]) == (302, history_page)
    assert "The licence." in on_page(client)
    assert "Becuase" not in on_page(client)
    assert in_letter() == [(84, 70, "The licence.")]
    feed = client.get("/feeds/tools/alpha.atom").text
    assert "The licence." in feed
    assert "Becuase" not in feed
    assert_in_order(
        text_of(admin_client.get(history_page)),
        "Becuase of the licence.",
        "Told with another reason",
        "admin",
    )
    assert LogEntry.objects.filter(change_message__contains="told").exists()


def test_a_typing_mistake_disappears_from_page_feed_and_letter_and_can_come_back(client, admin_client, alpha):
    mistake = change(alpha, 8, reason="Typed.")
    change(alpha, 85, at=NOON + timedelta(days=2), reason="It rose.")
    admin_client.post(told_page(mistake), {"telling": "not-told", "reason": ""})
    assert on_page(client).count("changed from") == 1
    assert "changed from 84/100 · ship to 85/100 · ship" in on_page(client)
    assert in_feeds(client) == ["The Builder on Alpha: 85/100 · ship, before 84/100 · ship"]
    assert in_letter() == [(84, 85, "It rose.")]
    assert in_letter(since=NOON + timedelta(days=1)) == [(84, 85, "It rose.")]
    assert in_letter(until=NOON + timedelta(days=1)) == []
    admin_client.post(told_page(mistake), {"telling": "told", "reason": "It fell."})
    assert len(in_feeds(client)) == 2
    assert [each.is_told for each in mistake.corrections.all()] == [False, True]


def test_a_told_change_needs_a_reason_and_an_equal_correction_is_none(admin_client, alpha):
    revision = change(alpha, 70)
    answer = admin_client.post(told_page(revision), {"telling": "told", "reason": " "})
    assert answer.status_code == 422
    assert "Say why the decision or the score changed" in text_of(answer)
    with pytest.raises(ReasonMissing):
        correct_change(revision=revision, by="ada", is_told=True)
    assert correct_change(revision=revision, by="ada", is_told=True, reason="It grew up.") is None
    assert admin_client.post(told_page(revision), {"telling": "perhaps"}).status_code == 422
    assert not Correction.objects.exists()


def test_only_what_readers_are_told_can_be_corrected(admin_client, alpha):
    Tool.objects.filter(pk=alpha.pk).update(status="draft")
    unseen = change(alpha, 70)
    Tool.objects.filter(pk=alpha.pk).update(status="published")
    alpha.tagline = "Another"
    other = history.save(row=alpha, by="ada", reason="A reason.")
    text = admin_client.get(f"/admin/reviews/tool/{alpha.pk}/history/").text
    for revision in (unseen, other):
        assert admin_client.get(told_page(revision)).status_code == 404
        assert told_page(revision) not in text
        with pytest.raises(NotTold):
            correct_change(revision=revision, by="ada", is_told=False)
    assert admin_client.get("/admin/reviews/revision/999999/told/").status_code == 404


@pytest.mark.parametrize(
    ("group", "is_bound", "may"),
    [("Reviewer's desk", False, False), ("Publisher", False, True), ("Publisher", True, False)],
)
def test_publishers_alone_correct_what_readers_are_told(client, alpha, group, is_bound, may):
    revision = change(alpha, 70)
    user = make_editor("hedy")
    user.groups.add(Group.objects.get(name=group))
    if is_bound:
        DeskMember.objects.create(user=user, reviewer=make_panel()[0])
    client.force_login(user)
    assert client.get(told_page(revision)).status_code == (200 if may else 403)
    client.post(told_page(revision), {"telling": "not-told"})
    assert Correction.objects.exists() == may
    assert (told_page(revision) in client.get(f"/admin/reviews/tool/{alpha.pk}/history/").text) == may


def test_a_correction_is_never_changed_or_deleted(alpha):
    correction = correct_change(revision=change(alpha, 70), by="ada", is_told=False)
    with pytest.raises(TypeError):
        correction.save()
    with pytest.raises(TypeError):
        correction.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Correction.objects.update(reason="Another")


# --- Older histories ----------------------------------------------------------------------------------------


@pytest.fixture
def unguarded():
    """The history without its trigger, until the test's transaction ends."""
    on_table = " ON reviews_revision" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER reviews_revision_is_never_changed{on_table}")


def save_at(row, at, **fields):
    for name, value in fields.items():
        setattr(row, name, value)
    with time_machine.travel(at, tick=False):
        history.save(row=row, by="ada", reason="A reason.")


def test_the_migration_knows_of_old_rows_what_the_desk_would_have_stored(alpha, unguarded):
    days = [NOON + timedelta(days=number) for number in range(8)]
    change(alpha, 80, at=days[0])
    save_at(alpha, days[1], status="draft")
    change(alpha, 70, at=days[2])
    save_at(alpha, days[3], status="published", published_at=days[0])
    change(alpha, 60, at=days[4])
    save_at(alpha, days[5], published_at=days[7])
    change(alpha, 50, at=days[6])
    change(alpha, 40, at=days[7] + timedelta(days=1))
    save_at(Comparison.objects.get(), days[7] + timedelta(days=1), note="Another")
    save_at(make_comparison(alpha, make_tool("Gamma"), published_at=None), days[7], note="Another")
    save_at(make_panel()[0], days[4], motto="Another")
    stored = dict(Revision.objects.values_list("pk", "was_seen"))
    assert {True, False} <= set(stored.values())
    Revision.objects.update(was_seen=False)
    fill_was_seen(apps, None)
    assert dict(Revision.objects.values_list("pk", "was_seen")) == stored


def test_a_tool_without_a_history_of_its_own_was_as_it_is_now(alpha, unguarded):
    change(alpha, 80)
    Revision.objects.update(was_seen=False)
    fill_was_seen(apps, None)
    assert Revision.objects.get(action="changed").was_seen
    Tool.objects.filter(pk=alpha.pk).update(status="draft")
    Revision.objects.update(was_seen=False)
    fill_was_seen(apps, None)
    assert not Revision.objects.filter(was_seen=True).exists()


def test_what_was_changed_in_the_minute_of_publishing_counts_as_unseen(alpha, unguarded):
    Tool.objects.filter(pk=alpha.pk).update(status="draft")
    save_at(alpha, NOON, status="published", published_at=NOON - timedelta(days=9))
    change(alpha, 80, at=NOON + timedelta(seconds=5))
    change(alpha, 70, at=NOON + timedelta(seconds=75))
    Revision.objects.update(was_seen=False)
    fill_was_seen(apps, None)
    changes = Revision.objects.filter(model="reviews.verdict", action="changed").order_by("pk")
    assert [each.was_seen for each in changes] == [False, True]


def test_the_history_is_guarded_again_after_the_migration(alpha):
    change(alpha, 80)
    with pytest.raises(DatabaseError), transaction.atomic():
        Revision.objects.update(reason="Another")
