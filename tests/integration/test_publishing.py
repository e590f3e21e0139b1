"""Draft, scheduled, published, retired: who sees what when, and what publishing needs."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from reviews.models import Reviewer, Tool
from tests.factories import make_comparison, make_panel, make_tool
from tests.html_text import text_of
from tests.integration.test_admin import form_of

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
PANEL = "ship 84, skip 40, ship, ship"


@pytest.fixture
def draft():
    make_panel()
    return make_tool("Alpha", "ship 84, skip 40", status="draft", published_at=None)


def take(client, tool, step, **data):
    """Press the button of a step's page."""
    return client.post(f"/admin/reviews/tool/{tool.pk}/step/{step}/", {"confirm": "yes", **data})


def save(client, tool, **changed):
    url = f"/admin/reviews/tool/{tool.pk}/change/"
    return client.post(url, form_of(client.get(url)) | changed)


def test_publishing_without_a_whole_panel_needs_a_tick(admin_client, draft):
    refused = take(admin_client, draft, "publish")
    assert refused.status_code == 422
    assert "There is no verdict by the Futurist and the Founder" in text_of(refused)
    assert Tool.objects.get().status == "draft"
    assert take(admin_client, draft, "publish", may_be_incomplete="on").status_code == 302
    assert Tool.objects.get().status == "published"


def test_the_reviewers_without_a_verdict_are_named(admin_client, draft):
    nobody = make_tool("Beta", status="draft", published_at=None)
    assert "no verdict by the Builder, the Skeptic, the Futurist and the Founder." in text_of(
        admin_client.get(f"/admin/reviews/tool/{nobody.pk}/step/publish/")
    )


def test_a_whole_panel_needs_no_tick_and_no_moment_means_now(admin_client):
    tool = make_tool("Alpha", PANEL, status="draft", published_at=None)
    with time_machine.travel(NOON.replace(second=42), tick=False):
        assert take(admin_client, tool, "publish").status_code == 302
    assert Tool.objects.get().published_at == NOON


def test_a_published_tool_is_edited_without_ticking_again_when_the_panel_grows(admin_client):
    tool = make_tool("Alpha", PANEL)
    Reviewer.objects.create(name="Fifth", slug="fifth", position=5, motto="m", lens="l")
    assert save(admin_client, tool, tagline="Another").status_code == 302


def sights(client):
    """Return where a reader finds Alpha: its page, lists of tools and comparisons, a comparison, home."""
    pages = ("/tools/", "/compare/", "/")
    seen = [
        client.get("/tools/alpha/").status_code == 200,
        client.get("/compare/alpha-vs-beta/").status_code == 200,
    ]
    return seen + ["Alpha" in text_of(client.get(path)) for path in pages]


def test_a_scheduled_tool_goes_live_on_the_minute_everywhere(client, admin_client):
    with time_machine.travel(NOON, tick=False):
        alpha = make_tool("Alpha", PANEL, status="draft", published_at=None)
        beta = make_tool("Beta")
        make_comparison(alpha, beta)
        assert take(admin_client, alpha, "schedule", moment="2026-03-02T09:30:15").status_code == 302
        assert Tool.objects.get(pk=alpha.pk).state == "Scheduled"
        assert "Scheduled" in text_of(admin_client.get("/admin/reviews/tool/"))
    with time_machine.travel(datetime(2026, 3, 2, 9, 29, 59, tzinfo=UTC), tick=False):
        assert sights(client) == [False] * 5
        assert client.post("/tools/alpha/vote/", {"decision": "ship"}).status_code == 404
    with time_machine.travel(datetime(2026, 3, 2, 9, 30, tzinfo=UTC), tick=False):
        assert sights(client) == [True] * 5


def test_a_comparison_goes_live_on_a_whole_minute(admin_client):
    comparison = make_comparison(make_tool("Alpha"), make_tool("Beta"))
    url = f"/admin/comparisons/comparison/{comparison.pk}/change/"
    for day, time, stored in [
        ("2026-03-02", "09:30:15", datetime(2026, 3, 2, 9, 30, tzinfo=UTC)),
        ("", "", None),
    ]:
        data = form_of(admin_client.get(url)) | {"published_at_0": day, "published_at_1": time}
        assert admin_client.post(url, data).status_code == 302
        comparison.refresh_from_db()
        assert comparison.published_at == stored


def test_no_cache_keeps_a_page_for_longer_than_a_minute(client):
    for path in ("/tools/alpha/", "/tools/", "/"):
        kept = re.fullmatch(r"public, max-age=(\d+), stale-if-error=86400", client.get(path)["Cache-Control"])
        assert 1 <= int(kept[1]) <= 60


def test_a_retired_tool_keeps_its_page_and_is_gone_from_lists_and_votes(client, admin_client):
    alpha = make_tool("Alpha", PANEL)
    beta = make_tool("Beta")
    make_comparison(alpha, beta)
    assert take(admin_client, alpha, "retire").status_code == 302
    assert sights(client) == [True, False, False, False, False]
    page = text_of(client.get("/tools/alpha/"))
    assert "This tool is retired" in page
    assert "Ship it" not in page
    assert client.post("/tools/alpha/vote/", {"decision": "ship"}).status_code == 404


def test_a_draft_is_previewed_as_it_will_look_by_editors_only_and_never_kept(client, admin_client, draft):
    path = f"/admin/preview/tools/{draft.pk}/"
    response = admin_client.get(path)
    assert "Alpha does what it says." in text_of(response)
    assert "Preview. Only editors see this page; the tool is a draft." in text_of(response)
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert "nonce" not in response["Content-Security-Policy"]
    assert client.get(path).status_code == 302
    assert client.get("/tools/alpha/").status_code == 404


def test_a_comparison_with_a_draft_is_previewed_in_the_editors_order(client, admin_client, draft):
    comparison = make_comparison(make_tool("Beta"), draft, published_at=None)
    response = admin_client.get(f"/admin/preview/comparisons/{comparison.pk}/")
    assert "Beta vs Alpha" in text_of(response)
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get(f"/admin/preview/comparisons/{comparison.pk}/").status_code == 302
    assert admin_client.post(f"/admin/preview/comparisons/{comparison.pk}/").status_code == 405


def test_staff_without_a_permission_sees_no_preview(client, draft, django_user_model):
    client.force_login(django_user_model.objects.create_user("temp", password="x", is_staff=True))
    assert client.get(f"/admin/preview/tools/{draft.pk}/").status_code == 403
