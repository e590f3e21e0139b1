"""Open Graph and Twitter tags say what title, description and canonical link say."""

from html.parser import HTMLParser

import pytest

from tests.factories import make_comparison, make_tool

pytestmark = pytest.mark.django_db


class Head(HTMLParser):
    """The title, the canonical address, and the meta tags by name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.metas: dict[str, list[str]] = {}
        self.title = self.canonical = ""
        self.is_title = False
        self.feed(html.partition("<body")[0])

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        self.is_title = tag == "title"
        if tag == "meta" and "content" in said:
            name = said.get("property") or said.get("name")
            self.metas.setdefault(name, []).append(said["content"])
        if tag == "link" and said["rel"] == "canonical":
            self.canonical = said["href"]

    def handle_endtag(self, tag):
        self.is_title = False

    def handle_data(self, data):
        self.title += data if self.is_title else ""


@pytest.mark.parametrize(
    "path", ["/", "/compare/", "/compare/alpha-vs-beta/", "/tools/alpha/", "/tools/", "/reviewers/founder/"]
)
def test_share_tags_agree_with_the_page(client, path):
    make_comparison(make_tool("Alpha", "ship, ship, skip, ship"), make_tool("Beta", "ship, skip, ship, ship"))
    head = Head(client.get(path).text)
    assert head.title == f"{head.metas['og:title'][0]} · Panelship"
    assert head.metas["og:description"] == head.metas["description"]
    assert head.metas["og:url"] == [head.canonical]
    assert head.metas["og:site_name"] == ["Panelship"]
    assert head.metas["twitter:card"] == ["summary"]
    assert all(len(values) == 1 for name, values in head.metas.items() if name != "theme-color")


def test_a_hostile_name_stays_within_its_tag(client):
    name = "\"><script>alert(1)</script> & 'x'"
    make_tool(name, "ship", slug="alpha")
    page = client.get("/tools/alpha/")
    head = Head(page.text)
    assert head.metas["og:title"][0].startswith(name)
    assert head.title.startswith(name)
    assert b"<script>alert" not in page.content


def test_the_same_address_is_shared_whatever_the_query(client):
    make_comparison(make_tool("Alpha", "ship"), make_tool("Beta", "ship"))
    head = Head(client.get("/compare/alpha-vs-beta/?builder=3").text)
    assert head.metas["og:url"] == ["http://127.0.0.1:8000/compare/alpha-vs-beta/"]


@pytest.mark.parametrize("path", ["/nowhere/%00x/", "/tools/nowhere/%00/", "/compare/a%00b/"])
def test_an_error_page_repeats_no_path_in_its_head(client, path):
    page = client.get(path)
    assert page.status_code in (400, 404)
    assert b"\x00" not in page.content
    assert "og:url" not in Head(page.text).metas
