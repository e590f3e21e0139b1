"""Files of attributes and facts, and the facts in a file of tools.

They follow the rules of the desk: what is checked has a source and a day, and a value that changes without
new evidence is given, not checked.
"""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comparisons.desk.files.exports import ExportedFile, export_rows
from comparisons.desk.files.formats import FORMATS
from comparisons.desk.files.imports import import_rows
from comparisons.desk.files.kinds import KINDS
from comparisons.desk.files.messages import DAY_WANTED
from comparisons.models import Upload
from reviews.models import Attribute, AttributeType, Fact, FactState, Revision, Tool
from reviews.models.fact_values import read_value
from reviews.models.facts import LONGEST_QUOTE
from reviews.models.text_cleaning import clean_name
from tests.factories import SOURCE, make_attribute, make_category, make_fact, make_panel, make_tool
from tests.html_text import text_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 4)
INDEX_TYPES = [["hnsw", "HNSW"], ["ivf", "Inverted file"], ["flat", "None: “all”, \\ and €"]]


def exported(kind, form="csv"):
    file = next(step for step in export_rows(kind=kind, format=form) if isinstance(step, ExportedFile))
    return FORMATS[form].decode(file.content)[0]


def imported(kind, *lines, form="csv", write=True, **options):
    text = "\n".join(lines)
    return list(import_rows(kind=kind, format=form, text=text, by="ada", is_dry_run=not write, **options))[-1]


def problems(report):
    return [(each.row, each.column, each.sentence) for each in report.problems]


def evidence(fact):
    return (fact.text, fact.state, fact.source_url, fact.quote, fact.looked_at_on)


def fact_of(key):
    return Fact.objects.get(attribute__key=key)


@pytest.fixture
def alpha():
    return make_tool("Alpha", entry_price="", pricing="")


# --- Facts --------------------------------------------------------------------------------------------------


def test_a_file_of_facts_brings_values_of_every_type(alpha):
    for type in AttributeType:
        make_attribute(f"a-{type.replace('_', '-')}", type, choices=INDEX_TYPES if type == "choices" else [])
    values = ['"4,096"', "0.50", "$20.5", "Partly", '"flat, HNSW"', " A text ", SOURCE, "2026-05-31"]
    rows = [
        f"alpha,workshop,a-{type.replace('_', '-')},{value}"
        for type, value in zip(AttributeType, values, strict=True)
    ]
    report = imported("facts", "tool,category,key,value", *rows)
    assert problems(report) == []
    texts = dict(Fact.objects.values_list("type", "text"))
    assert texts == {
        "integer": "4096",
        "decimal": "0.5",
        "money": "20.5",
        "yes_partly_no": "partly",
        "choices": "hnsw, flat",
        "text": "A text",
        "address": SOURCE,
        "day": "2026-05-31",
    }
    assert set(Fact.objects.values_list("state", "changed_by")) == {("given", "ada")}
    assert report.changes[0].name == "alpha / workshop / a-integer"
    assert report.changes[0].changes["value"] == [None, "4096"]
    assert Revision.objects.filter(model="reviews.fact", editor="ada", action="created").count() == 8


def test_a_general_fact_is_named_without_a_category(alpha):
    text = ["tool,category,key,value,state,source_url,quote,looked_at_on"]
    text.append(f"alpha,,licence,MIT,checked,{SOURCE},MIT License,2026-01-04")
    report = imported("facts", *text, write=False)
    assert [change.name for change in report.changes] == ["alpha / licence"]
    assert not Fact.objects.exists()
    assert imported("facts", *text).is_written
    assert evidence(fact_of("licence")) == ("MIT", "checked", SOURCE, "MIT License", DAY)
    assert imported("facts", *text).changes == []


@pytest.mark.parametrize(
    ("columns", "cells", "stored"),
    [
        ("value", "GPL", ("GPL", "given", SOURCE, "", None)),
        ("value,state,looked_at_on", "GPL,checked,2026-01-04", ("GPL", "given", SOURCE, "", None)),
        ("value,looked_at_on", "GPL,2026-02-01", ("GPL", "checked", SOURCE, "So.", date(2026, 2, 1))),
        ("value,quote", "GPL,Its words.", ("GPL", "checked", SOURCE, "Its words.", DAY)),
        ("value,state", "MIT,claimed", ("MIT", "claimed", SOURCE, "So.", DAY)),
        ("value", "", ("", "unknown", SOURCE, "", None)),
        ("value,state", "GPL,", ("GPL", "given", SOURCE, "", None)),
    ],
)
def test_a_value_that_changes_without_new_evidence_is_given(alpha, columns, cells, stored):
    make_fact(alpha, "licence", "MIT", DAY, quote="So.")
    report = imported("facts", f"tool,category,key,{columns}", f"alpha,,licence,{cells}", write=False)
    assert {"value", "state"} & set(report.changes[0].changes)
    assert imported("facts", f"tool,category,key,{columns}", f"alpha,,licence,{cells}").is_written
    assert evidence(fact_of("licence")) == stored


def test_a_number_in_another_spelling_is_the_same_number(alpha):
    make_attribute("memory", "integer")
    make_fact(alpha, "memory", "4096", DAY)
    report = imported("facts", "tool,category,key,value", 'alpha,workshop,memory,"4,096.0"')
    assert (problems(report), report.changes) == ([], [])


def test_a_value_that_an_attribute_no_longer_offers_stays_as_it_is(alpha):
    make_attribute("index-types", "choices", choices=INDEX_TYPES)
    make_fact(alpha, "index-types", "hnsw, ivf", DAY)
    Attribute.objects.filter(key="index-types").update(choices=INDEX_TYPES[:1])
    report = imported("facts", exported("facts"))
    assert (problems(report), report.changes) == ([], [])


HEAD = "tool,category,key,value,state,source_url,quote,looked_at_on"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("omega,,licence,MIT", ("tool", "There is no tool “omega”. Name it by its slug.")),
        (
            "alpha,,speed,1",
            ("key", "Not known: no “speed” is of every tool. Bring the attributes first."),
        ),
        (
            "alpha,workshop,licence,MIT",
            (
                "key",
                "Not known: the category “workshop” has no attribute “licence”. Bring the attributes first.",
            ),
        ),
        (
            "alpha,library,memory,1",
            (
                "category",
                "The tool's category does not ask for this attribute.",
            ),
        ),
        ("alpha,,released-on,soon", ("value", "Write a day such as 2026-05-31.")),
        ("alpha,,monthly-price,-1", ("value", "Write an amount of 0 or more, with up to 4 decimals.")),
        ("alpha,,licence," + "x" * 301, ("value", "At most 300 characters.")),
        ("alpha,,licence,MIT,sure", ("state", "Value 'sure' is not a valid choice.")),
        (
            f"alpha,,licence,MIT,checked,{SOURCE}",
            ("looked_at_on", "A checked fact needs the day when its source was looked at."),
        ),
        (
            "alpha,,licence,MIT,checked,,,2026-01-04",
            ("source_url", "A checked fact needs its source."),
        ),
        ("alpha,,licence,MIT,given,example", ("source_url", "Enter a valid URL.")),
        (
            f"alpha,,licence,MIT,given,,{'q' * 301}",
            ("quote", "Ensure this value has at most 300 characters (it has 301)."),
        ),
        ("alpha,,licence,MIT,given,,,soon", ("looked_at_on", DAY_WANTED)),
    ],
)
def test_a_problem_of_a_fact_names_its_column_and_nothing_is_written(alpha, row, told):
    make_attribute("memory", "integer", category=make_category("Library"))
    report = imported("facts", HEAD, "alpha,,maker,Alpha Ltd", row)
    assert [told[1:] for told in problems(report)] == [told]
    assert not Fact.objects.exists()


def test_a_row_that_stands_twice_is_refused_with_a_sentence(alpha):
    row = "alpha,,licence,MIT"
    report = imported("facts", "tool,category,key,value", row, row)
    assert problems(report) == [(3, "tool", "Row 2 is about the same: one file names each once.")]
    assert not Fact.objects.exists()


@pytest.mark.parametrize("column", ["tool", "category", "key"])
def test_a_file_of_facts_needs_all_of_its_key(alpha, column):
    names = [name for name in ("tool", "category", "key") if name != column]
    report = imported("facts", ",".join([*names, "value"]), "alpha,licence,MIT")
    assert problems(report) == [(0, column, "This column is needed to know which row is meant.")]


# --- Attributes ---------------------------------------------------------------------------------------------


def test_a_file_of_attributes_brings_new_ones_with_their_history():
    make_category()
    head = "category,key,label,unit,type,better,choices,position,help_text,is_deal_breaker"
    choices = '"[[""hnsw"", ""HNSW""], [""ivf"", ""Inverted file""]]"'
    report = imported(
        "attributes",
        head,
        "workshop,memory,Memory,GB,decimal,lower,,2,What it needs.,yes",
        f"workshop,index-types,Index types,,choices,,{choices},,,",
    )
    assert problems(report) == []
    memory, index_types = Attribute.objects.exclude(category=None).order_by("-position")
    assert (memory.unit, memory.type, memory.better) == ("GB", "decimal", "lower")
    assert (memory.position, memory.help_text, memory.is_deal_breaker) == (2, "What it needs.", True)
    assert index_types.labels == {"hnsw": "HNSW", "ivf": "Inverted file"}
    assert (index_types.better, index_types.position, index_types.is_deal_breaker) == ("none", 0, False)
    assert Revision.objects.filter(model="reviews.attribute", editor="ada", action="created").count() == 2


def test_a_general_attribute_may_change_in_its_words_alone():
    before = Attribute.objects.general().get(key="monthly-price")
    head = "category,key,label,help_text,position,is_deal_breaker"
    assert imported("attributes", head, ",monthly-price,A month,What it costs.,30,yes").is_written
    after = Attribute.objects.general().get(key="monthly-price")
    assert (after.label, after.help_text, after.position) == ("A month", "What it costs.", 30)
    assert after.is_deal_breaker
    for column, cell in (("type", "decimal"), ("unit", "a year"), ("better", "higher")):
        report = imported("attributes", f"category,key,{column}", f",monthly-price,{cell}")
        ((row, name, sentence),) = problems(report)
        assert (row, name) == (2, column)
        assert sentence.startswith("The site relies on this attribute of every tool")
    after.refresh_from_db()
    assert (after.type, after.unit, after.better) == (before.type, before.unit, before.better)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            ",speed,Speed",
            ("category", "Name its category: the site itself makes the attributes of every tool."),
        ),
        ("nowhere,speed,Speed", ("category", "There is no category “nowhere”. Name it by its slug.")),
        ("workshop,licence,Mine", ("key", "A general attribute has this key: choose another one.")),
        ("workshop,speed,", ("label", "This field cannot be blank.")),
        ("workshop,speed,Speed,colour", ("type", "Value 'colour' is not a valid choice.")),
        ("workshop,speed,Speed,text,higher", ("", "Only of two numbers one is the better.")),
        (
            "workshop,speed,Speed,choices",
            ("choices", "A choice of several needs its choices, and nothing else has them."),
        ),
        (
            "workshop,speed,Speed,choices,,hnsw: HNSW",
            ("choices", 'Write pairs such as [["hnsw", "HNSW"], ["ivf", "IVF"]].'),
        ),
        (
            "workshop,speed,Speed,choices,," + "[" * 100_000,
            ("choices", 'Write pairs such as [["hnsw", "HNSW"], ["ivf", "IVF"]].'),
        ),
        (
            'workshop,speed,Speed,choices,,"[[""a"", ""\\u0000""]]"',
            ("choices", 'Write pairs such as [["hnsw", "HNSW"], ["ivf", "IVF"]].'),
        ),
        (
            'workshop,speed,Speed,choices,,"[[""a"", ""\\ud800""]]"',
            ("choices", 'Write pairs such as [["hnsw", "HNSW"], ["ivf", "IVF"]].'),
        ),
        ("workshop,speed,Speed,text,,,1.5", ("position", "A position is a whole number from 0 to 32767.")),
        ("workshop,speed,Speed,text,,,-1", ("position", "A position is a whole number from 0 to 32767.")),
        ("workshop,speed,Speed,text,,,,perhaps", ("is_deal_breaker", "Write yes or no.")),
        ("workshop,memory,Memory,text", ("type", "Tools have values of this type: make another attribute.")),
    ],
)
def test_a_problem_of_an_attribute_names_its_column_and_nothing_is_written(alpha, row, told):
    make_attribute("memory", "integer")
    make_fact(alpha, "memory", "4096")
    head = "category,key,label,type,better,choices,position,is_deal_breaker"
    report = imported("attributes", head, row)
    assert [told[1:] for told in problems(report)] == [told]
    assert not report.is_written


def test_all_problems_of_an_attribute_are_told_at_once(alpha):
    report = imported("attributes", "category,key,label,position", "nowhere,speed,Speed,99999")
    assert {column for _, column, _ in problems(report)} == {"category", "position"}


# --- Facts in a file of tools -------------------------------------------------------------------------------


def test_a_file_of_tools_carries_facts(alpha):
    make_fact(alpha, "licence", "MIT", DAY, quote="So.")
    make_fact(alpha, "pricing", "Free", DAY)
    head = "slug,maker,website,entry_price,pricing,licence,repository,documentation"
    row = f"alpha,Alpha Ltd,{SOURCE},Free,Free,GPL,,"
    report = imported("tools", head, row)
    assert set(report.changes[0].changes) == {"maker", "website", "entry_price", "licence"}
    assert report.changes[0].changes["licence"] == ["MIT", "GPL"]
    assert evidence(fact_of("licence")) == ("GPL", "given", SOURCE, "", None)
    assert evidence(fact_of("pricing")) == ("Free", "checked", SOURCE, "", DAY)
    assert evidence(fact_of("maker")) == ("Alpha Ltd", "given", "", "", None)
    assert Fact.objects.count() == 5
    assert not Revision.objects.filter(model="reviews.tool").exists()
    assert imported("tools", head, row).changes == []
    assert exported("tools").splitlines()[1].count(f"Alpha Ltd,{SOURCE},Free,Free,GPL,,,") == 1


def test_a_dry_run_of_tools_writes_no_facts(alpha):
    report = imported("tools", "slug,maker", "alpha,Alpha Ltd", write=False)
    assert report.changes[0].changes == {"maker": ["", "Alpha Ltd"]}
    assert not Fact.objects.exists()


def test_a_fact_that_is_emptied_in_a_file_of_tools_is_not_known(alpha):
    make_fact(alpha, "licence", "MIT", DAY)
    assert imported("tools", "slug,licence", "alpha,").is_written
    assert (fact_of("licence").text, fact_of("licence").state) == ("", "unknown")


def test_a_fact_of_a_tool_that_does_not_fit_is_a_problem_of_its_column(alpha):
    report = imported("tools", "slug,website,licence", f"alpha,example,{'x' * 301}")
    assert problems(report) == [
        (2, "website", "Enter a valid URL."),
        (2, "licence", "At most 300 characters."),
    ]
    assert not Fact.objects.exists()


def test_a_file_from_before_the_facts_still_brings_tools():
    make_panel()
    make_category()
    report = imported(
        "tools",
        "slug,name,category,kind,tagline,description,vendor,website,entry_price,pricing,licence,facts_checked_on",
        f"alpha,Alpha,workshop,model,t,d,Alpha Ltd,{SOURCE},Free,Free,MIT,2026-01-04",
        f"beta,Beta,workshop,model,t,d,,{SOURCE},,,,",
    )
    assert problems(report) == []
    assert report.is_written
    assert report.changes[0].changes["maker"] == [None, "Alpha Ltd"]
    (note,) = report.notes
    assert "“facts_checked_on” was not read" in note
    assert Tool.objects.get(slug="alpha").facts.count() == 5
    assert Tool.objects.get(slug="beta").facts.get().text == SOURCE
    assert set(Fact.objects.values_list("state", "looked_at_on")) == {("given", None)}


@pytest.mark.parametrize("form", ["json", "csv"])
def test_a_column_under_its_old_and_new_name_stands_twice(alpha, form):
    texts = {
        "csv": "slug,maker,vendor\nalpha,A,B",
        "json": '[{"slug": "alpha", "maker": "A", "vendor": "B"}]',
    }
    report = imported("tools", texts[form], form=form)
    assert problems(report) == [(2 if form == "csv" else 1, "maker", "This column stands twice in the row.")]


def test_two_rows_that_contradict_each_other_are_refused(alpha):
    report = imported("tools", "slug,maker", "alpha,One", "alpha,Two")
    assert problems(report) == [(3, "slug", "Row 2 is about the same: one file names each once.")]
    assert not Fact.objects.exists()


# --- Desk and commands --------------------------------------------------------------------------------------


def test_the_desk_says_what_of_an_old_file_was_not_read(admin_client, alpha, tmp_path):
    file = tmp_path / "tools.csv"
    file.write_text("slug,facts_checked_on,maker\nalpha,2026-01-04,Alpha Ltd\n")
    with file.open("rb") as opened:
        response = admin_client.post(
            "/admin/files/", {"kind": "tools", "format": "csv", "file": opened}, follow=True
        )
    page = response.content.decode()
    assert "“facts_checked_on” was not read" in page
    assert "1 of 1 row would change" in page
    assert Upload.objects.count() == 1
    call_command("import_catalogue", "tools", str(file), "--write")
    assert fact_of("maker").text == "Alpha Ltd"


def test_the_page_of_files_explains_the_columns(admin_client):
    page = text_of(admin_client.get("/admin/files/"))
    assert "facts by tool, category and key" in page
    for kind in KINDS:
        assert kind.capitalize() in page


# --- Queries ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["facts", "tools", "attributes"])
def test_an_unchanged_row_needs_no_query_of_its_own(kind):
    make_attribute("memory", "integer")

    def queries_of(tools):
        for number in range(Tool.objects.count(), tools):
            tool = make_tool(f"Tool {number}", maker="Somebody")
            make_fact(tool, "memory", str(number))
            make_attribute(f"attribute-{number}")
        text = exported(kind)
        with CaptureQueriesContext(connection) as queries:
            assert imported(kind, text).changes == []
        with CaptureQueriesContext(connection) as export:
            exported(kind)
        return len(queries), len(export)

    assert queries_of(2) == queries_of(12)


# --- What goes out and comes in again -----------------------------------------------------------------------

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30)
ODD = st.sampled_from(
    ["=1+1", "'=1", "- {a: b}", "null", "~", "a\r\nb", "1e5", "\u2028x", "x\x85y", "“", "yes"]
)
VALUES = {
    "integer": st.integers(-(10**13), 10**13).map(str),
    "decimal": st.decimals(-(10**13), 10**13, places=6).map("{:f}".format),
    "money": st.decimals(0, 10**13, places=4).map("${:,}".format),
    "yes_partly_no": st.sampled_from(["yes", "Partly", "NO"]),
    "choices": st.sets(st.sampled_from([value for value, _ in INDEX_TYPES]), min_size=1).map(", ".join),
    "text": TEXTS | ODD,
    "address": st.sampled_from([SOURCE, "http://example.org/?a=b,c&d='e'#f", "https://例え.example/"]),
    "day": st.dates().map(str),
}


@st.composite
def facts(draw):
    """The attribute's label, and a fact of each type: a value that was typed, and its evidence."""
    rows = {}
    for type in AttributeType:
        typed = draw(st.just("") | VALUES[type])
        known = read_value(type=type, text=typed, choices=dict(INDEX_TYPES))[0] != ""
        state = draw(st.sampled_from(["checked", "claimed", "given"])) if known else "unknown"
        source = draw(st.just("") | VALUES["address"]) if state != "checked" else draw(VALUES["address"])
        past = st.dates(max_value=date(2026, 11, 28))
        days = {"checked": past, "claimed": st.none() | past}
        looked_at_on = draw(days.get(state, st.none()))
        quote = draw(TEXTS | ODD)[:LONGEST_QUOTE]
        rows[type] = (
            typed,
            {"state": state, "source_url": source, "quote": quote, "looked_at_on": looked_at_on},
        )
    return draw(TEXTS.filter(clean_name) | ODD), rows


@pytest.fixture
def one_of_each(alpha):
    for type in AttributeType:
        make_attribute(f"a-{type.replace('_', '-')}", type, choices=INDEX_TYPES if type == "choices" else [])
    return alpha


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(drawn=facts())
def test_importing_an_export_of_any_facts_changes_nothing(one_of_each, drawn):
    label, rows = drawn
    revisions = Revision.objects.count()
    Fact.objects.all().delete()
    Attribute.objects.update(help_text=label)
    Attribute.objects.filter(key="a-text").update(label=label)
    for type, (typed, values) in rows.items():
        make_fact(one_of_each, f"a-{type.replace('_', '-')}", typed, **values)
    make_fact(one_of_each, "pricing", rows["text"][0], **rows["text"][1])
    for kind in ("tools", "attributes", "facts"):
        for form in FORMATS:
            text = exported(kind, form)
            report = imported(kind, text, form=form)
            assert (problems(report), report.changes) == ([], [])
            assert report.rows == KINDS[kind].model.objects.count()
    assert Revision.objects.count() == revisions
    before = [evidence(fact) for fact in Fact.objects.order_by("attribute__category", "attribute__key")]
    text = exported("facts", "yaml")
    Fact.objects.all().delete()
    assert problems(imported("facts", text, form="yaml")) == []
    assert [
        evidence(fact) for fact in Fact.objects.order_by("attribute__category", "attribute__key")
    ] == before
    assert {fact.state for fact in Fact.objects.all()} <= set(FactState)
