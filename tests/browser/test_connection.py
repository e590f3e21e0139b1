"""A connection that is lost is said, where the reader looks, and what was on the page stays."""

import pytest
from playwright.sync_api import expect

SENTENCE = "No answer from the site. Check your connection, then try again."


@pytest.mark.parametrize("answer", ["none", "a proxy's page"])
def test_a_vote_that_did_not_arrive_is_told(page, site, answer):
    page.goto(site + "/compare/code-llama-4-vs-mistral-3b/")
    page.wait_for_load_state("networkidle")
    page.route("**/vote/", lambda route: route.abort() if answer == "none" else route.fulfill(status=502, body="<h1>Bad</h1>"))
    ship = page.locator("#vote-mistral-3b-ship")
    ship.click()
    expect(page.get_by_role("alert")).to_have_text(SENTENCE)
    expect(ship).to_have_attribute("aria-pressed", "false")
    page.unroute("**/vote/")
    ship.click()
    expect(ship).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_panel_that_can_not_be_loaded_says_so(page, site):
    page.goto(site + "/")
    page.route("**/bookmarks/", lambda route: route.abort())
    page.get_by_role("link", name="Bookmarks").click()
    panel = page.get_by_role("dialog", name="Bookmarks")
    expect(panel.get_by_role("alert")).to_have_text(SENTENCE)
    expect(panel).not_to_contain_text("Loading")


def test_what_the_page_asks_by_itself_alarms_nobody(page, site):
    page.route("**/yours/**", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.goto(site + "/tools/vosk/")
    expect(page.get_by_role("alert")).to_have_count(0)
