"""What readers see of facts: values, states and sources, and never a date of checking without a check."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import DataError, IntegrityError, transaction

from comparisons.services.compare.fact_rows import fact_row, fact_rows
from comparisons.templatetags.fact_wording import address_words, fact_words
from reviews.models import Fact, Tool
from reviews.services.facts.requirements import Requirement, is_met, met_in_sql
from tests.factories import make_attribute, make_category, make_comparison, make_fact, make_tool
from tests.html_text import text_of
from tests.pages import PAGES

pytestmark = pytest.mark.django_db

INDEXES = [["hnsw", "HNSW"], ["ivf", "IVF"]]


@pytest.fixture
def pair():
    """Two tools of one category with a fact of each type."""
    make_attribute("context", "integer", unit="tokens", better="higher", is_deal_breaker=True, position=1)
    make_attribute("memory", "decimal", unit="GB", better="lower", is_deal_breaker=True, position=2)
    make_attribute("hybrid", "yes_partly_no", label="Hybrid search", is_deal_breaker=True, position=3)
    make_attribute("index", "choices", choices=INDEXES, label="Index types", is_deal_breaker=True, position=4)
    alpha = make_tool("Alpha", "ship, ship", entry_price="Free")
    beta = make_tool("Beta", "ship, skip", entry_price="$20 a month", monthly_price="20")
    for tool, texts in (
        (alpha, ("131072", "0.5", "yes", "hnsw, ivf")),
        (beta, ("4096", "2", "partly", "ivf")),
    ):
        for key, text in zip(("context", "memory", "hybrid", "index"), texts, strict=True):
            make_fact(tool, key, text)
    make_comparison(alpha, beta)
    return alpha, beta


def loaded(*tools):
    return [Tool.objects.with_answers().get(pk=tool.pk) for tool in tools]


def test_values_are_printed_with_their_units(pair):
    words = {row.key: [fact_words(cell.fact) for cell in row.cells] for row in fact_rows(tools=loaded(*pair))}
    assert words["context"] == ["131,072 tokens", "4,096 tokens"]
    assert words["memory"] == ["0.5 GB", "2 GB"]
    assert words["hybrid"] == ["Yes", "Partly"]
    assert words["index"] == ["HNSW, IVF", "IVF"]
    assert words["monthly-price"] == ["Not known", "$20 a month"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("https://www.qdrant.tech/documentation/", "qdrant.tech/documentation"),
        (
            f"https://github.com/o/r/blob/{'0123456789abcdef' * 2}01234567/README.md",
            "github.com/o/r/blob/0123456/README.md",
        ),
    ],
)
def test_an_address_is_printed_without_what_goes_without_saying(address, words):
    assert address_words(address) == words


def test_the_better_of_two_numbers_follows_the_direction_and_bars_their_size(pair):
    rows = {row.key: row for row in fact_rows(tools=loaded(*pair))}
    assert [(cell.is_better, cell.bar_percent) for cell in rows["context"].cells] == [(True, 100), (False, 3)]
    assert [(cell.is_better, cell.bar_percent) for cell in rows["memory"].cells] == [(True, 25), (False, 100)]
    assert not any(cell.is_better for cell in rows["hybrid"].cells)


def test_of_equal_or_unknown_numbers_none_is_better(pair):
    alpha, beta = pair
    attribute = alpha.facts.get(attribute__key="memory").attribute
    beta.facts.filter(attribute=attribute).delete()
    row = fact_row(attribute=attribute, tools=loaded(alpha, beta))
    assert [cell.is_better for cell in row.cells] == [False, False]
    make_fact(beta, "memory", "0.5")
    row = fact_row(attribute=attribute, tools=loaded(alpha, beta))
    assert [cell.is_better for cell in row.cells] == [False, False]
    assert not row.differs


def test_another_categorys_tool_is_not_asked_for_this_ones_facts(pair):
    other = make_tool("Other", "ship", category=make_category("Garden"))
    keys = {row.key for row in fact_rows(tools=loaded(pair[0], other))}
    assert "pricing" in keys
    assert not keys & {"context", "memory", "hybrid", "index"}


@pytest.mark.parametrize(
    ("key", "wanted", "names"),
    [
        ("context", "4096", {"Alpha", "Beta"}),
        ("context", "4097", {"Alpha"}),
        ("memory", "1", {"Alpha"}),
        ("memory", "0.49", set()),
        ("hybrid", "yes", {"Alpha"}),
        ("hybrid", "partly", {"Alpha", "Beta"}),
        ("index", "hnsw", {"Alpha"}),
        ("index", "ivf", {"Alpha", "Beta"}),
    ],
)
def test_a_filter_and_the_rule_for_one_tool_agree(client, pair, key, wanted, names):
    attribute = pair[0].facts.get(attribute__key=key).attribute
    requirement = Requirement(attribute, wanted)
    make_tool("Gamma", "ship")  # of which nothing is known
    tools = Tool.objects.with_facts()
    assert {tool.name for tool in tools.filter(met_in_sql(requirement))} == names
    assert {tool.name for tool in tools if is_met(requirement, fact=tool.fact_of(attribute))} == names
    text = text_of(client.get(f"/categories/workshop/?fact-{key}={wanted}&part=list"))
    assert {name for name in ("Alpha", "Beta", "Gamma") if f"{name} What {name} is" in text} == names


def test_a_filter_by_price_takes_what_is_free(client, pair):
    make_tool("Gamma", "ship", entry_price="Pay per use")
    for dollars, names in ((19, {"Alpha"}), (20, {"Alpha", "Beta"})):
        text = text_of(client.get(f"/tools/?most_a_month={dollars}&part=list"))
        assert {name for name in ("Alpha", "Beta", "Gamma") if f"{name} What {name} is" in text} == names


@pytest.mark.parametrize(
    "query", ["fact-memory=x", "fact-hybrid=maybe", "fact-index=flat", "most_a_month=-1"]
)
def test_a_wrong_requirement_is_reported_at_its_field(client, pair, query):
    text = text_of(client.get(f"/categories/workshop/?{query}"))
    assert "choose another" in text or "Write a number" in text or "Write whole US dollars" in text
    assert "Alpha What Alpha is" in text


def test_a_deal_breaker_of_facts_marks_the_tool_that_fails_it(client, pair):
    text = text_of(client.get("/compare/alpha-vs-beta/?fact-memory=1&most_a_month=10"))
    assert "memory: 2 GB" in text
    assert "it costs more a month ($20 a month)" in text
    text = text_of(client.get("/compare/alpha-vs-beta/?fact-hybrid=yes"))
    assert "hybrid search: Partly" in text


def test_a_cell_opens_to_source_quote_and_day(client, pair):
    fact = pair[0].facts.get(attribute__key="memory")
    fact.state = "checked"
    fact.source_url = "https://docs.example/memory"
    fact.quote = "needs half a gigabyte"
    fact.looked_at_on = date(2026, 3, 1)
    fact.save()
    html = client.get("/compare/alpha-vs-beta/").content.decode()
    cell = re.search(
        r'<details class="fact">(?:(?!</details>).)*0\.5 GB.*?</details>', html, re.DOTALL
    ).group()
    assert 'href="https://docs.example/memory"' in cell
    assert "needs half a gigabyte" in cell
    assert "1 March 2026" in cell
    page = client.get("/tools/alpha/").content.decode()
    assert 'id="facts"' in page
    assert 'id="fact-memory"' in page
    assert "3 of 6 facts checked" in text_of(client.get("/tools/alpha/")).lower()


def test_what_is_not_known_is_a_list(client, pair):
    make_attribute("licence-terms", label="Licence terms")
    text = text_of(client.get("/tools/alpha/"))
    assert (
        "licence terms" in text.partition("What we don’t know")[2].partition("What the panel says")[0].lower()
    )


def test_a_claim_is_called_a_claim_in_the_answer(client):
    alpha = make_tool("Alpha", "ship, ship", licence="MIT")
    make_comparison(alpha, make_tool("Beta", "ship, ship", licence="Proprietary"))
    alpha.facts.filter(attribute__key="licence").update(state="claimed", looked_at_on=None)
    assert "an open-source licence, by its maker’s word" in text_of(client.get("/compare/alpha-vs-beta/"))


def test_no_page_and_no_mail_prints_a_date_of_checking_without_a_check(client, catalogue, mailoutbox):
    """Each fact that is not checked is given a day that nothing else has."""
    Fact.objects.exclude(state="checked").exclude(state="unknown").update(
        state="claimed", looked_at_on=date(1987, 6, 5)
    )
    tools = [f"/tools/{slug}/" for slug in Tool.objects.values_list("slug", flat=True)]
    compared = ["/compare/code-llama-4-vs-mistral-3b/", "/compare/gradio-vs-streamlit/"]
    for path in {*PAGES.values(), *tools, *compared}:
        body = client.get(path, follow=True).content.decode()
        assert not re.search(r"(5|05|June) ?(June|06)? ?1987|1987-06-05", body), path


def test_an_export_has_no_day_of_a_fact_that_nobody_looked_at(catalogue, tmp_path):
    call_command("export_catalogue", "facts", str(tmp_path / "facts.csv"))
    given = Fact.objects.filter(state__in=["given", "unknown"])
    assert given.exists()
    assert not given.exclude(looked_at_on=None).exists()


@pytest.mark.parametrize(
    "values",
    [
        {"state": "checked"},
        {"state": "checked", "source_url": "https://docs.example/"},
        {"state": "given", "looked_at_on": date(2026, 1, 4)},
        {"state": "unknown"},
        {"text": ""},
        {"number": None},
        {"number": Decimal("0.5"), "type": "integer"},
        {"type": "text"},
        {"state": "rumour"},
        {"quote": "q" * 301},
    ],
)
def test_the_database_holds_the_rules_of_a_fact(pair, values):
    fact = pair[0].facts.filter(attribute__key="memory")
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():  # PostgreSQL counts letters itself
        fact.update(**values)


def test_a_tool_has_one_fact_of_each_attribute(pair):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_fact(pair[0], "memory", "3")
