"""Addresses in plain texts become links, and nothing else does."""

import pytest

from comparisons.templatetags.links import linked


def test_an_address_becomes_a_link_without_its_scheme():
    assert linked("See https://peps.python.org/pep-0008/ for more") == (
        'See <a href="https://peps.python.org/pep-0008/" rel="external">peps.python.org/pep-0008</a> for more'
    )


@pytest.mark.parametrize("end", [".", ",", ";", ":", ")", ").", "?", "…", "”"])
def test_punctuation_behind_an_address_is_not_part_of_it(end):
    link = '<a href="https://example.org/a?q=b+c" rel="external">example.org/a?q=b+c</a>'
    assert linked(f"https://example.org/a?q=b+c{end}") == link + end


def test_the_rest_of_the_text_is_escaped():
    assert linked("<b>a</b> & https://example.org/?a=1&b=2") == (
        "&lt;b&gt;a&lt;/b&gt; &amp; "
        '<a href="https://example.org/?a=1&amp;b=2" rel="external">example.org/?a=1&amp;b=2</a>'
    )


@pytest.mark.parametrize(
    "text",
    [
        "README.md",
        "http://example.org/",
        "javascript:alert(1)",
        "https://",
        "a@example.org",
        "example.org",
        "",
    ],
)
def test_nothing_else_becomes_a_link(text):
    assert linked(text) == text


def test_an_address_can_not_leave_its_attribute():
    assert 'onclick="' not in linked('https://example.org/" onclick="alert(1)')
    assert "&#x27;" in linked("https://example.org/'x")
