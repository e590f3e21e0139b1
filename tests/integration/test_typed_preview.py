"""The preview of what is typed: the public page, from the form, without a write; and the way to the page."""

import pytest
from django.contrib.auth.models import Group

from reviews.models import Revision
from tests.accounts import browser, make_editor
from tests.factories import make_comparison, make_panel, make_tool, paragraph
from tests.html_text import assert_in_order, text_of
from tests.integration.test_admin import form_of
from tests.security.test_crafted_posts import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha():
    make_panel()
    return make_tool("Alpha", "ship 84, -, -, -", status="draft", published_at=None)


@pytest.fixture
def url(alpha):
    return f"/admin/reviews/tool/{alpha.pk}/change/"


def typed_preview(client, url, **typed):
    data = form_of(client.get(url)) | typed
    pk = url.split("/")[4]
    return client.post(f"/admin/preview/typed/tools/{'' if pk == 'add' else pk + '/'}", data)


def test_the_page_shows_what_is_typed_and_nothing_is_written(admin_client, alpha, url):
    admin_client.get(url)
    before = everything()
    typed = {
        "tagline": "Typed and not saved",
        "facts-maker-value": "A typed maker",
        "verdicts-0-score": "61",
        "verdicts-1-decision": "skip",
        "verdicts-1-body": paragraph("unsaved"),
    }
    response = typed_preview(admin_client, url, **typed)
    assert response.status_code == 200
    text = text_of(response)
    assert_in_order(text, "Preview of what is typed, which is not saved", "Typed and not saved")
    for shown in ("A typed maker", "61/100", "unsaved-1"):
        assert shown in text, shown
    assert everything() == before


def test_a_tool_that_is_not_saved_yet_has_a_preview(admin_client, alpha):
    typed = {"name": "Fresh", "category": alpha.category_id, "kind": "model", "tagline": "T"}
    before = everything()
    response = typed_preview(admin_client, "/admin/reviews/tool/add/", description="D.", **typed)
    assert_in_order(text_of(response), "Preview of what is typed", "Fresh")
    assert everything() == before


def test_what_is_not_right_yet_is_left_out_and_named(admin_client, url):
    response = typed_preview(
        admin_client, url, **{"verdicts-1-body": "Without a decision.", "facts-website-value": "no address"}
    )
    assert response.status_code == 200
    assert_in_order(text_of(response), "Left out until it is right", "Website: Value", "Skeptic: Decision")
    response = typed_preview(admin_client, url, name="")
    assert response.status_code == 422
    assert_in_order(text_of(response), "No preview yet", "Name: This field is required.")


def test_the_desk_alone_may_show_the_preview_in_a_frame(admin_client, url):
    response = typed_preview(admin_client, url)
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store, private"
    page = admin_client.get(url)
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-src 'self'" in page["Content-Security-Policy"]


def test_only_those_who_may_edit_the_tool_have_a_preview(alpha, url):
    address = f"/admin/preview/typed/tools/{alpha.pk}/"
    for name, groups, status in (("staff", [], 403), ("writer", ["Reviewer's desk"], 200)):
        editor = make_editor(name)
        editor.groups.set(Group.objects.filter(name__in=groups))
        client = browser()
        client.force_login(editor)
        data = form_of(client.get(url)) if groups else {}
        assert client.post(address, data).status_code == status
        assert client.get(address).status_code == 405
    assert browser().post(address).status_code == 302


def test_view_on_site_of_a_draft_leads_to_its_preview(admin_client, alpha, url):
    assert admin_client.get(url).context["absolute_url"] == f"/admin/preview/tools/{alpha.pk}/"
    drafted = make_comparison(make_tool("Beta", "ship 84, ship, ship, ship"), alpha)
    page = admin_client.get(f"/admin/comparisons/comparison/{drafted.pk}/change/")
    assert page.context["absolute_url"] == f"/admin/preview/comparisons/{drafted.pk}/"


def test_after_saving_the_way_to_the_page_is_one_that_no_browser_has_kept(admin_client, client):
    make_panel()
    tool = make_tool("Beta", "ship 84, ship, ship, ship")
    url = f"/admin/reviews/tool/{tool.pk}/change/"
    before = admin_client.get(url).context["absolute_url"]
    admin_client.post(url, form_of(admin_client.get(url)) | {"tagline": "Fresh"})
    after = admin_client.get(url).context["absolute_url"]
    newest = Revision.objects.order_by("-pk")[0]
    assert after == f"/tools/beta/?saved={newest.pk}" != before
    assert "Fresh" in text_of(client.get(after))
    assert text_of(client.get(after)) == text_of(client.get("/tools/beta/"))


def test_a_form_that_is_not_valid_still_leads_to_the_page_as_it_is_stored(admin_client):
    make_panel()
    tool = make_tool("Beta", "ship 84, ship, ship, ship")
    for path, address in (
        (f"/admin/reviews/tool/{tool.pk}/change/", "/tools/beta/"),
        (f"/admin/reviews/category/{tool.category_id}/change/", tool.category.get_absolute_url()),
    ):
        response = admin_client.post(path, form_of(admin_client.get(path)) | {"name": "", "slug": ""})
        assert response.status_code == 200
        assert response.context["absolute_url"].partition("?")[0] == address
