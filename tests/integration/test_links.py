"""A walk over the whole site: no broken link, and every page has a title and a canonical address."""

import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders

from tests.pages import ERROR_PAGES, PAGES

pytestmark = pytest.mark.django_db

UNLINKED = (
    *("comparison of three", "comparison of four", "letter asked for"),
    *("search with results", "search with nothing found", "search with a choice of comparisons"),
    *(
        "search for a licence",
        "search with a comparison guessed",
        "comparisons with a name mistyped",
        "choosing among several",
    ),
)
"""Pages of more than two tools and search results are reached by ticks and typed words only."""


class Page(HTMLParser):
    """What a page links to, its ids, and what it says about itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.files: set[str] = set()
        self.targets: list[str] = []
        self.headings = 0
        self.canonical = self.description = ""
        self.feed(html)
        title = re.search(r"<title>(.*?) · ", html, re.DOTALL)
        self.title = title.group(1).strip() if title else ""

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.headings += tag == "h1"
        if "id" in said:
            self.targets.append(said["id"])
        if tag == "a":
            self.links.add(said["href"])
        if tag == "form" and said.get("method", "get") == "get":
            self.links.add(said["action"])
        if tag == "link" and said["rel"] == "canonical":
            self.canonical = said["href"]
        elif tag == "link" and said["rel"] == "alternate":
            self.links.add(said["href"])
        elif tag in ("link", "img") or (tag == "script" and said.get("type") != "application/ld+json"):
            self.files.add(said.get("href") or said["src"])
        if tag == "meta" and said.get("name") == "description":
            self.description = said["content"]


def walk(client, start: str) -> tuple[dict[str, Page], list[str]]:
    """Read every page reachable from `start`; return the pages by address and the problems."""
    pages = {}
    problems = []
    waiting = [start]
    wanted = []
    while waiting:
        address = waiting.pop()
        if address in pages:
            continue
        response = client.get(address, follow=True)
        if response.status_code != 200:
            problems.append(f"{address}: {response.status_code}")
            continue
        if not response["Content-Type"].startswith("text/html"):
            continue
        pages[address] = page = Page(response.content.decode())
        for link in page.links:
            target, fragment = urldefrag(urljoin(address, link))
            if urlsplit(target).netloc:
                continue
            waiting.append(target)
            if fragment:
                wanted.append((address, target, fragment))
    for address, target, fragment in wanted:
        if target in pages and fragment not in pages[target].targets:
            problems.append(f"{address}: nothing at {target}#{fragment}")
    return pages, problems


def faults(address: str, page: Page) -> list[str]:
    """Return what is wrong with one page."""
    wrong = {
        "no title": not page.title,
        "no description": len(page.description) < 40,
        f"{page.headings} h1": page.headings != 1,
        "no canonical link": not page.canonical.startswith("http://127.0.0.1:8000/"),
        "the same id twice": len(set(page.targets)) < len(page.targets),
    }
    files = [file for file in page.files if not finders.find(file.removeprefix("/static/"))]
    return [f"{address}: {what}" for what, is_so in wrong.items() if is_so] + [
        f"{address}: no file {file}" for file in files
    ]


@pytest.mark.slow
def test_the_whole_site_can_be_walked(client, catalogue):
    pages, problems = walk(client, "/")
    for address, page in pages.items():
        problems += faults(address, page)
    titles: dict[str, set[str]] = {}
    for page in pages.values():
        titles.setdefault(page.title, set()).add(page.canonical.partition("?")[0])
    problems += [
        f"{title}: {' '.join(canonical)}" for title, canonical in titles.items() if len(canonical) > 1
    ]
    assert not problems
    paths = {urlsplit(address).path for address in pages}
    assert {path for name, path in PAGES.items() if name not in UNLINKED} <= paths
    assert {
        "/tools/pgvector/",
        "/compare/qdrant-vs-pgvector/",
        "/categories/speech/",
        "/reviewers/founder/",
    } <= paths


@pytest.mark.parametrize("path", [*PAGES.values(), *ERROR_PAGES.values()], ids=[*PAGES, *ERROR_PAGES])
def test_no_page_and_no_error_page_leads_astray(client, catalogue, path):
    page = Page(client.get(path).content.decode())
    for link in page.links:
        target = urldefrag(urljoin(path, link)).url
        if not urlsplit(target).netloc and target != path:
            assert client.get(target, follow=True).status_code == 200, f"{path} leads to {target}"


@pytest.mark.slow
def test_the_walk_itself_can_fail(client, catalogue, monkeypatch):
    """Negative control: a broken link, a lost fragment and a page without a heading."""
    from reviews.models import Tool

    Tool.objects.filter(slug="pgvector").update(tagline="x")
    monkeypatch.setattr(Tool, "get_absolute_url", lambda tool: f"/tools/{tool.slug}-gone/#nothing")
    _, problems = walk(client, "/tools/")
    assert any("-gone/: 404" in problem for problem in problems)
    assert faults("/x/", Page("<h2 id='a'>x</h2><p id='a'></p><img src='/static/gone.png'>")) == [
        "/x/: no title",
        "/x/: no description",
        "/x/: 0 h1",
        "/x/: no canonical link",
        "/x/: the same id twice",
        "/x/: no file /static/gone.png",
    ]
