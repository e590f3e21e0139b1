"""The first screen of a comparison holds the whole answer: the sentence, best for, and the matrix."""

import gzip
import re
import statistics

import brotli
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories import make_tool

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SCREENS = [DESK, PHONE]
TWO = "/compare/gradio-vs-streamlit/"
THREE = "/compare/chroma-vs-pgvector-vs-qdrant/"
FOUR = "/compare/chroma-vs-milvus-vs-pgvector-vs-qdrant/"
UNSCORED = "/compare/smollm3-vs-mistral-8x24b-mixture-of-experts/"
DIFFERENT_JOBS = "/compare/pgvector-vs-whisper/"
LONG_NAME = "A tool with a name of so many letters " * 3
ANSWER = ("h1", ".standing", ".as-of", ".best-for", ".matrix")


@pytest.fixture
def addresses(site):
    """Pages of every kind, by name: the sample's, one verdict, the longest name, one from right to left."""
    make_tool("Judged Once", "ship 80, -, -, -")
    make_tool(LONG_NAME[:114].strip() + " Kit", "ship 80, skip 40, ship, ship 71", slug="long")
    make_tool("כלי השוואה", "ship 80, ship 74, skip 41, ship 71", slug="right-to-left")
    return {
        "two": TWO,
        "three": THREE,
        "four": FOUR,
        "no score": UNSCORED,
        "different jobs": DIFFERENT_JOBS,
        "one verdict": "/compare/gradio-vs-judged-once/",
        "longest name": "/compare/gradio-vs-long/",
        "right to left": "/compare/gradio-vs-right-to-left/",
    }


def lowest_edges(page):
    """Return the bottom of each visible part of the answer, in pixels from the top of the page."""
    edges = """parts => Object.fromEntries(
        parts.map(part => [part, document.querySelector(part)?.getBoundingClientRect()])
            .filter(([, box]) => box && box.width > 0 && box.height > 0)
            .map(([part, box]) => [part, Math.round(box.bottom)]))"""
    return page.evaluate(edges, list(ANSWER))


@pytest.mark.parametrize(
    "options",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"java_script_enabled": False},
    ],
    ids=["light", "dark", "forced colours", "no JavaScript"],
)
@pytest.mark.parametrize("screen", SCREENS, ids=["desk", "phone"])
def test_the_answer_is_on_the_first_screen(browser, site, addresses, screen, options):
    context = browser.new_context(viewport=screen, **options)
    page = context.new_page()
    problems = []
    for name, address in addresses.items():
        page.goto(site + address)
        edges = lowest_edges(page)
        problems += [f"{name}: {part} is not seen" for part in ANSWER if part not in edges]
        problems += [
            f"{name}: {part} ends at {edge}" for part, edge in edges.items() if edge > screen["height"]
        ]
        if page.evaluate("document.documentElement.scrollWidth") > screen["width"]:
            problems.append(f"{name}: wider than the screen")
    context.close()
    assert not problems


def test_it_is_found_out_when_the_answer_is_too_low(page, site):
    """Negative control."""
    page.set_viewport_size(DESK)
    page.goto(site + TWO)
    page.evaluate(
        "document.querySelector('h1').insertAdjacentHTML('afterend', '<p>More words.</p>'.repeat(20))"
    )
    assert lowest_edges(page)[".matrix"] > DESK["height"]


def test_the_leader_comes_first_and_is_marked(page, site):
    page.goto(site + FOUR)
    first = page.locator(".best-for > li").first
    assert first.locator("h3").inner_text().split() == ["pgvector", "Leads"]
    page.goto(site + TWO)
    assert page.locator(".best-for .lead").count() == 0


def test_every_cell_says_its_verdict_and_leads_to_it(page, site, addresses):
    for name, address in addresses.items():
        page.goto(site + address)
        for cell in page.locator(".matrix tbody td:not(.plot)").all():
            words = cell.inner_text()
            assert re.search(r"\b(ship|skip|not judged yet)\b", words), (name, words)
            link = cell.locator("a")
            if link.count():
                target = link.get_attribute("href").removeprefix("#")
                assert page.locator(f"[id='{target}'] blockquote").count() == 1, (name, target)


def test_a_cell_leads_to_a_verdict_that_was_folded(page, site):
    page.set_viewport_size(DESK)
    page.goto(site + TWO)
    target = page.locator("#verdict-builder--gradio")
    assert (
        target.locator("xpath=ancestor::div[contains(@class, 'fold')]").get_attribute("hidden")
        == "until-found"
    )
    page.locator(".matrix a[href='#verdict-builder--gradio']").click()
    page.wait_for_function("!document.getElementById('texts-builder').hasAttribute('hidden')")
    assert page.locator("[aria-controls='texts-builder']").get_attribute("aria-expanded") == "true"


def test_rows_where_they_split_are_tinted_and_say_so(page, site):
    page.set_viewport_size(DESK)
    page.goto(site + TWO)
    rows = page.locator(".matrix tbody tr")
    splits = [row.locator("small").inner_text() if row.locator("small").count() else "" for row in rows.all()]
    assert splits == ["", "", "Split: ships Gradio, skips Streamlit", "Split: ships Streamlit, skips Gradio"]
    tints = [row.evaluate("row => getComputedStyle(row).backgroundColor") for row in rows.all()]
    assert tints[2] == tints[3] != tints[0] == tints[1]


def test_scores_are_plotted_on_one_axis_where_any_is_known(page, site):
    page.set_viewport_size(DESK)
    page.goto(site + TWO)
    assert [plot.get_attribute("aria-label") for plot in page.locator(".matrix svg").all()] == [
        "Scores of the Builder: Gradio 88, Streamlit 82",
        "Scores of the Skeptic: Gradio 73, Streamlit 70",
        "Scores of the Futurist: Gradio 80, Streamlit 45",
        "Scores of the Founder: Gradio 52, Streamlit 85",
    ]
    page.goto(site + UNSCORED)
    assert page.locator(".matrix svg, .matrix .plot").count() == 0
    assert page.get_by_text("score not known", exact=True).count() >= 8


def test_in_chosen_colours_ship_and_skip_are_told_apart(page, site):
    page.emulate_media(forced_colors="active")
    page.set_viewport_size(DESK)
    page.goto(site + TWO)
    fill = "dot => getComputedStyle(dot).fill"
    assert page.locator("g.ship circle").first.evaluate(fill) != page.locator("g.skip circle").first.evaluate(
        fill
    )
    page.goto(site + "/tools/")
    background = "square => getComputedStyle(square).backgroundColor"
    filled = page.locator(".squares b:not(.skip)").first
    outlined = page.locator(".squares b.skip").first
    assert filled.evaluate(background) != outlined.evaluate(background)


def test_without_style_sheets_the_matrix_is_a_table_of_words(page, site):
    page.route("**/*.css", lambda route: route.abort())
    page.goto(site + TWO)
    row = page.locator(".matrix tbody tr").nth(2)
    assert " ".join(row.locator("th, td:not(.plot)").all_inner_texts()).split() == (
        ["Futurist", "Split:", "ships", "Gradio,", "skips", "Streamlit", "✓", "80", "ship", "✕", "45", "skip"]
    )


def test_axe_finds_nothing_on_any_kind_of_comparison(page, site, addresses):
    problems = []
    for screen in SCREENS:
        page.set_viewport_size(screen)
        for name, address in addresses.items():
            page.goto(site + address)
            problems += [f"{name}: {each['id']}" for each in Axe().run(page).response["violations"]]
    assert not problems


PAIRS = [
    TWO,
    UNSCORED,
    "/compare/code-llama-4-vs-mistral-3b/",
    "/compare/jax-vs-tensorflow/",
    "/compare/chroma-vs-qdrant/",
]


@pytest.mark.parametrize(
    ("screen", "pairs", "four"), [(DESK, 3600, 5000), (PHONE, 5000, 9000)], ids=["desk", "phone"]
)
def test_pages_are_no_longer_than_promised(page, site, screen, pairs, four):
    """The median of some pairs, and four tools, in pixels."""
    page.set_viewport_size(screen)

    def height(address):
        page.goto(site + address)
        page.wait_for_function("document.querySelector('.fold[hidden]') !== null")
        return page.evaluate("document.documentElement.scrollHeight")

    assert statistics.median(height(address) for address in PAIRS) <= pairs
    assert height(FOUR) <= four


def test_a_pair_is_printed_on_two_sheets(page, site):
    page.goto(site + TWO)
    page.wait_for_load_state("networkidle")
    sheets = re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True))
    assert len(sheets) == 2


def test_four_tools_use_a_wide_screen(page, site):
    page.set_viewport_size({"width": 1920, "height": 1000})
    page.goto(site + FOUR)
    assert page.locator("main").bounding_box()["width"] == 1600
    page.goto(site + TWO)
    assert page.locator("main").bounding_box()["width"] == 1152


def test_a_comparison_is_light(page, site):
    """At most 8 requests and 70 kB as sent: pages with gzip, static files with brotli."""
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(site + TWO)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    weights = {}
    for answer in answers:
        body = answer.body()
        path = answer.url.removeprefix(site).split("?")[0]
        if path.endswith(".woff2"):
            weights[path] = len(body)
        elif path.startswith("/static/"):
            weights[path] = len(brotli.compress(body))
        else:
            weights[path] = len(gzip.compress(body))
    assert len(answers) <= 8, weights
    assert sum(weights.values()) <= 70_000, weights
