"""Voting and bookmarking in a real browser: by keyboard, without JavaScript, and after Back."""

import pytest
from playwright.sync_api import expect

PAGE = "/compare/code-llama-4-vs-mistral-3b/"


def test_a_visitor_votes_with_the_keyboard_alone(watched, site):
    watched.goto(site + PAGE)
    ship = watched.locator("#vote-mistral-3b-ship")
    for _ in range(60):
        watched.keyboard.press("Tab")
        if watched.evaluate("document.activeElement.id") == "vote-mistral-3b-ship":
            break
    watched.keyboard.press("Enter")
    expect(ship).to_have_attribute("aria-pressed", "true")
    expect(watched.locator("#announcer")).to_have_text(
        "You voted ship for Mistral 3B. 1 vote, too few for a percentage."
    )
    expect(ship).to_be_focused()
    watched.keyboard.press("Enter")
    expect(ship).to_have_attribute("aria-pressed", "false")
    expect(watched.locator("#announcer")).to_contain_text("taken back")
    assert watched.complaints == []


def test_only_the_block_that_was_pressed_is_swapped(watched, site):
    watched.goto(site + PAGE)
    watched.evaluate("document.querySelector('#decision').dataset.mark = 'still here'")
    watched.locator("#vote-code-llama-4-skip").click()
    expect(watched.locator("#vote-code-llama-4-skip")).to_have_attribute("aria-pressed", "true")
    assert watched.evaluate("document.querySelector('#decision').dataset.mark") == "still here"


def test_a_page_visited_again_or_brought_back_shows_the_right_state(watched, site):
    watched.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    expect(watched.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "true")
    watched.goto(site + "/tools/mistral-3b/")
    expect(watched.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "true")
    watched.locator("#vote-mistral-3b-skip").click()
    expect(watched.locator("#vote-mistral-3b-skip")).to_have_attribute("aria-pressed", "true")
    watched.go_back()
    expect(watched.locator("#vote-mistral-3b-skip")).to_have_attribute("aria-pressed", "true")
    expect(watched.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "false")
    assert watched.complaints == []


def test_the_state_is_asked_for_again_when_the_page_comes_out_of_the_browsers_memory(watched, site):
    watched.goto(site + PAGE)
    watched.wait_for_load_state("networkidle")
    with watched.expect_request("**/visitor-state/**"):
        watched.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")


def test_bookmarks_open_as_a_panel(watched, site):
    watched.goto(site + PAGE)
    link = watched.get_by_role("link", name="Bookmarks")
    link.click()
    panel = watched.get_by_role("dialog", name="Bookmarks")
    expect(panel).to_contain_text("No bookmarks yet")
    expect(panel).to_contain_text("Bookmark tools to save them for later")
    watched.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    watched.get_by_role("button", name="Bookmark Mistral 3B").click()
    expect(watched.locator("#bookmark-count")).to_have_text("1")
    link.click()
    expect(panel).to_contain_text("Mistral 3B")
    expect(panel).to_contain_text("Panel ship 100% of 4 verdicts")
    panel.get_by_role("link", name="See or remove all your bookmarks").click()
    watched.wait_for_url(site + "/bookmarks/")
    expect(watched.locator("#bookmark-count")).to_have_text("1")
    assert watched.complaints == []


def bookmark(page, site, *slugs):
    for slug in slugs:
        page.goto(f"{site}/tools/{slug}/")
        page.locator(f"#bookmark-{slug}-button").click()
        expect(page.locator(f"#bookmark-{slug}-button")).to_have_attribute("aria-pressed", "true")


def test_bookmarks_are_ticked_counted_and_compared(watched, site):
    bookmark(watched, site, "smollm3", "mistral-3b", "vosk")
    watched.goto(site + "/bookmarks/")
    tray = watched.get_by_role("main").locator(".tray")
    expect(tray.get_by_role("status")).to_have_text("Tick two to four tools to compare them.")
    watched.get_by_role("checkbox", name="Compare Vosk").check()
    expect(tray.get_by_role("status")).to_have_text("Tick one more to compare.")
    watched.get_by_role("checkbox", name="Compare SmolLM3").check()
    watched.get_by_role("button", name="Bookmark Mistral 3B").click()
    expect(watched.locator("#bookmark-count")).to_have_text("2")
    watched.get_by_role("button", name="Compare 2 tools").click()
    watched.wait_for_url(site + "/compare/smollm3-vs-vosk/")
    assert watched.complaints == []


@pytest.mark.parametrize("path", ["/bookmarks/", "/tools/", "/privacy/"])
def test_ticks_of_the_bookmarks_panel_and_of_the_page_are_counted_separately(watched, site, path):
    bookmark(watched, site, "axolotl", "chroma")
    watched.goto(site + path)
    watched.get_by_role("link", name="Bookmarks", exact=False).first.click()
    panel = watched.get_by_role("dialog", name="Bookmarks")
    for name in ("Axolotl", "Chroma"):
        panel.get_by_role("checkbox", name=f"Compare {name}").check()
    assert watched.locator("main [name=tool]:checked").count() == 0
    panel.get_by_role("button", name="Compare 2 tools").click()
    watched.wait_for_url(site + "/compare/axolotl-vs-chroma/")
    assert watched.complaints == []


@pytest.fixture
def plain(browser, site):
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_javascript_the_form_votes_and_comes_back_to_a_note(plain, site):
    plain.goto(site + PAGE)
    plain.locator("#vote-mistral-3b-ship").click()
    assert plain.url == site + PAGE + "#voted-ship-mistral-3b"
    expect(plain.get_by_text("Your vote to ship Mistral 3B is in.")).to_be_visible()
    expect(plain.get_by_text("Your vote to skip Mistral 3B is in.")).to_be_hidden()
    plain.get_by_role("link", name="See or change it").click()
    expect(plain.get_by_text("You voted ship")).to_be_visible()
    plain.get_by_role("button", name="Ship it").click()
    assert plain.url == site + PAGE + "#withdrawn-mistral-3b"


def test_without_javascript_bookmarks_are_kept_and_compared(plain, site):
    for slug in ("mistral-3b", "smollm3"):
        plain.goto(f"{site}/tools/{slug}/")
        plain.get_by_role("button", name="Bookmark").click()
    plain.get_by_role("link", name="Bookmarks", exact=True).click()
    for name in ("Compare Mistral 3B", "Compare SmolLM3"):
        plain.get_by_label(name).check()
    plain.get_by_role("button", name="Compare the ticked tools").click()
    assert plain.url == site + "/compare/mistral-3b-vs-smollm3/"


@pytest.mark.parametrize("path", ["/", "/tools/", "/categories/developer-tools/", "/search/?q=mistral"])
def test_without_javascript_a_bookmark_in_a_list_is_noted_in_its_row(plain, site, path):
    plain.goto(site + path)
    row = plain.get_by_role("listitem").filter(has=plain.get_by_role("button", name="Bookmark")).first
    row.get_by_role("button", name="Bookmark").click()
    expect(row.get_by_text("is bookmarked.")).to_be_visible()
    expect(row.get_by_text("is no longer bookmarked.")).to_be_hidden()


def test_every_page_shows_how_many_bookmarks_there_are_and_asks_once(watched, site):
    watched.goto(site + "/tools/mistral-3b/")
    watched.get_by_role("button", name="Bookmark Mistral 3B").click()
    expect(watched.locator("#bookmark-count")).to_have_text("1")
    asked = []
    watched.on(
        "request", lambda request: asked.append(request.url) if "/visitor-state/" in request.url else None
    )
    for path in (
        "/",
        "/tools/",
        "/tools/vosk/",
        "/search/",
        "/search/?q=vosk",
        "/methodology/",
        "/compare/",
        "/compare/pick/",
    ):
        asked.clear()
        watched.goto(site + path)
        expect(watched.locator("#bookmark-count")).to_have_text("1")
        watched.wait_for_load_state("networkidle")
        assert len(asked) == 1, path
    assert watched.complaints == []


def test_forget_me_empties_everything(plain, site):
    plain.goto(f"{site}/tools/mistral-3b/")
    plain.get_by_role("button", name="Bookmark").click()
    plain.get_by_role("link", name="Privacy").click()
    plain.get_by_role("button", name="Delete my votes, bookmarks and cookie").click()
    expect(plain.get_by_text("Done. Your votes, your bookmarks and the cookie are deleted.")).to_be_visible()
    plain.goto(site + "/bookmarks/")
    expect(plain.get_by_text("No bookmarks yet")).to_be_visible()
    assert plain.context.cookies() == []


def test_personal_pages_are_accessible(watched, site):
    from axe_playwright_python.sync_playwright import Axe

    watched.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    watched.get_by_role("button", name="Bookmark Mistral 3B").click()
    expect(watched.locator("#bookmark-count")).to_have_text("1")
    assert Axe().run(watched).response["violations"] == []
    for path in ("/bookmarks/", "/visitor-state/?tool=mistral-3b&tool=smollm3"):
        for width in (320, 1280):
            watched.set_viewport_size({"width": width, "height": 900})
            watched.goto(site + path)
            assert [violation["id"] for violation in Axe().run(watched).response["violations"]] == []
            assert watched.evaluate("document.documentElement.scrollWidth") <= width
    watched.get_by_role("link", name="Bookmarks").first.click()
    expect(watched.get_by_role("dialog", name="Bookmarks")).to_contain_text("Mistral 3B")
    assert [violation["id"] for violation in Axe().run(watched).response["violations"]] == []


def test_a_press_before_the_page_knows_the_visitor_is_not_lost(watched, site):
    """The answer about the page is slow, and older than the press."""
    held = []
    watched.route("**/visitor-state/**", lambda route: held.append(route) if not held else route.continue_())
    watched.goto(site + PAGE)
    ship = watched.locator("#vote-mistral-3b-ship")
    ship.click()
    expect(ship).to_have_attribute("aria-pressed", "true")
    with watched.expect_response("**/visitor-state/**"):
        held[0].continue_()
    watched.wait_for_load_state("networkidle")
    expect(ship).to_have_attribute("aria-pressed", "true")
    assert watched.complaints == []
