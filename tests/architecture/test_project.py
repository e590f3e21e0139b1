"""The state of the checkout."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_no_address_of_a_package_index_is_committed():
    requirements = sorted(ROOT.glob("requirements*.txt"))
    assert [path.name for path in requirements] == ["requirements-dev.txt", "requirements.txt"]
    for path in requirements:
        text = path.read_text()
        assert "--index" not in text
        assert "http" not in text
        assert "--hash=sha256:" in text
    indexes = re.compile(r"(pypi|pythonhosted|npmjs)\.(org|com)")
    for pattern in ("*.md", "*.toml", "Makefile", "docs/*.md", "fixtures/**/*.yaml", "*/RESULTS.md"):
        for path in ROOT.glob(pattern):
            assert not indexes.search(path.read_text()), path
    assert not (ROOT / "uv.lock").exists(), "it is full of addresses"
    assert not (ROOT / "pylock.toml").exists(), "it is full of addresses"
