"""Weighing the reviewers in a real browser, with and without JavaScript."""

from playwright.sync_api import expect

URL = "/compare/code-llama-4-vs-mistral-3b/"


def test_moving_a_slider_replaces_only_the_result_and_updates_the_address(watched, site):
    watched.goto(site + URL)
    watched.evaluate("document.querySelector('#scorecard').dataset.mark = 'still here'")
    founder = watched.get_by_role("slider", name="Founder")
    founder.focus()
    watched.keyboard.press("ArrowLeft")
    expect(watched.locator("#your-panel-result")).to_contain_text("Code Llama 4: 100% ship")
    expect(founder).to_be_focused()
    assert "founder=0" in watched.url
    assert watched.evaluate("document.querySelector('#scorecard').dataset.mark") == "still here"
    watched.reload()
    expect(watched.locator("#your-panel-result")).to_contain_text("Code Llama 4: 100% ship")
    assert watched.complaints == []


def test_without_javascript_a_button_applies_the_weights(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + URL)
    page.get_by_label("Must have an open-source licence").check()
    page.get_by_role("button", name="Use these weights").click()
    expect(page.locator("#your-panel-result")).to_contain_text("Out for you: its licence is not open source")
    assert page.url.endswith("#your-panel")
    context.close()


def test_the_widest_split_is_open_and_without_javascript_everything_is(browser, site):
    def open_folds(**options):
        context = browser.new_context(**options)
        page = context.new_page()
        page.goto(site + URL)
        page.wait_for_load_state("networkidle")
        found = [fold.get_attribute("id") for fold in page.locator(".fold:not([hidden])").all()]
        context.close()
        return found

    assert open_folds(viewport={"width": 390, "height": 900}) == ["texts-founder"]
    assert open_folds(viewport={"width": 1280, "height": 900}) == ["texts-founder", "answers-founder"]
    assert len(open_folds(viewport={"width": 390, "height": 900}, java_script_enabled=False)) == 8
