"""Each rule that readers are told is the name of a test that holds it."""

import re
from pathlib import Path

from tests.integration import test_tool_lists
from tests.unit import test_decision, test_your_panel

ROOT = Path(__file__).resolve().parents[2]
RULES = re.findall(r"<li>(.*?)</li>", (ROOT / "templates/comparisons/methodology/_short_answer.html").read_text())


def test_name_of(rule: str) -> str:
    return "test_" + re.sub(r"[^a-z0-9]+", "_", rule.lower()).strip("_")


test_name_of.__test__ = False  # it only looks like one


def test_every_rule_has_its_test():
    assert len(RULES) > 20
    modules = (test_decision, test_your_panel, test_tool_lists)
    missing = [rule for rule in RULES if not any(hasattr(module, test_name_of(rule)) for module in modules)]
    assert missing == []


def test_a_rule_without_a_test_would_be_found():
    assert not hasattr(test_decision, test_name_of("The moon decides."))
