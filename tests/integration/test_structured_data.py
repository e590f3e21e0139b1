"""JSON-LD: what a page says to search engines."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from comparisons.discovery.community_rating import community_rating
from reviews.models import VoteTally
from reviews.services.counting.community import CommunitySummary
from tests.factories import make_comparison, make_tool

ROOT = Path(__file__).resolve().parents[2]
SITE = "http://127.0.0.1:8000"
HOSTILE = "</script><script>alert(1)</script><!-- & “"


class Blocks(HTMLParser):
    """The data blocks of a page, as a browser finds them, and the number of other scripts in the body."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.scripts = 0
        self.is_block = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.is_block = tag == "script" and dict(attrs).get("type") == "application/ld+json"
        self.scripts += tag == "script" and not self.is_block

    def handle_endtag(self, tag):
        self.is_block = False

    def handle_data(self, data):
        if self.is_block:
            self.blocks.append(data)


def data_of(client, path: str):
    (block,) = Blocks(client.get(path).text).blocks
    return json.loads(block)


@pytest.mark.django_db
def test_a_tool_is_an_application_with_the_panels_review(client, settings):
    make_tool("Alpha", "ship 84, skip 55, ship, -", website="https://alpha.example/")
    data = data_of(client, "/tools/alpha/")
    assert (data["@context"], data["@type"], data["name"]) == (
        "https://schema.org",
        "SoftwareApplication",
        "Alpha",
    )
    assert (data["url"], data["sameAs"]) == (f"{SITE}/tools/alpha/", "https://alpha.example/")
    review = data["review"]
    assert review["author"] == {"@type": "Organization", "name": "Panelship", "url": SITE}
    assert review["reviewRating"] == {
        "@type": "Rating",
        "ratingValue": 70,
        "bestRating": 100,
        "worstRating": 0,
    }
    assert review["datePublished"] == review["dateModified"] == "2026-01-04"
    assert review["reviewBody"] == "Ship · 2 ship / 1 skip"
    assert "personas" in review["abstract"]
    assert "sample" in review["abstract"]
    assert "aggregateRating" not in data
    settings.SAMPLE_CATALOGUE = False
    assert "sample" not in json.dumps(data_of(client, "/tools/alpha/"))


@pytest.mark.django_db
def test_what_is_not_known_is_not_claimed(client):
    make_tool("Unscored", "ship, skip, ship, ship")
    assert "reviewRating" not in data_of(client, "/tools/unscored/")["review"]
    make_tool("Unjudged")
    assert "review" not in data_of(client, "/tools/unjudged/")
    make_tool("Retired", "ship 80", status="retired")
    assert Blocks(client.get("/tools/retired/").text).blocks == []


@pytest.mark.django_db
def test_a_comparison_is_a_list_of_its_tools_with_breadcrumbs(client):
    make_comparison(make_tool("Beta", "ship 80"), make_tool("Alpha", "ship 90"))
    tools, crumbs = data_of(client, "/compare/beta-vs-alpha/")
    assert tools["@type"] == "ItemList"
    assert [(row["position"], row["name"], row["url"]) for row in tools["itemListElement"]] == [
        (1, "Beta", f"{SITE}/tools/beta/"),
        (2, "Alpha", f"{SITE}/tools/alpha/"),
    ]
    assert crumbs["@type"] == "BreadcrumbList"
    assert [(row["name"], row["item"]) for row in crumbs["itemListElement"]] == [
        ("Compare", f"{SITE}/compare/"),
        ("Beta vs Alpha", f"{SITE}/compare/beta-vs-alpha/"),
    ]


@pytest.mark.django_db
def test_a_hostile_name_stays_within_its_text(client):
    make_comparison(make_tool(HOSTILE, "ship 80", slug="alpha"), make_tool("Beta", "ship 90"))
    usual = Blocks(client.get("/tools/beta/").text).scripts
    assert data_of(client, "/tools/alpha/")["name"] == HOSTILE
    assert data_of(client, "/compare/alpha-vs-beta/")[0]["itemListElement"][0]["name"] == HOSTILE
    for path in ("/tools/alpha/", "/compare/alpha-vs-beta/"):
        page = client.get(path)
        assert Blocks(page.text).scripts == usual
        assert b"<script>alert" not in page.content


@pytest.mark.parametrize(
    ("ships", "skips", "networks", "is_rated"),
    [(15, 5, 20, True), (15, 4, 19, False), (0, 0, 0, False), (20, 0, 1, False), (0, 20, 20, True)],
)
def test_votes_are_a_rating_from_twenty_on(ships, skips, networks, is_rated):
    rating = community_rating(CommunitySummary(ships=ships, skips=skips, networks=networks))
    assert ("aggregateRating" in rating) == is_rated
    if is_rated:
        assert rating["aggregateRating"]["ratingValue"] == 100 * ships // (ships + skips)
        assert rating["aggregateRating"]["ratingCount"] == ships + skips


@pytest.mark.django_db
def test_the_rating_of_a_page_is_the_votes_and_not_the_panel(client):
    tool = make_tool("Alpha", "ship 84, ship 55, ship, ship")
    VoteTally.objects.update_or_create(tool=tool, defaults={"ships": 5, "skips": 15, "networks": 20})
    rating = data_of(client, "/tools/alpha/")["aggregateRating"]
    assert (rating["ratingValue"], rating["ratingCount"]) == (25, 20)


def makers_of_ratings(root: Path) -> list[str]:
    """Return the files that name an aggregate rating or its count."""
    paths = [*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.js"), *root.rglob("*.txt")]
    inside = [path for path in paths if not {"tests", ".venv", ".static"} & set(path.relative_to(root).parts)]
    named = re.compile("aggregateRating|ratingCount|reviewCount", re.IGNORECASE)
    return sorted(str(path.relative_to(root)) for path in inside if named.search(path.read_text()))


def test_an_aggregate_rating_is_made_in_one_place():
    assert makers_of_ratings(ROOT) == ["comparisons/discovery/community_rating.py"]


def test_a_rating_made_elsewhere_is_found(tmp_path):
    (tmp_path / "page.html").write_text('{"@type": "AggregateRating"}')
    assert makers_of_ratings(tmp_path) == ["page.html"]


def test_no_page_claims_to_have_checked_somebody_elses_claim():
    sources = [*(ROOT / "comparisons").rglob("*.py"), *(ROOT / "templates").rglob("*.html")]
    assert [path for path in sources if "ClaimReview" in path.read_text()] == []
