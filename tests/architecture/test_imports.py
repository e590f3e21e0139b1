"""The house has two floors: `comparisons` stands on `reviews`, never the other way round."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def imported_modules(source: str) -> set[str]:
    """Every module a piece of code imports, inside functions too."""
    modules = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(node.module or "")
    return modules


def reaches_up(source: str) -> bool:
    return any(module.split(".")[0] == "comparisons" for module in imported_modules(source))


@pytest.mark.parametrize("path", sorted((ROOT / "reviews").rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_ground_floor_imports_nothing_from_above(path):
    assert not reaches_up(path.read_text())


@pytest.mark.parametrize(
    "source",
    [
        "import comparisons.models",
        "from comparisons import urls",
        "def f():\n    from comparisons.services.side_by_side import Row",
    ],
)
def test_the_check_itself_can_fail(source):
    assert reaches_up(source)


SERVICES = sorted([*ROOT.glob("*/services/*.py"), *ROOT.glob("comparisons/*/services/*.py")])


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: str(path.relative_to(ROOT)))
def test_services_know_no_request_and_no_html(path):
    modules = imported_modules(path.read_text())
    assert not {
        module
        for module in modules
        if module.startswith(("django.http", "django.template", "django.shortcuts", "django.utils.html"))
    }
