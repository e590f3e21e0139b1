"""What must hold for every template, whoever wrote it."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))


def test_templates_were_found():
    assert "comparisons/compare.html" in TEMPLATES


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles(name):
    assert get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_no_inline_script_or_style(name):
    """The content security policy would refuse them; this says so before a reader's browser does."""
    source = (ROOT / name).read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", source)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|hx-on|\|safe\b", source)


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in TEMPLATES
        if not name.startswith(("account/", "admin/", "base", "mfa/", "registration/"))
    ],
)
def test_a_page_has_a_title_and_one_heading(name):
    source = (ROOT / name).read_text()
    if "{% extends" in source:
        assert "{% block title %}" in source
        assert source.count("<h1") == 1


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_links_to_pages_by_name(name):
    """Addresses are written once, in urls.py."""
    assert not re.search(r'(href|action|hx-get|hx-post)="/', (ROOT / name).read_text())
