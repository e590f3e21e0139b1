"""The Atom feeds: one entry per change that readers see, with lasting ids."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
import time_machine

from comparisons.desk.merging.merge import merge
from reviews.models import OldSlug, Revision, Tool, Verdict
from reviews.services.editing import history
from tests.factories import PUBLISHED_AT, make_category, make_comparison, make_tool

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"
NAMES = {"a": "http://www.w3.org/2005/Atom"}
LATER = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)
HOSTILE = "</title><script>alert(1)</script> & \x0b]]>"


def feed_of(client, path: str) -> ElementTree.Element:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def entries(client, path: str) -> list[dict[str, str]]:
    """Return title, id, summary, link and updated of each entry."""
    found = []
    for entry in feed_of(client, path).findall("a:entry", NAMES):
        texts = {
            name: entry.findtext(f"a:{name}", namespaces=NAMES)
            for name in ("title", "id", "summary", "updated")
        }
        found.append(texts | {"link": entry.find("a:link", NAMES).get("href")})
    return found


def change(tool: Tool, reviewer: str, *, at: datetime = LATER, reason: str = "It grew up.", **fields) -> None:
    """Change a verdict at the desk."""
    verdict = Verdict.objects.get(tool=tool, reviewer__slug=reviewer)
    for name, value in fields.items():
        setattr(verdict, name, value)
    with time_machine.travel(at, tick=False):
        history.save(row=verdict, by="ada@desk.example", reason=reason)


@pytest.fixture
def pair(db) -> tuple[Tool, Tool]:
    tools = (
        make_tool("Alpha", "ship 84, skip 55, ship, skip 40"),
        make_tool("Beta", "ship, ship, ship, ship 70"),
    )
    make_comparison(*tools, note="What it is about.")
    return tools


def test_a_new_comparison_is_one_entry(client, pair):
    (entry,) = entries(client, "/feeds/comparisons.atom")
    assert entry["title"] == "Alpha vs Beta"
    assert entry["summary"] == "<p>What it is about.</p>"
    assert entry["link"] == f"{SITE}/compare/alpha-vs-beta/"
    assert entry["updated"] == "2026-01-05T08:00:00+00:00"
    assert entry["id"].startswith("tag:127.0.0.1,2026:comparison/")


def test_a_comparison_is_new_from_when_both_tools_are_seen(client, pair):
    Tool.objects.filter(slug="beta").update(published_at=LATER)
    with time_machine.travel(LATER - timedelta(minutes=1), tick=False):
        assert entries(client, "/feeds/comparisons.atom") == []
    with time_machine.travel(LATER, tick=False):
        (entry,) = entries(client, "/feeds/comparisons.atom")
    assert entry["updated"] == LATER.isoformat()


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/changes.atom",
        "/feeds/categories/workshop.atom",
        "/feeds/reviewers/founder.atom",
        "/feeds/tools/alpha.atom",
        "/feeds/compare/alpha-vs-beta.atom",
    ],
)
def test_a_changed_verdict_is_one_entry_wherever_it_belongs(client, pair, path):
    change(pair[0], "founder", decision="ship", score=75)
    change(pair[0], "founder", at=LATER + timedelta(days=1), reason="Only words.", body="New words.")
    (changed,) = [entry for entry in entries(client, path) if ":change/" in entry["id"]]
    assert changed["title"] == "The Founder on Alpha: 75/100 · ship, before 40/100 · skip"
    assert changed["summary"] == "<p>It grew up.</p>"
    assert changed["link"] == f"{SITE}/tools/alpha/"
    assert changed["updated"] == LATER.isoformat()
    assert changed["id"] == f"tag:127.0.0.1,2026:change/{Revision.objects.of_judgements().get().pk}"
    assert b"desk.example" not in client.get(path).content


@pytest.mark.parametrize(
    "path",
    [
        "/feeds/categories/garden.atom",
        "/feeds/reviewers/builder.atom",
        "/feeds/tools/beta.atom",
        "/feeds/compare/beta-vs-gamma.atom",
    ],
)
def test_a_change_of_something_else_is_left_out(client, pair, path):
    make_tool("Gamma", category=make_category("Garden"))
    change(pair[0], "founder", score=75)
    assert not [entry for entry in entries(client, path) if ":change/" in entry["id"]]


def test_what_readers_do_not_see_and_internal_reasons_are_left_out(client, pair):
    hidden = {
        "draft": make_tool("Draft", "ship 50", status="draft"),
        "scheduled": make_tool("Later", "ship 50", published_at=datetime(2200, 1, 1, tzinfo=UTC)),
        "retired": make_tool("Retired", "ship 50", status="retired"),
        "merged": make_tool("Merged", "ship 50"),
    }
    for tool in hidden.values():
        make_comparison(pair[0], tool)
        change(tool, "builder", score=60, reason="Secret reason.")
    change(pair[0], "builder", score=60, at=PUBLISHED_AT - timedelta(days=1), reason="Secret reason.")
    merge(kept=pair[0], gone=hidden["merged"], by="editor")
    with time_machine.travel(LATER, tick=False):
        pair[0].tagline = "Another"
        history.save(row=pair[0], by="editor", reason="Secret reason.")
    for path in (
        "/feeds/comparisons.atom",
        "/feeds/changes.atom",
        "/feeds/categories/workshop.atom",
        "/feeds/reviewers/builder.atom",
        "/feeds/tools/alpha.atom",
        "/feeds/compare/alpha-vs-beta.atom",
    ):
        text = client.get(path).text
        for word in ("Secret", "Draft", "Later", "Retired", "Merged", ":change/"):
            assert word not in text, path
    for slug in ("draft", "later", "retired", "nowhere"):
        assert client.get(f"/feeds/tools/{slug}.atom").status_code == 404
        assert client.get(f"/feeds/compare/alpha-vs-{slug}.atom").status_code == 404
    assert client.get("/feeds/categories/nowhere.atom").status_code == 404
    assert client.get("/feeds/reviewers/nowhere.atom").status_code == 404


def test_ids_outlive_a_new_name_and_address(client, pair):
    change(pair[0], "founder", score=75)
    before = [entry["id"] for entry in entries(client, "/feeds/tools/alpha.atom")]
    feed_id = feed_of(client, "/feeds/tools/alpha.atom").findtext("a:id", namespaces=NAMES)
    Tool.objects.filter(slug="alpha").update(name="Alpha Two", slug="alpha-two")
    OldSlug.objects.create(slug="alpha", tool=pair[0])
    moved = client.get("/feeds/tools/alpha.atom")
    assert (moved.status_code, moved["Location"]) == (301, "/feeds/tools/alpha-two.atom")
    assert [entry["id"] for entry in entries(client, "/feeds/tools/alpha-two.atom")] == before
    root = feed_of(client, "/feeds/tools/alpha-two.atom")
    assert root.findtext("a:id", namespaces=NAMES) == feed_id


def test_a_pair_in_another_order_leads_to_its_feed(client, pair):
    moved = client.get("/feeds/compare/beta-vs-alpha.atom")
    assert (moved.status_code, moved["Location"]) == (301, "/feeds/compare/alpha-vs-beta.atom")


def test_hostile_texts_stay_texts(client, pair):
    Tool.objects.filter(slug="alpha").update(name=HOSTILE)
    change(Tool.objects.get(slug="alpha"), "founder", score=75, reason=HOSTILE)
    (entry,) = [e for e in entries(client, "/feeds/compare/alpha-vs-beta.atom") if ":change/" in e["id"]]
    assert "</title><script>alert(1)</script> & ]]>" in entry["title"]
    assert "&lt;script&gt;" in entry["summary"]
    assert "<script" not in entry["summary"]


def test_a_feed_that_has_not_changed_is_not_sent_again(client, pair):
    change(pair[0], "founder", score=75)
    first = client.get("/feeds/tools/alpha.atom")
    assert first["Last-Modified"] == "Sun, 01 Feb 2026 09:30:00 GMT"
    for name, value in (("if-none-match", first["ETag"]), ("if-modified-since", first["Last-Modified"])):
        assert client.get("/feeds/tools/alpha.atom", headers={name: value}).status_code == 304


def test_an_empty_feed_is_the_same_at_any_time(client, db):
    with time_machine.travel(LATER, tick=False):
        first = client.get("/feeds/changes.atom").content
    with time_machine.travel(LATER + timedelta(days=9), tick=False):
        assert client.get("/feeds/changes.atom").content == first


def test_a_feed_says_who_publishes_it_and_where(client, pair):
    root = feed_of(client, "/feeds/tools/alpha.atom")
    links = {link.get("rel"): link.get("href") for link in root.findall("a:link", NAMES)}
    assert links == {"alternate": f"{SITE}/tools/alpha/", "self": f"{SITE}/feeds/tools/alpha.atom"}
    assert root.findtext("a:author/a:name", namespaces=NAMES) == "Panelship"
    assert root.findtext("a:title", namespaces=NAMES) == "Alpha: new comparisons and changed verdicts"


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/", "/feeds/comparisons.atom"),
        ("/tools/", "/feeds/changes.atom"),
        ("/tools/alpha/", "/feeds/tools/alpha.atom"),
        ("/compare/alpha-vs-beta/", "/feeds/compare/alpha-vs-beta.atom"),
        ("/categories/workshop/", "/feeds/categories/workshop.atom"),
        ("/reviewers/founder/", "/feeds/reviewers/founder.atom"),
    ],
)
def test_pages_name_their_feeds(client, pair, page, feed):
    html = client.get(page).text
    assert f'href="{feed}"' in html
    assert client.get(feed).status_code == 200
