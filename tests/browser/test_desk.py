"""The editors' desk in a real browser: a tool entered and published, word counts, two editors, the policy."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import paragraph

DJANGOS_OWN = {"aria-input-field-name"}  # the admin's search-as-you-type field has no name of its own
VERDICTS = (("Ship", "81"), ("Skip", "44"), ("Ship", "73"), ("Ship", ""))


class Hand:
    """Counts an editor's actions: each filled field, choice and click."""

    def __init__(self, page):
        self.page = page
        self.actions = 0

    def fill(self, selector, text):
        self.actions += 1
        self.page.locator(selector).fill(text)

    def choose(self, selector, label):
        self.actions += 1
        self.page.locator(selector).select_option(label=label)

    def click(self, locator):
        self.actions += 1
        locator.click()


def test_a_new_tool_with_four_verdicts_is_entered_and_published_in_under_40_actions(desk, site):
    hand = Hand(desk)
    hand.click(desk.locator('a[href="/admin/reviews/tool/add/"]').first)
    hand.fill("#id_name", "Panel Hammer")
    hand.choose("#id_category", "Developer Tools")
    hand.choose("#id_kind", "Application")
    for field, text in (
        ("tagline", "A hammer for panels"),
        ("facts-entry-price-value", "Free"),
        ("facts-pricing-value", "Free / Open-source (MIT)"),
    ):
        hand.fill(f"#id_{field}", text)
    hand.fill("#id_description", "It hammers. Its maker says so.")
    for place, (decision, score) in enumerate(VERDICTS):
        form = desk.locator("fieldset.persona").nth(place)
        hand.click(form.get_by_label(decision, exact=True))
        if score:
            hand.fill(f"#id_verdicts-{place}-score", score)
        hand.fill(f"#id_verdicts-{place}-body", paragraph(f"text-{place}"))
        for number in range(4):
            hand.fill(f'[id^="id_verdicts-{place}-answer_"] >> nth={number}', f"Answer {place} {number}")
    hand.click(desk.get_by_role("button", name="Publish", exact=True))
    expect(desk.get_by_text("“Pick if” is empty").first).to_be_visible()  # a warning: it asks once
    hand.click(desk.get_by_role("button", name="Publish", exact=True))
    expect(desk.locator(".messagelist")).to_contain_text("was added successfully")
    hand.click(desk.get_by_role("button", name="Publish", exact=True))
    expect(desk.locator(".messagelist")).to_contain_text("is published")
    assert hand.actions < 40, hand.actions
    desk.goto(site + "/tools/panel-hammer/")
    expect(desk.get_by_role("heading", name="Panel Hammer", level=1)).to_be_visible()
    expect(desk.get_by_text("Answer 3 3")).to_be_visible()
    expect(desk.get_by_text("81/100")).to_be_visible()
    assert desk.complaints == []


def test_words_are_counted_while_they_are_typed(desk, site):
    desk.goto(site + "/admin/reviews/tool/add/")
    told = desk.locator("output.words").first
    expect(told).to_have_text("0 words")
    body = desk.locator("#id_verdicts-0-body")
    body.fill("one")
    expect(told).to_have_text("1 word: rather short")
    body.fill(" ".join(["word"] * 40) + "  \n")
    expect(told).to_have_text("40 words")
    body.fill(" ".join(["word"] * 201))
    expect(told).to_have_text("201 words: rather long")
    assert desk.complaints == []


def test_a_warning_asks_once_and_keeps_what_was_typed(desk, site):
    from reviews.models import Tool, Verdict

    tool = Tool.objects.get(slug="smollm3")
    desk.goto(f"{site}/admin/reviews/tool/{tool.pk}/change/")
    desk.locator("#id_verdicts-0-body").fill("I used it.")
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.get_by_text("“I used” claims that somebody used it")).to_be_visible()
    expect(desk.locator("#id_verdicts-0-body")).to_have_value("I used it.")
    desk.get_by_role("link", name="look at the warnings below").click()
    expect(desk.get_by_role("list", name="Worth a second look")).to_be_in_viewport()
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.locator(".messagelist")).to_contain_text("was changed successfully")
    assert Verdict.objects.get(tool=tool, reviewer__slug="builder").body == "I used it."
    assert desk.complaints == []


def test_a_newer_version_stands_beside_what_was_typed(desk, site):
    from reviews.models import Tool
    from reviews.services.editing import history

    tool = Tool.objects.get(slug="smollm3")
    desk.goto(f"{site}/admin/reviews/tool/{tool.pk}/change/")
    tool.tagline = "Saved by somebody else"
    history.save(row=tool, by="grace")
    desk.locator("#id_tagline").fill("Typed here")
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.get_by_role("heading", name=re.compile("Two versions: grace saved at"))).to_be_visible()
    row = desk.get_by_role("row", name=re.compile("Tagline"))
    expect(row).to_contain_text("Saved by somebody else")
    expect(row).to_contain_text("Typed here")
    expect(desk.locator("#id_tagline")).to_have_value("Typed here")
    desk.get_by_label("Keep mine, as it stands in the form below").check()
    desk.get_by_role("button", name="Save", exact=True).first.click()
    expect(desk.locator(".messagelist")).to_contain_text("was changed successfully")
    tool.refresh_from_db()
    assert tool.tagline == "Typed here"
    assert desk.complaints == []


def test_files_are_tried_out_first_and_every_page_of_the_desk_is_accessible_and_keeps_the_policy(desk, site):
    from reviews.models import Attribute, Reviewer, Tool, VoteBatch

    one, other = Tool.objects.order_by("pk")[:2]
    reviewer = Reviewer.objects.first()
    general = Attribute.objects.general().first()
    batch = VoteBatch.objects.create(tool=one, reason="burst")
    for path in (
        "/admin/",
        "/admin/reviews/tool/",
        "/admin/reviews/tool/?lacks=skeptic&old=facts",
        "/admin/reviews/attribute/",
        "/admin/reviews/attribute/add/",
        f"/admin/reviews/attribute/{general.pk}/change/",
        "/admin/reviews/tool/add/",
        f"/admin/reviews/tool/{one.pk}/change/",
        f"/admin/reviews/tool/{one.pk}/history/",
        "/admin/reviews/revision/",
        f"/admin/reviews/votebatch/{batch.pk}/change/",
        f"/admin/reviews/reviewer/{reviewer.pk}/change/",
        "/admin/reviews/deskmember/add/",
        "/admin/admin/logentry/",
        "/admin/comparisons/comparison/",
        "/admin/comparisons/comparison/add/",
        f"/admin/merge/{one.pk}/",
        f"/admin/merge/{one.pk}/into/{other.pk}/",
        f"/admin/preview/tools/{one.pk}/",
        "/admin/rivals/",
        "/admin/duplicates/",
        "/admin/files/",
    ):
        desk.goto(site + path)
        assert desk.locator("h1").count() >= 1, path
        found = {violation["id"] for violation in Axe().run(desk).response["violations"]}
        assert found <= DJANGOS_OWN, path
    desk.goto(site + "/admin/files/")
    text = f"slug,tagline\n{one.slug},Another line\n"
    desk.get_by_label("File").set_input_files(
        {"name": "tools.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    desk.get_by_role("button", name="Show what would change").click()
    expect(desk.get_by_text("1 of 1 row would change")).to_be_visible()
    desk.get_by_role("button", name="Write 1 row").click()
    expect(desk.get_by_text("Written: 1 row changed")).to_be_visible()
    assert Tool.objects.get(pk=one.pk).tagline == "Another line"
    desk.goto(site + "/admin/files/")
    text = f"tool,category,key,value,state\n{one.slug},,latest-release,9.9,checked\n"
    desk.locator("#id_kind").select_option(label="Facts")
    desk.get_by_label("File").set_input_files(
        {"name": "facts.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    desk.get_by_role("button", name="Show what would change").click()
    expect(desk.get_by_text("A checked fact needs its source")).to_be_visible()
    assert desk.complaints == []


def test_the_bar_of_a_running_import_is_seen_and_gives_way_to_the_report(desk, site):
    from comparisons.desk.files.report import ImportReport
    from comparisons.models import ImportRun

    run = ImportRun.objects.create(kind="tools", editor="admin", done=25, total=60)
    desk.goto(site + f"/admin/files/{run.pk}/")
    bar = desk.get_by_role("progressbar")
    expect(bar).to_be_visible()
    assert bar.evaluate("bar => [bar.value, bar.max, bar.getBoundingClientRect().width > 100]") == [
        25,
        60,
        True,
    ]
    expect(desk.get_by_role("status")).to_contain_text("The file is being checked: 25 of 60")
    ImportRun.objects.update(done=50)
    expect(desk.get_by_role("status")).to_contain_text("50 of 60")
    ImportRun.objects.update(state="checked", report=ImportReport(rows=3).as_json())
    expect(desk.get_by_text("0 of 3 rows would change")).to_be_visible()
    expect(bar).to_be_hidden()
    assert desk.complaints == []


def test_tools_of_a_similar_name_are_shown_while_one_is_typed(desk, site):
    desk.goto(site + "/admin/reviews/tool/add/")
    desk.locator("#id_name").press_sequentially("mistral3b")
    shown = desk.locator(".similar-names")
    expect(shown).to_contain_text("Mistral 3B (published; the same name but for spaces, accents and signs)")
    desk.locator("#id_name").fill("")
    expect(shown).to_be_empty()
