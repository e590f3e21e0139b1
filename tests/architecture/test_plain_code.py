"""Code is plain: no comprehension of two loops, no chain with “is” or “in”, one assignment to a line."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("benchmarks", "comparisons", "drills", "reviews", "tests")


def tricks(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and kind of every statement in `source` that has a plainer form."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                if len(node.generators) > 1:
                    yield node.lineno, "a comprehension of two loops"
            case ast.Compare():
                if len(node.ops) > 1 and any(isinstance(each, IDENTITY) for each in node.ops):
                    yield node.lineno, "a chain of comparisons with “is” or “in”"
            case ast.Assign(targets=[ast.Tuple() as targets], value=ast.Tuple() as values):
                if not _depends(targets, values):
                    yield node.lineno, "several assignments on one line"


IDENTITY = (ast.Is, ast.IsNot, ast.In, ast.NotIn)


def _depends(targets: ast.Tuple, values: ast.Tuple) -> bool:
    """Say whether a value uses a target, as when two names change places."""
    names = {ast.unparse(target) for target in targets.elts}
    return any(ast.unparse(node) in names for node in ast.walk(values) if isinstance(node, ast.expr))


@pytest.mark.parametrize("folder", FOLDERS)
def test_statements_are_plain(folder):
    paths = sorted((ROOT / folder).rglob("*.py"))
    assert paths
    found = {str(path.relative_to(ROOT)): list(tricks(path.read_text())) for path in paths}
    assert {path: those for path, those in found.items() if those} == {}


@pytest.mark.parametrize(
    "source",
    [
        "[x for row in rows for x in row]",
        "{x: y for row in rows for x, y in row}",
        "any(x for row in rows for x in row)",
        "a == b is not None",
        "a in b in c",
        "one, two = 1, 2",
        "self.one, self.two = one, two",
    ],
)
def test_a_trick_is_found(source):
    assert len(list(tricks(source))) == 1


@pytest.mark.parametrize(
    "source", ["[x for x in row]", "0 < a < b", "a == b == []", "one, two = two, one", "one, two = pair"]
)
def test_a_plain_statement_is_not_taken_for_a_trick(source):
    assert list(tricks(source)) == []
