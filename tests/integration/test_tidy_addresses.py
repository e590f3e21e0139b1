"""Addresses that are nearly right lead to the right one for good; without certainty the page suggests."""

from urllib.parse import unquote

import pytest

from comparisons.http.tidy_paths import tidy_path
from tests.factories import make_category, make_comparison, make_tool
from tests.html_text import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tools():
    alpha = make_tool("Alpha")
    make_tool("llama.cpp", slug="llama-cpp")
    return alpha


def leads(client, path):
    # The test client takes what follows two slashes for a host.
    response = client.get("/", PATH_INFO=unquote(path)) if path.startswith("//") else client.get(path)
    return response.status_code, response.get("Location")


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("/tools/Alpha/", "/tools/alpha/"),
        ("/Tools/ALPHA/", "/tools/alpha/"),
        ("/TOOLS/", "/tools/"),
        ("/tools/Alpha", "/tools/alpha/"),
        ("/tools/alpha/)", "/tools/alpha/"),
        ("/tools/alpha).", "/tools/alpha/"),
        ("/tools/alpha/.", "/tools/alpha/"),
        ("/tools/alpha”", "/tools/alpha/"),
        ("/tools//alpha/", "/tools/alpha/"),
        ("//tools/alpha/", "/tools/alpha/"),
        ("/tools/llama%20cpp/", "/tools/llama-cpp/"),
        ("/tools/llama.cpp/", "/tools/llama-cpp/"),
        ("/tools/Alpha/?founder=3", "/tools/alpha/?founder=3"),
        ("/Llms.txt", "/llms.txt"),
        ("/Methodology/", "/methodology/"),
        ("/Admin/", "/admin/"),
    ],
)
def test_what_is_certain_is_one_permanent_redirect_away(client, typed, right):
    assert leads(client, typed) == (301, right)


def test_a_comparison_is_found_by_names_and_with_signs_at_its_end(client, tools):
    make_comparison(tools, make_tool("Beta"))
    for typed in ("Alpha-vs-Beta/", "alpha-vs-beta/)", "alpha-vs-beta).", "alpha%20vs%20beta/"):
        assert leads(client, f"/compare/{typed}") == (301, "/compare/alpha-vs-beta/"), typed
    assert leads(client, "/compare/llama.cpp-vs-alpha/") == (301, "/compare/alpha-vs-llama-cpp/")


def test_a_category_in_capitals_is_found(client):
    make_tool("Gamma", category=make_category("Speech"))
    assert leads(client, "/Categories/Speech/") == (301, "/categories/speech/")


def test_no_address_leads_off_the_site(client):
    for typed in ("//Evil.example/tools/", "///Tools/", "/\\Evil.example/", "//tools/alpha/@Evil.example"):
        _, place = leads(client, typed)
        assert place is None or (place.startswith("/") and not place.startswith(("//", "/\\"))), typed


def test_an_address_without_a_page_is_answered_where_it_was_asked_for(client):
    assert client.get("/Nothing/Here/").status_code == 404
    assert client.post("/Tools/Alpha/").status_code != 301


def test_all_unknown_names_of_a_comparison_are_named_and_the_picker_holds_what_was_asked(client):
    response = client.get("/compare/alpha-vs-omega-one-vs-theta/")
    assert response.status_code == 404
    assert "no published tool at “omega-one” nor at “theta”" in text_of(response)
    page = response.content.decode()
    for name in ("Alpha", "omega one", "theta"):
        assert f'value="{name}"' in page


def test_signed_words_keep_their_capitals():
    assert tidy_path("/newsletter/confirm/AbC-dEf/)") == "/newsletter/confirm/AbC-dEf"
    assert tidy_path("/tools/AbC/") == "/tools/abc"


def test_a_right_address_is_never_changed(client, settings):
    for path in ("/", "/tools/alpha/", "/compare/", "/feeds/changes.atom", "/.well-known/security.txt"):
        assert client.get(path).status_code in (200, 404), path
