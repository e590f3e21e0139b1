"""What static/js/site.js sees to: the bookmarks panel, texts that fold, paper, and colours that a visitor has chosen."""

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


def test_printing_opens_every_verdict_and_restores_the_screen(page, site):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site + PAGE)
    bodies = page.locator("details.fold blockquote")
    expect(bodies.first).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for body in bodies.all():
        expect(body).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(bodies.first).to_be_hidden()


def test_turning_the_phone_keeps_opened_verdicts_open(page, site):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(site + PAGE)
    page.locator("details.fold summary").first.click()
    body = page.locator("details.fold blockquote").first
    expect(body).to_be_visible()
    page.set_viewport_size({"width": 800, "height": 390})
    page.set_viewport_size({"width": 390, "height": 800})
    expect(body).to_be_visible()


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
