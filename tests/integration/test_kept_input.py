"""What was typed outlives its session and its token, and nothing is saved until its editor says so."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from reviews.models import Category, Tool
from tests.accounts import browser, make_editor, sign_in
from tests.conftest import SAME_ORIGIN
from tests.factories import make_panel, make_tool, paragraph
from tests.html_text import assert_in_order, text_of
from tests.integration.test_admin import form_of

pytestmark = pytest.mark.django_db
TYPED = paragraph("typed") + "\n\nA second part with <b>signs</b> & “quotes”."


@pytest.fixture
def alpha():
    make_panel()
    return make_tool("Alpha")


@pytest.fixture
def url(alpha):
    return f"/admin/reviews/tool/{alpha.pk}/change/"


@pytest.fixture
def editor():
    make_editor(is_superuser=True)
    client = Client(headers=SAME_ORIGIN, enforce_csrf_checks=True)
    client.force_login(make_editor("hedy", is_superuser=True))
    return client


def kept_in(response):
    found = re.findall(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', response.text, re.DOTALL)
    return dict(found)


def test_a_form_sent_after_the_session_has_ended_is_kept_and_goes_on_after_the_sign_in(editor, alpha, url):
    typed = form_of(editor.get(url)) | {"tagline": "Typed", "verdicts-0-body": TYPED}
    editor.handler.enforce_csrf_checks = False
    Session.objects.all().delete()
    response = editor.post(url, typed | {"password": "hidden", "csrfmiddlewaretoken": "old"})
    assert response.status_code == 403
    assert response["Cache-Control"] == "no-store, private"
    assert_in_order(text_of(response), "You are signed out", "Sign in, in a new tab", "The form comes back")
    kept = kept_in(response)
    assert kept["tagline"] == "Typed"
    assert not {"password", "csrfmiddlewaretoken"} & set(kept)
    assert f'action="{url}"' in response.text

    editor.handler.enforce_csrf_checks = True
    editor.force_login(make_editor("ada", is_superuser=True))
    again = editor.post(url, typed)
    assert again.status_code == 200
    assert "Not saved yet" in text_of(again)
    assert form_of(again)["verdicts-0-body"] == TYPED
    alpha.refresh_from_db()
    assert alpha.tagline != "Typed"


def test_going_on_shows_the_form_before_it_is_saved_also_where_the_token_is_still_right(admin_client, url):
    typed = form_of(admin_client.get(url)) | {"tagline": "Typed", "_shown_again": "yes"}
    response = admin_client.post(url, typed)
    assert "Not saved yet" in text_of(response)
    assert Tool.objects.get().tagline != "Typed"
    assert admin_client.post(url, form_of(response)).status_code == 302
    assert Tool.objects.get().tagline == "Typed"


def test_the_form_that_was_shown_again_is_saved_with_its_new_token(editor, alpha, url):
    again = editor.post(url, form_of(editor.get(url)) | {"tagline": "Typed"})
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', again.text)[1]
    assert editor.post(url, form_of(again) | {"csrfmiddlewaretoken": token}).status_code == 302
    assert Tool.objects.get().tagline == "Typed"


def test_a_new_row_is_kept_too(editor):
    data = {"name": "Fresh", "slug": "fresh", "description": "", "position": "1"}
    response = editor.post("/admin/reviews/category/add/", data)
    assert_in_order(text_of(response), "Not saved yet", "Name")
    assert form_of(response)["name"] == "Fresh"
    assert not Category.objects.exists()


def test_what_was_typed_is_shown_only_to_those_who_may_edit_it(url):
    client = Client(headers=SAME_ORIGIN, enforce_csrf_checks=True)
    client.force_login(make_editor("reader", is_staff=False))
    assert "You are signed out" in text_of(client.post(url, {"tagline": "Typed"}))
    client.force_login(make_editor("staff"))
    assert client.post(url, {"tagline": "Typed"}).status_code == 403


def test_a_form_from_elsewhere_is_not_shown_again(editor, url):
    response = editor.post(url, {"tagline": "Planted"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert "Planted" not in response.text


def test_a_lost_token_runs_no_act_and_deletes_nothing(editor, alpha, url):
    acts = {"action": "delete_selected", "_selected_action": [alpha.pk], "post": "yes"}
    for path, data in (
        (url, acts),
        (url.replace("change", "delete"), {"post": "yes"}),
        ("/admin/reviews/tool/", acts),
    ):
        response = editor.post(path, data)
        assert response.status_code in (200, 403)
        assert Tool.objects.filter(pk=alpha.pk).exists()
    assert "Nothing was done: this page had been open for too long" in text_of(response)


def test_a_lost_token_at_the_sign_in_says_what_to_do():
    client = Client(headers=SAME_ORIGIN, enforce_csrf_checks=True)
    response = sign_in(client)
    assert response.status_code == 403
    assert "Go back, load the page again" in text_of(response)


def test_acts_without_a_session_lead_to_the_sign_in(alpha):
    assert browser().post("/admin/reviews/tool/", {"action": "x"}).status_code == 302


def test_no_field_of_the_desk_cuts_what_is_pasted(admin_client, alpha, url):
    reviewer = make_panel()[0]
    for path in (url, f"/admin/reviews/reviewer/{reviewer.pk}/change/", "/admin/reviews/category/add/"):
        page = admin_client.get(path).text
        assert "data-longest" in page
        assert "maxlength" not in page, path


def test_a_text_that_is_too_long_is_refused_whole(admin_client, alpha, url):
    long = "word " * 200
    response = admin_client.post(url, form_of(admin_client.get(url)) | {"tagline": long})
    assert "Ensure this value has at most" in text_of(response)
    assert form_of(response)["tagline"] == long
