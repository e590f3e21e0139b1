"""Pages in unusual states are accessible and fit the screen: wrong values, unclear names, opened parts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

STATES = {
    "a wrong choice": "/tools/?category=nonsense&sort=nonsense&page=two",
    "nothing found": "/tools/?category=speech&kind=service",
    "a page beyond": "/tools/?page=99",
    "a search that is too long": "/compare/?q=" + "x" * 130,
    "most split first": "/compare/?sort=split",
    "unclear names": "/compare/pick/?tool=llama&tool=Qdrant&tool=zzzz",
    "too many names": "/compare/pick/?tool=vosk&tool=jax&tool=peft&tool=mlx&tool=nltk",
    "one name": "/compare/pick/?tool=vosk",
    "verdicts chosen": "/reviewers/founder/?decision=skip&category=speech",
    "an unranked category": "/categories/speech/?sort=name",
    "a comparison to change": "/compare/code-llama-4-vs-mistral-3b-vs-smollm3/",
}


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
)
def test_every_state_is_accessible_and_fits(watched, site, width, scheme):
    watched.set_viewport_size({"width": width, "height": 900})
    watched.emulate_media(color_scheme=scheme)
    problems = []
    for name, path in STATES.items():
        watched.goto(site + path)
        watched.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        for box in watched.get_by_role("checkbox").all()[:2]:
            box.check()
        problems += [f"{name}: {violation['id']}" for violation in Axe().run(watched).response["violations"]]
        if watched.evaluate("document.documentElement.scrollWidth") > width:
            problems.append(f"{name}: scrolls sideways")
        problems += [f"{name}: {each}" for each in watched.complaints]
        watched.complaints.clear()
    assert not problems


def test_small_screens_hold_the_opened_parts_too(page, site):
    page.set_viewport_size({"width": 320, "height": 900})
    for name, path in STATES.items():
        page.goto(site + path)
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
