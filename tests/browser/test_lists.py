"""Lists with JavaScript: filters, sorting, pages and ticks. Only the list is swapped, and no tick is lost."""

from playwright.sync_api import expect

from comparisons.models import Comparison


def heads(page):
    return page.locator("#list .items h3")


def test_the_list_alone_is_swapped_the_address_follows_and_back_works(watched, site):
    watched.goto(site + "/tools/")
    watched.evaluate("window.stillHere = true")
    expect(heads(watched)).to_have_count(24)
    watched.get_by_label("Category").focus()
    watched.get_by_label("Category").select_option("Speech")
    expect(heads(watched)).to_have_count(4)
    expect(watched).to_have_url(site + "/tools/?category=speech")
    expect(watched.get_by_role("status").first).to_have_text("4 tools")
    expect(watched.get_by_label("Category")).to_be_focused()
    watched.get_by_label("Sort by").select_option("Panel ship")
    expect(watched).to_have_url(site + "/tools/?category=speech&sort=panel")
    assert watched.evaluate("window.stillHere")
    watched.go_back()
    expect(watched).to_have_url(site + "/tools/?category=speech")
    expect(heads(watched)).to_have_count(4)
    expect(watched.get_by_label("Sort by")).to_have_value("name")
    watched.go_back()
    expect(heads(watched)).to_have_count(24)
    expect(watched.get_by_label("Category")).to_have_value("")
    expect(watched.get_by_role("heading", name="Tools", exact=True)).to_be_visible()
    watched.go_forward()
    expect(heads(watched)).to_have_count(4)
    assert watched.complaints == []


def test_back_from_a_tool_shows_the_whole_page_again(watched, site):
    watched.goto(site + "/tools/")
    watched.get_by_label("Category").select_option("Speech")
    expect(heads(watched)).to_have_count(4)
    watched.get_by_role("link", name="Vosk").click()
    watched.wait_for_url(site + "/tools/vosk/")
    watched.go_back()
    expect(heads(watched)).to_have_count(4)
    expect(watched.get_by_role("banner")).to_be_visible()
    watched.reload()
    expect(watched.get_by_label("Category")).to_have_value("speech")


def test_scripts_go_on_after_back(watched, site):
    watched.goto(site + "/tools/")
    watched.get_by_label("Category").select_option("Speech")
    expect(heads(watched)).to_have_count(4)
    watched.go_back()
    expect(heads(watched)).to_have_count(24)
    watched.get_by_role("checkbox", name="Compare Axolotl").check()
    watched.get_by_role("checkbox", name="Compare Chroma").check()
    expect(watched.get_by_role("button", name="Compare 2 tools")).to_be_visible()
    watched.get_by_label("Category").select_option("Speech")
    expect(heads(watched)).to_have_count(4)
    expect(watched.locator(".tray").get_by_role("listitem")).to_have_count(2)
    assert watched.complaints == []


def test_paging_changes_the_title_and_leaves_the_focus(watched, site):
    watched.goto(site + "/compare/")
    watched.get_by_role("link", name="Next", exact=True).focus()
    watched.keyboard.press("Enter")
    expect(watched).to_have_url(site + "/compare/?page=2")
    expect(watched).to_have_title("AI tool comparisons, page 2 · Panelship")
    expect(heads(watched)).to_have_count(Comparison.objects.count() - 24)
    watched.get_by_role("link", name="Previous", exact=True).focus()
    watched.keyboard.press("Enter")
    expect(watched).to_have_title("AI tool comparisons · Panelship")
    expect(watched).to_have_url(site + "/compare/")
    assert watched.complaints == []


def test_a_complaint_goes_away_with_the_next_choice(watched, site):
    watched.goto(site + "/tools/?category=nonsense")
    expect(watched.get_by_text("That is none of the choices")).to_be_visible()
    watched.get_by_label("Category").select_option("Speech")
    watched.get_by_role("button", name="Show").click()
    expect(watched.get_by_text("That is none of the choices")).to_have_count(0)
    expect(heads(watched)).to_have_count(4)
    assert watched.complaints == []


def test_names_are_looked_for_while_they_are_typed(watched, site):
    watched.goto(site + "/compare/")
    watched.get_by_label("Names").press_sequentially("vosk", delay=20)
    expect(heads(watched)).to_have_count(3)
    expect(watched).to_have_url(site + "/compare/?q=vosk")
    expect(watched.get_by_label("Names")).to_be_focused()
    assert watched.complaints == []


def test_ticks_are_counted_named_and_kept_from_page_to_page(watched, site):
    watched.goto(site + "/tools/")
    watched.get_by_role("checkbox", name="Compare Axolotl").check()
    tray = watched.locator(".tray")
    expect(tray.get_by_role("status")).to_have_text("Tick one more to compare.")
    watched.get_by_role("link", name="Next", exact=True).click()
    expect(watched).to_have_url(site + "/tools/?page=2")
    expect(tray.get_by_role("listitem")).to_have_text(["Axolotl ×"])
    watched.get_by_role("checkbox", name="Compare vLLM").check()
    expect(tray.get_by_role("status")).to_have_text("2 tools ticked.")
    watched.get_by_role("link", name="Previous", exact=True).click()
    expect(watched.get_by_role("checkbox", name="Compare Axolotl")).to_be_checked()
    watched.get_by_role("button", name="Compare 2 tools").click()
    watched.wait_for_url(site + "/compare/axolotl-vs-vllm/")
    assert watched.complaints == []


def test_ticks_can_be_removed_and_a_fifth_tick_is_refused_with_a_message(watched, site):
    watched.goto(site + "/tools/")
    for name in ("Axolotl", "Chroma", "ComfyUI", "CrewAI"):
        watched.get_by_role("checkbox", name=f"Compare {name}").check()
    expect(watched.get_by_role("button", name="Compare 4 tools")).to_be_visible()
    watched.get_by_role("checkbox", name="Compare Gradio").click()
    expect(watched.get_by_role("checkbox", name="Compare Gradio")).not_to_be_checked()
    expect(watched.locator(".tray").get_by_role("status")).to_have_text(
        "Four are the most that fit side by side: take one out first."
    )
    watched.get_by_role("button", name="Take Chroma out").click()
    expect(watched.get_by_role("checkbox", name="Compare Chroma")).not_to_be_checked()
    expect(watched.get_by_role("checkbox", name="Compare Chroma")).to_be_focused()
    expect(watched.get_by_role("button", name="Compare 3 tools")).to_be_visible()
    assert watched.complaints == []


def test_on_a_tools_page_one_tick_is_enough(watched, site):
    watched.goto(site + "/tools/pgvector/")
    watched.get_by_role("checkbox", name="Compare Chroma").check()
    watched.get_by_role("button", name="Compare 2 tools").click()
    watched.wait_for_url(site + "/compare/chroma-vs-pgvector/")


def test_weights_keep_what_was_chosen_meanwhile(watched, site):
    watched.goto(site + "/tools/?builder=3")
    expect(watched.get_by_label("Sort by")).to_be_disabled()
    watched.get_by_label("Category").select_option("Speech")
    expect(watched).to_have_url(site + "/tools/?category=speech&builder=3")
    watched.get_by_role("button", name="Rank with these weights").click()
    expect(heads(watched)).to_have_count(4)
    watched.get_by_role("link", name="Without weights").click()
    expect(watched).to_have_url(site + "/tools/?category=speech")
    expect(watched.get_by_label("Sort by")).to_be_enabled()
    assert watched.complaints == []


def test_the_tray_stays_in_sight(watched, site):
    watched.set_viewport_size({"width": 1280, "height": 700})
    watched.goto(site + "/tools/")
    expect(watched.locator(".tray")).not_to_be_in_viewport()
    watched.get_by_role("checkbox", name="Compare Axolotl").check()
    expect(watched.locator(".tray")).to_be_in_viewport()


def test_an_answer_for_a_replaced_list_is_dropped(watched, site):
    held = []
    watched.route("**/visitor-state/**", lambda route: held.append(route) if not held else route.continue_())
    watched.goto(site + "/tools/")
    watched.get_by_label("Category").select_option("Speech")
    expect(heads(watched)).to_have_count(4)
    with watched.expect_response(held[0].request.url):
        held[0].continue_()
    watched.wait_for_load_state("networkidle")
    assert watched.complaints == []


def test_an_action_in_a_replaced_list_does_not_block_the_queue(watched, site):
    held = []
    watched.route("**/bookmark/", lambda route: held.append(route) if not held else route.continue_())
    watched.goto(site + "/tools/")
    watched.get_by_role("button", name="Bookmark Axolotl").click()
    watched.get_by_role("button", name="Bookmark Chroma").click()
    watched.get_by_label("Category").select_option("Speech")
    expect(heads(watched)).to_have_count(4)
    held[0].continue_()
    watched.get_by_role("button", name="Bookmark Whisper", exact=True).click()
    expect(watched.locator("#bookmark-count")).to_have_text("3")
    expect(watched.get_by_role("button", name="Bookmark Whisper", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    watched.get_by_role("link", name="Bookmarks").click()
    expect(watched.get_by_role("dialog", name="Bookmarks").locator("strong")).to_have_text(
        ["Whisper", "Chroma", "Axolotl"]
    )


def test_on_a_narrow_screen_a_figure_has_the_row_for_itself(watched, site):
    watched.set_viewport_size({"width": 390, "height": 900})
    watched.goto(site + "/tools/")
    figures = watched.get_by_text("% of 4 verdicts · mean score")
    assert {round(figure.bounding_box()["height"]) for figure in figures.all()} == {21}, "one line each"
    box = watched.get_by_role("checkbox", name="Compare Axolotl").bounding_box()
    button = watched.get_by_role("button", name="Bookmark Axolotl").bounding_box()
    assert box["x"] > button["x"] + button["width"]
    assert abs(box["y"] + box["height"] / 2 - button["y"] - button["height"] / 2) < 10
