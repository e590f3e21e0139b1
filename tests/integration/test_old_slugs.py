"""A published tool's old slug leads to it for ever, alone and in comparisons."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from reviews.models import OldSlug, Tool
from reviews.services.editing.slugs import slug_for
from reviews.services.editing.tools import save_tool
from tests.factories import make_comparison, make_tool

pytestmark = pytest.mark.django_db


def rename(tool, slug):
    tool = Tool.objects.get(pk=tool.pk)
    tool.slug = slug
    save_tool(tool=tool, by="admin")
    return tool


@pytest.fixture
def alpha():
    return make_tool("Alpha")


@pytest.fixture
def beta():
    return make_tool("Beta")


def leads(client, path):
    response = client.get(path)
    return response.status_code, response.get("Location")


def test_an_old_slug_redirects_to_the_tools_page_with_its_query_in_any_case(client, alpha):
    rename(alpha, "omega")
    assert leads(client, "/tools/alpha/?from=letter") == (301, "/tools/omega/?from=letter")
    assert client.get("/tools/ALPHA/", follow=True).redirect_chain[-1] == ("/tools/omega/", 301)
    assert client.get("/tools/omega/").status_code == 200


def test_every_combination_of_old_and_new_slugs_redirects_to_the_canonical_address(client, alpha, beta):
    make_comparison(beta, alpha)
    rename(alpha, "omega")
    rename(beta, "theta")
    for address in ("alpha-vs-beta", "beta-vs-alpha", "omega-vs-beta", "alpha-vs-theta", "omega-vs-theta"):
        assert leads(client, f"/compare/{address}/") == (301, "/compare/theta-vs-omega/"), address
    assert client.get("/compare/theta-vs-omega/").status_code == 200
    make_tool("Gamma")
    assert leads(client, "/compare/alpha-vs-gamma-vs-beta/") == (301, "/compare/gamma-vs-omega-vs-theta/")


def test_a_tools_old_slug_against_its_new_one_is_no_comparison(client, alpha):
    rename(alpha, "omega")
    assert client.get("/compare/alpha-vs-omega/").status_code == 404


def test_two_renames_leave_two_old_slugs_and_renaming_back_takes_one_up(client, alpha):
    rename(alpha, "beta-1")
    rename(alpha, "gamma-1")
    assert leads(client, "/tools/alpha/") == leads(client, "/tools/beta-1/") == (301, "/tools/gamma-1/")
    rename(alpha, "alpha")
    assert leads(client, "/tools/gamma-1/") == (301, "/tools/alpha/")
    assert client.get("/tools/alpha/").status_code == 200
    assert set(OldSlug.objects.values_list("slug", flat=True)) == {"beta-1", "gamma-1"}


@pytest.mark.parametrize(
    "fields",
    [{"status": "draft", "published_at": None}, {"published_at": timezone.now() + timedelta(days=1)}],
)
def test_a_slug_that_no_reader_knew_is_not_kept(alpha, fields):
    Tool.objects.filter(pk=alpha.pk).update(**fields)
    rename(alpha, "omega")
    assert not OldSlug.objects.exists()


def test_a_retired_tools_old_slug_redirects_and_a_drafts_does_not(client, alpha):
    rename(alpha, "omega")
    Tool.objects.update(status="retired")
    assert leads(client, "/tools/alpha/") == (301, "/tools/omega/")
    Tool.objects.update(status="draft")
    assert client.get("/tools/alpha/").status_code == 404


def test_a_vote_sent_to_an_old_slug_counts(client, alpha):
    rename(alpha, "omega")
    assert client.post("/tools/alpha/vote/", {"decision": "ship"}).status_code == 303
    assert Tool.objects.get().votes.count() == 1


def test_a_slug_and_an_old_slug_cannot_be_the_same(alpha, beta):
    rename(alpha, "omega")
    beta.slug = "alpha"
    with pytest.raises(ValidationError, match="old address of Alpha"):
        beta.full_clean()
    with pytest.raises(ValidationError, match="A tool lives at this address"):
        OldSlug(slug="omega", tool=beta).full_clean()


def test_old_slugs_cost_no_query_on_pages_that_are_found(client, catalogue, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/compare/code-llama-4-vs-mistral-3b/")


@pytest.mark.parametrize(
    "later", [{"status": "draft", "published_at": None}, {"published_at": timezone.now() + timedelta(days=9)}]
)
def test_a_slug_that_readers_knew_is_kept_whatever_happens_before_it_changes(client, alpha, later):
    for changes in (later, {"slug": "omega"}, {"status": "published", "published_at": alpha.published_at}):
        tool = Tool.objects.get(pk=alpha.pk)
        for name, value in changes.items():
            setattr(tool, name, value)
        save_tool(tool=tool, by="admin")
    assert leads(client, "/tools/alpha/") == (301, "/tools/omega/")


def test_the_slug_of_a_draft_that_was_never_seen_is_free_again():
    draft = make_tool("Draft", status="draft", published_at=None)
    rename(draft, "other")
    rename(draft, "another")
    assert not OldSlug.objects.exists()


def test_a_slug_made_from_the_name_may_be_the_tools_own(alpha):
    assert slug_for(name="Alpha") == "alpha-2"
    assert slug_for(name="Alpha", tool=alpha.pk) == "alpha"
    rename(alpha, "omega")
    assert slug_for(name="Alpha", tool=alpha.pk) == "alpha"
    assert slug_for(name="Alpha") == "alpha-2"


def test_the_personal_fragment_of_a_page_from_before_the_change_finds_its_places(client, alpha):
    client.post("/tools/alpha/vote/", {"decision": "ship", "back": "/tools/alpha/"})
    rename(alpha, "omega")
    blocks = client.get("/visitor-state/?part=blocks&tool=alpha&votes=yes").content.decode()
    for place in ("vote-alpha", "vote-alpha-ship", "community-alpha", "bookmark-alpha"):
        assert f'id="{place}"' in blocks
    assert 'action="/tools/omega/vote/"' in blocks
    assert "You voted ship" in blocks


def test_the_note_after_a_vote_from_an_old_address_is_that_of_the_page_it_leads_to(client, alpha):
    rename(alpha, "omega")
    response = client.post("/tools/alpha/vote/", {"decision": "ship", "back": "/tools/alpha/"})
    assert response["Location"] == "/tools/alpha/#voted-ship-omega"
    assert 'id="voted-ship-omega"' in client.get("/tools/alpha/", follow=True).content.decode()


def test_old_slugs_are_followed_by_the_picker_and_by_a_search_for_two_tools(client, alpha, beta):
    rename(alpha, "omega")
    assert leads(client, "/compare/pick/?tool=alpha&tool=beta") == (302, "/compare/beta-vs-omega/")
    assert leads(client, "/search/?q=alpha-vs-beta") == (302, "/compare/beta-vs-omega/")
