"""A merge can be taken back for a week; what something newer contradicts stays, and is named before."""

from datetime import timedelta
from html import unescape
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from comparisons.desk.merging.merge import merge
from comparisons.desk.merging.undo import Refusal, UndoRefused, plan_undo, undo_merge
from comparisons.models import Bookmark, Comparison, MergeRecord
from comparisons.services.visitors.retention import forget_visitor
from reviews.models import Answer, Fact, OldSlug, Reviewer, Revision, Tool, Verdict, Vote, VoteBatch
from reviews.services.editing import history
from reviews.services.voting.cast import cast, withdraw
from reviews.services.voting.recount import recount
from tests.accounts import make_editor
from tests.conftest import SAME_ORIGIN
from tests.factories import make_comparison, make_fact, make_tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone():
    return make_tool("Alpha Tool", "ship 84, -, skip, -", licence="MIT", entry_price="", pricing="")


@pytest.fixture
def kept():
    return make_tool("Alpha", "ship 70, ship, ship, -", entry_price="", pricing="Free")


def vote(tool, visitor, decision="ship", minutes=0, **fields):
    moment = timezone.now() - timedelta(days=1) + timedelta(minutes=minutes)
    return Vote.objects.create(
        tool=tool, visitor=visitor, decision=decision, cast_at=moment, changed_at=moment, **fields
    )


def bookmark(tool, visitor):
    return Bookmark.objects.create(tool=tool, visitor=visitor)


def everything(*leave_out):
    """Return all rows that a merge may touch, by value."""
    found = {}
    for model in (Tool, Verdict, Answer, Fact, OldSlug, Comparison, Vote, VoteBatch, Bookmark):
        left_out = (
            {"id", "left_at", "created_at", *leave_out} if model in (OldSlug, Bookmark) else {*leave_out}
        )
        names = [each.attname for each in model._meta.concrete_fields if each.attname not in left_out]
        found[model.__name__] = sorted(map(repr, model.objects.order_by().values_list(*names)))
    return found


def merged(gone, kept):
    recount(repair=True, now=timezone.now())
    merge(gone=gone, kept=kept, by="hedy")
    return MergeRecord.objects.get()


def undo(record, **later):
    return undo_merge(record=record, by="admin", now=timezone.now() + timedelta(**later))


def plain(response):
    return " ".join(unescape(strip_tags(response.content.decode())).split())


@pytest.fixture
def rich(gone, kept):
    """Two tools with all that a merge moves, joins and deletes."""
    other = make_tool("Beta")
    third = make_tool("Gamma")
    make_comparison(gone, kept)
    make_comparison(gone, other)
    make_comparison(third, gone)
    make_comparison(kept, third, published_at=None)
    OldSlug.objects.create(slug="alpha-was", tool=gone)
    vote(gone, "a"), vote(gone, "both", "skip", 5), vote(gone, "older", "ship", 0)
    vote(kept, "both", "ship", 0), vote(kept, "older", "skip", 5), vote(kept, "d", "skip")
    for tool, visitor in ((gone, "w1"), (kept, "w2")):
        batch = VoteBatch.objects.create(tool=tool, reason="burst")
        vote(tool, visitor, status="burst", batch=batch)
    bookmark(gone, "a"), bookmark(gone, "both"), bookmark(kept, "both"), bookmark(kept, "d")
    return gone, kept


def test_a_merge_taken_back_at_once_leaves_everything_as_it_was(rich):
    gone, kept = rich
    recount(repair=True, now=timezone.now())
    before = everything("batch_id")
    batches = before.pop("VoteBatch")
    undo(merged(gone, kept))
    after = everything("batch_id")
    assert len(after.pop("VoteBatch")) == len(batches)
    assert after == before
    assert recount(repair=False, now=timezone.now()) == []
    assert not MergeRecord.objects.exists()
    waiting = {vote.visitor: vote.batch.tool_id for vote in Vote.objects.exclude(batch=None)}
    assert waiting == {"w1": gone.pk, "w2": kept.pk}


def test_what_comes_back_is_in_the_history_under_the_name_of_who_took_it_back(gone, kept):
    undo(merged(gone, kept))
    back = Revision.objects.filter(action="restored")
    assert {(row.editor, row.reason) for row in back} == {("admin", "The merge was taken back.")}
    assert back.filter(model="reviews.verdict").count() == 2


def test_old_addresses_lead_to_the_tool_that_is_back(client, gone, kept):
    undo(merged(gone, kept))
    assert client.get("/tools/alpha-tool/").status_code == 200
    assert not OldSlug.objects.filter(tool=kept).exists()


def test_a_vote_that_was_changed_or_taken_back_since_stays_and_is_counted_before(gone, kept):
    for visitor in ("a", "b", "c"):
        vote(gone, visitor)
    vote(kept, "b", "skip", -5)
    record = merged(gone, kept)
    later = timezone.now() + timedelta(minutes=1)
    cast(tool=kept, visitor="a", decision="skip", networks=(), now=later)
    withdraw(tool=kept, visitor="b", networks=(), now=later)
    plan = plan_undo(record=record, now=later)
    assert (len(plan.votes), plan.votes_stay, len(plan.votes_restored), plan.votes_lost) == (1, 2, 0, 1)
    undo(record)
    assert Vote.objects.get(visitor="a").tool == kept
    assert not Vote.objects.filter(visitor="b").exists()
    assert Vote.objects.get(visitor="c").tool == gone
    assert recount(repair=False, now=later) == []


def test_a_batch_that_was_decided_since_stays_decided_for_both(gone, kept):
    batch = VoteBatch.objects.create(tool=gone, reason="burst")
    vote(gone, "a", status="burst", batch=batch)
    vote(kept, "b", status="burst", batch=VoteBatch.objects.create(tool=kept, reason="burst"))
    record = merged(gone, kept)
    VoteBatch.objects.update(status="released", decided_at=timezone.now(), decided_by="hedy")
    Vote.objects.update(status="")
    undo(record)
    assert set(VoteBatch.objects.values_list("tool", "status")) == {
        (gone.pk, "released"),
        (kept.pk, "released"),
    }
    assert recount(repair=False, now=timezone.now()) == []


def test_a_discarded_vote_gets_its_visitor_again(gone, kept):
    vote(gone, "a", status="discarded"), vote(kept, "a", "skip", 5)
    record = merged(gone, kept)
    assert Vote.objects.filter(visitor__startswith="unlinked").count() == 1
    undo(record)
    assert set(Vote.objects.values_list("tool", "visitor")) == {(gone.pk, "a"), (kept.pk, "a")}


def test_a_bookmark_that_was_taken_away_since_stays_away(gone, kept):
    bookmark(gone, "a"), bookmark(gone, "b"), bookmark(kept, "b")
    record = merged(gone, kept)
    Bookmark.objects.all().delete()
    plan = undo(record)
    assert (plan.bookmarks_stay, plan.bookmarks_restored) == (1, [])
    assert not Bookmark.objects.exists()


def test_a_fact_that_went_over_is_taken_out_again_unless_it_was_changed_since(gone, kept):
    make_fact(gone, "maker", "Alpha Works")
    record = merged(gone, kept)
    fact = Fact.objects.get(tool=kept, attribute__key="maker")
    fact.set_value("Alpha Labs")
    history.save(row=fact, by="hedy")
    plan = undo(record)
    assert [each.attribute.key for each in plan.facts_stay] == ["maker"]
    assert Fact.objects.get(tool=kept, attribute__key="maker").text == "Alpha Labs"
    assert Fact.objects.get(tool=gone, attribute__key="maker").text == "Alpha Works"
    assert not Fact.objects.filter(tool=kept, attribute__key="licence").exists()


def test_a_comparison_made_anew_since_stays_and_the_old_one_is_named(gone, kept):
    make_comparison(gone, kept)
    record = merged(gone, kept)
    other = make_tool("Beta")
    moved = make_comparison(kept, other)
    record.state["comparisons_moved"] = [moved.pk]
    record.save()
    moved.delete()
    plan = undo(record)
    assert len(plan.comparisons_stay) == 1
    assert [row.name for row in plan.comparisons_restored] == ["Alpha Tool vs Alpha"]


def test_an_address_that_is_in_use_by_now_gives_the_tool_another(gone, kept):
    record = merged(gone, kept)
    OldSlug.objects.all().delete()
    kept.slug = gone.slug
    kept.save()
    plan = undo(record)
    assert plan.has_other_slug
    assert Tool.objects.get(pk=gone.pk).slug == "alpha-tool-2"


def test_another_tool_of_that_name_or_a_week_gone_by_is_refused_with_nothing_changed(gone, kept):
    record = merged(gone, kept)
    before = everything()
    with pytest.raises(UndoRefused) as refused:
        undo(record, days=7, minutes=1)
    assert refused.value.refusal == Refusal.EXPIRED
    assert everything() == before
    Tool.objects.filter(pk=kept.pk).update(name=gone.name)
    with pytest.raises(UndoRefused) as refused:
        undo(record)
    assert refused.value.refusal == Refusal.NAME_TAKEN


def test_a_verdict_whose_reviewer_is_gone_is_named_and_stays_in_the_history(gone, kept):
    Verdict.objects.filter(tool=kept).delete()
    record = merged(gone, kept)
    Reviewer.objects.get(slug="builder").delete()
    plan = undo(record)
    assert "Builder on Alpha Tool" in [row.name for row in plan.rows_stay]
    assert [verdict.reviewer.slug for verdict in Verdict.objects.filter(tool=gone)] == ["futurist"]


def test_the_way_back_is_on_the_history_page_and_names_everything_before(admin_client, rich):
    gone, kept = rich
    record = merged(gone, kept)
    page = admin_client.get(f"/admin/reviews/tool/{kept.pk}/history/")
    assert "Alpha Tool, by hedy on" in plain(page)
    address = f"/admin/merges/{record.pk}/take-back/"
    assert address in page.content.decode()
    told = plain(admin_client.get(address))
    assert "Alpha Tool comes back as it was, published, at /tools/alpha-tool/." in told
    assert "/tools/alpha-was/ leads to it again." in told
    assert "2 verdicts and" in told
    assert "Alpha vs Beta names Alpha Tool again." in told
    assert "Alpha Tool vs Alpha comes back." in told
    assert not Tool.objects.filter(pk=gone.pk).exists()
    told = plain(admin_client.post(address, follow=True))
    assert "Alpha Tool is a tool of its own again." in told
    assert admin_client.get(address).status_code == 404


def test_a_refusal_says_what_to_do(admin_client, gone, kept):
    record = merged(gone, kept)
    make_tool("ALPHA TOOL", slug="x")
    response = admin_client.post(f"/admin/merges/{record.pk}/take-back/")
    assert response.status_code == 409
    assert "There is a tool named Alpha Tool by now" in plain(response)


def test_only_who_may_merge_takes_back(gone, kept):
    record = merged(gone, kept)
    client = Client(headers=SAME_ORIGIN)
    client.force_login(make_editor("ada"))
    assert client.post(f"/admin/merges/{record.pk}/take-back/").status_code == 403
    assert MergeRecord.objects.exists()


def test_records_are_deleted_after_a_week_by_the_nightly_command(gone, kept):
    record = merged(gone, kept)
    call_command("forget_old", stdout=StringIO())
    assert MergeRecord.objects.exists()
    MergeRecord.objects.filter(pk=record.pk).update(merged_at=timezone.now() - timedelta(days=7))
    out = StringIO()
    call_command("forget_old", stdout=out)
    assert "1 records of merges" in out.getvalue()
    assert not MergeRecord.objects.exists()


def test_forget_me_takes_the_visitor_out_of_the_records_too(gone, kept):
    vote(gone, "a"), vote(kept, "a", "skip", 5), vote(gone, "b"), vote(kept, "b", "skip", 5)
    bookmark(gone, "a"), bookmark(kept, "a")
    record = merged(gone, kept)
    assert '"a"' in str(record.state).replace("'", '"')
    forget_visitor(visitor="a", now=timezone.now())
    record.refresh_from_db()
    assert [row["visitor"] for row in record.state["doubles"]] == ["b"]
    assert record.state["bookmarks_deleted"] == []
    assert "network" not in record.state["doubles"][0]
