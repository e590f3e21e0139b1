"""`/tools/` and `/categories/<slug>/`: filtered and sorted by their address."""

from datetime import timedelta
from itertools import chain

import pytest

from comparisons.services.compare.your_panel import DealBreakers, weigh
from comparisons.services.lists.tool_list import RankingWeights, ToolChoice, tool_list
from reviews.models import Reviewer, Tool
from tests.bulk_factories import make_varied_tools
from tests.factories import PUBLISHED_AT, make_category, make_tool
from tests.html_text import assert_in_order, html_of, text_of
from tests.rules import holds

pytestmark = pytest.mark.django_db


@pytest.fixture
def four():
    """Four tools that differ in every filter."""
    garden = make_category("Garden")
    make_tool("Alpha", "ship 50, ship 50, ship 50, skip 50", licence="MIT", published_at=PUBLISHED_AT)
    make_tool(
        "Beta",
        "skip 90, skip 90",
        licence="Apache 2.0",
        how_it_runs="in-process",
        entry_price="$9",
        published_at=PUBLISHED_AT + timedelta(days=3),
    )
    make_tool("Gamma", "ship, skip", category=garden, published_at=PUBLISHED_AT + timedelta(days=2))
    make_tool(
        "Delta",
        category=garden,
        how_it_runs="own-server, hosted",
        published_at=PUBLISHED_AT + timedelta(days=1),
    )


def listed(client, address) -> list[str]:
    """Return the names of the tools on a page, in order."""
    text = text_of(client.get(address))
    found = {name: text.find(f"What {name} is") for name in ("Alpha", "Beta", "Gamma", "Delta")}
    return sorted((name for name in found if found[name] >= 0), key=lambda name: found[name])


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Alpha", "Beta", "Delta", "Gamma"]),
        ("category=garden", ["Delta", "Gamma"]),
        ("fact-how-it-runs=in-process", ["Beta"]),
        ("price=free", ["Alpha", "Delta", "Gamma"]),
        ("price=paid", ["Beta"]),
        ("licence=MIT", ["Alpha"]),
        ("licence=Apache+2.0", ["Beta"]),
        ("licence=not-known", ["Delta", "Gamma"]),
        ("verdict=ship", ["Alpha"]),
        ("verdict=skip", ["Beta"]),
        ("verdict=split", ["Gamma"]),
        ("verdict=none", ["Delta"]),
        ("category=garden&verdict=split&price=free", ["Gamma"]),
        ("category=workshop&fact-how-it-runs=hosted", []),
        ("sort=name", ["Alpha", "Beta", "Delta", "Gamma"]),
        ("sort=panel", ["Alpha", "Gamma", "Beta", "Delta"]),
        ("sort=score", ["Beta", "Alpha", "Delta", "Gamma"]),
        ("sort=newest", ["Beta", "Gamma", "Delta", "Alpha"]),
        ("sort=community", ["Alpha", "Beta", "Delta", "Gamma"]),
        ("sort=panel&price=free", ["Alpha", "Gamma", "Delta"]),
    ],
)
def test_the_address_chooses_and_sorts(client, four, query, names):
    assert listed(client, f"/tools/?{query}") == names


def test_the_form_shows_what_was_chosen(client, four):
    html = client.get("/tools/?category=garden&sort=panel").content.decode()
    assert '<option value="garden" selected>' in html
    assert '<option value="panel" selected>' in html


def test_a_choice_that_leaves_nothing_says_what_to_do(client, four):
    assert "No tool is like that. Change a choice above to see others." in text_of(
        client.get("/tools/?category=workshop&fact-how-it-runs=hosted")
    )


@pytest.mark.parametrize("field", ["category", "fact-how-it-runs", "price", "licence", "verdict", "sort"])
@pytest.mark.parametrize(
    "value", ["nonsense", "'; DROP TABLE reviews_tool; --", "\0", "x" * 5000, "<script>alert(1)</script>"]
)
def test_a_wrong_value_is_reported_at_its_field_and_the_page_still_shows(client, four, field, value):
    response = client.get("/tools/", {field: value})
    assert response.status_code == 200
    assert "That is none of the choices for" in text_of(response)
    assert f'aria-describedby="filter-{field}_error"' in html_of(response)
    assert "<script>alert" not in html_of(response)
    assert listed(client, "/tools/") == ["Alpha", "Beta", "Delta", "Gamma"]


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5", "9" * 5000])
def test_a_page_that_is_no_number_is_reported(client, four, value):
    response = client.get("/tools/", {"page": value})
    assert response.status_code == 200
    assert "Pages are counted from 1" in text_of(response)


def test_pages_hold_24_and_lead_to_each_other_with_what_was_chosen(client):
    make_varied_tools(60)
    first = client.get("/tools/?sort=panel&fact-how-it-runs=").content.decode()
    assert first.count('class="tick"') == 24
    assert "60 tools, page 1 of 3" in first
    assert 'href="/tools/?sort=panel&amp;page=2"' in first
    last = client.get("/tools/?sort=panel&page=3").content.decode()
    assert last.count('class="tick"') == 12
    assert 'rel="next"' not in last
    pages = [client.get(f"/tools/?sort=panel&page={number}").content.decode() for number in (1, 2, 3)]
    assert len(set().union(*map(_names, pages))) == 60


def _names(html: str) -> set[str]:
    return {part.split('"')[0] for part in html.split('data-name="')[1:]}


def test_a_page_beyond_the_last_shows_the_last_and_says_so(client):
    make_varied_tools(30)
    text = text_of(client.get("/tools/?page=9"))
    assert "30 tools, page 2 of 2. There is no page after that one" in text


def test_every_page_of_a_list_has_an_address_of_its_own(client):
    make_varied_tools(30)
    html = client.get("/tools/?page=2").content.decode()
    assert '<link rel="canonical" href="http://127.0.0.1:8000/tools/?page=2">' in html
    assert "<title>AI tools, judged, page 2" in html
    chosen = client.get("/tools/?page=2&price=free").content.decode()
    assert '<link rel="canonical" href="http://127.0.0.1:8000/tools/">' in chosen


def test_a_part_is_the_list_alone_and_shows_the_clean_address(client, four):
    response = client.get(
        "/tools/?part=list&category=garden&fact-how-it-runs=&price=&sort=name&verdict=nonsense"
    )
    html = html_of(response)
    assert "<html" not in html
    assert "<form" not in html
    assert "<title>AI tools, judged · Panelship</title>" in html
    assert "What Gamma is" in html
    assert '<p id="found" hx-swap-oob="innerHTML">2 tools</p>' in html
    assert response["HX-Push-Url"] == "/tools/?category=garden"
    assert response["X-Robots-Tag"] == "noindex"


def test_the_address_of_the_page_answers_htmx_with_the_page(client, four):
    response = client.get("/tools/", headers={"hx-request": "true"})
    assert response.content == client.get("/tools/").content
    assert "HX-Push-Url" not in response
    assert "hx-swap-oob" not in html_of(response)


def test_a_part_that_the_page_does_not_have_is_the_page(client, four):
    assert "<html" in client.get("/tools/?part=nonsense").content.decode()


def test_a_category_is_ranked_and_equals_share_a_place(client):
    make_tool("Alpha", "ship, ship, ship, skip")
    make_tool("Beta", "ship, skip")
    make_tool("Gamma", "ship, ship, ship, skip")
    make_tool("Delta", "ship, ship")
    make_tool("Epsilon")
    text = text_of(client.get("/categories/workshop/"))
    assert_in_order(
        text,
        "Delta",
        "1st",
        "Alpha",
        "Joint 2nd",
        "Gamma",
        "Joint 2nd",
        "Beta",
        "4th",
        "Epsilon",
        "No verdicts yet",
        "Tick two",
    )
    assert "3rd" not in text
    assert "5th" not in text


def test_a_place_is_one_among_all_of_the_category_whatever_was_chosen(client):
    make_tool("Alpha", "ship, ship", licence="MIT")
    make_tool("Beta", "ship, skip", licence="GPL 3.0")
    make_tool("Gamma", "skip, skip", licence="GPL 3.0")
    text = text_of(client.get("/categories/workshop/?licence=GPL+3.0"))
    assert_in_order(text, "Beta", "2nd", "Gamma", "3rd")
    assert "1st" not in text


def test_a_category_in_another_order_has_no_places(client):
    make_tool("Alpha", "ship, ship, ship, skip")
    assert "1st" in text_of(client.get("/categories/workshop/"))
    assert "1st" not in text_of(client.get("/categories/workshop/?sort=name"))


def test_places_go_on_over_pages(client):
    for number in range(30):
        make_tool(f"Tool {number:02}", "ship, ship" if number < 25 else "ship, skip")
    text = text_of(client.get("/categories/workshop/?page=2"))
    assert text.count("Joint 1st") == 1
    assert text.count("Joint 26th") == 5


def test_a_category_shows_its_own_tools_and_takes_no_other_category(client, four):
    assert listed(client, "/categories/garden/") == ["Gamma", "Delta"]
    assert listed(client, "/categories/garden/?category=workshop") == ["Gamma", "Delta"]
    assert listed(client, "/categories/garden/?sort=name&licence=not-known") == ["Delta", "Gamma"]
    assert "Apache 2.0" not in html_of(client.get("/categories/garden/"))


def test_tools_leads_to_every_category(client, four):
    html = html_of(client.get("/tools/"))
    assert 'href="/categories/garden/"' in html
    assert 'href="/categories/workshop/"' in html


def test_a_list_can_be_ranked_by_a_readers_own_weights(client):
    make_tool("Alpha", "ship 90, skip 10, skip 10, skip 10", licence="MIT")
    make_tool("Beta", "skip 40, ship 90, ship 90, ship 90", licence="Acme license")
    make_tool("Gamma", "ship 80, skip, skip, skip")
    text = text_of(client.get("/tools/?builder=3&skeptic=0&futurist=0&founder=0&open=yes"))
    listed = text[text.index("3 tools") :]
    assert_in_order(
        listed,
        "Alpha",
        "Your panel: 100% ship, mean score 90",
        "Gamma",
        "Your panel: 100% ship, mean score 80",
        "Beta",
    )
    assert_in_order(
        listed, "Beta", "Your panel: 0% ship", "Out for you: its licence is not open source (Acme license)"
    )


def test_the_weights_stay_in_the_form_and_in_links_to_other_pages(client):
    for number in range(30):
        make_tool(f"Tool {number:02}", "ship")
    html = client.get("/tools/?builder=3&price=free").content.decode()
    assert '<input type="hidden" name="builder" value="3">' in html
    assert "price=free&amp;builder=3&amp;page=2" in html


def test_weights_and_what_was_chosen_keep_each_other(client):
    make_tool("Alpha", "ship")
    chosen = "fact-how-it-runs=in-process"
    hidden = '<input type="hidden" name="fact-how-it-runs" value="in-process">'
    choice = f'{hidden}<a href="/tools/?{chosen}">Without weights</a>'
    address = f"/tools/?builder=3&{chosen}"
    assert f'<span id="carried">{choice}</span>' in html_of(client.get(address))
    part = html_of(client.get(f"{address}&part=list"))
    assert f'<span id="carried" hx-swap-oob="true">{choice}</span>' in part


@pytest.mark.parametrize("sort", ["newest", "nonsense"])
def test_while_weights_rank_the_list_the_field_for_sorting_says_so(client, sort):
    make_tool("Alpha", "ship")
    response = client.get(f"/tools/?builder=3&sort={sort}")
    assert "Sort by Your panel Your weights rank the list." in text_of(response)
    assert '<select name="sort" disabled' in html_of(response)
    assert 'aria-describedby="filter-sort_helptext"' in html_of(response)
    assert "none of the choices" not in text_of(response)
    assert "sort=" not in client.get("/tools/?builder=3&sort=newest&part=list")["HX-Push-Url"]


def test_all_weights_zero_asks_for_one_and_ranks_as_usual(client):
    make_tool("Alpha", "ship")
    text = text_of(client.get("/tools/?builder=0&skeptic=0&futurist=0&founder=0"))
    assert "Give at least one reviewer a weight" in text
    assert "Your panel:" not in text


@holds("ranked")
@pytest.mark.parametrize(
    "deal_breakers",
    [
        DealBreakers(),
        DealBreakers(must_be_free=True),
        DealBreakers(must_be_open_source=True),
        DealBreakers(no_skip_from=("skeptic", "founder")),
        DealBreakers(must_be_free=True, must_be_open_source=True, no_skip_from=("builder",)),
    ],
)
def test_a_list_is_ranked_by_the_same_weights(deal_breakers):
    make_varied_tools(40)
    reviewers = list(Reviewer.objects.all())
    weights = {reviewer.slug: weight for reviewer, weight in zip(reviewers, (3, 0, 1, 2), strict=True)}
    ranking_weights = RankingWeights(reviewers, weights, deal_breakers)
    pages = [
        tool_list(choice=ToolChoice(), page=number, ranking_weights=ranking_weights) for number in (1, 2)
    ]
    items = chain.from_iterable(page.items for page in pages)
    in_database = [each.summary.tool.name for each in items]
    tools = list(Tool.objects.published().with_panel())
    weighed = [weigh(tool=tool, weights=weights, deal_breakers=deal_breakers) for tool in tools]
    assert in_database == [each.tool.name for each in sorted(weighed, key=by_weights)]
    assert len({bool(each.fails) for each in weighed}) == (1 if deal_breakers == DealBreakers() else 2)


def by_weights(weighed):
    """A sort key: deal-breakers, ship share, mean score, name; unknown values last."""
    known = [-1 if value is None else value for value in (weighed.ship, weighed.score)]
    return (bool(weighed.fails), *(-value for value in known), weighed.tool.name.casefold())


@holds("fail-last")
def test_in_a_list_tools_that_fail_a_deal_breaker_come_last(client):
    make_tool("Paid", "ship 99", entry_price="$20")
    make_tool("Free", "skip 10")
    assert_in_order(
        text_of(client.get("/tools/?builder=1&free=yes")).partition("2 tools")[2],
        "Free",
        "Paid",
        "Out for you",
    )


def test_sorting_by_community_begins_at_ten_networks_and_lets_few_count_for_less(client):
    from reviews.models import VoteTally

    counts = {
        "Few": (9, 0),
        "Ten": (10, 0),
        "Half": (5, 5),
        "High": (19, 1),
        "None": None,
        "More": (10, 10),
        "Many": (1900, 100),
    }
    for name, votes in counts.items():
        tool = make_tool(name)
        if votes:
            VoteTally.objects.create(tool=tool, ships=votes[0], skips=votes[1], networks=sum(votes))
    text = text_of(client.get("/tools/?sort=community"))
    assert_in_order(text[text.index("7 tools") :], "Many", "High", "Ten", "More", "Half", "Few", "None")


@pytest.mark.parametrize(
    "fields", [{"status": "draft", "published_at": None}, {"published_at": PUBLISHED_AT.replace(year=2126)}]
)
def test_a_category_of_which_readers_know_nothing_has_no_page(client, fields):
    make_tool("Alpha", category=make_category("Attic"), **fields)
    make_tool("Beta")
    assert client.get("/categories/attic/").status_code == 404
    for path in ("/tools/", "/compare/", "/"):
        assert "categories/attic" not in html_of(client.get(path))


def test_a_category_whose_tools_are_retired_is_not_for_search_engines(client):
    make_tool("Alpha", category=make_category("Attic"), status="retired")
    assert 'href="/categories/attic/"' in html_of(client.get("/tools/alpha/"))
    response = client.get("/categories/attic/")
    assert response.status_code == 200
    assert b'<meta name="robots" content="noindex">' in response.content
    make_tool("Beta", category=make_category("Attic"))
    assert b"noindex" not in client.get("/categories/attic/").content
