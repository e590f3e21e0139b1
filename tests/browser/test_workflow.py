"""A tool on its way through the desk in a real browser: one account submits it, another publishes it."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from reviews.models import Tool
from tests.accounts import PASSWORD, group_named, make_editor
from tests.factories import paragraph


@pytest.fixture
def editors(site):
    for name, group in (("ada", "Reviewer's desk"), ("grace", "Publisher")):
        make_editor(name).groups.add(group_named(group))


def sign_in(page, site, name):
    page.context.clear_cookies()
    page.goto(site + "/admin/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="What next")).to_be_visible()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def enter(page, site):
    page.goto(site + "/admin/reviews/tool/add/")
    page.locator("#id_name").fill("Panel Hammer")
    page.locator("#id_category").select_option(label="Developer Tools")
    page.locator("#id_kind").select_option(label="Application")
    page.locator("#id_tagline").fill("A hammer for panels")
    page.locator("#id_description").fill("It hammers. Its maker says so.")
    for place in range(4):
        page.locator("fieldset.persona").nth(place).get_by_label("Skip", exact=True).check()
        page.locator(f"#id_verdicts-{place}-score").fill("30")
        page.locator(f"#id_verdicts-{place}-body").fill(paragraph(f"text-{place}"))


def test_one_enters_and_submits_a_tool_and_another_approves_and_publishes_it(watched, site, editors):
    page = watched
    sign_in(page, site, "ada")
    enter(page, site)
    expect(page.get_by_role("button", name="Publish", exact=True)).to_have_count(0)
    press(page, "Submit for review")
    expect(page.locator(".messagelist")).to_contain_text("Panel Hammer waits for review.")
    tool = Tool.objects.get(slug="panel-hammer")
    address = f"{site}/admin/reviews/tool/{tool.pk}/change/"
    sign_in(page, site, "grace")
    page.goto(address)
    expect(page.locator(".workflow")).to_contain_text("Submitted by ada")
    found = {violation["id"] for violation in Axe().run(page).response["violations"]}
    assert found <= {"aria-input-field-name"}
    press(page, "Approve")
    expect(page.locator(".workflow .stage")).to_have_text("Approved")
    assert page.request.get(f"{site}/tools/panel-hammer/").status == 404
    press(page, "Publish")
    expect(page.get_by_text("Readers see its page at once")).to_be_visible()
    assert Axe().run(page).response["violations"] == []
    press(page, "Publish")
    expect(page.locator(".messagelist")).to_contain_text("Panel Hammer is published.")
    page.goto(site + "/tools/panel-hammer/")
    expect(page.get_by_role("heading", name="Panel Hammer", level=1)).to_be_visible()
    assert page.complaints == []
