"""Who else has a form open: noted by its script, forgotten soon after; looking writes nothing."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command

from comparisons.desk.open_pages.presence import EXPIRES_AFTER, note_open
from comparisons.models import OpenPage
from tests.accounts import browser, make_editor
from tests.factories import make_tool

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
URL = "/admin/open/"


@pytest.fixture
def page():
    return f"/admin/reviews/tool/{make_tool('Alpha').pk}/change/"


def beat(name, page, **more):
    client = browser()
    client.force_login(make_editor(name, is_superuser=True))
    return client, client.post(URL, {"page": page, **more})


def test_each_hears_of_the_others_and_not_of_itself(page):
    first, response = beat("grace", page)
    assert response.json() == {"others": []}
    assert beat("hedy", page)[1].json() == {"others": ["grace"]}
    assert beat("ada", page)[1].json() == {"others": ["grace", "hedy"]}
    assert first.post(URL, {"page": page}).json() == {"others": ["ada", "hedy"]}
    assert first.post(URL, {"page": "/admin/reviews/category/1/change/"}).json() == {"others": []}


def test_a_closed_page_is_forgotten_at_once(page):
    client, _ = beat("grace", page)
    client.post(URL, {"page": page, "closed": "yes"})
    assert beat("hedy", page)[1].json() == {"others": []}


def test_a_silent_page_is_forgotten_on_every_page(page):
    grace = make_editor("grace")
    hedy = make_editor("hedy")
    note_open(page="/admin/reviews/tool/0/change/", editor=grace, now=NOW)
    note_open(page=page, editor=grace, now=NOW + timedelta(seconds=1))
    assert note_open(page=page, editor=hedy, now=NOW + EXPIRES_AFTER + timedelta(seconds=1)) == ["grace"]
    assert note_open(page=page, editor=hedy, now=NOW + EXPIRES_AFTER + timedelta(seconds=2)) == []
    assert OpenPage.objects.count() == 1


def test_the_daily_cleaning_forgets_silent_pages(page):
    OpenPage.objects.create(page=page, editor=make_editor("grace"), seen_at=datetime(2020, 1, 1, tzinfo=UTC))
    call_command("forget_old", stdout=StringIO())
    assert not OpenPage.objects.exists()


def test_looking_at_a_form_notes_nothing(admin_client, page):
    assert 'id="open-elsewhere"' in admin_client.get(page).text
    assert not OpenPage.objects.exists()


@pytest.mark.parametrize(
    "path",
    ["", "/", "/tools/alpha/", "/admin/", "/admin/nothing/", "https://else.example/", "/admin/" + "x" * 200],
)
def test_only_forms_of_the_desk_are_noted(path):
    assert beat("grace", path)[1].status_code == 404
    assert not OpenPage.objects.exists()


def test_only_editors_are_told_who_is_there(client, page):
    assert client.get(URL).status_code in (302, 405)
    assert client.post(URL, {"page": page}).status_code == 302
    assert not OpenPage.objects.exists()


def test_a_form_that_is_merely_open_keeps_no_session_alive(page):
    client, _ = beat("grace", page)
    session = client.session
    session["seen_at"] = 0
    session.save()
    before = Session.objects.values_list("session_data", "expire_date").get()
    client.post(URL, {"page": page})
    assert Session.objects.values_list("session_data", "expire_date").get() == before
    client.get("/admin/")
    assert Session.objects.values_list("session_data", "expire_date").get() != before
