"""Entering a panel: warnings stop once, errors at the field say what to do."""

import re

import pytest
from django.core.exceptions import ValidationError

from reviews.models import OldSlug, Tool, Verdict
from tests.factories import make_category, make_panel, make_tool, make_verdict, paragraph
from tests.html_text import assert_in_order, text_of
from tests.integration.test_admin import form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def alpha():
    make_panel()
    return make_tool("Alpha")


@pytest.fixture
def url(alpha):
    return f"/admin/reviews/tool/{alpha.pk}/change/"


def seen_in(response):
    return re.findall(r'name="warnings_seen" value="(\w+)"', response.content.decode())


def test_warnings_stop_once_and_the_second_click_saves(admin_client, url):
    typed = {"verdicts-0-decision": "ship", "verdicts-0-score": "30", "verdicts-0-body": "I used it."}
    response = admin_client.post(url, form_of(admin_client.get(url)) | typed)
    assert response.status_code == 200
    text = text_of(response)
    assert_in_order(
        text, "Nothing is wrong, but look at the warnings below", "Builder", "A ship with a score of 30"
    )
    assert_in_order(text, "The text has 3 words", "“I used” claims that somebody used it")
    assert "correct the error" not in text
    assert 'href="#verdicts-0-warnings"' in response.text
    assert 'id="verdicts-0-warnings"' in response.text
    assert not Verdict.objects.exists()
    again = form_of(response) | {"warnings_seen": seen_in(response)}
    assert again["verdicts-0-body"] == "I used it."
    assert admin_client.post(url, again).status_code == 302
    assert Verdict.objects.get().score == 30


def test_with_an_error_on_the_page_it_does_not_say_that_nothing_is_wrong(admin_client, url):
    doubtful = {"verdicts-1-decision": "ship", "verdicts-1-score": "30", "verdicts-1-body": paragraph("a")}
    for wrong in ({"tagline": ""}, {"verdicts-0-decision": "ship", "verdicts-0-score": "101"}):
        text = text_of(admin_client.post(url, form_of(admin_client.get(url)) | doubtful | wrong))
        assert_in_order(
            text,
            "Please correct the errors below",
            "Look at the warnings below too",
            "A ship with a score of 30",
        )
        assert "Nothing is wrong" not in text


def test_a_new_warning_stops_the_second_click_too(admin_client, url):
    typed = {"verdicts-0-decision": "ship", "verdicts-0-score": "30", "verdicts-0-body": paragraph("a")}
    response = admin_client.post(url, form_of(admin_client.get(url)) | typed)
    again = form_of(response) | {"warnings_seen": seen_in(response), "verdicts-0-score": "20"}
    assert admin_client.post(url, again).status_code == 200
    assert not Verdict.objects.exists()


def test_a_stored_verdict_does_not_warn_again(admin_client, alpha, url):
    make_verdict(alpha, make_panel()[0], "ship", 10)
    assert admin_client.post(url, form_of(admin_client.get(url)) | {"tagline": "Another"}).status_code == 302


def test_a_text_that_is_nearly_the_same_is_shown_with_the_other(admin_client, url):
    other = make_verdict(make_tool("Beta"), make_panel()[2])
    Verdict.objects.filter(pk=other.pk).update(body=paragraph("tale"))
    typed = {"verdicts-0-decision": "ship", "verdicts-0-body": paragraph("tale").replace("tale-30", "else")}
    response = admin_client.post(url, form_of(admin_client.get(url)) | typed)
    assert_in_order(
        text_of(response),
        "nearly the same as the Futurist on Beta",
        "Open it",
        "Read the other text",
        "tale-0 tale-1",
    )
    assert f"/admin/reviews/tool/{other.tool_id}/change/#panel" in response.content.decode()


def test_two_texts_of_one_page_are_compared_with_each_other(admin_client, url):
    typed = {}
    for number in (0, 1):
        typed[f"verdicts-{number}-decision"] = "ship"
        typed[f"verdicts-{number}-body"] = paragraph("same")
    response = admin_client.post(url, form_of(admin_client.get(url)) | typed)
    assert text_of(response).count("nearly the same as another text on this page") == 2


def test_a_text_is_not_compared_with_its_own_older_version(admin_client, alpha, url):
    verdict = make_verdict(alpha, make_panel()[0])
    Verdict.objects.filter(pk=verdict.pk).update(body=paragraph("same"))
    typed = {"verdicts-0-body": paragraph("same") + " more"}
    assert admin_client.post(url, form_of(admin_client.get(url)) | typed).status_code == 302


def test_a_single_line_field_has_two_rows_and_stores_no_line_break(admin_client, alpha, url):
    page = admin_client.get(url)
    for field in ("tagline", "best_for", "avoid_if"):
        assert re.search(rf'<textarea name="{field}"[^>]* rows="2"', page.text)
    typed = {"tagline": " One\r\n\r\n  line ", "best_for": "a" * 100 + "\r\n" + "b" * 39}
    assert admin_client.post(url, form_of(page) | typed).status_code == 302
    alpha.refresh_from_db()
    assert (alpha.tagline, alpha.best_for) == ("One line", "a" * 100 + " " + "b" * 39)
    assert (
        admin_client.post(url, form_of(page) | {"tagline": "\r\n "})
        .context["adminform"]
        .form.errors["tagline"]
    )


@pytest.mark.parametrize("score", ["-1", "101", "4.5", "many"])
def test_a_wrong_score_is_an_error_at_its_field(admin_client, url, score):
    typed = {"verdicts-0-decision": "ship", "verdicts-0-score": score, "verdicts-0-body": paragraph("a")}
    response = admin_client.post(url, form_of(admin_client.get(url)) | typed)
    form = response.context["inline_admin_formsets"][-1].formset.forms[0]
    assert form.errors == {
        "score": ["A score is a whole number from 0 to 100, or empty when it is not known."]
    }


def test_an_answer_to_another_reviewers_question_is_refused(admin_client, url):
    question = make_panel()[1].questions.first()
    typed = {
        "verdicts-0-decision": "ship",
        "verdicts-0-body": paragraph("a"),
        f"verdicts-0-answer_{question.pk}": "Mine.",
    }
    response = admin_client.post(url, form_of(admin_client.get(url)) | typed)
    assert "“Skeptic asks 1?” is a question of the Skeptic, not of the Builder." in text_of(response)
    assert not Verdict.objects.exists()


@pytest.mark.parametrize("key", ["9" * 900, "9" * 19, "²", "0"])
def test_an_answer_to_a_question_that_is_none_is_left_out(admin_client, url, key):
    typed = {
        "verdicts-0-decision": "ship",
        "verdicts-0-body": paragraph("a"),
        f"verdicts-0-answer_{key}": "Mine.",
    }
    assert admin_client.post(url, form_of(admin_client.get(url)) | typed).status_code in (200, 302)


def new_tool(**changed):
    facts = {
        "kind": "model",
        "tagline": "What",
        "description": "What.",
    }
    return {"category": make_category().pk, **facts, **changed}


def test_a_taken_name_is_an_error_at_its_field(admin_client, alpha):
    url = "/admin/reviews/tool/add/"
    response = admin_client.post(url, form_of(admin_client.get(url)) | new_tool(name="ALPHA", slug="alpha-2"))
    assert response.context["adminform"].form.errors == {
        "name": ["There is a tool of this name already: Alpha, at /tools/alpha/."]
    }


def test_a_name_in_another_case_is_the_same_name_in_every_alphabet(admin_client, alpha):
    make_tool("Élan Tool", slug="elan")
    url = "/admin/reviews/tool/add/"
    response = admin_client.post(
        url, form_of(admin_client.get(url)) | new_tool(name="élan tool", slug="elan-2")
    )
    assert response.context["adminform"].form.errors == {
        "name": ["There is a tool of this name already: Élan Tool, at /tools/elan/."]
    }
    with pytest.raises(ValidationError, match="There is a tool of this name already"):
        Tool(**new_tool(name="élan tool", slug="elan-3", category=make_category())).full_clean()
    Tool.objects.get(slug="elan").full_clean()
    Tool(**new_tool(name="Elan Tool", slug="elan-4", category=make_category())).full_clean()


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Code Llama 5", "code-llama-5"), ("Tom vs. Jerry", "tom-versus-jerry"), ("alpha!", "alpha-2")],
)
def test_an_empty_slug_is_made_from_the_name(admin_client, alpha, name, slug):
    url = "/admin/reviews/tool/add/"
    assert (
        admin_client.post(url, form_of(admin_client.get(url)) | new_tool(name=name, slug="")).status_code
        == 302
    )
    assert Tool.objects.get(name=name).slug == slug


def test_the_form_counts_words_and_shows_the_reviewers_lens(admin_client, url):
    page = admin_client.get(url).content.decode()
    assert page.count('data-words="40 200"') == 4
    assert re.search(r'<script src="/static/js/word_count.js" nonce="[^"]+" defer>', page)
    assert "Builder&#x27;s lens" in page


def test_a_name_without_latin_letters_asks_for_a_slug_and_loses_nothing(admin_client, alpha):
    url = "/admin/reviews/tool/add/"
    response = admin_client.post(url, form_of(admin_client.get(url)) | new_tool(name="通义千问", slug=""))
    assert response.status_code == 200
    assert "No address can be made from this name" in response.context["adminform"].form.errors["slug"][0]
    assert "通义千问" in response.content.decode()


def test_an_emptied_slug_is_made_from_the_name_again(admin_client, alpha):
    url = f"/admin/reviews/tool/{alpha.pk}/change/"
    assert admin_client.post(url, form_of(admin_client.get(url)) | {"slug": ""}).status_code == 302
    assert Tool.objects.get(pk=alpha.pk).slug == "alpha"


def test_an_old_slug_of_another_tool_is_refused(admin_client, alpha):
    OldSlug.objects.create(slug="old-beta", tool=make_tool("Beta"))
    url = "/admin/reviews/tool/add/"
    response = admin_client.post(
        url, form_of(admin_client.get(url)) | new_tool(name="Gamma", slug="old-beta")
    )
    assert response.context["adminform"].form.errors == {
        "slug": ["This is an old address of Beta and leads there: choose another one."]
    }
