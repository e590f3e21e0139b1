"""Each rule on `/methodology/` has a test, and each such test has a rule there."""

import re
from pathlib import Path

from tests import rules
from tests.integration import test_tool_lists  # noqa: F401 - importing them collects what they hold
from tests.unit import test_short_answer, test_your_panel  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "templates/comparisons/methodology/_short_answer.html").read_text()
ITEMS = re.findall(r"<li([^>]*)>", PAGE)
IDS = re.findall(r'<li id="rule-([a-z-]+)">', PAGE)


def test_every_rule_on_the_page_has_an_id_of_its_own():
    assert len(ITEMS) == len(IDS) == len(set(IDS)) > 20


def test_every_rule_is_held_by_a_test():
    assert set(IDS) - rules.HELD == set()


def test_every_test_of_a_rule_names_one_that_readers_are_told():
    assert rules.HELD - set(IDS) == set()
