"""Search in a real browser: while typing, by keyboard, and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect


def test_results_follow_what_is_typed_and_so_does_the_address(watched, site):
    watched.goto(site + "/tools/")
    watched.get_by_role("searchbox").fill("mistral")
    watched.keyboard.press("Enter")
    watched.wait_for_url("**/search/?q=mistral")
    field = watched.get_by_role("searchbox")
    results = watched.locator("#results")
    expect(results.get_by_role("heading", name="Mistral 3B")).to_be_visible()

    field.fill("")
    field.press_sequentially("code lla", delay=30)
    expect(results.get_by_role("heading", name="Code Llama 4")).to_be_visible()
    expect(results.locator("mark").first).to_be_visible()
    expect(watched.locator("#found")).to_contain_text("“code lla”")
    expect(watched).to_have_url(re.compile(r"/search/\?q=code(\+|%20)lla$"))
    expect(watched).to_have_title(re.compile("code lla"))
    assert watched.evaluate("document.activeElement.id") == "q", "the field keeps the focus"
    assert watched.locator("h1").count() == 1, "no page within the page"

    results.get_by_role("link", name="Code Llama 4").click()
    watched.wait_for_url("**/tools/code-llama-4/")
    watched.go_back()
    expect(watched.get_by_role("searchbox")).to_have_value("code lla")
    expect(watched.get_by_role("heading", name="Code Llama 4")).to_be_visible()
    watched.go_back()
    watched.wait_for_url("**/tools/")
    assert watched.complaints == []


def test_two_names_and_enter_lead_to_the_comparison(watched, site):
    watched.goto(site + "/search/")
    watched.get_by_role("searchbox").press_sequentially("mistral 3b vs code llama", delay=10)
    expect(watched.get_by_role("heading", name="Side by side")).to_be_visible()
    watched.keyboard.press("Enter")
    watched.wait_for_url("**/compare/code-llama-4-vs-mistral-3b/")
    assert watched.complaints == []


def test_search_works_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/")
    page.get_by_role("searchbox").fill("mistral licence")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/search/?q=mistral+licence")
    expect(page.get_by_role("heading", name="Mistral 3B")).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 390])
def test_on_a_small_screen_the_button_in_the_head_leads_to_the_page_with_the_field(page, site, width):
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(site + "/")
    for link in page.locator(".brand, nav.primary a, .site-search button").all():
        box = link.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("searchbox", name="Tools, verdicts and answers")).to_be_visible()
