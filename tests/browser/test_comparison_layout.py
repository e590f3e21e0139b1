"""The layout of a comparison page: nothing is hidden below its bar, and all stays inside its card."""

from tests.factories import make_tool

FOUR = "/compare/code-llama-4-vs-llama-4-scout-fine-tuning-toolkit-vs-mistral-3b-vs-unjudged/"


def test_a_linked_section_is_not_hidden_by_the_bar(page, site):
    make_tool(
        "A name as long as names of tools come, and a little longer than that, for two lines", slug="long"
    )
    for path in ("/compare/code-llama-4-vs-mistral-3b/", "/compare/code-llama-4-vs-long-vs-mistral-3b/"):
        for reviewer in ("builder", "founder"):
            page.goto(f"{site}{path}#{reviewer}")
            bar = page.locator(".jump").bounding_box()
            assert page.locator(f"#{reviewer}").bounding_box()["y"] >= bar["y"] + bar["height"]


def test_a_card_holds_a_tool_that_nobody_judged(page, site):
    make_tool("Unjudged")
    for path in ("/compare/jax-vs-unjudged/", FOUR):
        page.goto(site + path)
        for width in (320, 352, 390, 411, 800, 1024, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            for card in page.locator(".tool").all():
                parts = [part.bounding_box() for part in card.locator("> *").all()]
                frame = card.bounding_box()
                assert all(part["x"] + part["width"] < frame["x"] + frame["width"] for part in parts), (
                    path,
                    width,
                )
