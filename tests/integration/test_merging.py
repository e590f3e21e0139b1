"""Merging tools: no vote or bookmark is lost, and nobody counts twice."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from comparisons.desk.merging.merge import merge
from comparisons.desk.merging.plan import plan_merge
from comparisons.models import Bookmark, Comparison
from reviews.models import BatchStatus, Fact, OldSlug, Revision, Tool, Vote, VoteBatch, VoteTally
from reviews.services.voting.cast import cast, withdraw
from reviews.services.voting.recount import recount
from tests.factories import make_attribute, make_category, make_comparison, make_fact, make_tool
from tests.html_text import assert_in_order, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone():
    return make_tool("Alpha Tool", "ship 84, -, skip, -")


@pytest.fixture
def kept():
    return make_tool("Alpha", "ship 70, ship, ship, -")


def vote(tool, visitor, decision="ship", minutes=0, **fields):
    moment = timezone.now() + timedelta(minutes=minutes)
    return Vote.objects.create(
        tool=tool, visitor=visitor, decision=decision, cast_at=moment, changed_at=moment, **fields
    )


def test_merging_keeps_the_newer_of_two_votes_of_one_visitor(gone, kept):
    vote(gone, "a"), vote(gone, "b", "skip", 5), vote(gone, "c", "ship", 0)
    vote(kept, "b", "ship", 0), vote(kept, "c", "skip", 5), vote(kept, "d", "skip")
    recount(repair=True, now=timezone.now())
    plan = merge(gone=gone, kept=kept, by="admin")
    assert (plan.votes_moved, plan.votes_doubled) == (1, 2)
    assert dict(Vote.objects.values_list("visitor", "decision")) == {
        "a": "ship",
        "b": "skip",
        "c": "skip",
        "d": "skip",
    }
    tally = VoteTally.objects.get()
    assert (tally.tool_id, tally.ships, tally.skips, tally.waiting) == (kept.pk, 1, 3, 0)
    assert recount(repair=False, now=timezone.now()) == []


def test_held_votes_stay_held_and_two_waiting_batches_become_one(gone, kept):
    for tool, visitor in ((gone, "a"), (kept, "b")):
        batch = VoteBatch.objects.create(tool=tool, reason="burst")
        vote(tool, visitor, status="burst", batch=batch)
    decided = VoteBatch.objects.create(
        tool=gone, reason="burst", status=BatchStatus.DISCARDED, decided_at=timezone.now(), decided_by="admin"
    )
    recount(repair=True, now=timezone.now())
    merge(gone=gone, kept=kept, by="admin")
    waiting = VoteBatch.objects.get(status=BatchStatus.WAITING)
    assert (waiting.tool, waiting.votes.count()) == (kept, 2)
    assert VoteTally.objects.get().waiting == 2
    decided.refresh_from_db()
    assert decided.tool == kept


def test_discarded_votes_stay_on_record(gone, kept):
    vote(gone, "a", status="discarded"), vote(kept, "a", "skip", 5), vote(gone, "b", status="discarded")
    merge(gone=gone, kept=kept, by="An editor")
    assert Vote.objects.filter(tool=kept, status="discarded").count() == 2
    assert Vote.objects.get(visitor="a").decision == "skip"
    assert recount(repair=False, now=timezone.now()) == []


@pytest.mark.parametrize("first_is_kept", [True, False])
def test_a_discarded_vote_that_was_withdrawn_does_not_prevent_a_merge(gone, kept, first_is_kept):
    first, second = (kept, gone) if first_is_kept else (gone, kept)
    now = timezone.now()
    discarded = cast(tool=first, visitor="a", decision="ship", networks=(), now=now)
    Vote.objects.filter(pk=discarded.pk).update(status="discarded")
    VoteTally.objects.filter(tool=first).update(ships=0)
    withdraw(tool=first, visitor="a", networks=(), now=now)
    cast(tool=second, visitor="a", decision="skip", networks=(), now=now)
    merge(gone=gone, kept=kept, by="An editor")
    cast(tool=kept, visitor="a", decision="ship", networks=(), now=now)
    assert Vote.objects.get(visitor="a").decision == "ship"
    assert Vote.objects.get(status="discarded").visitor.startswith("unlinked-")
    withdraw(tool=kept, visitor="a", networks=(), now=now)
    assert recount(repair=False, now=timezone.now()) == []


def test_bookmarks_move_once_per_visitor(gone, kept):
    for tool, visitor in ((gone, "a"), (gone, "b"), (kept, "b")):
        Bookmark.objects.create(tool=tool, visitor=visitor)
    merge(gone=gone, kept=kept, by="admin")
    assert sorted(Bookmark.objects.values_list("visitor", "tool")) == [("a", kept.pk), ("b", kept.pk)]


def test_comparisons_move_in_their_order_and_none_is_doubled(gone, kept):
    beta = make_tool("Beta")
    gamma = make_tool("Gamma")
    delta = make_tool("Delta")
    make_comparison(beta, gone, note="goes over")
    make_comparison(gone, gamma, note="doubled")
    make_comparison(gamma, kept, note="stays")
    make_comparison(gone, delta, note="published")
    make_comparison(kept, delta, note="a draft", published_at=None)
    make_comparison(gone, kept, note="of the two")
    merge(gone=gone, kept=kept, by="admin")
    found = {each.note: (each.first, each.second) for each in Comparison.objects.all()}
    assert found == {"goes over": (beta, kept), "stays": (gamma, kept), "published": (kept, delta)}
    reasons = (
        Revision.objects.filter(model="comparisons.comparison")
        .exclude(action="found")
        .values_list("reason", flat=True)
    )
    assert set(reasons) == {"Alpha Tool was merged into Alpha."}


def test_old_addresses_redirect_alone_and_in_comparisons(client, gone, kept):
    beta = make_tool("Beta")
    make_comparison(gone, beta)
    OldSlug.objects.create(slug="first-name", tool=gone)
    merge(gone=gone, kept=kept, by="admin")
    for path, to in (
        ("/tools/alpha-tool/", "/tools/alpha/"),
        ("/tools/first-name/", "/tools/alpha/"),
        ("/compare/alpha-tool-vs-beta/", "/compare/alpha-vs-beta/"),
    ):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, to)


def test_the_history_keeps_the_merged_tool_and_its_verdicts(gone, kept):
    merge(gone=gone, kept=kept, by="admin")
    deleted = Revision.objects.filter(action="deleted", tool_id=gone.pk)
    assert deleted.filter(model="reviews.verdict").count() == 2
    assert deleted.filter(model="reviews.tool", editor="admin", reason="Merged into Alpha.").count() == 1


def test_a_merge_that_fails_changes_nothing(monkeypatch, gone, kept):
    vote(gone, "a")

    def fail(**_):
        raise RuntimeError

    monkeypatch.setattr("comparisons.desk.merging.merge.recount_tool", fail)
    with pytest.raises(RuntimeError):
        merge(gone=gone, kept=kept, by="admin")
    assert Tool.objects.count() == 2
    assert Vote.objects.get().tool == gone


def test_planning_writes_nothing_with_a_fixed_number_of_queries(django_assert_num_queries, gone, kept):
    def plan():
        with django_assert_num_queries(10):
            return plan_merge(gone=gone, kept=kept)

    plan()
    for number in range(5):
        vote(gone, f"v{number}")
        make_comparison(gone, make_tool(f"Other {number}"))
    assert len(plan().comparisons_moved) == 5
    assert Tool.objects.filter(pk=gone.pk).exists()


def test_the_page_shows_the_plan_and_post_merges(admin_client, gone, kept):
    vote(gone, "a"), vote(gone, "b"), vote(kept, "b")
    make_comparison(gone, make_tool("Beta"))
    chosen = admin_client.get(f"/admin/merge/{gone.pk}/?q=alph")
    assert f"/admin/merge/{gone.pk}/into/{kept.pk}/" in chosen.content.decode()
    path = f"/admin/merge/{gone.pk}/into/{kept.pk}/"
    text = text_of(admin_client.get(path))
    assert_in_order(
        text,
        "Goes: Alpha Tool",
        "Stays: Alpha",
        "1 go over; 1 visitor voted on both",
        "Alpha Tool vs Beta goes over.",
    )
    assert_in_order(
        text,
        "/tools/alpha-tool/ leads to /tools/alpha/",
        "Builder on Alpha Tool (ship, 84) stays in the history",
    )
    assert Tool.objects.count() == 3
    assert admin_client.post(path).status_code == 302
    assert Tool.objects.count() == 2
    assert "Merged Alpha Tool" in LogEntry.objects.first().get_change_message()


@pytest.mark.parametrize(
    "hidden", [{"status": "draft"}, {"published_at": timezone.now() + timedelta(days=9)}]
)
def test_a_tool_with_a_page_is_not_merged_into_one_without(client, admin_client, gone, hidden):
    stays = make_tool("Alpha", **hidden)
    path = f"/admin/merge/{gone.pk}/into/{stays.pk}/"
    page = admin_client.get(path)
    assert "Publish Alpha first, or merge the other way round." in text_of(page)
    assert "leads to" not in text_of(page)
    assert 'type="submit" class="default"' not in page.text
    refused = admin_client.post(path)
    assert refused.status_code == 409
    assert "Publish Alpha first" in text_of(refused)
    assert client.get("/tools/alpha-tool/").status_code == 200
    assert admin_client.post(f"/admin/merge/{stays.pk}/into/{gone.pk}/").status_code == 302


def test_the_second_of_two_editors_who_merge_at_once_gets_a_message(monkeypatch, admin_client, gone, kept):
    def second(*, gone, kept, by):
        merge(gone=gone, kept=kept, by="The first")
        return merge(gone=gone, kept=kept, by=by)

    monkeypatch.setattr("comparisons.desk.merging.views.merge", second)
    page = admin_client.post(f"/admin/merge/{gone.pk}/into/{kept.pk}/", follow=True)
    assert "One of the two tools is gone by now." in text_of(page)
    assert Revision.objects.filter(editor="The first").exists()


def test_a_tool_is_not_merged_with_itself(admin_client, gone):
    assert admin_client.post(f"/admin/merge/{gone.pk}/into/{gone.pk}/").status_code == 302
    assert Tool.objects.filter(pk=gone.pk).exists()
    with pytest.raises(ValueError, match="itself"):
        plan_merge(gone=gone, kept=gone)


def test_facts_that_are_not_known_of_the_kept_tool_go_over_with_their_evidence(admin_client, gone, kept):
    make_attribute("memory", "decimal")
    make_fact(gone, "memory", "8", date(2026, 1, 4), quote="8 GB")
    make_fact(kept, "memory", "")
    make_fact(gone, "licence", "MIT", state="claimed")
    make_fact(gone, "maker", "Another maker")
    make_fact(kept, "maker", "Its maker")
    page = text_of(admin_client.get(f"/admin/merge/{gone.pk}/into/{kept.pk}/"))
    assert_in_order(
        page, "Facts", "Memory goes over: 8.", "Licence goes over: MIT.", "Entry (Free) stays", "Made by"
    )
    merge(gone=gone, kept=kept, by="admin")
    facts = {fact.attribute.key: fact for fact in Fact.objects.select_related("attribute")}
    assert {fact.tool_id for fact in facts.values()} == {kept.pk}
    memory = facts["memory"]
    assert (memory.text, memory.state, memory.quote) == ("8", "checked", "8 GB")
    assert memory.looked_at_on == date(2026, 1, 4)
    assert (facts["licence"].text, facts["licence"].state) == ("MIT", "claimed")
    assert facts["maker"].text == "Its maker"
    reasons = Revision.objects.filter(name="Made by of Alpha Tool", action="deleted").values_list("reason")
    assert list(reasons) == [("Merged into Alpha.",)]
    moved = Revision.objects.get(name="Licence of Alpha")
    assert moved.reason == "Alpha Tool was merged into Alpha."


def test_facts_that_the_kept_tools_category_does_not_ask_for_stay_in_the_history(kept):
    elsewhere = make_category("Elsewhere")
    make_attribute("lanes", "integer", category=elsewhere)
    gone = make_tool("Other", category=elsewhere)
    make_fact(gone, "lanes", "4")
    plan = merge(gone=gone, kept=kept, by="admin")
    assert "lanes" in {fact.attribute.key for fact in plan.facts_left}
    assert not Fact.objects.filter(attribute__key="lanes").exists()
    assert Revision.objects.filter(name="Lanes of Other", action="deleted").exists()
