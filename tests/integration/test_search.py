"""The search service: which tools are found, in which order, where, and which never are."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from comparisons.templatetags.wording import hit_words
from reviews.models import Answer, Tool, Verdict
from reviews.services.search import ENGINES, did_you_mean, guesses, offer_tools, search_tools, suggest_tools
from reviews.services.search.relevance import TOOL_POINTS, VERDICT_POINTS
from reviews.services.search.words import read_words
from tests.factories import make_category, make_panel, make_tool, make_verdict

pytestmark = pytest.mark.django_db


def names(results):
    return [found.tool.name for found in results.found]


def found(query):
    return names(search_tools(query=query))


def suggested(query, **more):
    return [tool.name for tool in suggest_tools(query=query, **more)]


def meant(query):
    return [tool.name for tool in did_you_mean(query=query)]


def guessed(query):
    return [guess.name for guess in guesses(query=query)]


def marked(segments):
    """Return segments as a text with marks in square brackets."""
    return "".join(f"[{text}]" if is_marked else text for text, is_marked in segments)


@pytest.fixture
def shelf():
    """Four tools with something to find in each field."""
    make_tool(
        "Alder",
        maker="Acme Forge",
        tagline="A licensed compiler",
        description="It compiles C++ and Node.js quickly.",
    )
    make_tool("Birch", tagline="Runs universities", description="A crème brûlée of a library, like Alder.")
    make_tool(
        "Cedar",
        category=make_category("Garden"),
        description="For C# teams; see GPT-4 and on-device use. Price: $20.",
    )
    beech = make_tool("Beech", "ship 80, skip")
    Verdict.objects.filter(tool=beech, reviewer__slug="builder").update(
        body="The weekend project of a locksmith."
    )
    Answer.objects.filter(verdict__tool=beech, verdict__reviewer__slug="skeptic").update(
        text="A licence nobody has read."
    )


@pytest.mark.parametrize(
    ("query", "tools"),
    [
        ("alder", ["Alder", "Birch"]),  # by name first, then where it is mentioned
        ("ALDER", ["Alder", "Birch"]),
        ("acme", ["Alder"]),  # vendor
        ("garden", ["Cedar"]),  # category
        ("compiler", ["Alder"]),  # tagline
        ("quickly", ["Alder"]),  # description
        ("locksmith", ["Beech"]),  # verdict
        ("nobody", ["Beech"]),  # answer
        ("compiling", ["Alder"]),  # another form of the word
        ("answers ", ["Beech"]),
        ("licences ", ["Alder", "Beech"]),  # "licensed" too, as it is spelled on both sides of the ocean
        ("creme brulee", ["Birch"]),  # accents folded in the text
        ("crème brûlée", ["Birch"]),
        ("álder", ["Alder", "Birch"]),  # and in what was typed
        ("cre\u0300me", ["Birch"]),  # however it is composed
        ("node.js", ["Alder"]),
        ("js", ["Alder"]),
        ("gpt-4", ["Cedar"]),
        ("gpt 4", ["Cedar"]),
        ("device", ["Cedar"]),
        ("$20", ["Cedar"]),
        ("what is the locksmith for", ["Beech"]),  # words that say nothing do not narrow it
        ("unheard-of", []),
        ("", []),
        ("?!", []),
    ],
)
def test_a_search_finds_tools_by_their_texts(shelf, query, tools):
    assert found(query) == tools


@pytest.mark.parametrize("typed", ["u", "un", "univ", "univers", "universi", "universit", "universities"])
def test_a_tool_is_found_at_every_letter_that_is_typed(shelf, typed):
    """Stems alone would lose it at “universi”, no beginning of the stem “univers”."""
    assert "Birch" in found(typed)


SPELLINGS = [
    ("quantisation", "quantization"),
    ("optimiser", "optimizer"),
    ("behaviour", "behavior"),
    ("licence", "license"),
    ("centre", "center"),
    ("catalogue", "catalog"),
    ("analysing", "analyzing"),
    ("labelled", "labeled"),
    ("programme", "program"),
    ("grey", "gray"),
]


@pytest.mark.parametrize(
    ("written", "asked"), [*SPELLINGS, *((american, british) for british, american in SPELLINGS)]
)
def test_british_and_american_spelling_find_each_other_and_are_marked(written, asked):
    make_tool("Alder", description=f"What it says about {written} here.")
    make_tool("Birch", tagline=f"With {written} too")
    make_tool(f"{written.title()} Kit", slug="kit")
    for query in (asked, f"{asked} ", f"{asked} here", asked.upper()):
        assert set(found(query)) == {"Alder", "Birch", f"{written.title()} Kit"}
    kit, birch, alder = search_tools(query=f"{asked} ").found
    assert marked(kit.name) == f"[{written.title()}] Kit"
    assert marked(birch.tagline) == f"With [{written}] too"
    assert marked(alder.hits[0].segments) == f"What it says about [{written}] here."
    assert suggested(asked) == [f"{written.title()} Kit"]


@pytest.mark.parametrize(
    ("written", "asked"), [*SPELLINGS, *((american, british) for british, american in SPELLINGS)]
)
def test_the_other_spelling_is_found_at_every_letter_while_it_is_typed(written, asked):
    make_tool("Alder", tagline=f"With {written} too")
    typed = [
        asked[:length]
        for length in range(1, len(asked) + 1)
        if written.startswith(asked[:length]) or length > 4
    ]
    assert {letters: found(letters) for letters in typed} == {letters: ["Alder"] for letters in typed}


def test_both_spellings_in_one_search_are_two_words_and_in_one_text_two_marks():
    make_tool("Alder", description="A licence is a license.")
    results = search_tools(query="license licence")
    assert (results.total_holding_all, results.words) == (1, 2)
    assert marked(search_tools(query="license ").found[0].hits[0].segments) == "A [licence] is a [license]."


def test_a_short_prefix_is_looked_for_in_names_and_keywords_only():
    make_tool("Whisper", description="Which is what while was.")
    make_tool("Alder", tagline="Whips and bells")
    make_tool("Birch", maker="White & Sons")
    make_tool("Cedar", category=make_category("Whittling"))
    beech = make_tool("Beech", "ship 80", description="Which is heard while you wait.")
    beech.verdicts.update(body="Whichever. Whi is a whole word here, and SQL.")
    assert set(found("whi")) == {"Whisper", "Alder", "Birch", "Cedar", "Beech"}, "Beech for the whole word"
    Verdict.objects.filter(tool=beech).update(body="Whichever, and SQL.")
    assert set(found("whi")) == {"Whisper", "Alder", "Birch", "Cedar"}
    assert found("whi")[0] == "Whisper"
    assert set(found("heard whi")) == {"Beech", "Whisper", "Alder", "Birch", "Cedar"}
    assert search_tools(query="heard whi").total_holding_all == 0
    assert found("sql") == ["Beech"], "whole words are found anywhere"
    assert set(found("whic")) == {"Whisper", "Beech"}, "and from four letters on what they begin"
    whisper = search_tools(query="whi").found[0]
    assert (marked(whisper.name), whisper.hits) == ("[Whisper]", ())
    cedar = next(each for each in search_tools(query="whi").found if each.tool.name == "Cedar")
    assert [(hit_words(hit), marked(hit.segments)) for hit in cedar.hits] == [("Category", "[Whittling]")]


def test_only_the_last_word_is_a_prefix(shelf):
    assert search_tools(query="locksm project").total_holding_all == 0
    assert search_tools(query="project locksm").total_holding_all == 1
    assert search_tools(query="locksm ").total == 0, "after a blank a word is whole"


@pytest.mark.parametrize(
    ("query", "tools"),
    [
        ("c++", ["Alder"]),
        ("C++ ", ["Alder"]),
        ("c#", ["Cedar"]),
        ("C# teams", ["Cedar"]),
        ("c++ quickly", ["Alder"]),
    ],
)
def test_c_plus_plus_and_c_sharp_are_not_c(shelf, query, tools):
    assert found(query) == tools


def test_names_with_signs_are_found_and_shown_with_them():
    make_tool("Plus C++ Kit", slug="plus")
    make_tool("Sharp C# Kit", slug="sharp")
    make_tool("Plain C Kit", slug="plain")
    assert found("c++") == ["Plus C++ Kit"]
    assert suggested("c#") == ["Sharp C# Kit"]
    assert meant("shrap c#")[0] == "Sharp C# Kit"
    assert marked(search_tools(query="c++").found[0].name) == "Plus [C++] Kit"
    assert sorted(found("c ")) == ["Plain C Kit"]


def test_a_word_in_the_name_ranks_first():
    make_tool(
        "Aspen", description="Maple maple maple maple maple.", tagline="Maple syrup, maple wood, maple leaf"
    )
    make_tool("Larch", tagline="Maple")
    make_tool("Maple Long Name", slug="maple-long-name")
    make_tool("Maple")
    make_tool("Mapledge")
    make_tool("Rowan", "ship, ship, ship, ship")
    Verdict.objects.filter(tool__name="Rowan").update(body="Maple, they say.")
    assert found("maple") == ["Maple", "Maple Long Name", "Mapledge", "Aspen", "Larch", "Rowan"]


@pytest.mark.parametrize("query", ["zebra", "zebra ", "zeb"])
def test_a_name_weighs_more_than_a_description_however_long_it_is(query):
    make_tool("Ox", description="A zebra without stripes.")
    make_tool("Something With Quite A Long Name Called Zebra", slug="something")
    assert found(query)[0].startswith("Something")


@pytest.mark.parametrize("query", ["ledger", "ledger "])
def test_a_text_counts_once_however_many_of_its_words_and_forms_match(query):
    tool = make_tool(
        "Ledger",
        "ship 80, skip",
        tagline="A ledger of ledgers",
        maker="Ledger",
        description="Ledgers keep ledgers, says a ledger.",
    )
    Verdict.objects.filter(tool=tool).update(body="A ledger beside other ledgers.")
    found_at = ENGINES[connection.vendor].find(words=read_words(query))
    assert [(each.tool_id, each.points) for each in found_at] == [(tool.pk, TOOL_POINTS + 2 * VERDICT_POINTS)]


def test_all_words_come_before_any_word():
    """Even if they are in different texts of a tool, and any of them in a name."""
    make_tool("Quick Fox", slug="quick-fox")
    lazy = make_tool("Lazy Dog", "ship, ship", slug="lazy-dog", description="Quick when it must be.")
    Verdict.objects.filter(tool=lazy, reviewer__slug="skeptic").update(body="Jumps over whatever is there.")
    make_tool("Jumps", description="Nothing else.")
    results = search_tools(query="quick jumps dog")
    assert names(results)[0] == "Lazy Dog"
    assert [found.holds_all for found in results.found] == [True, False, False]
    assert (results.total, results.total_holding_all, results.total_holding_some) == (3, 1, 2)


def test_a_tool_that_readers_do_not_see_is_never_found():
    later = timezone.now() + timedelta(days=1)
    make_tool("Secret Draft", slug="draft", status="draft", published_at=None)
    make_tool("Secret Past", slug="past", status="retired")
    make_tool("Secret Plan", slug="plan", published_at=later)
    hidden = make_tool("Hidden", "ship", slug="hidden", status="draft")
    Verdict.objects.filter(tool=hidden).update(body="Secret.")
    assert found("secret") == suggested("secret") == meant("secrit draft") == []
    assert search_tools(query="secret").total == 0, "nor counted"
    Tool.objects.filter(slug="draft").update(status="published", published_at=timezone.now())
    assert found("secret") == suggested("secret") == meant("secrit draft") == ["Secret Draft"]


def test_a_tool_that_readers_do_not_see_takes_no_place_in_the_results():
    for number in range(60):
        make_tool(f"Cedar {number}", status="draft")
    make_tool("Cedar for everybody", slug="cedar")
    assert (
        suggested("cedar", limit=1)
        == meant("cedar for evrybody")
        == meant("cedra")
        == ["Cedar for everybody"]
    )


def test_a_scheduled_tool_is_found_from_its_moment_on():
    import time_machine

    make_tool("Tomorrow", published_at=timezone.now() + timedelta(days=1))
    assert found("tomorrow") == []
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert found("tomorrow") == ["Tomorrow"]


def test_hits_say_where_a_word_was_found(shelf):
    (alder, birch) = search_tools(query="alder").found
    assert marked(alder.name) == "[Alder]"
    assert [(hit_words(hit), marked(hit.segments)) for hit in birch.hits] == [
        ("Description", "A crème brûlée of a library, like [Alder].")
    ]
    (beech,) = search_tools(query="locksmiths").found
    assert [(hit_words(hit), marked(hit.segments)) for hit in beech.hits] == [
        ("The Builder’s verdict", "The weekend project of a [locksmith].")
    ]
    (beech,) = search_tools(query="nobody licence", limit=1).found
    assert {hit_words(hit) for hit in beech.hits} == {"The Skeptic’s answer"}
    assert marked(beech.hits[0].segments) == "A [licence] [nobody] has read."
    (alder,) = search_tools(query="acme licens", limit=1).found
    assert marked(alder.tagline) == "A [licensed] compiler"
    assert [(hit_words(hit), marked(hit.segments)) for hit in alder.hits] == [("Made by", "[Acme] Forge")]
    (cedar,) = search_tools(query="gard").found
    assert [(hit_words(hit), marked(hit.segments)) for hit in cedar.hits] == [("Category", "[Garden]")]


def test_accents_and_signs_are_shown_as_they_were_written(shelf):
    (birch,) = search_tools(query="brulee").found
    assert marked(birch.hits[0].segments) == "A crème [brûlée] of a library, like Alder."
    (cedar,) = search_tools(query="c# on-device").found
    assert marked(cedar.hits[0].segments) == "For [C#] teams; see GPT-4 and on-[device] use. Price: $20."


def test_a_long_text_is_cut_to_where_the_words_are():
    tool = make_tool("Alder", "ship")
    body = (
        "Beginning. "
        + "Filler text goes on and on. " * 30
        + "Here is the needle at last. "
        + "And on it goes. " * 30
    )
    tool.verdicts.update(body=body)
    (alder,) = search_tools(query="needle").found
    text = marked(alder.hits[0].segments)
    assert "Here is the [needle] at last." in text
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert len(text) < 200


def test_hits_prefer_words_that_are_not_shown_yet():
    tool = make_tool("Alder", "ship, ship", maker="Alder", description="Alder is alder.")
    Verdict.objects.filter(tool=tool, reviewer__slug="skeptic").update(body="About bark.")
    (alder,) = search_tools(query="alder bark").found
    assert hit_words(alder.hits[0]) == "The Skeptic’s verdict"
    assert "Made by" not in [hit_words(hit) for hit in alder.hits]


def test_a_search_is_paged():
    for number in range(25):
        make_tool(f"Pine {number:02}", slug=f"pine-{number:02}")
    first = search_tools(query="pine")
    second = search_tools(query="pine", offset=20)
    assert (len(first.found), len(second.found), first.total, second.total) == (20, 5, 25, 25)
    assert sorted(names(first) + names(second)) == [f"Pine {number:02}" for number in range(25)]
    assert search_tools(query="pine", offset=40).found == ()


def test_each_word_of_a_suggestions_query_begins_a_word_of_the_name():
    for name in ("Code Llama 4", "Llama Code Helper", "Encode", "Mistral 3B"):
        make_tool(name, description="Code and llamas everywhere.")
    assert suggested("cod lla") == ["Code Llama 4", "Llama Code Helper"]
    assert suggested("lla cod") == ["Llama Code Helper", "Code Llama 4"]
    assert suggested("code") == ["Code Llama 4", "Llama Code Helper"]
    assert suggested("c") == ["Code Llama 4", "Llama Code Helper"]
    assert suggested("mistral ") == ["Mistral 3B"]
    assert suggested("everywhere") == suggested("") == suggested("'") == []
    assert suggested("l", limit=1) == ["Llama Code Helper"]


def test_suggestions_come_with_their_categories_in_two_queries(django_assert_num_queries):
    for number in range(12):
        make_tool(f"Oak {number}")
    with django_assert_num_queries(2):
        assert {tool.category.name for tool in suggest_tools(query="oak")} == {"Workshop"}
    assert len(suggest_tools(query="oak")) == 8


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("mistrl", "Mistral 3B"),
        ("misrtal 3b", "Mistral 3B"),
        ("imstral", "Mistral 3B"),
        ("MISTRALL", "Mistral 3B"),
        ("pytroch", "PyTorch"),
        ("py torch", "PyTorch"),
        ("rst", "Rust"),
        ("rsut", "Rust"),
        ("code lama 4", "Code Llama 4"),
        ("codellama", "Code Llama 4"),
        ("cremé brule", "Crème Brûlée"),
    ],
)
def test_a_mistyped_name_is_guessed(typed, name):
    for each in ("Mistral 3B", "PyTorch", "Rust", "Code Llama 4", "Crème Brûlée", "Something Else Entirely"):
        make_tool(
            each, slug=each.lower().replace(" ", "-").replace("è", "e").replace("û", "u").replace("é", "e")
        )
    assert meant(typed)[0] == name


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("huggingface", ["Hugging Face"]),
        ("hugging fase", ["Hugging Face"]),
        ("HUGING FACE", ["Hugging Face"]),
        ("vector databse", ["Vector Search", "pgvector"]),
        ("serach vector", ["Vector Search", "pgvector"]),
        ("olama", ["Ollama"]),  # a tool and its maker are one guess
        ("face", []),  # of a maker the whole name must be alike
    ],
)
def test_makers_and_categories_are_guessed(typed, names):
    make_tool("pgvector", category=make_category("Extensions"), maker="pg people")
    make_tool("Qdrant", category=make_category("Vector Search"), maker="Hugging Face")
    make_tool("Ollama", maker="Ollama")
    assert guessed(typed) == names
    (ollama,) = guesses(query="olama")
    assert ollama.tool.name == "Ollama"


def test_makers_and_categories_of_unseen_tools_are_not_guessed():
    make_tool("Secret", category=make_category("Hidden Shelf"), maker="Hidden Maker", status="draft")
    assert guessed("hiden maker") == guessed("hiden shelf") == []


@pytest.mark.parametrize("typed", ["", "x", "zzzzzz", "%", "'", "the weather in Spain", "\0"])
def test_a_text_unlike_every_name_gives_no_guess(typed):
    make_tool("Mistral 3B")
    assert meant(typed) == guessed(typed) == []


@pytest.mark.parametrize("count", [3, 40])
def test_a_search_has_a_query_budget(django_assert_num_queries, count):
    """Matches, tools, verdicts, and marked texts: more tools cost no more."""
    panel = make_panel()
    for number in range(count):
        tool = make_tool(f"Elm {number}")
        for reviewer in panel:
            make_verdict(tool, reviewer)
    with django_assert_num_queries(4):
        assert search_tools(query="elm builder asks").total == count
    with django_assert_num_queries(1):
        search_tools(query="unheard")
    with django_assert_num_queries(2):
        did_you_mean(query="elmm 3")
    with django_assert_num_queries(3):
        did_you_mean(query="elmm")
    with django_assert_num_queries(5):
        guesses(query="elmm")


def test_more_words_than_a_search_takes_are_left_out_and_that_is_said():
    make_tool("Alder", description="one two three four five six seven eight nine ten")
    results = search_tools(query="one two three four five six seven eight unheard")
    assert (results.words, results.is_cut, results.total_holding_all) == (8, True, 1)
    assert search_tools(query="one two").is_cut is False
    assert search_tools(query="x" * 201).is_cut is True


def test_a_makers_name_offers_its_tools():
    for name, description in (
        ("Cedar", "A first text"),
        ("Alder", "The last text"),
        ("Birch", "Middle text"),
    ):
        make_tool(name, maker="Forest Works", description=description)
    assert [tool.name for tool in offer_tools(query="forest works", limit=8)] == ["Alder", "Birch", "Cedar"]
    assert [tool.name for tool in offer_tools(query="forest works", limit=2)] == ["Alder", "Birch"]
