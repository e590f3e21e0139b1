"""Back in lists: each choice is one step, typing is none."""

from playwright.sync_api import expect

from tests.browser.conftest import wait_until


def heads(page):
    return page.locator("#list .items h3")


def test_typing_makes_no_history(watched, site):
    watched.goto(site + "/tools/")
    watched.goto(site + "/compare/")
    before = watched.evaluate("history.length")
    for letter in "vosk":
        with watched.expect_response("**/compare/?part=list&q=*"):
            watched.keyboard.press(letter) if letter != "v" else watched.get_by_label("Names").press(letter)
    expect(watched).to_have_url(site + "/compare/?q=vosk")
    with watched.expect_response("**/compare/?part=list&q=vosk*"):
        watched.keyboard.press("Tab")
    watched.wait_for_load_state("networkidle")
    assert watched.evaluate("history.length") == before
    watched.get_by_label("Sort by").select_option("Most split")
    expect(watched).to_have_url(site + "/compare/?q=vosk&sort=split")
    assert watched.evaluate("history.length") == before + 1
    watched.go_back()
    expect(watched).to_have_url(site + "/compare/?q=vosk")
    expect(watched.get_by_label("Sort by")).to_have_value("newest")
    watched.wait_for_load_state("networkidle")
    watched.go_back()
    expect(watched).to_have_url(site + "/tools/")
    assert watched.complaints == []


def test_the_same_choice_again_makes_no_history(watched, site):
    watched.goto(site + "/tools/")
    before = watched.evaluate("history.length")
    watched.get_by_label("Category").select_option("Speech")
    expect(heads(watched)).to_have_count(4)
    for _ in range(3):
        with watched.expect_response("**/tools/?part=list&category=speech*"):
            watched.get_by_role("button", name="Show").click()
    watched.wait_for_load_state("networkidle")
    assert watched.evaluate("history.length") == before + 1
    watched.go_back()
    expect(heads(watched)).to_have_count(24)
    assert watched.complaints == []


def test_a_choice_that_the_site_could_not_answer_leaves_address_and_fields(page, site):
    page.goto(site + "/tools/")
    before = page.evaluate("history.length")
    busy = {
        "status": 503,
        "headers": {"HX-Reswap": "none"},
        "body": '<div id="alerts" hx-swap-oob="innerHTML">Busy.</div>',
    }
    page.route("**/tools/?part=list&category=speech*", lambda route: route.fulfill(**busy))
    page.get_by_label("Category").select_option("Speech")
    expect(page.locator("#alerts")).to_have_text("Busy.")
    expect(page).to_have_url(site + "/tools/")
    expect(page.get_by_label("Category")).to_have_value("")
    assert page.evaluate("history.length") == before


def test_back_pressed_before_the_scripts_of_a_reloaded_list_ran_shows_the_list_of_its_address(page, site):
    page.goto(site + "/tools/")
    page.get_by_label("Category").select_option("Speech")
    expect(heads(page)).to_have_count(4)
    page.get_by_label("Sort by").select_option("Panel ship")
    expect(page).to_have_url(site + "/tools/?category=speech&sort=panel")
    held = []
    page.route("**/js/site*.js", lambda route: route.continue_() if held else held.append(route))
    page.evaluate("history.back()")
    expect(page.get_by_label("Sort by")).to_have_value("name")
    wait_until(page, lambda: held, "a script that is waited for")
    page.evaluate("history.back()")
    expect(page).to_have_url(site + "/tools/")
    held[0].continue_()
    expect(heads(page)).to_have_count(24)
    expect(page.get_by_label("Category")).to_have_value("")
