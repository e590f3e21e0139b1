"""One function makes percentages of shares: `reviews.services.panel.percent`, with its twin in SQL."""

import re
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = {"reviews/services/panel.py", "reviews/models/tool_counts.py"}
OWN_ROUNDING = re.compile(r"\b100 ?\*(?!\*)|(?<!\*)\* ?100\b|:[^\s\"'}]*%[\"'}]|\{% ?widthratio")
"""Times 100, a format such as `:.0%`, and the template tag that divides."""


def sources() -> list[Path]:
    patterns = ("reviews/**/*.py", "comparisons/**/*.py", "templates/**/*.*")
    return sorted(chain.from_iterable(ROOT.glob(pattern) for pattern in patterns))


def test_no_other_module_rounds_a_share():
    assert len(sources()) > 200
    found = {str(path.relative_to(ROOT)) for path in sources() if OWN_ROUNDING.search(path.read_text())}
    assert found == ALLOWED


@pytest.mark.parametrize(
    "text", ["100 * part / whole", "part / whole * 100", 'f"{share:.0%}"', "{% widthratio a b 100 %}"]
)
def test_own_rounding_is_found(text):
    assert OWN_ROUNDING.search(text)
