"""The search page, its parts for htmx, and the suggestions."""

import re
from html import unescape
from urllib.parse import quote

import pytest
from django.test import Client

from reviews.models import Verdict
from tests.factories import make_category, make_comparison, make_tool
from tests.html_text import assert_in_order, html_of, text_of

pytestmark = pytest.mark.django_db

PART = {"part": "results"}


def search(client, query, **more):
    return client.get("/search/", {"q": query} | more)


def suggestions(client, query, **more):
    return client.get("/search/suggestions/", {"q": query} | more)


def test_results_show_the_panel_and_where_the_words_stand(client):
    make_tool(
        "Alder", "ship 80, ship", maker="Acme", tagline="A licensed compiler", entry_price="$20 a month"
    )
    Verdict.objects.filter(reviewer__slug="builder").update(body="A locksmith's licence.")
    response = search(client, "licence alder")
    text = text_of(response)
    assert_in_order(
        text,
        "1 tool found for “licence alder”.",
        "Alder",
        "A licensed compiler",
        "Workshop",
    )
    assert_in_order(
        text,
        "Ship · 2 ship / 0 skip",
        "The Builder’s verdict A locksmith's licence.".replace("verdict ", "verdict"),
    )
    html = html_of(response)
    assert "<mark>Alder</mark>" in html
    assert "A locksmith&#x27;s <mark>licence</mark>." in html
    assert '<a href="/tools/alder/">' in html


def test_all_words_and_some_of_the_words_are_told_apart(client):
    make_tool("Alder", description="Quick.")
    make_tool("Birch", description="Quick.")
    text = text_of(search(client, "quick alder"))
    assert_in_order(text, "1 tool with every word of “quick alder”, 1 with some.", "With every word", "Alder")
    assert_in_order(text, "With some of the words", "Birch")


def test_the_field_keeps_what_was_typed(client):
    make_tool("Alder")
    for typed in ('"alder" <b>', "  alder  ", "x" * 300):
        response = search(client, typed)
        escaped = typed.replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
        assert f'value="{escaped}"' in response.content.decode()


def test_nothing_found_says_what_to_do_and_what_may_have_been_meant(client):
    make_tool("Mistral 3B")
    text = text_of(search(client, "mistrl"))
    assert_in_order(
        text, "Nothing found for “mistrl”.", "Did you mean Mistral 3B?", "Check the spelling", "all tools"
    )
    assert "Did you mean" not in text_of(search(client, "mistral"))


def test_makers_and_categories_may_have_been_meant_too(client):
    make_tool("Gradio", maker="Hugging Face", category=make_category("Interfaces"))
    html = html_of(search(client, "huggingface"))
    assert 'Did you mean <a href="/search/?q=Hugging%20Face">Hugging Face</a>?' in html
    assert "1 tool found" in text_of(client.get("/search/?q=Hugging+Face"))
    html = html_of(search(client, "intrefaces"))
    assert 'Did you mean the category <a href="/categories/interfaces/">Interfaces</a>?' in html


@pytest.mark.parametrize(
    ("query", "links"),
    [
        ("mit", ["2 tools under MIT"]),
        ("MIT License ", ["2 tools under MIT"]),
        ("apache", ["1 tool under Apache 2.0"]),
        ("apache-2.0", ["1 tool under Apache 2.0"]),
        ("apache 2", ["1 tool under Apache 2.0"]),
        ("gpl", ["1 tool under GPL 2.0", "1 tool under GPL 3.0"]),
        ("GPLv3", ["1 tool under GPL 3.0"]),
        ("gpl v3", ["1 tool under GPL 3.0"]),
        ("gpl v4", []),
        ("bsd", ["1 tool under BSD 3-Clause"]),
        ("bsd 3-clause licence", ["1 tool under BSD 3-Clause"]),
        ("apache server", []),
        ("mi", []),
        ("licence", []),
        ("open source", []),  # which most licences are
        ("a & b", ["1 tool under A & B"]),
    ],
)
def test_the_name_of_a_licence_leads_to_the_tools_under_it(client, query, links):
    licences = ("MIT", "MIT", "Apache 2.0", "GPL 2.0", "GPL 3.0", "BSD 3-Clause", "Open source", "", "A & B")
    for number, licence in enumerate(licences):
        make_tool(f"Elm {number}", licence=licence)
    make_tool("Draft", licence="MIT", status="draft")
    found = re.findall(r'<a href="([^"]+)">(\d+ tools? under [^<]+)</a>', html_of(search(client, query)))
    assert [unescape(text) for _, text in found] == links
    for address, text in found:
        assert text_of(client.get(unescape(address))).count(text.partition(" under")[0]) > 0


def test_nothing_typed_says_what_is_searched(client):
    text = text_of(client.get("/search/"))
    assert_in_order(text, "Search", "Every tool is searched", "all tools")
    assert "Nothing found" not in text
    assert "There is no word in that to look for" in text_of(search(client, "?!"))


def test_too_many_words_are_said_to_be_too_many(client):
    assert "Only the first words were looked for." in text_of(
        search(client, "a b c d e f g h i j k l m n o p q r")
    )


def test_pages_of_twenty(client):
    for number in range(25):
        make_tool(f"Pine {number:02}", slug=f"pine-{number:02}")
    first = search(client, "pine & co")
    assert first.content.decode().count('<li class="item">') == 20
    assert 'href="/search/?q=pine+%26+co&amp;page=2"' in first.content.decode()
    second = client.get("/search/?q=pine&page=2")
    assert second.content.decode().count('<li class="item">') == 5
    assert_in_order(text_of(second), "25 tools found", "Previous", "Page 2 of 2")


@pytest.mark.parametrize("page", ["3", "999999"])
def test_a_page_after_the_last_is_the_last(client, page):
    for number in range(25):
        make_tool(f"Pine {number:02}", slug=f"pine-{number:02}")
    response = client.get(f"/search/?q=pine&page={page}")
    assert html_of(response).count('<li class="item">') == 5
    assert "Page 2 of 2" in text_of(response)


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "1.5", "٣", "9" * 5000, "\0"])
def test_a_page_number_that_is_none_is_the_first_page(client, page):
    make_tool("Pine")
    assert "1 tool found" in text_of(client.get("/search/", {"q": "pine", "page": page}))


def test_results_are_not_for_search_engines_but_the_page_is(client):
    assert b"noindex" not in client.get("/search/").content
    assert b'<meta name="robots" content="noindex">' in search(client, "x").content


def test_a_part_is_the_results_alone(client):
    make_tool("Alder")
    response = search(client, "alder", **PART)
    html = html_of(response)
    assert "<html" not in html
    assert "<form" not in html
    assert "<title>“alder” in tools and verdicts · Panelship</title>" in html
    assert '<p id="found" hx-swap-oob="innerHTML">' in html
    assert "<mark>Alder</mark>" in html
    assert response["HX-Push-Url"] == "/search/?q=alder"


def test_the_address_of_the_page_answers_htmx_with_the_page(client):
    make_tool("Alder")
    response = client.get("/search/?q=alder", headers={"hx-request": "true"})
    assert "<html" in html_of(response)


def test_the_search_page_is_the_same_for_everybody_and_may_be_cached(client, admin_user):
    make_tool("Alder")
    editor = Client(headers={"accept-language": "de", "referer": "http://127.0.0.1:8000/x"})
    editor.force_login(admin_user)
    for address in ("/search/?q=alder", "/search/?q=aldre", "/search/suggestions/?q=al"):
        answer = client.get(address)
        assert answer.content == editor.get(address).content
        assert answer["Cache-Control"].startswith("public, max-age=")
        assert "Cookie" not in answer.get("Vary", "")
        assert not answer.cookies


@pytest.mark.parametrize("count", [3, 40])
def test_the_page_has_a_query_budget(client, django_assert_max_num_queries, count):
    for number in range(count):
        make_tool(f"Elm {number}", "ship, skip, ship, skip")
    with django_assert_max_num_queries(5):
        search(client, "elm builder")
    with django_assert_max_num_queries(7):
        search(client, "elmm")
    with django_assert_max_num_queries(22):
        search(client, "elm vs elms 1 vs emls vs xyz")


# --- “a vs b” -----------------------------------------------------------------------------------------------


@pytest.fixture
def trees():
    make_tool("Code Llama 4")
    make_tool("Mistral 3B")
    make_tool("Mistral Large")
    make_tool("Rust")
    make_tool("Draft", status="draft")


@pytest.mark.parametrize(
    ("query", "address"),
    [
        ("mistral 3b vs code llama 4", "code-llama-4-vs-mistral-3b"),
        ("Code Llama 4 VS. Mistral 3B", "code-llama-4-vs-mistral-3b"),
        ("  code-llama-4   versus mistral-3b ", "code-llama-4-vs-mistral-3b"),
        ("code-llama-4-vs-mistral-3b", "code-llama-4-vs-mistral-3b"),
        ("llama code vs 3b", "code-llama-4-vs-mistral-3b"),
        ("llama vs large", "code-llama-4-vs-mistral-large"),
        ("rust vs code llama vs mistral 3b", "code-llama-4-vs-mistral-3b-vs-rust"),
    ],
)
def test_two_names_lead_to_their_comparison(client, trees, query, address):
    response = search(client, query)
    assert (response.status_code, response["Location"]) == (302, f"/compare/{address}/")
    assert client.get(response["Location"]).status_code == 200, (
        "the canonical address, with no other redirect"
    )


def test_the_editors_order_is_the_canonical_one(client, trees):
    from reviews.models import Tool

    make_comparison(Tool.objects.get(slug="rust"), Tool.objects.get(slug="code-llama-4"))
    assert search(client, "code llama 4 vs rust")["Location"] == "/compare/rust-vs-code-llama-4/"


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        (
            "mistral vs code llama 4",
            ["code-llama-4-vs-mistral-3b", "code-llama-4-vs-mistral-large"],
        ),  # which Mistral?
        (
            "mistrl 3b vs rust",
            ["mistral-3b-vs-rust", "mistral-large-vs-rust"],
        ),  # mistyped: the likeliest first
        ("mis vs rust", ["mistral-3b-vs-rust", "mistral-large-vs-rust"]),  # not finished
    ],
)
def test_names_that_are_not_certain_offer_what_they_may_mean(client, trees, query, offered):
    response = search(client, query)
    assert response.status_code == 200
    html = html_of(response)
    assert "Which comparison do you mean?" in html
    assert re.findall(r'href="/compare/([^"]+)/"', html) == offered


def test_a_single_guessed_comparison_is_offered_directly(client):
    make_tool("Gradio")
    make_tool("Streamlit")
    for more in ({}, PART):
        response = search(client, "streamlt vs gradoi", **more)
        text = text_of(response)
        assert_in_order(
            text, "No comparison is called “streamlt vs gradoi”.", "Did you mean Gradio vs Streamlit?"
        )
        assert 'href="/compare/gradio-vs-streamlit/"' in html_of(response)
        assert "Which comparison" not in text
        assert "Check the spelling" not in text


def test_curated_comparisons_are_offered_first(client, trees):
    from reviews.models import Tool

    make_comparison(Tool.objects.get(slug="rust"), Tool.objects.get(slug="mistral-large"))
    html = html_of(search(client, "mistral vs rust"))
    assert html.index('"/compare/rust-vs-mistral-large/"') < html.index('"/compare/mistral-3b-vs-rust/"')


@pytest.mark.parametrize(
    "query",
    [
        "rust vs rust",
        "rust vs",
        "vs rust",
        "vs",
        "vs vs vs",
        "a vs b vs c vs d vs e",
        "rust vs zzzzzz",
        "rust vs draft",
        "rust versions",
        "-vs-",
        "rust-vs-",
    ],
)
def test_a_query_for_no_comparison_is_searched_normally(client, trees, query):
    response = search(client, query)
    assert response.status_code == 200
    assert "comparison do you mean" not in text_of(response)


def test_while_it_is_typed_the_comparison_is_a_link(client, trees):
    """A redirect would put a whole page among the results."""
    response = search(client, "mistral 3b vs rust", **PART)
    assert response.status_code == 200
    assert 'href="/compare/mistral-3b-vs-rust/"' in html_of(response)
    assert_in_order(text_of(response), "1 comparison for", "Side by side", "Mistral 3B vs Rust")


# --- Suggestions --------------------------------------------------------------------------------------------


def test_suggestions_are_options_for_a_listbox(client):
    make_tool("Mistral 3B")
    make_tool("Mistral & “Sons”", slug="sons")
    make_tool("Other")
    response = suggestions(client, "mist")
    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"
    assert re.findall("<li.*?</li>", html_of(response)) == [
        '<li role="option" id="suggestion-mistral-3b" data-slug="mistral-3b" data-name="Mistral 3B" '
        'aria-selected="false">'
        '<span class="option-name">Mistral 3B</span> '
        '<span class="option-category">Workshop</span></li>',
        '<li role="option" id="suggestion-sons" data-slug="sons" data-name="Mistral &amp; “Sons”" '
        'aria-selected="false">'
        '<span class="option-name">Mistral &amp; “Sons”</span> '
        '<span class="option-category">Workshop</span></li>',
    ]


def test_ids_begin_with_the_name_of_the_list(client):
    make_tool("Alder")
    assert 'id="left-2-alder"' in html_of(suggestions(client, "al", list="left-2"))


@pytest.mark.parametrize("name", ["", "9", '"><script>', "Left", "x" * 41, "é"])
def test_a_name_that_is_no_id_is_not_taken(client, name):
    make_tool("Alder")
    assert 'id="suggestion-alder"' in html_of(suggestions(client, "al", list=name))


def test_suggestions_are_eight_at_most_and_guesses_when_there_are_none(client):
    for number in range(12):
        make_tool(f"Alder {number}")
    assert html_of(suggestions(client, "ald")).count("<li") == 8
    make_tool("Mistral 3B")
    assert 'data-slug="mistral-3b"' in html_of(suggestions(client, "mistrl"))
    assert suggestions(client, "").content.strip() == b""
    assert suggestions(client, "qqqqqq").content.strip() == b""


@pytest.mark.parametrize("typed", ["hugging face", "huggingface", "Hugging", "FACE", "face gradi"])
def test_a_maker_is_offered_its_tools(client, typed):
    make_tool("Gradio", maker="Hugging Face")
    make_tool("Other", maker="Somebody")
    assert re.findall('data-slug="([^"]+)"', html_of(suggestions(client, typed))) == ["gradio"]


def test_names_that_begin_so_come_before_makers_and_parts_of_names(client):
    make_tool("Ollama", slug="ollama")
    make_tool("Code Llama", slug="code-llama")
    make_tool("Alpha", maker="Llama Labs")
    assert re.findall('data-slug="([^"]+)"', html_of(suggestions(client, "llama"))) == [
        "code-llama",
        "alpha",
        "ollama",
    ]
    make_tool("Hidden", maker="Llama Labs", status="draft")
    assert "hidden" not in html_of(suggestions(client, "llama"))
    assert html_of(suggestions(client, "la")).count("<li") == 0, "two letters are in every third name"


@pytest.mark.parametrize("count", [3, 40])
def test_suggestions_have_a_query_budget(client, django_assert_max_num_queries, count):
    for number in range(count):
        make_tool(f"Elm {number}")
    with django_assert_max_num_queries(2):
        suggestions(client, "elm")
    with django_assert_max_num_queries(5):
        suggestions(client, "elmm")


# --- Whatever somebody types --------------------------------------------------------------------------------

HOSTILE = [
    "", " ", "\t\n\r", "\0", "a\0b", "\x01\x02\x1f", "\x7f",
    "a" * 10_000, "a " * 5_000, "“" * 10_000, "é" * 10_000,
    "'", '"', "''", '""', "'a", '"a', "a'b'c", '"a" "b', "`",
    "\\", "\\\\", "a\\", "%", "%%", "%s", "%(x)s", "_", "*",
    "**", "a*", "*a", "^a", "a^", "a:b", "title:a",
    "title : a", "{title body} : a", "- title : a", "rowid:1",
    "a AND", "AND", "OR", "NOT", "NOT a", "a AND b OR NOT c",
    "NEAR(a b, 2)", "NEAR", "a + b", "+a", "-a", "a -b",
    "(", ")", "()", "((((((((((", "a)(b", "a & b | !c",
    "a <-> b", "a:*", "'a':*", "!a", "&", "|", "<->", ":*", "a;b",
    "; DROP TABLE reviews_tool; --", "' OR 1=1 --", "1' UNION SELECT password FROM auth_user--",
    "x'; DELETE FROM reviews_searchentry; --", "$1", "$$", "$$a$$", "?", "?1", "{{ 7*7 }}", "{% debug %}",
    "<script>alert(1)</script>", "</title><b>", "&lt;",
    "&#0;", "c++", "c#", "+++", "###", "C++ C# ++ #", "ǁǂ", "😀",
    "👩‍👩‍👧‍👦 family", "🏳️‍🌈", "שלום עולם", "مرحبا بالعالم",
    "\u202egnp.exe", "\u200b", "\u200d\u200c", "\ufeff",
    "\ufffd", "\uffff", "\U0010ffff", "\ue000", "e\u0301",
    "\u0301", "a" + "\u0301" * 100, "中文 模型", "हिन्दी",
    "ไทย", "ﬁ ﬀ", "ＡＢＣ", "İstanbul", "ß ẞ", "Ω ω", "𝕳𝖊𝖑𝖑𝖔",
    "①②③", "½", "1e5", "1.5e-3", "0x1F", "-1", "١٢٣",
    "a.b@c.d", "http://a.b/c?d=e&f=g#h", "/etc/passwd",
    "../../x", "C:\\x", "a/b", "node.js", "vs", " vs ", "a vs b",
    "a vs a", "' vs \"", "a-vs-b", "vs " * 500,
    " vs ".join(["a"] * 100), "\0 vs \0", "😀 vs 😀", "the a of", "null",
    "None", "true", "NaN", "🙂" * 3_000,
]  # fmt: skip


def test_there_are_enough_hostile_inputs():
    assert len(HOSTILE) >= 60
    assert len(set(HOSTILE)) == len(HOSTILE)


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: repr(typed[:20]))
def test_anything_typed_gets_a_normal_page(client, typed):
    make_tool(
        "C++ Kit",
        "ship, skip",
        slug="kit",
        maker="'; --",
        description="<script>alert(1)</script> 😀 & a b c",
    )
    make_tool("A", slug="a", description="Quotes \" and ' and % and \\ stay.")
    whole = search(client, typed)
    part = search(client, typed, **PART)
    options = suggestions(client, typed)
    assert (whole.status_code, part.status_code, options.status_code) == (200, 200, 200)
    assert b"<h1>Search</h1>" in whole.content
    for answer in (whole, part, options):
        assert b"<script>alert" not in answer.content
        assert b"\0" not in answer.content
    assert client.get(f"/search/?q={quote(typed)}&page=2&list=x").status_code == 200


@pytest.mark.parametrize("query", ["%FF%FE", "%ED%A0%80", "%C3%28", "%", "%zz", "q=a&q=b", "a%00b", "%u0041"])
def test_addresses_that_are_no_text_get_a_normal_page(client, query):
    assert client.get(f"/search/?q={query}").status_code == 200
    assert client.get(f"/search/suggestions/?q={query}").status_code == 200


def test_every_page_but_this_one_has_the_field_in_its_head(client):
    make_tool("Alder")
    for address in ("/", "/tools/", "/tools/alder/", "/compare/", "/nowhere/"):
        assert b'id="site-search"' in client.get(address).content
    assert b'id="site-search"' not in client.get("/search/").content
