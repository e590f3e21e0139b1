"""A lost connection is reported where the reader looks, and the page stays."""

import pytest
from django.db import OperationalError
from playwright.sync_api import expect

from comparisons.newsletter.emails.connection import MailServerDown

SENTENCE = "No answer from the site. Check your connection, then try again."


@pytest.mark.parametrize("answer", ["none", "a proxy's page"])
def test_a_vote_that_did_not_arrive_shows_an_alert(page, site, answer):
    page.goto(site + "/compare/code-llama-4-vs-mistral-3b/")
    page.wait_for_load_state("networkidle")
    page.route(
        "**/vote/",
        lambda route: route.abort() if answer == "none" else route.fulfill(status=502, body="<h1>Bad</h1>"),
    )
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
    page.route("**/bookmarks/?part=panel", lambda route: route.abort())
    page.get_by_role("link", name="Bookmarks").click()
    panel = page.get_by_role("dialog", name="Bookmarks")
    expect(panel.get_by_role("alert")).to_have_text(SENTENCE)
    expect(panel).not_to_contain_text("Loading")


def test_the_sites_own_sentence_about_a_panel_is_read_in_the_panel(page, site, monkeypatch):
    def fail(**asked):
        raise OperationalError

    page.goto(site + "/")
    page.wait_for_load_state("networkidle")
    monkeypatch.setattr("comparisons.views.bookmarks.bookmarked_tools", fail)
    page.get_by_role("link", name="Bookmarks").click()
    panel = page.get_by_role("dialog", name="Bookmarks")
    expect(panel.get_by_role("alert")).to_contain_text("The site is busy or being repaired.")
    expect(panel).not_to_contain_text("Loading")


def test_a_mail_that_could_not_be_sent_is_reported_below_the_address(page, site, smtp_server, monkeypatch):
    def fail(**asked):
        raise MailServerDown

    monkeypatch.setattr("comparisons.newsletter.views.subscribe.request_subscription", fail)
    page.goto(site + "/")
    page.get_by_label("Your e-mail address").fill("ada@example.com")
    page.get_by_role("button", name="Subscribe").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#letter-answer")).to_contain_text(
        "We could not send the mail with your link just now."
    )
    expect(page.get_by_label("Your e-mail address")).to_have_value("ada@example.com")
    expect(page.get_by_role("button", name="Subscribe")).to_be_focused()
    expect(page.get_by_text(SENTENCE)).to_have_count(0)


def test_a_failed_background_request_shows_no_alert(page, site):
    page.route("**/visitor-state/**", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.goto(site + "/tools/vosk/")
    expect(page.get_by_role("alert")).to_have_count(0)
