"""Two editors on one page: nobody overwrites a newer version, and nothing typed is lost."""

import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews.models import Category, DeskMember, Question, Reviewer, Tool, Verdict
from tests.accounts import make_editor
from tests.conftest import SAME_ORIGIN
from tests.factories import (
    make_attribute,
    make_category,
    make_comparison,
    make_panel,
    make_tool,
    paragraph,
)
from tests.html_text import assert_in_order, text_of
from tests.integration.test_admin import form_of
from tests.integration.test_verdict_entry import seen_in

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


def test_what_both_changed_is_asked_with_both_versions_side_by_side(admin_client, alpha, url):
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    changed = theirs | {"tagline": "Theirs", "facts-maker-value": "Their maker"}
    assert admin_client.post(url, changed).status_code == 302
    as_browsers_send_it = {"verdicts-0-reviewed_on": "04/01/2026", "verdicts-2-reviewed_on": "04/01/2026"}
    typed = {"tagline": "Mine", "facts-maker-value": "My maker", "verdicts-0-body": "My text about it."}
    response = admin_client.post(url, mine | as_browsers_send_it | typed)
    assert response.status_code == 200
    text = text_of(response)
    assert_in_order(
        text,
        "Somebody saved a newer version",
        "Two versions: admin saved at",
        "Tagline",
        "Theirs: stored now",
        "Mine: typed here",
        "Theirs",
        "Mine",
        "Keep theirs",
        "Keep mine",
        "Made by: Value",
        "Their maker",
        "My maker",
    )
    asked = text[text.index("Two versions") : text.index("Your version is in the form below")]
    assert "Reviewed on" not in asked  # the same day in other letters is no difference
    assert "Builder" not in asked  # only one of us wrote about it
    alpha.refresh_from_db()
    assert alpha.tagline == "Theirs"
    again = form_of(response)
    assert (again["tagline"], again["verdicts-0-body"]) == ("Mine", "My text about it.")


def choose(response, **choices):
    """Return the form of a conflict page with its questions, answered as given by key."""
    asked = re.findall(r'name="asked" value="([^"]+)"', response.text)
    return form_of(response) | {"asked": asked} | {f"keep-{key}": side for key, side in choices.items()}


def test_what_only_the_other_changed_is_taken_over_and_said(admin_client, alpha, url):
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    typed = {"tagline": "Theirs", "facts-maker-value": "Their maker", "verdicts-0-body": THEIRS}
    assert admin_client.post(url, theirs | typed).status_code == 302
    question = Question.objects.filter(reviewer__slug="builder").first()
    typed = {"description": "Mine", f"verdicts-0-answer_{question.pk}": "My answer."}
    response = admin_client.post(url, mine | typed, follow=True)
    alpha.refresh_from_db()
    assert (alpha.tagline, alpha.description) == ("Theirs", "Mine")
    assert alpha.facts.get(attribute__key="maker").text == "Their maker"
    verdict = alpha.verdicts.get(reviewer__slug="builder")
    assert (verdict.body, verdict.answers.get(question=question).text) == (THEIRS, "My answer.")
    assert_in_order(
        text_of(response),
        "Taken over, because somebody saved while you were writing",
        "“Tagline”",
        "“Builder: Body”",
    )


@pytest.mark.parametrize(("side", "tagline"), [("theirs", "Theirs"), ("mine", "Mine")])
def test_each_question_is_answered_with_one_side(admin_client, alpha, url, side, tagline):
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    admin_client.post(url, theirs | {"tagline": "Theirs", "best_for": "theirs"})
    response = admin_client.post(url, mine | {"tagline": "Mine", "description": "Mine"})
    assert admin_client.post(url, choose(response, tagline=side)).status_code == 302
    alpha.refresh_from_db()
    assert (alpha.tagline, alpha.best_for, alpha.description) == (tagline, "theirs", "Mine")
    assert "Theirs" in text_of(admin_client.get(f"/admin/reviews/tool/{alpha.pk}/history/"))


def test_saving_again_without_an_answer_never_undoes_the_others_change(admin_client, alpha, url):
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    admin_client.post(url, theirs | {"tagline": "Theirs"})
    response = admin_client.post(url, mine | {"tagline": "Mine"})
    for _ in range(2):
        response = admin_client.post(url, choose(response))
        assert "Somebody saved a newer version" in text_of(response)
        assert form_of(response)["tagline"] == "Mine"
        assert Tool.objects.get().tagline == "Theirs"


def test_a_third_version_is_asked_about_again(admin_client, alpha, url):
    mine = form_of(admin_client.get(url))
    admin_client.post(url, form_of(admin_client.get(url)) | {"tagline": "Theirs"})
    response = admin_client.post(url, mine | {"tagline": "Mine"})
    admin_client.post(url, form_of(admin_client.get(url)) | {"tagline": "Third"})
    response = admin_client.post(url, choose(response, tagline="mine"))
    assert_in_order(text_of(response), "Two versions", "Third", "Mine")
    assert Tool.objects.get().tagline == "Third"


def test_an_emptied_field_and_a_category_are_taken_over_too(admin_client, alpha, url):
    other = make_category("Elsewhere")
    Tool.objects.update(best_for="for something")
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    assert admin_client.post(url, theirs | {"best_for": "", "category": other.pk}).status_code == 302
    assert admin_client.post(url, mine | {"tagline": "Mine"}).status_code == 302
    alpha.refresh_from_db()
    assert (alpha.best_for, alpha.category, alpha.tagline) == ("", other, "Mine")


def test_a_score_is_not_mixed_with_the_others_decision_nor_a_source_with_their_value(
    admin_client, alpha, url
):
    source = {"facts-maker-value": "Maker", "facts-maker-source_url": "https://maker.example/"}
    admin_client.post(url, form_of(admin_client.get(url)) | source | {"facts-maker-state": "given"})
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url)) | {
        "verdicts-0-decision": "skip",
        "verdicts-0-score": "30",
        "verdicts-0-body": THEIRS,
        "verdicts-0-reason": "It got worse.",
        "facts-maker-value": "Their maker",
    }
    warned = {"warnings_seen": seen_in(admin_client.post(url, theirs))}
    assert admin_client.post(url, theirs | warned).status_code == 302
    typed = {
        "verdicts-0-score": "90",
        "verdicts-0-reason": "It got better.",
        "facts-maker-looked_at_on": "2026-01-09",
    }
    response = admin_client.post(url, mine | typed)
    assert_in_order(
        text_of(response), "Two versions", "Made by: Value", "Builder: Decision", "Builder: Score"
    )
    verdict = alpha.verdicts.get(reviewer__slug="builder")
    assert (verdict.decision, verdict.score) == ("skip", 30)
    assert alpha.facts.get(attribute__key="maker").looked_at_on is None


def test_members_bound_to_different_reviewers_never_collide(alpha, url):
    Tool.objects.filter(pk=alpha.pk).update(status="draft", published_at=None)  # else they propose
    builder, skeptic = (bound_browser(slug) for slug in ("builder", "skeptic"))
    of_builder = form_of(builder.get(url))
    of_skeptic = form_of(skeptic.get(url))
    entered = {"verdicts-1-decision": "skip", "verdicts-1-body": THEIRS}
    assert skeptic.post(url, of_skeptic | entered).status_code == 302
    assert builder.post(url, of_builder | {"verdicts-0-body": MINE}).status_code == 302
    assert alpha.verdicts.get(reviewer__slug="builder").body == MINE
    assert alpha.verdicts.get(reviewer__slug="skeptic").body == THEIRS


def bound_browser(slug):
    editor = make_editor(f"of-{slug}")
    editor.groups.add(Group.objects.get(name="Reviewer's desk"))
    DeskMember.objects.create(user=editor, reviewer=Reviewer.objects.get(slug=slug))
    client = Client(headers=SAME_ORIGIN)
    client.force_login(editor)
    return client


def test_a_verdict_entered_meanwhile_is_taken_over(admin_client, alpha, url):
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    typed = {"verdicts-1-decision": "skip", "verdicts-1-body": FIRST}
    assert admin_client.post(url, theirs | typed).status_code == 302
    assert admin_client.post(url, mine | {"tagline": "Mine"}).status_code == 302
    assert Verdict.objects.get(tool=alpha, reviewer__slug="skeptic").body == FIRST
    assert Tool.objects.get().tagline == "Mine"


def test_the_second_editor_to_enter_a_verdict_is_asked_before_it_is_overwritten(admin_client, alpha, url):
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    admin_client.post(url, theirs | {"verdicts-1-decision": "skip", "verdicts-1-body": THEIRS})
    response = admin_client.post(url, mine | {"verdicts-1-decision": "skip", "verdicts-1-body": MINE})
    assert_in_order(text_of(response), "Two versions", "Skeptic: Body", "theirs-1", "mine-1")
    assert admin_client.post(url, choose(response, **{"verdicts-1-body": "mine"})).status_code == 302
    assert Verdict.objects.get(tool=alpha, reviewer__slug="skeptic").body == MINE


@pytest.mark.parametrize("lost", [["version"], ["version", "shown"]])
def test_a_form_without_its_version_is_asked_about_every_difference(admin_client, alpha, url, lost):
    admin_client.post(url, form_of(admin_client.get(url)) | {"tagline": "Theirs"})
    data = form_of(admin_client.get(url)) | {"tagline": "Mine"}
    data = {name: value for name, value in data.items() if name not in lost}
    response = admin_client.post(url, data)
    assert_in_order(text_of(response), "Two versions", "Tagline", "Theirs", "Mine")
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
    assert admin_client.post(url, choose(response, description="mine")).status_code == 302
    assert Category.objects.get().description == "Mine."


def test_choices_and_switches_of_an_attribute_are_taken_over(admin_client, alpha):
    attribute = make_attribute("size", category=alpha.category, type="choices", choices=[["s", "Small"]])
    url = f"/admin/reviews/attribute/{attribute.pk}/change/"
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    typed = {"choices": "s: Small\nl: Large", "is_deal_breaker": "on"}
    assert admin_client.post(url, theirs | typed).status_code == 302
    assert admin_client.post(url, mine | {"help_text": "Mine"}).status_code == 302
    attribute.refresh_from_db()
    assert attribute.choices == [["s", "Small"], ["l", "Large"]]
    assert (attribute.is_deal_breaker, attribute.help_text) == (True, "Mine")


def test_a_reviewers_version_covers_its_questions(admin_client):
    builder = make_panel()[0]
    url = f"/admin/reviews/reviewer/{builder.pk}/change/"
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    typed = {"motto": "Theirs.", "questions-0-text": "Theirs?", "questions-1-text": "Theirs too?"}
    assert admin_client.post(url, theirs | typed).status_code == 302
    response = admin_client.post(url, mine | {"motto": "Mine.", "questions-0-text": "Mine?"})
    assert_in_order(
        text_of(response), "Two versions", "Motto", "Theirs.", "Mine.", "Question 1: Text", "Theirs?", "Mine?"
    )
    keys = re.findall(r'name="asked" value="([^"]+)"', response.text)
    assert admin_client.post(url, choose(response, **dict.fromkeys(keys, "mine"))).status_code == 302
    assert [question.text for question in builder.questions.all()] == ["Mine?", "Theirs too?"]


def test_a_comparison_has_a_version(admin_client, alpha):
    comparison = make_comparison(alpha, make_tool("Beta"))
    url = f"/admin/comparisons/comparison/{comparison.pk}/change/"
    mine = form_of(admin_client.get(url))
    theirs = form_of(admin_client.get(url))
    moment = {"published_at_0": "2026-03-01", "published_at_1": "10:00:00"}
    assert admin_client.post(url, theirs | moment | {"note": "Theirs."}).status_code == 302
    response = admin_client.post(url, mine | {"note": "Mine."})
    assert_in_order(text_of(response), "Two versions", "Note", "Theirs.", "Mine.")
    assert admin_client.post(url, choose(response, note="mine")).status_code == 302
    comparison.refresh_from_db()
    assert (comparison.note, comparison.published_at.strftime("%Y-%m-%d %H:%M")) == (
        "Mine.",
        "2026-03-01 10:00",
    )


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has one writer at a time")
def test_a_row_is_locked_before_it_is_checked_and_votes_need_not_wait(admin_client, alpha, url):
    typed = form_of(admin_client.get(url)) | {"tagline": "Mine"}
    with CaptureQueriesContext(connection) as queries:
        assert admin_client.post(url, typed).status_code == 302
    asked = [query["sql"] for query in queries if '"reviews_tool"' in query["sql"]]
    assert "FOR NO KEY UPDATE" in asked[0]
