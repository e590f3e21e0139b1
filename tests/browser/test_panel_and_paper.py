"""The bookmarks panel, folded verdicts, paper, and a visitor's own colours."""

from playwright.sync_api import expect

PAGE = "/compare/code-llama-4-vs-mistral-3b/"


def test_only_a_press_beside_the_panel_closes_it(page, site):
    page.goto(site + "/")
    page.get_by_role("link", name="Bookmarks").click()
    panel = page.get_by_role("dialog", name="Bookmarks")
    expect(panel).to_contain_text("No bookmarks yet")
    box = panel.bounding_box()
    page.mouse.click(box["x"] + 3, box["y"] + 3)
    expect(panel).to_be_visible()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 3)
    page.mouse.down()
    page.mouse.move(10, 10)
    page.mouse.up()
    expect(panel).to_be_visible()
    page.mouse.click(10, 10)
    expect(panel).to_be_hidden()


FOLD = "#texts-builder"


def test_printing_opens_every_verdict_and_restores_the_screen(page, site):
    page.goto(site + PAGE)
    expect(page.locator(FOLD)).to_have_attribute("hidden", "until-found")
    folded = page.locator(".fold[hidden]").count()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".fold[hidden]")).to_have_count(0)
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".fold[hidden]")).to_have_count(folded)


def test_a_button_opens_and_folds_the_verdicts_of_one_reviewer(page, site):
    page.goto(site + PAGE)
    button = page.get_by_role("button", name="Whole verdicts of the Builder")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator(f"{FOLD} blockquote").first).to_be_visible()
    expect(page.locator("#quotes-builder")).to_be_hidden()
    button.click()
    expect(page.locator(FOLD)).to_have_attribute("hidden", "until-found")
    expect(page.locator("#quotes-builder")).to_be_visible()


def test_what_the_browser_finds_in_a_fold_opens_it(page, site):
    page.goto(site + PAGE)
    fold = page.locator(FOLD)
    expect(fold).to_have_attribute("hidden", "until-found")
    fold.evaluate("fold => fold.dispatchEvent(new Event('beforematch'))")
    expect(page.get_by_role("button", name="Whole verdicts of the Builder")).to_have_attribute(
        "aria-expanded", "true"
    )


def test_a_browser_that_finds_nothing_in_folds_shows_what_the_address_names(page, site):
    """Without `until-found` the whole fold is hidden, and the script opens it."""
    page.add_init_script("delete HTMLElement.prototype.onbeforematch")
    page.goto(site + PAGE)
    expect(page.locator(FOLD)).to_have_attribute("hidden", "")
    page.locator(".matrix a[href='#verdict-builder--mistral-3b']").click()
    expect(page.locator("#verdict-builder--mistral-3b blockquote")).to_be_in_viewport()


def test_a_pressed_button_is_distinguishable_in_forced_colours(page, site):
    page.emulate_media(forced_colors="active")
    page.goto(site + PAGE)
    page.locator("#vote-mistral-3b-ship").click()
    expect(page.locator("#vote-mistral-3b-ship")).to_have_attribute("aria-pressed", "true")
    looks = [
        page.locator(button).evaluate("button => getComputedStyle(button).backgroundColor")
        for button in ("#vote-mistral-3b-ship", "#vote-mistral-3b-skip")
    ]
    assert looks[0] != looks[1]
