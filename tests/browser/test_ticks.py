"""Ticks are kept until compared: across pages, in one tab, for an hour."""

import pytest
from playwright.sync_api import expect

BLOCKED = (
    "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('', "
    "'SecurityError'); } })"
)


def tick(page, name):
    page.get_by_role("checkbox", name=f"Compare {name}", exact=True).check()


def ticked(page):
    return page.locator(".tray").get_by_role("listitem")


def test_ticks_survive_going_back_and_reloading(watched, site):
    watched.goto(site + "/tools/")
    tick(watched, "Axolotl")
    watched.get_by_role("link", name="Next", exact=True).click()
    tick(watched, "vLLM")
    watched.go_back()
    expect(watched).to_have_url(site + "/tools/")
    expect(watched.get_by_role("checkbox", name="Compare Axolotl")).to_be_checked()
    expect(ticked(watched)).to_have_text(["Axolotl ×", "vLLM ×"])
    watched.get_by_role("button", name="Take Axolotl out").click()
    watched.reload()
    expect(ticked(watched)).to_have_text(["vLLM ×"])
    expect(watched.get_by_role("checkbox", name="Compare Axolotl")).not_to_be_checked()
    assert watched.complaints == []


def test_ticks_survive_typing_enter_and_paging_in_a_search(watched, site, monkeypatch):
    monkeypatch.setattr("comparisons.views.search.PER_PAGE", 2)
    watched.goto(site + "/search/?q=code+llama")
    tick(watched, "Code Llama 4")
    watched.get_by_role("searchbox").fill("speech")
    next_page = watched.get_by_role("link", name="Next", exact=True)
    expect(watched.locator("#found")).to_contain_text("“speech”")
    watched.keyboard.press("Enter")
    watched.wait_for_load_state()
    expect(ticked(watched)).to_have_text(["Code Llama 4 ×"])
    watched.evaluate("window.stillHere = true")
    next_page.click()
    expect(watched).to_have_url(site + "/search/?q=speech&page=2")
    expect(watched.get_by_text("Page 2 of")).to_be_visible()
    expect(ticked(watched)).to_have_text(["Code Llama 4 ×"])
    assert watched.evaluate("window.stillHere"), "the results alone are swapped"
    watched.go_back()
    expect(watched).to_have_url(site + "/search/?q=speech")
    expect(watched.get_by_text("Page 1 of")).to_be_visible()
    expect(ticked(watched)).to_have_text(["Code Llama 4 ×"])
    assert watched.complaints == []


def test_compared_tools_are_no_longer_ticked(watched, site):
    watched.goto(site + "/tools/")
    tick(watched, "Axolotl")
    tick(watched, "Chroma")
    watched.get_by_role("button", name="Compare 2 tools").click()
    watched.wait_for_url(site + "/compare/axolotl-vs-chroma/")
    watched.goto(site + "/tools/")
    expect(ticked(watched)).to_have_count(0)


def test_ticks_are_forgotten_after_an_hour_and_in_another_tab(watched, site):
    watched.goto(site + "/tools/")
    tick(watched, "Axolotl")
    other = watched.context.new_page()
    other.goto(site + "/tools/")
    expect(other.get_by_role("checkbox", name="Compare Axolotl")).not_to_be_checked()
    watched.goto(site + "/categories/speech/")
    expect(ticked(watched)).to_have_count(0)
    watched.clock.set_fixed_time(watched.evaluate("Date.now()") + 61 * 60 * 1000)
    watched.goto(site + "/tools/")
    expect(watched.get_by_role("checkbox", name="Compare Axolotl")).not_to_be_checked()


@pytest.mark.parametrize(
    "script", [BLOCKED, "sessionStorage.setItem('chosen:/tools/', '{\"at\": 9e15, \"tools\": 1}')"]
)
def test_ticking_works_with_blocked_or_foreign_storage(watched, site, script):
    watched.add_init_script(script)
    watched.goto(site + "/tools/")
    tick(watched, "Axolotl")
    watched.get_by_role("link", name="Next", exact=True).click()
    tick(watched, "vLLM")
    watched.get_by_role("button", name="Compare 2 tools").click()
    watched.wait_for_url(site + "/compare/axolotl-vs-vllm/")
    assert watched.complaints == []


def test_ticks_of_a_list_do_not_turn_up_in_the_bookmarks_panel(watched, site):
    watched.goto(site + "/tools/")
    watched.get_by_role("button", name="Bookmark Chroma").click()
    expect(watched.locator("#bookmark-count")).to_have_text("1")
    tick(watched, "Axolotl")
    watched.get_by_role("link", name="Bookmarks").click()
    panel = watched.get_by_role("dialog", name="Bookmarks")
    expect(panel.get_by_role("checkbox", name="Compare Chroma")).to_be_visible()
    expect(panel.locator(".tray").get_by_role("listitem")).to_have_count(0)
