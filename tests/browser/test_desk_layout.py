"""The desk's pages use the width of the screen: facts beside texts, two verdicts beside each other."""

import pytest
from playwright.sync_api import expect

from reviews.models import Tool

TALLEST = 3_000
"""CSS pixels of a judged tool's form at 1280 by 800, with 17 facts and four verdicts."""


@pytest.fixture
def desk(watched, site, admin_user):
    """A page of a signed-in editor."""
    watched.set_viewport_size({"width": 1280, "height": 800})
    watched.goto(site + "/admin/")
    watched.get_by_label("Username").fill("admin")
    watched.get_by_label("Password").fill("password")
    watched.get_by_role("button", name="Log in").click()
    expect(watched.get_by_role("heading", name="What next")).to_be_visible()
    return watched


def box(page, selector):
    return page.locator(selector).first.bounding_box()


def test_a_tools_form_stands_in_two_columns_and_is_at_most_3000_pixels_high(desk, site):
    tool = Tool.objects.get(slug="qdrant")
    desk.goto(f"{site}/admin/reviews/tool/{tool.pk}/change/")
    texts = box(desk, ".texts")
    facts = box(desk, "#facts")
    assert texts["y"] == pytest.approx(facts["y"], abs=40)
    assert texts["x"] + texts["width"] <= facts["x"]
    builder, skeptic = (desk.locator("fieldset.persona").nth(place).bounding_box() for place in range(2))
    assert builder["y"] == pytest.approx(skeptic["y"], abs=2)
    assert builder["x"] + builder["width"] <= skeptic["x"]
    assert desk.evaluate("document.querySelector('.main').scrollHeight") <= TALLEST


@pytest.mark.parametrize("width", [1280, 390])
def test_no_page_of_the_desk_is_wider_than_the_screen(desk, site, width):
    desk.set_viewport_size({"width": width, "height": 800})
    tool = Tool.objects.get(slug="qdrant")
    pages = [
        "",
        "reviews/tool/",
        f"reviews/tool/{tool.pk}/change/",
        "reviews/tool/add/",
        "comparisons/comparison/",
    ]
    for path in pages:
        desk.goto(f"{site}/admin/{path}")
        assert desk.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_places_in_the_head_lead_to_their_lists_and_say_where_one_is(desk):
    places = desk.get_by_role("navigation", name="Desk")
    places.get_by_role("link", name="Comparisons").click()
    expect(places.get_by_role("link", name="Comparisons")).to_have_attribute("aria-current", "page")
    expect(desk.get_by_role("link", name="Add comparison")).to_be_visible()
