"""The state of the checkout."""

import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


def test_no_address_of_a_package_index_is_committed():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.splitlines():
        assert Path(name).name not in ("uv.lock", "pylock.toml")
        if name.startswith("requirements"):
            text = (ROOT / name).read_text()
            assert "--index" not in text
            assert "http" not in text
            assert "--hash=sha256:" in text
