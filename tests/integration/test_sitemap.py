"""The sitemap, robots.txt and llms.txt."""

from datetime import UTC, datetime, timedelta
from itertools import chain
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comparisons.discovery import sitemap
from reviews.models import Tool
from reviews.services.editing import history
from tests.factories import PUBLISHED_AT, make_category, make_comparison, make_panel, make_tool

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
LATER = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)


def addresses(client, path: str) -> dict[str, str | None]:
    """Return the addresses of a sitemap, or of its index, with their dates."""
    root = ElementTree.fromstring(client.get(path).content)
    return {
        row.findtext("s:loc", namespaces=NAMES).removeprefix(SITE): row.findtext(
            "s:lastmod", namespaces=NAMES
        )
        for row in root
    }


def listed(client) -> dict[str, str | None]:
    """Return everything that the index leads to."""
    found: dict[str, str | None] = {}
    for file in addresses(client, "/sitemap.xml"):
        found |= addresses(client, file)
    return found


def test_every_listed_page_is_there_indexable_and_canonical(client, catalogue):
    pages = listed(client)
    assert {"/", "/tools/qdrant/", "/compare/qdrant-vs-pgvector/", "/categories/speech/"} <= pages.keys()
    assert "/reviewers/founder/" in pages
    for path in pages:
        html = client.get(path).content.decode()
        assert "noindex" not in html, path
        assert f'<link rel="canonical" href="{SITE}{path}">' in html, path


def test_what_readers_do_not_see_and_what_is_not_indexed_is_left_out(client):
    alpha = make_tool("Alpha")
    beta = make_tool("Beta")
    draft = make_tool("Draft", status="draft", category=make_category("Hidden"))
    later = make_tool("Later", published_at=datetime(2200, 1, 1, tzinfo=UTC))
    retired = make_tool("Retired", status="retired")
    make_comparison(alpha, beta)
    for hidden in (draft, later, retired):
        make_comparison(alpha, hidden)
    other = make_tool("Other")
    make_comparison(alpha, other, relation="different")
    make_comparison(beta, other, published_at=None)
    pages = listed(client)
    assert [path for path in pages if "-vs-" in path] == ["/compare/alpha-vs-beta/"]
    assert [path for path in pages if path.startswith("/tools/") and path != "/tools/"] == [
        "/tools/alpha/",
        "/tools/beta/",
        "/tools/other/",
    ]
    assert [path for path in pages if path.startswith("/categories/")] == ["/categories/workshop/"]


def test_the_date_is_that_of_the_newest_change_which_readers_see(client):
    alpha = make_tool("Alpha")
    beta = make_tool("Beta")
    make_comparison(alpha, beta)
    pages = listed(client)
    published = PUBLISHED_AT.isoformat()
    assert pages["/tools/alpha/"] == pages["/compare/alpha-vs-beta/"] == published
    with time_machine.travel(PUBLISHED_AT - timedelta(days=9), tick=False):
        beta.tagline = "Changed before anybody saw it"
        history.save(row=beta, by="editor")
    assert listed(client)["/tools/beta/"] == published
    with time_machine.travel(LATER, tick=False):
        alpha.tagline = "Changed later"
        history.save(row=alpha, by="editor")
    pages = listed(client)
    assert pages["/tools/alpha/"] == pages["/compare/alpha-vs-beta/"] == LATER.isoformat()
    assert pages["/tools/beta/"] == published
    assert addresses(client, "/sitemap.xml")["/sitemap-tools-1.xml"] == LATER.isoformat()


def test_a_comparison_changes_with_its_own_row(client):
    pair = make_comparison(make_tool("Alpha"), make_tool("Beta"))
    with time_machine.travel(LATER, tick=False):
        pair.note = "What it is about."
        history.save(row=pair, by="editor")
    assert listed(client)["/compare/alpha-vs-beta/"] == LATER.isoformat()


def test_files_are_cut_by_size_and_hold_every_row_once(client, monkeypatch):
    monkeypatch.setattr(sitemap, "PER_FILE", 3)
    for number in range(10):
        make_tool(f"Tool {number}")
    Tool.objects.filter(slug="tool-4").delete()
    files = [file for file in addresses(client, "/sitemap.xml") if "tools" in file]
    held = [list(addresses(client, file)) for file in files]
    tools = list(chain.from_iterable(held))
    assert max(map(len, held)) <= 3
    assert len(files) in (3, 4, 5)
    assert sorted(tools) == [f"/tools/tool-{number}/" for number in range(10) if number != 4]


@pytest.mark.parametrize(
    "path",
    ["/sitemap-tools-99.xml", "/sitemap-tools-0.xml", "/sitemap-drafts-1.xml", f"/sitemap-tools-{9**40}.xml"],
)
def test_a_file_that_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_more_rows_ask_for_no_more_queries(client):
    def queries() -> list[int]:
        counts = []
        for path in ("/sitemap.xml", "/sitemap-tools-1.xml", "/sitemap-comparisons-1.xml"):
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            counts.append(len(asked))
        return counts

    make_panel()
    make_comparison(make_tool("Alpha"), make_tool("Beta"))
    few = queries()
    for number in range(5):
        make_comparison(make_tool(f"A {number}"), make_tool(f"B {number}"))
    assert queries() == few == [4, 1, 1]


def test_robots_txt_names_the_sitemap_and_keeps_crawlers_from_the_desk(client):
    from urllib.robotparser import RobotFileParser

    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    rules = RobotFileParser()
    rules.parse(response.text.splitlines())
    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]
    for path in ("/admin/", "/admin/login/", "/visitor-state/?tool=x", "/search/suggestions/?q=x"):
        assert not rules.can_fetch("Anybot", SITE + path)
    for path in ("/", "/compare/a-vs-b/", "/tools/x/", "/search/", "/llms.txt", "/compare/pick/"):
        assert rules.can_fetch("Anybot", SITE + path)


def test_llms_txt_fits_a_screen_and_leads_to_pages(client, catalogue, settings):
    import re

    settings.SITE_NAME = "Ship & Co"
    response = client.get("/llms.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text.startswith("# Ship & Co\n\n> Which AI tool")
    assert len(response.text.splitlines()) <= 30
    links = re.findall(r"\]\((.*?)\)", response.text)
    assert links
    for link in links:
        assert client.get(link.removeprefix(SITE)).status_code == 200
    assert "sample catalogue" in response.text
    settings.SAMPLE_CATALOGUE = False
    assert "sample" not in client.get("/llms.txt").text
