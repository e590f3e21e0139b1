"""The picker of the front page: by keyboard, by pointer, and without JavaScript."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect


class Keyboard:
    """Counts the pressed keys, those of the names apart."""

    def __init__(self, page):
        self.page = page
        self.presses = 0

    def press(self, *keys):
        for key in keys:
            self.presses += 1
            self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text, delay=10)


def options_of(page, label):
    return page.locator("[data-pick]", has=page.get_by_label(label)).get_by_role("option")


def test_the_keyboard_alone_gets_to_a_comparison_in_under_ten_presses(watched, site):
    watched.goto(site + "/")
    watched.get_by_label("First tool").focus()
    keys = Keyboard(watched)
    keys.type("qdr")
    expect(options_of(watched, "First tool")).to_have_count(1)
    keys.press("ArrowDown", "Enter")
    expect(watched.get_by_label("First tool")).to_have_value("Qdrant")
    keys.press("Tab")
    keys.type("pgv")
    expect(options_of(watched, "Second tool")).to_have_count(1)
    keys.press("ArrowDown", "Enter", "Enter")
    watched.wait_for_url(site + "/compare/qdrant-vs-pgvector/")
    assert keys.presses < 10
    assert watched.complaints == []


def test_names_typed_in_full_need_two_presses(watched, site):
    watched.goto(site + "/")
    watched.get_by_label("First tool").focus()
    keys = Keyboard(watched)
    keys.type("Qdrant")
    keys.press("Tab")
    keys.type("Mistral 3B")
    keys.press("Enter")
    watched.wait_for_url(site + "/compare/mistral-3b-vs-qdrant/")
    assert keys.presses == 2
    assert watched.complaints == []


def test_the_field_is_a_combobox(watched, site):
    watched.goto(site + "/")
    field = watched.get_by_role("combobox", name="First tool")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("llama", delay=10)
    options = options_of(watched, "First tool")
    expect(options).not_to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field).to_have_attribute("aria-controls", "pick-1-options")
    field.press("ArrowDown")
    first = options.first
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    expect(first).to_have_attribute("aria-selected", "false")
    assert Axe().run(watched).response["violations"] == []
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("llama")
    expect(options).to_have_count(0)
    field.press("ArrowDown")
    expect(options).not_to_have_count(0)
    expect(watched.get_by_text(re.compile(r"\d tools found\."))).to_be_attached()
    assert watched.complaints == []


def test_an_emptied_or_unknown_name_shows_no_list(watched, site):
    watched.goto(site + "/")
    field = watched.get_by_label("First tool")
    field.press_sequentially("qdr", delay=10)
    expect(options_of(watched, "First tool")).to_have_count(1)
    field.fill("")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("zqxzqxzqx", delay=10)
    expect(watched.locator("[data-pick]").first.get_by_text("No tool found.")).to_be_visible()
    expect(options_of(watched, "First tool")).to_have_count(0)
    assert watched.complaints == []


def test_taking_a_name_keeps_the_list_closed(watched, site):
    """The last suggestions may arrive after the name was taken."""
    held = []
    watched.goto(site + "/")
    field = watched.get_by_label("First tool")
    field.press_sequentially("qdr")
    options = options_of(watched, "First tool")
    expect(options).to_have_count(1)
    watched.route("**/search/suggestions/?q=qdran&**", lambda route: held.append(route))
    with watched.expect_request("**/search/suggestions/?q=qdran&**"):
        field.press_sequentially("an")
    watched.keyboard.press("ArrowDown")
    watched.keyboard.press("Enter")
    with watched.expect_response("**/search/suggestions/?q=qdran&**"):
        held[0].continue_()
    watched.wait_for_load_state("networkidle")
    expect(field).to_have_value("Qdrant")
    expect(options).to_have_count(0)
    watched.keyboard.press("ArrowDown")
    expect(options).to_have_count(1)
    assert watched.complaints == []


def test_a_suggestion_marked_for_an_earlier_text_is_not_taken(watched, site):
    watched.goto(site + "/")
    field = watched.get_by_label("First tool")
    field.press_sequentially("qdr")
    expect(options_of(watched, "First tool")).to_have_count(1)
    watched.keyboard.press("ArrowDown")
    watched.route("**/search/suggestions/?q=pgvector&**", lambda route: None)
    field.fill("pgvector")
    watched.keyboard.press("Tab")
    expect(field).to_have_value("pgvector")


def test_escape_before_the_answer_keeps_the_list_closed(watched, site):
    held = []
    watched.goto(site + "/")
    watched.route(
        "**/search/suggestions/**", lambda route: held.append(route) if not held else route.continue_()
    )
    field = watched.get_by_label("First tool")
    with watched.expect_request("**/search/suggestions/**"):
        field.press_sequentially("qdr")
    watched.keyboard.press("Escape")
    with watched.expect_response("**/search/suggestions/**"):
        held[0].continue_()
    watched.wait_for_load_state("networkidle")
    expect(options_of(watched, "First tool")).to_have_count(0)
    field.press_sequentially("a")
    expect(options_of(watched, "First tool")).to_have_count(1)


def test_a_pointer_takes_a_suggestion(watched, site):
    watched.goto(site + "/compare/")
    field = watched.get_by_label("First tool")
    field.press_sequentially("vos", delay=10)
    options_of(watched, "First tool").first.click()
    expect(field).to_have_value("Vosk")
    expect(field).to_be_focused()
    watched.get_by_label("Second tool").fill("Whisper")
    watched.get_by_role("button", name="Compare", exact=True).click()
    watched.wait_for_url(site + "/compare/whisper-vs-vosk/")


def test_fields_suggest_after_back_too(watched, site):
    watched.goto(site + "/compare/")
    watched.get_by_label("Category").select_option("Speech")
    expect(watched).to_have_url(site + "/compare/?category=speech")
    watched.go_back()
    expect(watched).to_have_url(site + "/compare/")
    field = watched.get_by_role("combobox", name="First tool")
    field.press_sequentially("vos", delay=10)
    expect(options_of(watched, "First tool")).to_have_count(1)
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Vosk")
    assert watched.complaints == []


def test_three_or_four_tools_can_be_picked(watched, site):
    watched.goto(site + "/")
    watched.get_by_text("Compare three or four").click()
    for label, name in (("First", "Vosk"), ("Second", "Whisper"), ("Third", "PEFT"), ("Fourth", "JAX")):
        watched.get_by_label(f"{label} tool").fill(name)
    watched.get_by_label("Fourth tool").press("Enter")
    watched.wait_for_url(site + "/compare/jax-vs-peft-vs-vosk-vs-whisper/")


def test_a_comparison_is_changed_in_place(watched, site):
    watched.goto(site + "/compare/qdrant-vs-pgvector/")
    watched.get_by_text("Change what is compared").click()
    field = watched.get_by_label("One more beside them")
    field.press_sequentially("chro", delay=10)
    expect(options_of(watched, "One more beside them")).to_have_count(1)
    field.press("ArrowDown")
    field.press("Enter")
    field.press("Enter")
    watched.wait_for_url(site + "/compare/chroma-vs-pgvector-vs-qdrant/")
    watched.get_by_text("Change what is compared").click()
    watched.get_by_role("button", name="Take Qdrant out").click()
    watched.wait_for_url(site + "/compare/chroma-vs-pgvector/")
    watched.get_by_text("Change what is compared").click()
    watched.get_by_label("In place of Chroma").fill("Milvus")
    watched.get_by_label("In place of Chroma").press("Enter")
    watched.wait_for_url(site + "/compare/milvus-vs-pgvector/")
    assert watched.complaints == []


def test_a_comparison_is_reached_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/")
    page.get_by_label("First tool").focus()
    keys = Keyboard(page)
    keys.type("qdr")
    keys.press("Tab")
    keys.type("pgvec")
    keys.press("Enter")
    expect(page.get_by_role("group", name="Which tool is “qdr”?")).to_be_visible()
    expect(page.get_by_role("radio", name="Qdrant")).to_be_checked()
    page.get_by_role("radio", name="pgvector").focus()
    keys.press("Enter")
    page.wait_for_url(site + "/compare/qdrant-vs-pgvector/")
    assert keys.presses < 10
    page.goto(site + "/tools/")
    page.get_by_role("checkbox", name="Compare Axolotl").check()
    page.get_by_role("checkbox", name="Compare JAX").check()
    page.get_by_role("button", name="Compare the ticked tools").click()
    page.wait_for_url(site + "/compare/axolotl-vs-jax/")
    page.goto(site + "/tools/")
    page.get_by_label("Category").select_option("Speech")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("4 tools", exact=True)).to_be_visible()
    context.close()
