"""Acts before the answer, in two tabs, or just before leaving the page: none is lost or doubled."""

from threading import Event
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from comparisons.http import visitor_action
from comparisons.services.visitors.action_limits import allow_action
from reviews.models import Vote
from tests import timeouts
from tests.browser.conftest import wait_until

PAGE = "/compare/code-llama-4-vs-mistral-3b/"


@pytest.fixture
def slow(monkeypatch):
    """A site that answers an act on request: it `has_begun`, and `may_go_on`."""
    has_begun = Event()
    may_go_on = Event()

    def allow(**asked):
        has_begun.set()
        may_go_on.wait(timeout=timeouts.SECONDS)
        return allow_action(**asked)

    monkeypatch.setattr(visitor_action, "allow_action", allow)
    yield SimpleNamespace(has_begun=has_begun, may_go_on=may_go_on)
    may_go_on.set()


def wait_for_vote_on(page, slug):
    """Wait until a vote is stored."""
    wait_until(page, lambda: Vote.objects.filter(tool__slug=slug).exists(), f"a vote on {slug}")


def test_simultaneous_first_actions_belong_to_one_visitor(watched, site, slow):
    """Each first answer sets a cookie; of two at once, the second would replace the first."""
    watched.goto(site + PAGE)
    watched.wait_for_load_state("networkidle")
    watched.locator("#vote-mistral-3b-ship").click()
    assert slow.has_begun.wait(timeout=timeouts.SECONDS)
    watched.locator("#vote-code-llama-4-skip").click()
    watched.get_by_role("button", name="Bookmark Mistral 3B").dblclick()
    watched.get_by_role("link", name="Bookmarks").click()
    expect(watched.get_by_role("dialog", name="Bookmarks")).to_contain_text("Loading bookmarks…")
    slow.may_go_on.set()
    expect(watched.get_by_role("dialog", name="Bookmarks")).to_contain_text("Mistral 3B")
    for pressed in ("#vote-mistral-3b-ship", "#vote-code-llama-4-skip", "#bookmark-mistral-3b-button"):
        expect(watched.locator(pressed)).to_have_attribute("aria-pressed", "true")
    watched.goto(site + "/visitor-state/?tool=mistral-3b&tool=code-llama-4")
    expect(watched.get_by_text("You voted ship")).to_be_visible()
    expect(watched.get_by_text("You voted skip")).to_be_visible()
    expect(watched.locator("#bookmark-count")).to_have_text("1")
    assert watched.complaints == []


def test_a_queued_vote_is_sent_when_the_page_is_left(watched, site):
    watched.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    expect(watched.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "true")
    watched.route("**/mistral-3b/vote/", lambda route: None)
    watched.locator("#vote-mistral-3b-skip").click()
    watched.locator("#vote-code-llama-4-skip").click()
    watched.goto(site + "/privacy/")
    wait_for_vote_on(watched, "code-llama-4")
    watched.goto(site + "/visitor-state/?tool=code-llama-4")
    expect(watched.get_by_text("You voted skip")).to_be_visible()


def test_the_other_button_pressed_before_the_answer_wins(watched, site, slow):
    watched.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    assert slow.has_begun.wait(timeout=timeouts.SECONDS)
    watched.locator("#vote-mistral-3b-skip").click()
    slow.may_go_on.set()
    expect(watched.locator("#vote-mistral-3b-skip")).to_have_attribute("aria-pressed", "true")
    expect(watched.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "false")
    expect(watched.locator("#announcer")).to_contain_text("You voted skip for Mistral 3B.")
    assert watched.complaints == []


def test_a_vote_taken_back_before_the_answer_is_shown_as_taken_back(watched, site, slow):
    slow.may_go_on.set()
    watched.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    expect(watched.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "true")
    slow.may_go_on.clear()
    slow.has_begun.clear()
    watched.locator("#vote-mistral-3b-skip").click()
    assert slow.has_begun.wait(timeout=timeouts.SECONDS)
    watched.locator("#vote-mistral-3b-ship").click()
    slow.may_go_on.set()
    for button in ("ship", "skip"):
        expect(watched.locator(f"#vote-mistral-3b-{button}")).to_have_attribute("aria-pressed", "false")
    assert not Vote.objects.given().exists()


def test_two_changes_before_the_answer_leave_the_first_vote(watched, site, slow):
    watched.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    assert slow.has_begun.wait(timeout=timeouts.SECONDS)
    watched.locator("#vote-mistral-3b-skip").click()
    watched.locator("#vote-mistral-3b-ship").click()
    with watched.expect_response("**/vote/"):
        slow.may_go_on.set()
    watched.wait_for_load_state("networkidle")
    expect(watched.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "true")
    assert [vote.decision for vote in Vote.objects.all()] == ["ship"]


def test_a_first_vote_belongs_to_the_visitor_who_left_before_the_answer(watched, site, slow):
    watched.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    assert slow.has_begun.wait(timeout=timeouts.SECONDS)
    watched.goto(site + "/privacy/")
    slow.may_go_on.set()
    wait_for_vote_on(watched, "mistral-3b")
    watched.goto(site + PAGE)
    expect(watched.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "true")
    assert watched.evaluate("Object.keys(localStorage)") == []
    watched.locator("#vote-code-llama-4-skip").click()
    expect(watched.locator("#vote-code-llama-4-skip")).to_have_attribute("aria-pressed", "true")
    assert len(set(Vote.objects.values_list("visitor", flat=True))) == 1


def test_forget_me_deletes_a_vote_whose_answer_was_not_awaited(watched, site, slow):
    watched.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    assert slow.has_begun.wait(timeout=timeouts.SECONDS)
    watched.route("**/visitor-state/**", lambda route: route.abort())
    watched.goto(site + "/privacy/")
    slow.may_go_on.set()
    wait_for_vote_on(watched, "mistral-3b")
    watched.get_by_role("button", name="Delete my votes, bookmarks and cookie").click()
    expect(
        watched.get_by_text("Done. Your votes, your bookmarks and the cookie are deleted.")
    ).to_be_visible()
    assert not Vote.objects.given().exists()
    assert watched.evaluate("Object.keys(localStorage)") == []


def test_the_count_and_the_panel_do_not_stop_each_other(watched, site):
    watched.goto(site + "/tools/mistral-3b/")
    watched.get_by_role("button", name="Bookmark Mistral 3B").click()
    expect(watched.locator("#bookmark-count")).to_have_text("1")
    held = []
    watched.route("**/visitor-state/**", lambda route: held.append(route))
    with watched.expect_request("**/visitor-state/**"):
        watched.goto(site + "/privacy/")
    watched.get_by_role("link", name="Bookmarks").click()
    expect(watched.get_by_role("dialog", name="Bookmarks")).to_contain_text("Mistral 3B")
    held[0].continue_()
    expect(watched.locator("#bookmark-count")).to_have_text("1")
    assert watched.complaints == []


def test_first_votes_in_two_tabs_belong_to_one_visitor(watched, site, slow):
    other = watched.context.new_page()
    for page in (watched, other):
        page.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    other.locator("#vote-code-llama-4-skip").click()
    slow.may_go_on.set()
    expect(watched.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "true")
    expect(other.locator("#vote-code-llama-4-skip")).to_have_attribute("aria-pressed", "true")
    assert len(set(Vote.objects.values_list("visitor", flat=True))) == 1


def test_the_table_says_what_the_votes_block_says(watched, site):
    watched.goto(site + PAGE)
    expect(watched.locator("#community-words-mistral-3b")).to_have_text("No community votes yet")
    watched.locator("#vote-mistral-3b-ship").click()
    expect(watched.locator("#community-words-mistral-3b")).to_have_text("1 vote, too few for a percentage")
    watched.reload()
    expect(watched.locator("#community-words-mistral-3b")).to_have_text("1 vote, too few for a percentage")
    expect(watched.locator("#community-words-code-llama-4")).to_have_text("No community votes yet")


def test_an_unchanged_vote_block_is_not_replaced(watched, site):
    held = []
    watched.route("**/visitor-state/**", lambda route: held.append(route) if not held else route.continue_())
    watched.goto(site + PAGE)
    ship = watched.locator("#vote-mistral-3b-ship")
    ship.hover()
    watched.mouse.down()
    with watched.expect_response("**/visitor-state/**"):
        held[0].continue_()
    watched.wait_for_load_state("networkidle")
    watched.mouse.up()
    expect(ship).to_have_attribute("aria-pressed", "true")
    assert watched.complaints == []
