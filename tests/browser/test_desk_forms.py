"""The desk's forms in a real browser: who else has one open, unsaved work, errors, and the save bar."""

import pytest
from playwright.sync_api import expect

from tests.accounts import PASSWORD, make_editor
from tests.browser.conftest import wait_until


def page_of(site, slug="smollm3"):
    from reviews.models import Tool

    return f"{site}/admin/reviews/tool/{Tool.objects.get(slug=slug).pk}/change/"


def signed_in(browser, site, name, **fields):
    """Return a page of another editor, in a browser window of its own."""
    make_editor(name, **fields)
    page = browser.new_context().new_page()
    page.goto(site + "/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="What next")).to_be_visible()
    return page


def test_who_else_has_the_page_open_is_shown_until_they_leave(desk, site, browser):
    other = signed_in(browser, site, "hedy", is_superuser=True)
    other.goto(page_of(site))
    desk.goto(page_of(site))
    expect(desk.locator("#open-elsewhere")).to_have_text("hedy has this page open too.")
    other.goto(site + "/admin/")
    expect(other.get_by_role("heading", name="What next")).to_be_visible()
    desk.reload()
    desk.wait_for_load_state("networkidle")
    expect(desk.locator("#open-elsewhere")).to_be_hidden()
    assert desk.complaints == []


def test_whoever_was_signed_out_elsewhere_is_told_while_writing(desk, site, admin_user):
    from django.contrib.sessions.models import Session

    desk.goto(page_of(site))
    Session.objects.all().delete()
    desk.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(desk.locator("#open-elsewhere")).to_contain_text("You have been signed out")


def draft_offer(page):
    return page.get_by_role("status").filter(has_text="was not saved")


def drafts(page):
    return page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('draft:')).length")


def store_draft(page, name, *, seconds=0):
    """Store a draft that is so old."""
    page.evaluate(
        """([name, age]) => {
            const draft = { at: Date.now() - age, fields: [] };
            localStorage.setItem(name, JSON.stringify(draft));
        }""",
        [name, seconds * 1000],
    )


def type_tagline(page, text):
    page.locator("#id_tagline").fill(text)
    wait_until(page, lambda: drafts(page) > 0, "a draft")


def test_a_draft_is_offered_after_a_crash_and_forgotten_once_it_is_saved(desk, site):
    desk.goto(page_of(site))
    expect(draft_offer(desk)).to_be_hidden()
    type_tagline(desk, "Typed before the crash")
    desk.locator("#id_verdicts-0-decision_0").check()
    desk.locator("#id_verdicts-1-body").fill("A text\nof two lines.")
    desk.wait_for_timeout(600)
    desk.goto(page_of(site))
    expect(desk.locator("#id_tagline")).not_to_have_value("Typed before the crash")  # offered, not forced
    desk.get_by_role("button", name="Put it back into the form").click()
    expect(desk.locator("#id_tagline")).to_have_value("Typed before the crash")
    expect(desk.locator("#id_verdicts-1-body")).to_have_value("A text\nof two lines.")
    desk.locator("#id_verdicts-1-body").fill("A text that is long enough to be kept. " * 8)
    save = desk.get_by_role("button", name="Save and continue editing").first
    with desk.expect_navigation():
        save.click()
    while desk.get_by_text("look at the warnings below").count():
        with desk.expect_navigation():
            save.click()
    expect(desk.locator(".messagelist")).to_contain_text("was changed successfully")
    expect(desk.locator("#id_tagline")).to_have_value("Typed before the crash")
    assert drafts(desk) == 0
    assert desk.complaints == []


def test_a_draft_of_an_older_version_undoes_nothing_that_was_saved_since(desk, site):
    from reviews.models import Tool
    from reviews.services.editing import history

    desk.goto(page_of(site))
    type_tagline(desk, "Typed before the crash")
    tool = Tool.objects.get(slug="smollm3")
    tool.best_for = "Saved by somebody else"
    history.save(row=tool, by="grace")
    desk.goto(page_of(site))
    expect(draft_offer(desk)).to_contain_text("The page was saved since then")
    desk.get_by_role("button", name="Put it back into the form").click()
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.locator(".messagelist").first).to_contain_text("was changed successfully")
    tool.refresh_from_db()
    assert (tool.tagline, tool.best_for) == ("Typed before the crash", "Saved by somebody else")


def test_a_draft_is_offered_to_its_own_account_alone_and_deleted_at_log_out(desk, site):
    desk.goto(page_of(site))
    type_tagline(desk, "Typed by admin")
    desk.evaluate(
        "localStorage.setItem('draft:0:/elsewhere/:1:1', JSON.stringify({ at: Date.now(), fields: [] }))"
    )
    desk.goto(site + "/admin/")
    desk.get_by_role("button", name="Log out").click()
    expect(desk.get_by_role("heading", name="Logged out")).to_be_visible()
    assert desk.evaluate("Object.keys(localStorage).filter(name => name.startsWith('draft:'))") == [
        "draft:0:/elsewhere/:1:1"
    ]


def test_a_draft_can_be_deleted_and_none_stays_for_ever(desk, site):
    desk.goto(page_of(site))
    type_tagline(desk, "Typed")
    for number in range(25):
        store_draft(desk, f"draft:0:/{number}/:1:1", seconds=number)
    store_draft(desk, "draft:0:/old/:1:1", seconds=8 * 24 * 3600)
    desk.evaluate("localStorage.setItem('draft:0:/broken/:1:1', '{')")
    desk.goto(page_of(site))
    assert drafts(desk) == 20
    assert desk.evaluate("localStorage.getItem('draft:0:/old/:1:1')") is None
    desk.get_by_role("button", name="Delete it").click()
    expect(draft_offer(desk)).to_be_hidden()
    assert drafts(desk) == 19


def test_leaving_asks_only_while_something_is_unsaved(desk, site):
    asked = []
    desk.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    desk.goto(page_of(site))
    desk.locator("#id_tagline").click()
    desk.goto(site + "/admin/")
    assert asked == []
    desk.goto(page_of(site))
    desk.locator("#id_tagline").fill("Typed")
    desk.goto(site + "/admin/")
    assert asked == ["beforeunload"]
    desk.goto(page_of(site))
    desk.locator("#id_tagline").fill("Saved")
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.locator(".messagelist")).to_contain_text("was changed successfully")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("key", ["Control+s", "Meta+s"])
def test_the_save_key_saves_and_stays(desk, site, key):
    from reviews.models import Tool

    desk.goto(page_of(site))
    desk.locator("#id_tagline").fill("Saved by key")
    desk.keyboard.press(key)
    expect(desk.locator(".messagelist")).to_contain_text("You may edit it again below")
    assert Tool.objects.get(slug="smollm3").tagline == "Saved by key"
    assert desk.complaints == []


def test_nothing_is_cut_on_pasting_and_what_is_too_long_is_said(desk, site):
    desk.goto(page_of(site))
    field = desk.locator("#id_tagline")
    longest = int(field.get_attribute("data-longest"))
    field.fill("")
    desk.keyboard.insert_text("é" * (longest + 12))
    expect(field).to_have_value("é" * (longest + 12))
    expect(desk.get_by_text(f"{longest + 12} of {longest} characters: 12 too many")).to_be_visible()
    field.fill("short")
    expect(desk.locator("output[for=id_tagline]")).to_be_hidden()


def test_a_session_that_ends_while_writing_loses_nothing(desk, site):
    from django.contrib.sessions.models import Session

    desk.goto(page_of(site))
    desk.locator("#id_tagline").fill("Typed before the end")
    Session.objects.all().delete()
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.get_by_role("heading", name="You are signed out")).to_be_visible()
    with desk.context.expect_page() as opened:
        desk.get_by_role("link", name="Sign in, in a new tab").click()
    tab = opened.value
    tab.get_by_label("Username").fill("admin")
    tab.get_by_label("Password").fill("password")
    tab.get_by_role("button", name="Log in").click()
    expect(tab.get_by_role("heading", name="What next")).to_be_visible()
    desk.get_by_role("button", name="Go on with what I typed").click()
    expect(desk.locator("#error-summary")).to_contain_text("Not saved yet")
    expect(desk.locator("#id_tagline")).to_have_value("Typed before the end")
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.locator(".messagelist")).to_contain_text("was changed successfully")


def test_the_summary_of_errors_has_the_focus_and_leads_to_each_field(desk, site):
    desk.goto(page_of(site))
    desk.locator("#id_name").fill("")
    desk.locator("#id_verdicts-1-score").fill("400")
    desk.locator("#id_facts-website-value").fill("no address")
    desk.keyboard.press("Control+s")
    summary = desk.get_by_role("region", name="Not saved: 4 things to correct")
    expect(summary).to_be_focused()
    for name, field in (
        ("Name", "#id_name"),
        ("Website: Value", "#id_facts-website-value"),
        ("Skeptic: Score", "#id_verdicts-1-score"),
    ):
        summary.get_by_role("link", name=name, exact=True).click()
        expect(desk.locator(field)).to_be_focused()
        expect(desk.locator(field)).to_be_in_viewport()
    desk.goto(site + "/admin/reviews/category/add/")
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.get_by_role("region", name="to correct")).to_be_focused()
    assert desk.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_save_bar_stays_in_sight_and_leads_to_each_reviewer(desk, site, width):
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto(page_of(site))
    bar = desk.locator(".save-bar")
    assert bar.bounding_box()["height"] < 110
    for name in ("Builder", "Skeptic", "Futurist", "Founder"):
        bar.get_by_role("link", name=name).click()
        expect(desk.get_by_role("heading", name=name)).to_be_in_viewport()
        expect(bar.get_by_role("button", name="Save", exact=True)).to_be_in_viewport()
    desk.locator("#id_verdicts-3-answered_for_by").evaluate("field => field.closest('details').open = true")
    desk.locator("#id_verdicts-3-answered_for_by").focus()
    top_of_bar = bar.bounding_box()["y"]
    field = desk.locator("#id_verdicts-3-answered_for_by").bounding_box()
    assert field["y"] + field["height"] <= top_of_bar
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_preview_beside_the_form_shows_what_is_typed(desk, site):
    desk.goto(page_of(site))
    desk.locator("#id_tagline").fill("Typed, not saved")
    desk.locator("#typed-preview summary").click()
    frame = desk.frame_locator("iframe[name=typed-preview-frame]")
    expect(frame.get_by_text("Preview of what is typed, which is not saved")).to_be_visible()
    expect(frame.get_by_text("Typed, not saved").first).to_be_visible()
    desk.locator("#id_tagline").fill("Typed again")
    desk.get_by_role("button", name="Show what is typed").click()
    expect(frame.get_by_text("Typed again").first).to_be_visible()
    expect(desk.locator("#id_tagline")).to_have_value("Typed again")
    with desk.context.expect_page() as opened:
        desk.get_by_role("button", name="In a new tab").click()
    expect(opened.value.get_by_text("Typed again").first).to_be_visible()
    assert desk.complaints == []
