"""Two editors on one page: nobody overwrites a newer version, and nothing typed is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reviews.models import Category, Tool, Verdict
from tests.factories import make_comparison, make_panel, make_tool, paragraph
from tests.html_text import assert_in_order, text_of
from tests.integration.test_admin import form_of

pytestmark = pytest.mark.django_db

FIRST = paragraph("first")
THEIRS = paragraph("theirs")
MINE = paragraph("mine")


@pytest.fixture
def alpha():
    make_panel()
    return make_tool("Alpha", "ship 84, -, ship, -")


@pytest.fixture
def url(alpha):
    return f"/admin/reviews/tool/{alpha.pk}/change/"


def test_saving_over_a_newer_version_is_refused_with_both_versions_side_by_side(admin_client, alpha, url):
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    changed = theirs | {"tagline": "Theirs", "facts-maker-value": "Their maker"}
    assert admin_client.post(url, changed).status_code == 302
    as_browsers_send_it = {"verdicts-0-reviewed_on": "04/01/2026", "verdicts-2-reviewed_on": "04/01/2026"}
    response = admin_client.post(
        url, mine | as_browsers_send_it | {"tagline": "Mine", "verdicts-0-body": "My text about it."}
    )
    assert response.status_code == 200
    text = text_of(response)
    assert "Reviewed on 2026-01-04" not in text  # the same day in other letters is no difference
    assert_in_order(
        text, "Somebody saved a newer version", "Two versions: admin saved at", "Stored now", "What you typed"
    )
    assert_in_order(
        text,
        "Tagline",
        "Theirs",
        "Mine",
        "Made by: Value",
        "Their maker",
        "empty",
        "Builder: Body",
        "My text about it.",
    )
    alpha.refresh_from_db()
    assert alpha.tagline == "Theirs"
    again = form_of(response)
    assert (again["tagline"], again["verdicts-0-body"]) == ("Mine", "My text about it.")


def test_saving_again_overwrites_and_the_other_version_stays_in_the_history(admin_client, alpha, url):
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    admin_client.post(url, theirs | {"tagline": "Theirs"})
    response = admin_client.post(url, mine | {"tagline": "Mine"})
    assert admin_client.post(url, form_of(response)).status_code == 302
    alpha.refresh_from_db()
    assert alpha.tagline == "Mine"
    assert "Theirs" in text_of(admin_client.get(f"/admin/reviews/tool/{alpha.pk}/history/"))


def test_a_verdict_entered_meanwhile_makes_a_newer_version(admin_client, alpha, url):
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    typed = {"verdicts-1-decision": "skip", "verdicts-1-body": FIRST}
    assert admin_client.post(url, theirs | typed).status_code == 302
    response = admin_client.post(url, mine | {"tagline": "Mine"})
    assert response.status_code == 200
    again = form_of(response)
    assert again["verdicts-1-body"] == FIRST  # the form was empty: nothing typed could be lost
    assert admin_client.post(url, again).status_code == 302
    assert Verdict.objects.get(tool=alpha, reviewer__slug="skeptic").body == FIRST
    assert Tool.objects.get().tagline == "Mine"


def test_the_second_editor_to_enter_a_verdict_is_asked_before_it_is_overwritten(admin_client, alpha, url):
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    admin_client.post(url, theirs | {"verdicts-1-decision": "skip", "verdicts-1-body": THEIRS})
    response = admin_client.post(url, mine | {"verdicts-1-decision": "skip", "verdicts-1-body": MINE})
    assert_in_order(text_of(response), "Two versions", "Skeptic: Body", "theirs-1", "mine-1")
    assert admin_client.post(url, form_of(response)).status_code == 302
    assert Verdict.objects.get(tool=alpha, reviewer__slug="skeptic").body == MINE


def test_a_form_without_its_version_is_refused(admin_client, alpha, url):
    admin_client.post(url, form_of(admin_client.get(url)) | {"tagline": "Theirs"})
    data = form_of(admin_client.get(url))
    del data["version"]
    assert admin_client.post(url, data | {"tagline": "Mine"}).status_code == 200
    assert Tool.objects.get().tagline == "Theirs"


def test_a_category_has_a_version_without_a_history(admin_client, alpha):
    url = f"/admin/reviews/category/{alpha.category_id}/change/"
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    assert admin_client.post(url, theirs | {"description": "Theirs."}).status_code == 302
    response = admin_client.post(url, mine | {"description": "Mine."})
    assert_in_order(
        text_of(response), "Somebody saved a newer version", "Two versions", "Description", "Theirs.", "Mine."
    )
    assert Category.objects.get().description == "Theirs."
    assert admin_client.post(url, form_of(response)).status_code == 302
    assert Category.objects.get().description == "Mine."


def test_a_reviewers_version_covers_its_questions(admin_client):
    builder = make_panel()[0]
    url = f"/admin/reviews/reviewer/{builder.pk}/change/"
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    assert admin_client.post(url, theirs | {"questions-0-text": "Theirs?"}).status_code == 302
    response = admin_client.post(url, mine | {"motto": "Mine.", "questions-0-text": "Mine?"})
    assert_in_order(
        text_of(response),
        "Two versions",
        "Motto",
        "Builder's motto",
        "Mine.",
        "Question 1: Text",
        "Theirs?",
        "Mine?",
    )
    assert admin_client.post(url, form_of(response)).status_code == 302
    assert builder.questions.first().text == "Mine?"


def test_a_comparison_has_a_version(admin_client, alpha):
    comparison = make_comparison(alpha, make_tool("Beta"))
    url = f"/admin/comparisons/comparison/{comparison.pk}/change/"
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    assert admin_client.post(url, theirs | {"note": "Theirs."}).status_code == 302
    response = admin_client.post(url, mine | {"note": "Mine."})
    assert_in_order(text_of(response), "Two versions", "Note", "Theirs.", "Mine.")
    assert admin_client.post(url, form_of(response)).status_code == 302


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_a_row_is_locked_before_it_is_checked_and_votes_need_not_wait(admin_client, alpha, url):
    typed = form_of(admin_client.get(url)) | {"tagline": "Mine"}
    with CaptureQueriesContext(connection) as queries:
        assert admin_client.post(url, typed).status_code == 302
    asked = [query["sql"] for query in queries if '"reviews_tool"' in query["sql"]]
    assert "FOR NO KEY UPDATE" in asked[0]
