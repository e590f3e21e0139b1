"""`/compare/pick/`: from names and ticks to a comparison."""

import re

import pytest

from tests.factories import make_comparison, make_tool
from tests.html_text import assert_in_order, html_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tools():
    return {
        name: make_tool(name, maker="Acme") for name in ("Alpha One", "Beta", "Gamma", "Delta", "Epsilon")
    }


def picked(client, *typed, **more):
    return client.get("/compare/pick/", {"tool": list(typed), **more})


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (["Alpha One", "Beta"], "/compare/alpha-one-vs-beta/"),
        (["beta", "ALPHA ONE"], "/compare/alpha-one-vs-beta/"),
        (["beta", "alpha-one"], "/compare/alpha-one-vs-beta/"),
        (["  alpha   one ", "", "beta", " "], "/compare/alpha-one-vs-beta/"),
        (["Alpha, One!", "beta"], "/compare/alpha-one-vs-beta/"),
        (["Gamma", "Beta", "Delta"], "/compare/beta-vs-delta-vs-gamma/"),
        (["Gamma", "Beta", "Delta", "Epsilon"], "/compare/beta-vs-delta-vs-epsilon-vs-gamma/"),
    ],
)
def test_whole_names_and_slugs_lead_straight_to_the_comparison(client, tools, typed, address):
    response = picked(client, *typed)
    assert response.status_code == 302
    assert response["Location"] == address
    assert client.get(address).status_code == 200


def test_the_editors_order_is_kept(client, tools):
    make_comparison(tools["Gamma"], tools["Beta"])
    assert picked(client, "Beta", "Gamma")["Location"] == "/compare/gamma-vs-beta/"


def test_a_part_of_a_name_offers_the_tools_that_hold_it(client, tools):
    make_tool("Beta Two")
    response = picked(client, "bet", "Gamma")
    assert_in_order(
        text_of(response),
        "Say which tool you mean",
        "Which tool is “bet”?",
        "Beta",
        "Beta Two",
        "None of these",
    )
    html = html_of(response)
    assert re.findall(r'type="radio" name="([\w-]+)" value="([\w-]*)"([ \w]*)', html) == [
        ("tool-1", "beta", " required"),
        ("tool-1", "beta-two", " required"),
        ("tool-1", "", ""),
    ]
    assert '<input id="pick-2" name="tool" value="Gamma"' in html
    assert picked(client, "Gamma", **{"tool-1": "beta-two"})["Location"] == "/compare/beta-two-vs-gamma/"


def test_two_unclear_names_are_two_questions(client, tools):
    html = html_of(picked(client, "alp", "gam"))
    assert 'name="tool-1" value="alpha-one" required checked' in html, "the only one there is"
    assert 'name="tool-2" value="gamma" required checked' in html
    assert (
        picked(client, **{"tool-1": "alpha-one", "tool-2": "gamma"})["Location"]
        == "/compare/alpha-one-vs-gamma/"
    )


def test_a_question_without_an_answer_is_asked_again(client, tools):
    """As from a browser without `required`: what was typed, and nothing after it."""
    make_tool("Beta Two")
    response = client.get("/compare/pick/?tool-1=bet&tool=Gamma")
    assert_in_order(
        text_of(response),
        "Say which tool you mean",
        "Which tool is “bet”?",
        "Beta",
        "Beta Two",
        "None of these",
    )
    assert (
        client.get("/compare/pick/?tool-1=bet&tool-1=beta&tool=Gamma")["Location"]
        == "/compare/beta-vs-gamma/"
    )
    assert "Name one more tool to put beside Gamma." in text_of(
        client.get("/compare/pick/?tool-1=bet&tool-1=&tool=Gamma")
    )


def test_guesses_are_ordered_like_suggestions(client, tools):
    for name in ("Llama 4 Scout 17B Instruct Checkpoints", "Code Llama 4", "Ollama", "Llama.cpp"):
        make_tool(name, slug=name.lower().replace(" ", "-").replace(".", "-"))
    html = client.get("/compare/pick/?tool=llama&tool=Beta").content.decode()
    offered = re.findall(r'type="radio" name="tool-1" value="([\w-]+)"', html)
    assert offered == ["llama-cpp", "llama-4-scout-17b-instruct-checkpoints", "code-llama-4", "ollama"]
    assert offered == re.findall(
        'data-slug="([^"]+)"', client.get("/search/suggestions/?q=llama").content.decode()
    )
    assert " checked" not in html, "none of several is likelier than the others"


def test_names_that_begin_so_are_offered_first(client, tools):
    make_tool("A Gam")
    assert_in_order(text_of(picked(client, "gam", "Beta")), "Which tool is “gam”?", "Gamma", "A Gam")


def test_a_vendor_is_enough_to_be_offered_its_tools(client, tools):
    assert "Epsilon" in text_of(picked(client, "acme", "Beta"))


def test_a_mistyped_name_is_understood(client, tools):
    assert_in_order(text_of(picked(client, "Gamna", "Beta")), "Which tool is “Gamna”?", "Gamma")


def test_an_unknown_name_is_kept_and_reported(client, tools):
    response = picked(client, "zzzzzz", "Beta")
    assert response.status_code == 200
    assert_in_order(text_of(response), "A name is not known here", "No published tool is called “zzzzzz”.")
    assert text_of(response).count("zzzzzz") == 1, "told once, at its field"
    assert 'name="tool" value="zzzzzz"' in html_of(response)
    assert 'name="tool" value="Beta"' in html_of(response)


def test_four_unclear_names_are_asked_about_at_once_and_the_others_keep_their_place(
    client, tools, django_assert_max_num_queries
):
    typed = ["alp", "Gamna", "zzzzzz", "del", "Epsilom", "bet", "Beto", "qqqqqq"]
    with django_assert_max_num_queries(12):
        response = picked(client, *typed)
    assert re.findall(r"Which tool is “(.*?)”", text_of(response)) == ["alp", "Gamna", "del"]
    assert re.findall(r"No published tool is called “(.*?)”", text_of(response)) == ["zzzzzz"]
    for kept in typed[4:]:
        assert f'name="tool" value="{kept}"' in html_of(response)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ([], "Two to four fit side by side."),
        (["", "  "], "Two to four fit side by side."),
        (["Beta"], "Name one more tool to put beside Beta."),
        (["Beta", "beta"], "Beta can't be compared with itself."),
        (["Beta", "beta", "Gamma"], "You named a tool twice."),
        (
            ["Alpha One", "Beta", "Gamma", "Delta", "Epsilon"],
            "Up to 4 tools fit side by side, and you chose 5.",
        ),
    ],
)
def test_too_few_too_many_and_the_same_twice_are_told_kindly(client, tools, typed, sentence):
    response = picked(client, *typed)
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert "noindex" in html_of(response)


def test_opened_empty_it_asks_for_a_first_and_a_second_tool(client, tools):
    html = html_of(client.get("/compare/pick/"))
    assert re.findall(r'<label for="(pick-[^"]+)">([^<]+)</label>', html) == [
        ("pick-1", "First tool"),
        ("pick-2", "Second tool"),
    ]
    html = html_of(picked(client, "Beta"))
    assert re.findall(r'<label for="pick-[^"]+">([^<]+)</label>', html) == ["Tool 1", "Another tool"]


def test_too_many_become_ticks_of_which_the_first_four_are_set(client, tools):
    html = html_of(picked(client, "Alpha One", "Beta", "Gamma", "Delta", "Epsilon"))
    assert re.findall(r'type="checkbox" name="tool" value="([\w-]+)"( checked)?', html) == [
        ("alpha-one", " checked"),
        ("beta", " checked"),
        ("gamma", " checked"),
        ("delta", " checked"),
        ("epsilon", ""),
    ]


def test_drafts_and_retired_tools_are_not_offered(client, tools):
    make_tool("Beta Draft", status="draft")
    make_tool("Beta Retired", status="retired")
    for typed in ("beta d", "Beta Draft", "beta-draft", "Beta Retired", "beta-retired"):
        response = picked(client, typed, "Gamma")
        assert response.status_code == 200
        assert not re.search(r'type="radio"[^>]* value="beta-(draft|retired)"', html_of(response))


@pytest.mark.parametrize(
    "text",
    [
        "x" * 10_000,
        "a " * 3_000,
        "\0",
        "Be\0ta",
        "%",
        "_",
        "\\",
        '"',
        "'; DROP TABLE reviews_tool; --",
        "<script>alert(1)</script>",
        "🦙",
        "אבג",
        "-vs-",
        "ß",
        "../../etc/passwd",
    ],
)
def test_anything_typed_gets_a_page(client, tools, text):
    for typed in ([text], [text, "Beta"], [text] * 12):
        response = picked(client, *typed)
        assert response.status_code in (200, 302)
        assert b"<script>alert" not in response.content


def test_a_thousand_names_are_refused_with_a_page(client, tools):
    response = picked(client, *["Beta"] * 1_100)
    assert response.status_code == 400
    assert "That request made no sense to us" in text_of(response)


def test_a_comparison_can_be_changed_by_plain_forms(client, tools):
    html = html_of(client.get("/compare/alpha-one-vs-beta-vs-gamma/"))
    forms = re.findall(r'<form[^>]*action="/compare/pick/".*?</form>', html, re.DOTALL)
    presets = [re.findall(r'type="hidden" name="tool" value="([\w-]+)"', form) for form in forms]
    buttons = [re.search(r"<button[^>]*>(.*?)</button>", form).group(1) for form in forms]
    assert list(zip(buttons, presets, strict=True)) == [
        ("Replace", ["beta", "gamma"]),
        ("Take Alpha One out", ["beta", "gamma"]),
        ("Replace", ["alpha-one", "gamma"]),
        ("Take Beta out", ["alpha-one", "gamma"]),
        ("Replace", ["alpha-one", "beta"]),
        ("Take Gamma out", ["alpha-one", "beta"]),
        ("Add", ["alpha-one", "beta", "gamma"]),
    ]
    assert picked(client, "beta", "gamma")["Location"] == "/compare/beta-vs-gamma/"


def test_a_pair_offers_no_taking_out_and_four_offer_no_adding(client, tools):
    pair = html_of(client.get("/compare/alpha-one-vs-beta/"))
    assert ("Take Beta out" in pair, "Add</button>" in pair) == (False, True)
    four = html_of(client.get("/compare/alpha-one-vs-beta-vs-delta-vs-gamma/"))
    assert ("Take Beta out" in four, "Add</button>" in four) == (True, False)


def test_every_list_of_tools_is_a_form_that_compares_what_is_ticked(client, tools):
    for path in ("/tools/", "/categories/workshop/"):
        html = html_of(client.get(path))
        form = re.search(
            r'<form action="/compare/pick/" method="get" data-compare-tray>.*?</form>', html, re.DOTALL
        ).group()
        assert form.count('type="checkbox" name="tool"') == 5
        assert "Compare the ticked tools" in form
