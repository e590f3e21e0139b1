"""Fast changes and lost connections in lists: fields, count, list and address agree."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from comparisons.services.lists.pages import paginate

# Each list with a choice of its form: what is chosen, from which field, and what its first value is called.
CHOICES = [
    ("/tools/", "Category", "speech", "tool"),
    ("/categories/speech/", "Price", "free", "tool"),
    ("/compare/", "Sort by", "split", "comparison"),
    ("/reviewers/builder/", "Decision", "ship", "verdict"),
]


def heads(page):
    return page.locator("#list .items h3")


@pytest.fixture
def short_pages(monkeypatch):
    """Two rows to a page, so that each list has several."""
    monkeypatch.setitem(paginate.__kwdefaults__, "size", 2)


def hold(page, wanted):
    """Hold the answers to addresses with `wanted`, as a slow connection would; return those that wait."""
    held = []
    page.route(lambda url: wanted in url, lambda route: held.append(route))
    return held


@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize(("path", "label", "value", "noun"), CHOICES)
def test_a_page_link_followed_after_a_choice_wins(watched, site, path, label, value, noun):
    watched.goto(site + path)
    first = watched.get_by_label(label).input_value()
    count = watched.locator("#found").inner_text().split(",")[0]
    held = hold(watched, f"={value}")
    watched.get_by_label(label).select_option(value)
    watched.wait_for_function("document.querySelector('#list.htmx-request')")
    watched.get_by_role("link", name="Next", exact=True).click()
    expect(watched).to_have_url(f"{site}{path}?page=2")
    expect(watched.get_by_label(label)).to_have_value(first)
    expect(watched.locator("#found")).to_contain_text(f"{count}, page 2 of")
    held[0].continue_()
    watched.wait_for_load_state("networkidle")
    expect(watched).to_have_url(f"{site}{path}?page=2")
    assert watched.complaints == []


@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize(("path", "label", "value", "noun"), CHOICES)
def test_a_choice_made_after_a_page_link_wins(watched, site, path, label, value, noun):
    watched.goto(site + path)
    held = hold(watched, "page=2")
    watched.get_by_role("link", name="Next", exact=True).click()
    watched.wait_for_function("document.querySelector('#list.htmx-request')")
    watched.get_by_label(label).select_option(value)
    expect(watched.locator("#found")).to_contain_text(noun)
    address = f"{site}{path}?{watched.get_by_label(label).get_attribute('name')}={value}"
    expect(watched).to_have_url(address)
    held[0].continue_()
    watched.wait_for_load_state("networkidle")
    expect(watched).to_have_url(address)
    expect(watched.get_by_label(label)).to_have_value(value)
    assert watched.complaints == []


@pytest.mark.parametrize("answer", ["none", "a proxy's page"])
def test_a_choice_without_an_answer_is_reset_in_its_field(page, site, answer):
    page.goto(site + "/tools/")
    lost = {
        "none": lambda route: route.abort(),
        "a proxy's page": lambda route: route.fulfill(status=502, body="Bad"),
    }
    page.route("**/tools/?part=list&category=speech*", lost[answer])
    page.get_by_label("Category").select_option("Speech")
    expect(page.get_by_role("alert")).to_contain_text("No answer from the site.")
    expect(page.get_by_label("Category")).to_have_value("")
    expect(heads(page)).to_have_count(24)
    page.unroute_all()
    page.get_by_label("Category").select_option("Speech")
    expect(heads(page)).to_have_count(4)
    expect(page.get_by_label("Category")).to_have_value("speech")


def test_text_typed_without_a_connection_stays_and_can_be_sent_again(page, site):
    page.goto(site + "/compare/")
    page.route("**/compare/?part=list&q=*", lambda route: route.abort())
    page.get_by_label("Names").fill("vosk")
    expect(page.get_by_role("alert")).to_contain_text("No answer from the site.")
    expect(page.get_by_label("Names")).to_have_value("vosk")
    page.unroute_all()
    page.keyboard.press("Enter")
    expect(heads(page)).to_have_count(3)
    page.get_by_label("Names").fill("")
    expect(page.get_by_role("link", name="Next", exact=True)).to_be_visible()
    page.route("**/compare/?part=list&q=*", lambda route: route.abort())
    page.get_by_label("Names").fill("vosk")
    expect(page.get_by_role("alert")).to_contain_text("No answer from the site.")
    page.get_by_role("link", name="Next", exact=True).click()
    expect(page).to_have_url(site + "/compare/?page=2")
    expect(page.get_by_label("Names")).to_have_value("")


def test_going_back_after_leaving_before_the_answer_shows_matching_list_and_fields(page, site):
    page.goto(site + "/tools/")
    hold(page, "category=speech")
    page.get_by_label("Category").select_option("Speech")
    page.get_by_role("link", name="Reviewers", exact=True).click()
    page.wait_for_url("**/reviewers/")
    page.go_back()
    expect(heads(page)).to_have_count(24)
    expect(page.get_by_label("Category")).to_have_value("")
    assert urlsplit(page.url).query == ""
