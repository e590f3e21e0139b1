"""Voting and bookmarking in a real browser: by keyboard, without JavaScript, and after the browser's Back."""

from threading import Event
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from comparisons.services.participation import allow_participation
from comparisons.views import participation
from reviews.models import Vote

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
    expect(watched.locator("#announcer")).to_have_text("You voted ship for Mistral 3B. 1 vote, too few for a percentage.")
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
    with watched.expect_request("**/yours/**"):
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
def test_the_panel_counts_apart_from_the_page(watched, site, path):
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
    watched.on("request", lambda request: asked.append(request.url) if "/yours/" in request.url else None)
    for path in ("/", "/tools/", "/tools/vosk/", "/search/", "/search/?q=vosk", "/methodology/", "/compare/", "/compare/pick/"):
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
    for path in ("/bookmarks/", "/yours/?tool=mistral-3b&tool=smollm3"):
        for width in (320, 1280):
            watched.set_viewport_size({"width": width, "height": 900})
            watched.goto(site + path)
            assert [violation["id"] for violation in Axe().run(watched).response["violations"]] == []
            assert watched.evaluate("document.documentElement.scrollWidth") <= width
    watched.get_by_role("link", name="Bookmarks").first.click()
    expect(watched.get_by_role("dialog", name="Bookmarks")).to_contain_text("Mistral 3B")
    assert [violation["id"] for violation in Axe().run(watched).response["violations"]] == []


def test_a_press_before_the_page_knows_the_visitor_is_not_lost(watched, site):
    """The answer about the page is slow, and older than what was pressed meanwhile."""
    held = []
    watched.route("**/yours/**", lambda route: held.append(route) if not held else route.continue_())
    watched.goto(site + PAGE)
    ship = watched.locator("#vote-mistral-3b-ship")
    ship.click()
    expect(ship).to_have_attribute("aria-pressed", "true")
    with watched.expect_response("**/yours/**"):
        held[0].continue_()
    watched.wait_for_load_state("networkidle")
    expect(ship).to_have_attribute("aria-pressed", "true")
    assert watched.complaints == []


@pytest.fixture
def slow(monkeypatch):
    """A site that answers acts when it is told to: it `has_begun`, and `may_go_on`."""
    has_begun, may_go_on = Event(), Event()

    def allow(**asked):
        has_begun.set()
        may_go_on.wait(timeout=20)
        return allow_participation(**asked)

    monkeypatch.setattr(participation, "allow_participation", allow)
    yield SimpleNamespace(has_begun=has_begun, may_go_on=may_go_on)
    may_go_on.set()


def test_first_acts_that_are_pressed_at_once_belong_to_one_visitor(watched, site, slow):
    """Each first answer brings a cookie: were two under way together, the second would take the place of the first."""
    watched.goto(site + PAGE)
    watched.wait_for_load_state("networkidle")
    watched.locator("#vote-mistral-3b-ship").click()
    assert slow.has_begun.wait(timeout=20)
    watched.locator("#vote-code-llama-4-skip").click()
    watched.get_by_role("button", name="Bookmark Mistral 3B").dblclick()
    watched.get_by_role("link", name="Bookmarks").click()
    expect(watched.get_by_role("dialog", name="Bookmarks")).to_contain_text("Loading bookmarks…")
    slow.may_go_on.set()
    expect(watched.get_by_role("dialog", name="Bookmarks")).to_contain_text("Mistral 3B")
    for pressed in ("#vote-mistral-3b-ship", "#vote-code-llama-4-skip", "#bookmark-mistral-3b-button"):
        expect(watched.locator(pressed)).to_have_attribute("aria-pressed", "true")
    watched.goto(site + "/yours/?tool=mistral-3b&tool=code-llama-4")
    expect(watched.get_by_text("You voted ship")).to_be_visible()
    expect(watched.get_by_text("You voted skip")).to_be_visible()
    expect(watched.locator("#bookmark-count")).to_have_text("1")
    assert watched.complaints == []


def test_who_leaves_while_a_press_waits_has_pressed(watched, site):
    watched.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    expect(watched.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "true")
    watched.route("**/mistral-3b/vote/", lambda route: None)
    watched.locator("#vote-mistral-3b-skip").click()
    watched.locator("#vote-code-llama-4-skip").click()
    watched.goto(site + "/privacy/")
    for _ in range(50):  # no page sees the answer to what is sent on leaving
        if Vote.objects.filter(tool__slug="code-llama-4").exists():
            break
        watched.wait_for_timeout(100)
    watched.goto(site + "/yours/?tool=code-llama-4")
    expect(watched.get_by_text("You voted skip")).to_be_visible()


def test_who_presses_the_other_button_before_the_answer_means_the_other(watched, site, slow):
    watched.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    assert slow.has_begun.wait(timeout=20)
    watched.locator("#vote-mistral-3b-skip").click()
    slow.may_go_on.set()
    expect(watched.locator("#vote-mistral-3b-skip")).to_have_attribute("aria-pressed", "true")
    expect(watched.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "false")
    expect(watched.locator("#announcer")).to_contain_text("You voted skip for Mistral 3B.")
    assert watched.complaints == []


def test_what_is_taken_back_before_the_answer_is_shown_as_it_is(watched, site, slow):
    slow.may_go_on.set()
    watched.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    expect(watched.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "true")
    slow.may_go_on.clear()
    slow.has_begun.clear()
    watched.locator("#vote-mistral-3b-skip").click()
    assert slow.has_begun.wait(timeout=20)
    watched.locator("#vote-mistral-3b-ship").click()
    slow.may_go_on.set()
    for button in ("ship", "skip"):
        expect(watched.locator(f"#vote-mistral-3b-{button}")).to_have_attribute("aria-pressed", "false")
    assert not Vote.objects.exists()


def test_who_changes_the_mind_twice_before_the_answer_means_the_first(watched, site, slow):
    watched.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    assert slow.has_begun.wait(timeout=20)
    watched.locator("#vote-mistral-3b-skip").click()
    watched.locator("#vote-mistral-3b-ship").click()
    with watched.expect_response("**/vote/"):
        slow.may_go_on.set()
    watched.wait_for_load_state("networkidle")
    expect(watched.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "true")
    assert [vote.decision for vote in Vote.objects.all()] == ["ship"]


def test_a_first_vote_whose_answer_was_not_waited_for_is_ones_own(watched, site, slow):
    watched.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    assert slow.has_begun.wait(timeout=20)
    watched.goto(site + "/privacy/")
    slow.may_go_on.set()
    for _ in range(50):
        if Vote.objects.exists():
            break
        watched.wait_for_timeout(100)
    watched.goto(site + PAGE)
    expect(watched.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "true")
    assert watched.evaluate("Object.keys(localStorage)") == []
    watched.locator("#vote-code-llama-4-skip").click()
    expect(watched.locator("#vote-code-llama-4-skip")).to_have_attribute("aria-pressed", "true")
    assert len(set(Vote.objects.values_list("visitor", flat=True))) == 1


def test_who_votes_leaves_and_asks_to_be_forgotten_is_forgotten(watched, site, slow):
    watched.goto(site + PAGE)
    watched.locator("#vote-mistral-3b-ship").click()
    assert slow.has_begun.wait(timeout=20)
    watched.route("**/yours/**", lambda route: route.abort())
    watched.goto(site + "/privacy/")
    slow.may_go_on.set()
    for _ in range(50):
        if Vote.objects.exists():
            break
        watched.wait_for_timeout(100)
    watched.get_by_role("button", name="Delete my votes, bookmarks and cookie").click()
    expect(watched.get_by_text("Done. Your votes, your bookmarks and the cookie are deleted.")).to_be_visible()
    assert not Vote.objects.exists()
    assert watched.evaluate("Object.keys(localStorage)") == []


def test_the_count_and_the_panel_do_not_stop_each_other(watched, site):
    watched.goto(site + "/tools/mistral-3b/")
    watched.get_by_role("button", name="Bookmark Mistral 3B").click()
    expect(watched.locator("#bookmark-count")).to_have_text("1")
    held = []
    watched.route("**/yours/**", lambda route: held.append(route))
    with watched.expect_request("**/yours/**"):
        watched.goto(site + "/privacy/")
    watched.get_by_role("link", name="Bookmarks").click()
    expect(watched.get_by_role("dialog", name="Bookmarks")).to_contain_text("Mistral 3B")
    held[0].continue_()
    expect(watched.locator("#bookmark-count")).to_have_text("1")
    assert watched.complaints == []


def test_first_votes_in_two_tabs_are_one_visitors(watched, site, slow):
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


def test_a_block_that_stays_as_it_is_stays_under_the_finger(watched, site):
    held = []
    watched.route("**/yours/**", lambda route: held.append(route) if not held else route.continue_())
    watched.goto(site + PAGE)
    ship = watched.locator("#vote-mistral-3b-ship")
    ship.hover()
    watched.mouse.down()
    with watched.expect_response("**/yours/**"):
        held[0].continue_()
    watched.wait_for_load_state("networkidle")
    watched.mouse.up()
    expect(ship).to_have_attribute("aria-pressed", "true")
    assert watched.complaints == []
