"""The keyboard in lists: the focus is neither lost when a list is swapped nor hidden behind the tray."""

import pytest
from playwright.sync_api import expect


def follow(page, name):
    page.get_by_role("link", name=name, exact=True).focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("path", ["/tools/", "/search/?q=speech"])
def test_the_count_takes_the_focus_of_a_page_link_that_is_gone(watched, site, path, monkeypatch):
    monkeypatch.setattr("comparisons.views.search.PER_PAGE", 4)
    watched.goto(site + path)
    follow(watched, "Next")
    expect(watched.get_by_text("Page 2 of 2", exact=True)).to_be_visible()
    expect(watched.locator("#found")).to_be_focused()
    watched.keyboard.press("Tab")
    assert watched.evaluate("document.activeElement.closest('.items') !== null"), (
        "reading goes on in the list"
    )
    follow(watched, "Previous")
    expect(watched.get_by_text("Page 1 of 2", exact=True)).to_be_visible()
    expect(watched.locator("#found")).to_be_focused()
    assert watched.complaints == []


def test_a_page_link_that_is_still_there_keeps_the_focus(watched, site, monkeypatch):
    monkeypatch.setattr("comparisons.views.search.PER_PAGE", 1)
    watched.goto(site + "/search/?q=speech")
    follow(watched, "Next")
    expect(watched.get_by_text("Page 2 of")).to_be_visible()
    expect(watched.get_by_role("link", name="Next", exact=True)).to_be_focused()


def test_at_the_highest_zoom_nothing_with_the_focus_is_behind_the_tray(watched, site):
    watched.set_viewport_size({"width": 320, "height": 256})
    watched.goto(site + "/tools/")
    for name in ("Axolotl", "Chroma", "ComfyUI", "CrewAI"):
        watched.get_by_role("checkbox", name=f"Compare {name}").check()
    watched.get_by_role("checkbox", name="Compare Axolotl").focus()
    for _ in range(12):
        watched.keyboard.press("Tab")
        is_seen = watched.evaluate("""() => {
            const { left, right, top, bottom } = document.activeElement.getBoundingClientRect();
            const shown = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
            const active = document.activeElement;
        return shown !== null && (active.contains(shown) || shown.contains(active));
        }""")
        assert is_seen, watched.evaluate("document.activeElement.outerHTML")
