"""A click that asks for a new tab or window is left to the browser."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("key", ["Control", "Shift"])
@pytest.mark.parametrize(
    ("path", "link", "led_to"), [("/tools/", "Next", "/tools/?page=2"), ("/", "Bookmarks", "/bookmarks/")]
)
def test_a_click_with_a_key_held_opens_another_page_and_leaves_this_one(
    watched, site, key, path, link, led_to
):
    watched.goto(site + path)
    with watched.context.expect_page() as opened:
        watched.get_by_role("link", name=link, exact=True).click(modifiers=[key])
    opened.value.wait_for_url(site + led_to)
    expect(opened.value.get_by_role("heading", level=1)).to_be_visible()
    expect(watched).to_have_url(site + path)
    expect(watched.get_by_role("dialog")).to_have_count(0)
    assert watched.complaints == []


@pytest.mark.parametrize("key", ["ctrlKey", "shiftKey", "metaKey", "altKey"])
def test_no_script_asks_for_a_page_that_the_browser_opens(watched, site, key):
    watched.goto(site + "/tools/")
    is_left_to_the_browser = """([link, key]) => {
        const click = new MouseEvent("click", { bubbles: true, cancelable: true, [key]: true });
        let isHeard = false;
        link.addEventListener("click", () => { isHeard = true; });
        window.addEventListener(
            "click", (event) => { event.preventDefault(); }, { capture: true, once: true }
        );
        link.dispatchEvent(click);
        return !isHeard;
    }"""
    link = watched.get_by_role("link", name="Next", exact=True).element_handle()
    assert watched.evaluate(is_left_to_the_browser, [link, key])
