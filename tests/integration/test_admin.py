"""The editors' desk: a tool with its whole panel on one page."""

import re
from itertools import chain

import pytest
from django.core.exceptions import ValidationError

from reviews.models import Answer, Tool, Verdict
from tests.factories import make_panel, make_tool, paragraph
from tests.html_text import assert_in_order, text_of

pytestmark = pytest.mark.django_db


def form_of(response) -> dict:
    """Return what a browser would send if nothing was changed."""
    data = {}
    context = response.context
    rows = chain.from_iterable(formset.formset.forms for formset in context["inline_admin_formsets"])
    for form in [context["adminform"].form, *rows]:
        for field in form:
            value = field.value()
            if (
                hasattr(field.field, "widget")
                and field.field.widget.__class__.__name__ == "AdminSplitDateTime"
            ):
                day, time = value if isinstance(value, list) else field.field.widget.decompress(value)
                data[f"{field.html_name}_0"] = day or ""
                data[f"{field.html_name}_1"] = time or ""
            else:
                data[field.html_name] = "" if value is None else value
    for formset in context["inline_admin_formsets"]:
        for field in formset.formset.management_form:
            data[field.html_name] = field.value()
    return data


def test_a_tool_is_entered_before_there_is_any_reviewer(admin_client):
    url = f"/admin/reviews/tool/{make_tool('Alpha').pk}/change/"
    page = admin_client.get(url)
    assert "There is nobody to judge it yet" in text_of(page)
    assert admin_client.post(url, form_of(page) | {"tagline": "Edited"}).status_code == 302
    assert Tool.objects.get().tagline == "Edited"


@pytest.fixture
def builder():
    return make_panel()[0]


def test_an_empty_panel_offers_a_form_for_each_reviewer_with_its_questions(admin_client, builder):
    tool = make_tool("Alpha")
    text = text_of(admin_client.get(f"/admin/reviews/tool/{tool.pk}/change/"))
    assert_in_order(
        text,
        "The panel",
        "Builder",
        "Builder's lens",
        "Builder asks 1?",
        "Builder asks 2?",
        "Skeptic",
        "Skeptic asks 1?",
        "Founder",
    )


def test_saving_an_untouched_page_writes_no_verdict(admin_client, builder):
    tool = make_tool("Alpha")
    url = f"/admin/reviews/tool/{tool.pk}/change/"
    assert admin_client.post(url, form_of(admin_client.get(url))).status_code == 302
    assert not Verdict.objects.exists()


def test_a_verdict_and_its_answers_are_entered_together(admin_client, builder):
    tool = make_tool("Alpha")
    url = f"/admin/reviews/tool/{tool.pk}/change/"
    first, second = builder.questions.all()
    assert "verdicts-0-pick_if" in form_of(admin_client.get(url))
    data = form_of(admin_client.get(url)) | {
        "verdicts-0-decision": "ship",
        "verdicts-0-score": "84",
        "verdicts-0-pick_if": "you need a hammer",
        "verdicts-0-body": paragraph("sound"),
        f"verdicts-0-answer_{first.pk}": "A hammer.",
    }
    assert admin_client.post(url, data).status_code == 302
    verdict = Verdict.objects.get()
    assert (verdict.reviewer, verdict.decision, verdict.score) == (builder, "ship", 84)
    assert verdict.pick_if == "you need a hammer"
    assert [(answer.question, answer.text) for answer in verdict.answers.all()] == [(first, "A hammer.")]

    data = form_of(admin_client.get(url)) | {
        f"verdicts-0-answer_{first.pk}": "",
        f"verdicts-0-answer_{second.pk}": "At once.",
    }
    assert admin_client.post(url, data).status_code == 302
    assert [answer.text for answer in Answer.objects.all()] == ["At once."]


def test_a_wrong_score_is_an_error_and_nothing_typed_is_lost(admin_client, builder):
    tool = make_tool("Alpha")
    url = f"/admin/reviews/tool/{tool.pk}/change/"
    data = form_of(admin_client.get(url)) | {
        "verdicts-0-decision": "ship",
        "verdicts-0-score": "101",
        "verdicts-0-body": "Typed.",
    }
    response = admin_client.post(url, data)
    assert response.status_code == 200
    assert "A score is a whole number from 0 to 100" in text_of(response)
    assert "Typed." in text_of(response)
    assert not Verdict.objects.exists()


def test_a_form_cannot_be_turned_into_another_reviewers(admin_client, builder):
    tool = make_tool("Alpha", "ship 84")
    skeptic = make_panel()[1]
    url = f"/admin/reviews/tool/{tool.pk}/change/"
    data = form_of(admin_client.get(url)) | {"verdicts-0-reviewer": skeptic.pk}
    response = admin_client.post(url, data)
    assert response.status_code == 200
    assert "This form belongs to another reviewer" in text_of(response)
    assert Verdict.objects.get().reviewer == builder


def test_a_new_tool_is_entered_with_its_panel(admin_client, builder):
    from tests.factories import make_category

    category = make_category()
    url = "/admin/reviews/tool/add/"
    data = form_of(admin_client.get(url)) | {
        "name": "Gamma",
        "slug": "gamma",
        "category": category.pk,
        "kind": "model",
        "tagline": "What it is",
        "description": "What it does.",
        "entry_price": "Free",
        "pricing": "Free",
        "verdicts-1-decision": "skip",
        "verdicts-1-body": paragraph("not-yet"),
    }
    assert admin_client.post(url, data).status_code == 302
    assert Tool.objects.get(slug="gamma").verdicts.get().reviewer.slug == "skeptic"


def test_a_slug_with_vs_as_a_word_is_refused(admin_client, builder):
    tool = make_tool("Alpha")
    url = f"/admin/reviews/tool/{tool.pk}/change/"
    response = admin_client.post(url, form_of(admin_client.get(url)) | {"slug": "a-vs-b"})
    assert "slug can't hold “vs” as a word" in text_of(response)


def test_a_published_tool_without_a_moment_is_refused(builder):
    tool = make_tool("Alpha")
    tool.published_at = None
    with pytest.raises(ValidationError, match="Say from when on a published tool is to be seen"):
        tool.full_clean()


@pytest.mark.parametrize(
    "path",
    [
        "reviews/tool/",
        "reviews/category/",
        "reviews/reviewer/",
        "reviews/reviewer/add/",
        "comparisons/comparison/",
        "comparisons/comparison/add/",
    ],
)
def test_every_page_of_the_desk_opens_under_the_policy(admin_client, catalogue, path):
    response = admin_client.get(f"/admin/{path}")
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    assert "script-src 'nonce-" in response["Content-Security-Policy"]


def test_a_page_that_is_not_there_may_run_the_scripts_it_brings(admin_client):
    response = admin_client.get("/admin/nothing/")
    assert response.status_code == 404
    scripts = re.findall(r'<script[^>]* integrity="([^"]+)"', response.text)
    assert scripts
    assert all(f"'{script}'" in response["Content-Security-Policy"] for script in scripts)


def test_a_pair_in_the_other_order_is_refused(admin_client):
    from tests.factories import make_comparison

    alpha = make_tool("Alpha")
    beta = make_tool("Beta")
    make_comparison(alpha, beta)
    data = {
        "first": beta.pk,
        "second": alpha.pk,
        "relation": "rivals",
        "note": "",
        "published_at_0": "",
        "published_at_1": "",
    }
    assert "These two are compared already" in text_of(
        admin_client.post("/admin/comparisons/comparison/add/", data)
    )
