"""Searching in a real browser: while typing, with the keyboard alone, and without JavaScript."""

import re

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


def test_the_field_in_the_head_crowds_nothing_on_small_screens(page, site):
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 700})
        page.goto(site + "/")
        field, brand = page.locator("#site-search").bounding_box(), page.locator(".brand").bounding_box()
        assert field["width"] >= 120
        assert brand["x"] + brand["width"] <= field["x"]
        assert field["x"] + field["width"] <= width
        assert abs((brand["y"] + brand["height"] / 2) - (field["y"] + field["height"] / 2)) < 6, "side by side"
