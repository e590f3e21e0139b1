"""Every kind of page in a real browser: widths, schemes, assistive technology, console, other hosts."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.conftest import wait_until
from tests.pages import ERROR_PAGES, PAGES

EVERY = {**PAGES, **ERROR_PAGES}
NOT_FOUND_NOTE = "Failed to load resource: the server responded with a status of 404"


def test_every_page_is_accessible_quiet_and_keeps_to_itself(watched, site):
    """At 390 and 1280 pixels, light and dark. One test, so that one browser and one catalogue serve all."""
    problems = []
    for width in (390, 1280):
        for scheme in ("light", "dark"):
            watched.set_viewport_size({"width": width, "height": 900})
            watched.emulate_media(color_scheme=scheme)
            for name, path in EVERY.items():
                watched.goto(site + path)
                problems += [
                    f"{name} {width} {scheme}: {violation['id']}"
                    for violation in Axe().run(watched).response["violations"]
                ]
                problems += [
                    f"{name} {width} {scheme}: {each}"
                    for each in watched.complaints
                    if name in PAGES or NOT_FOUND_NOTE not in each
                ]
                watched.complaints.clear()
    assert not problems


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280, 1600])
def test_no_page_scrolls_sideways(page, site, width):
    page.set_viewport_size({"width": width, "height": 900})
    for name, path in EVERY.items():
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_text_of_twice_the_size_fits_a_narrow_screen(browser_type, browser_type_launch_args, site):
    larger = [*browser_type_launch_args["args"], "--blink-settings=defaultFontSize=32"]
    browser = browser_type.launch(**{**browser_type_launch_args, "args": larger})
    page = browser.new_page(viewport={"width": 390, "height": 900})
    too_wide = []
    for name, path in EVERY.items():
        page.goto(site + path)
        too_wide += [name] if page.evaluate("document.documentElement.scrollWidth") > 390 else []
    browser.close()
    assert not too_wide


def test_a_name_of_120_letters_without_a_space_breaks_no_layout(page, site):
    from tests.factories import make_tool

    make_tool(
        "W" * 120, slug="wide", tagline="T" * 140, entry_price="1" * 40, pricing="P" * 140, maker="V" * 80
    )
    page.set_viewport_size({"width": 320, "height": 900})
    for path in (
        "/tools/",
        "/tools/wide/",
        "/compare/mistral-3b-vs-wide/",
        "/compare/code-llama-4-vs-mistral-3b-vs-wide/",
    ):
        page.goto(site + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
    page.goto(site + "/tools/wide/")
    page.get_by_role("button", name="Bookmark WWW").click()
    expect(page.locator("#bookmark-count")).to_have_text("1")
    page.get_by_role("link", name="Bookmarks").click()
    panel = page.get_by_role("dialog", name="Bookmarks")
    panel.get_by_role("checkbox").check()
    assert panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    page.goto(site + "/bookmarks/")
    page.get_by_role("checkbox").check()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_checks_can_fail(watched, site):
    """Negative control."""
    watched.goto(site + "/")
    watched.evaluate("""() => {
        document.body.innerHTML = '<img src="/static/img/icon.svg"><p id="wide">x</p>';
        fetch('http://elsewhere.invalid/').catch(() => {}); console.log('noise'); }""")
    for sign in ("noise", "elsewhere.invalid"):
        wait_until(
            watched,
            lambda sign=sign: any(sign in each for each in watched.complaints),
            f"a complaint about {sign}",
        )
    assert {violation["id"] for violation in Axe().run(watched).response["violations"]} >= {"image-alt"}


def test_the_comparison_reads_completely_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/compare/code-llama-4-vs-mistral-3b/")
    from reviews.models import Verdict

    for verdict in Verdict.objects.filter(tool__slug__in=["code-llama-4", "mistral-3b"]):
        assert page.locator("blockquote").filter(has_text=verdict.body[:60]).is_visible()
    assert page.get_by_role("cell", name="Ship · 3 ship / 1 skip").is_visible()
    context.close()


def test_the_keyboard_reaches_the_content_first(page, site):
    page.goto(site + "/compare/code-llama-4-vs-mistral-3b/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_desk_works_under_its_policy(watched, site, admin_user):
    watched.goto(site + "/admin/")
    watched.get_by_label("Username").fill("admin")
    watched.get_by_label("Password").fill("password")
    watched.get_by_role("button", name="Log in").click()
    watched.get_by_role("link", name="Tools", exact=True).first.click()
    watched.get_by_role("link", name="Mistral 3B", exact=True).click()
    expect(watched.get_by_role("heading", name="The panel")).to_be_visible()
    expect(watched.get_by_role("heading", name="Founder")).to_be_visible()
    assert watched.complaints == []
