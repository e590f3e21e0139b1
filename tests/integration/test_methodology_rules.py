"""Each rule on `/methodology/` has a test, and each such test has a rule there."""

import re
from pathlib import Path

from tests import rules
from tests.integration import test_told_changes, test_tool_lists  # noqa: F401 - imported for what they hold
from tests.unit import test_change_runs, test_panel, test_short_answer, test_your_panel  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates/comparisons"
LISTS = (TEMPLATES / "methodology/_short_answer.html").read_text()
PAGES = [TEMPLATES / "methodology.html", *sorted((TEMPLATES / "methodology").glob("*.html"))]
ITEMS = re.findall(r"<li([^>]*)>", LISTS)
LIST_IDS = re.findall(r'<li id="rule-([a-z-]+)">', LISTS)
IDS = re.findall(r'<(?:li|p) id="rule-([a-z-]+)">', "".join(page.read_text() for page in PAGES))


def test_every_rule_on_the_page_has_an_id_of_its_own():
    assert len(ITEMS) == len(LIST_IDS) > 20
    assert len(IDS) == len(set(IDS))


def test_every_rule_is_held_by_a_test():
    assert set(IDS) - rules.HELD == set()


def test_every_test_of_a_rule_names_one_that_readers_are_told():
    assert rules.HELD - set(IDS) == set()
