"""The desk's forms in a real browser: who else has one open."""

from playwright.sync_api import expect

from tests.accounts import PASSWORD, make_editor


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
