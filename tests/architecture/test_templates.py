"""Rules for every template and style sheet."""

import re
from pathlib import Path

import pytest
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template

from comparisons.static_bundles import BUNDLES

ROOT = Path(__file__).resolve().parents[2] / "templates"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))


def test_templates_were_found():
    assert "comparisons/compare.html" in TEMPLATES


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles(name):
    assert get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_holds_no_inline_script_or_style(name):
    """The content security policy would refuse them."""
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


INCLUDED = re.compile(r'{% include "([^"]+)"')


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_a_template_includes_exists(name):
    """Django would look for it only when the page is rendered."""
    without_comments = re.sub(r"\{#.*?#\}", "", (ROOT / name).read_text())
    for included in INCLUDED.findall(without_comments):
        assert get_template(included)


def test_a_part_that_does_not_exist_is_found_out():
    """Negative control."""
    with pytest.raises(TemplateDoesNotExist):
        get_template("comparisons/_panel.html#nothing")


@pytest.mark.parametrize("name", [name for name in TEMPLATES if not name.startswith(("admin/", "emails/"))])
def test_the_lines_of_a_template_are_short(name):
    assert max(len(line) for line in (ROOT / name).read_text().splitlines()) <= 200


STATIC = ROOT.parent / "static"
SHEETS = sorted(STATIC.glob("css/*.css"))
PUBLIC_SHEETS = [sheet for sheet in SHEETS if not sheet.stem.startswith(("desk", "account"))]


@pytest.mark.parametrize("sheet", PUBLIC_SHEETS, ids=lambda sheet: sheet.stem)
def test_every_rule_of_a_style_sheet_is_inside_a_layer(sheet):
    """Except the order of the layers, fonts, and the size of paper."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    outside = re.findall(r"^[^\s}][^\n]*", text, re.MULTILINE)
    assert [line for line in outside if not re.match(r"@(layer|font-face|page)\b", line)] == []


@pytest.mark.parametrize("path", BUNDLES)
def test_a_bundle_is_made_of_files_that_exist(path):
    assert all((STATIC / part).is_file() for part in BUNDLES[path])


def test_every_public_style_sheet_is_sent():
    assert {f"css/{sheet.name}" for sheet in PUBLIC_SHEETS} == set(BUNDLES["css/site.css"])
