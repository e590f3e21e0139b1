"""Two requests at once, and fifty: the database stays consistent."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.utils import timezone

from comparisons.desk.merging.merge import merge
from comparisons.http.visitor_action import count_action
from comparisons.http.visitor_cookie import SALT, new_visitor
from comparisons.models import Bookmark
from reviews.models import Tool, Vote, VoteTally
from reviews.services.editing.tools import save_tool
from reviews.services.voting.cast import cast, forget_votes, withdraw
from reviews.services.voting.recount import recount
from tests import timeouts
from tests.concurrency import run_in_threads
from tests.conftest import SAME_ORIGIN
from tests.factories import make_panel, make_tool
from tests.integration.test_admin import form_of

pytestmark = pytest.mark.django_db(transaction=True)
VISITORS = 50


def test_fifty_requests_of_one_visitor_leave_one_vote_and_no_error(settings):
    settings.REQUESTS_PER_VISITOR = 1000
    tool = make_tool("Alpha")
    visitor = new_visitor()

    def press(index):
        client = Client(headers=SAME_ORIGIN)
        client.cookies["visitor"] = signing.dumps(visitor, salt=SALT)
        return client.post("/tools/alpha/vote/", {"decision": "ship"}).status_code

    assert set(run_in_threads(press, VISITORS)) == {303}
    assert Vote.objects.count() == 1
    tally = VoteTally.objects.get(tool=tool)
    assert (tally.ships, tally.skips) == (1, 0)


def test_fifty_simultaneous_visitors_make_fifty_votes():
    tool = make_tool("Alpha")
    run_in_threads(
        lambda index: cast(
            tool=tool, visitor=f"visitor {index}", decision="ship", networks=(), now=timezone.now()
        ),
        VISITORS,
    )
    assert VoteTally.objects.get(tool=tool).ships == VISITORS
    assert recount(repair=False, now=timezone.now()) == []


def test_simultaneous_casting_and_withdrawing_leaves_tally_and_rows_equal():
    tools = [make_tool("Alpha"), make_tool("Beta")]

    def act(index):
        for step in range(6):
            tool = tools[(index + step) % 2]
            visitor = f"visitor {index % 7}"
            if (index + step) % 3 == 0:
                withdraw(tool=tool, visitor=visitor, networks=(), now=timezone.now())
            else:
                cast(
                    tool=tool,
                    visitor=visitor,
                    decision=("ship", "skip")[(index + step) % 2],
                    networks=(),
                    now=timezone.now(),
                )

    run_in_threads(act, number=20)
    assert recount(repair=False, now=timezone.now()) == []


def test_a_double_click_on_a_bookmark_leaves_one():
    make_tool("Alpha")
    visitor = new_visitor()

    def press(index):
        client = Client(headers=SAME_ORIGIN)
        client.cookies["visitor"] = signing.dumps(visitor, salt=SALT)
        return client.post("/tools/alpha/bookmark/", {"bookmarked": "yes"}).status_code

    assert set(run_in_threads(press, number=10)) == {303}
    assert Bookmark.objects.count() == 1


def test_recounting_during_first_votes_loses_none():
    tools = [make_tool(f"Tool {number}") for number in range(6)]

    def act(index):
        if index < 4:
            return recount(repair=True, now=timezone.now())
        return cast(
            tool=tools[index % 6],
            visitor=f"visitor {index}",
            decision="ship",
            networks=(),
            now=timezone.now(),
        )

    run_in_threads(act, number=30)
    assert recount(repair=False, now=timezone.now()) == []
    assert Vote.objects.count() == 26


def test_forgetting_a_visitor_during_a_merge_deletes_all_votes():
    gone = make_tool("Alpha Tool")
    kept = make_tool("Alpha")
    for tool in (gone, kept):
        cast(tool=tool, visitor="somebody else", decision="ship", networks=(), now=timezone.now())
    cast(tool=gone, visitor="visitor", decision="ship", networks=(), now=timezone.now())

    def act(index):
        return (
            merge(gone=gone, kept=kept, by="An editor")
            if index
            else forget_votes(visitor="visitor", now=timezone.now())
        )

    run_in_threads(act, number=2)
    assert list(Vote.objects.given().values_list("visitor", flat=True)) == ["somebody else"]
    assert recount(repair=False, now=timezone.now()) == []


@pytest.mark.parametrize("before", [0, 1])
def test_votes_and_bookmarks_during_a_merge_are_kept(settings, before):
    settings.REQUESTS_PER_NETWORK = 1000
    gone = make_tool("Alpha Tool")
    kept = make_tool("Alpha")
    for number in range(before):  # without one, the first vote of all may come at that moment
        cast(tool=gone, visitor=f"early {number}", decision="ship", networks=(), now=timezone.now())

    def act(index):
        if index == 0:
            return merge(gone=gone, kept=kept, by="An editor") and 303
        client = Client(headers=SAME_ORIGIN)
        client.cookies["visitor"] = signing.dumps(new_visitor(), salt=SALT)
        kind, said = [("vote", {"decision": "ship"}), ("bookmark", {"bookmarked": "yes"})][index % 2]
        return client.post(f"/tools/alpha-tool/{kind}/", said).status_code

    assert set(run_in_threads(act, number=21)) == {303}
    assert Vote.objects.filter(tool=kept).count() == 10 + before
    assert Bookmark.objects.filter(tool=kept).count() == 10
    assert recount(repair=False, now=timezone.now()) == []


def test_votes_and_bookmarks_during_a_deletion_are_answered(settings, admin_client):
    settings.REQUESTS_PER_NETWORK = 1000
    for attempt in range(3):
        tool = make_tool(f"Tool {attempt}")
        cast(tool=tool, visitor="early", decision="ship", networks=(), now=timezone.now())

        def act(index, tool=tool):
            if index == 0:
                return admin_client.post(
                    f"/admin/reviews/tool/{tool.pk}/delete/", {"post": "yes"}
                ).status_code
            client = Client(headers=SAME_ORIGIN)
            client.cookies["visitor"] = signing.dumps(new_visitor(), salt=SALT)
            kind, said = [("vote", {"decision": "ship"}), ("bookmark", {"bookmarked": "yes"})][index % 2]
            return client.post(f"/tools/{tool.slug}/{kind}/", said).status_code

        deleted, *others = run_in_threads(act, number=21)
        assert deleted == 302
        assert set(others) <= {303, 404}
    assert not Tool.objects.exists()


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_a_vote_does_not_wait_for_an_editors_save(monkeypatch, admin_client):
    make_panel()
    tool = make_tool("Alpha")
    url = f"/admin/reviews/tool/{tool.pk}/change/"
    typed = form_of(admin_client.get(url)) | {"tagline": "Edited"}

    def vote_meanwhile(**given):
        with ThreadPoolExecutor(1) as pool:
            pool.submit(vote).result(timeout=timeouts.SECONDS / 2)
        return save_tool(**given)

    def vote():
        try:
            cast(tool=tool, visitor="meanwhile", decision="ship", networks=(), now=timezone.now())
        finally:
            connection.close()

    monkeypatch.setattr("reviews.admin.tools.save_tool", vote_meanwhile)
    assert admin_client.post(url, typed).status_code == 302
    assert VoteTally.objects.get(tool=tool).ships == 1


def test_a_tool_deleted_during_a_request_is_not_found(monkeypatch, client):
    """At any moment, if no address leads on."""

    def vanish(request, slug):
        act = count_action(request, slug)
        Tool.objects.filter(pk=act.tool.pk).delete()
        return act

    for kind, said in (
        ("vote", {"decision": "ship"}),
        ("vote", {"decision": "none"}),
        ("bookmark", {"bookmarked": "yes"}),
    ):
        make_tool("Alpha")
        monkeypatch.setattr(f"comparisons.views.{kind}s.count_action", vanish)
        assert client.post(f"/tools/alpha/{kind}/", said, headers=SAME_ORIGIN).status_code == 404
    assert not Vote.objects.exists()
    assert not VoteTally.objects.exists()


def test_a_tally_deleted_before_its_lock_raises_tool_does_not_exist(monkeypatch):
    """Its holder deleted it with the tool."""
    tool = make_tool("Alpha")
    monkeypatch.setattr("django.db.models.query.QuerySet.bulk_create", lambda *_, **__: [])
    with pytest.raises(Tool.DoesNotExist):
        cast(tool=tool, visitor="visitor", decision="ship", networks=(), now=timezone.now())


def test_a_vote_whose_transaction_fails_leaves_no_trace(monkeypatch):
    tool = make_tool("Alpha")

    def fail(**_):
        raise RuntimeError("in the middle")

    monkeypatch.setattr("reviews.services.voting.cast.release_what_fits", fail)
    with pytest.raises(RuntimeError):
        cast(tool=tool, visitor="visitor", decision="ship", networks=(), now=timezone.now())
    assert not Vote.objects.exists()
    assert recount(repair=False, now=timezone.now()) == []
