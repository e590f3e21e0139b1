"""The source keeps the rules of tests/security/lint.py and of bandit; each rule finds a violation."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.security.lint import ALLOWED, MODULE_RULES, TEMPLATE_RULES

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted([*ROOT.glob("comparisons/**/*.py"), *ROOT.glob("reviews/**/*.py")])
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def bandit(*paths: Path) -> subprocess.CompletedProcess[str]:
    """Run bandit like `make check`."""
    command = [
        sys.executable,
        "-m",
        "bandit",
        "--quiet",
        "--configfile",
        str(ROOT / "pyproject.toml"),
        "--recursive",
        *map(str, paths),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.parametrize("rule", MODULE_RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rule(rule):
    found = {}
    for path in MODULES:
        name = str(path.relative_to(ROOT))
        if findings := list(rule(ast.parse(path.read_text()))):
            found[name] = findings
    assert {name: told for name, told in found.items() if name not in ALLOWED.get(rule, set())} == {}
    assert ALLOWED.get(rule, set()) <= set(found), "a file that needs no exception any more"


@pytest.mark.parametrize(
    ("rule", "example"), MODULE_RULES.items(), ids=lambda each: getattr(each, "__name__", "")
)
def test_the_rule_finds_what_breaks_it(rule, example):
    assert list(rule(ast.parse(example)))


@pytest.mark.parametrize(("rule", "_"), TEMPLATE_RULES.values(), ids=TEMPLATE_RULES)
def test_no_template_holds(rule, _):
    found = {}
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        if findings := rule(name, path.read_text()):
            found[name] = findings
    assert found == {}


@pytest.mark.parametrize(("rule", "example"), TEMPLATE_RULES.values(), ids=TEMPLATE_RULES)
def test_the_template_rule_finds_what_breaks_it(rule, example):
    assert rule(*example)


WRONG = {
    "B102": "exec(text)",
    "B301": "import pickle\npickle.loads(data)",
    "B307": "eval(text)",
    "B310": "import urllib.request\nurllib.request.urlopen(address)",
    "B311": "import random\ntoken = random.random()",
    "B324": "import hashlib\nhashlib.md5(data)",
    "B501": "import requests\nrequests.get(address, verify=False, timeout=1)",
    "B506": "import yaml\nyaml.load(text)",
    "B602": "import subprocess\nsubprocess.run(text, shell=True)",
    "B703": "from django.utils.safestring import mark_safe\ndef tag(name):\n    return mark_safe(name)",
}


def test_bandit_finds_nothing_in_the_source():
    told = bandit(ROOT / "comparisons", ROOT / "reviews", ROOT / "manage.py")
    assert (told.returncode, told.stdout) == (0, "")


def test_bandit_finds_what_is_wrong(tmp_path):
    for number, source in WRONG.items():
        (tmp_path / f"{number}.py").write_text(source)
    told = bandit(tmp_path)
    assert told.returncode == 1
    assert {
        number for number in WRONG if re.search(rf"{number}:.*?{number}\.py", told.stdout, re.DOTALL)
    } == set(WRONG)
