"""Errors at the top of a form, each with a link to its field, inside rows too."""

import re

import pytest

from reviews.models import Reviewer
from tests.factories import make_comparison, make_panel, make_tool
from tests.html_text import assert_in_order, text_of
from tests.integration.test_admin import form_of

pytestmark = pytest.mark.django_db


def links_of(response):
    summary = re.search(r'<section class="error-summary".*?</section>', response.text, re.DOTALL)[0]
    return re.findall(r'<a href="#([^"]+)">([^<]+)</a>', summary)


def test_each_error_of_a_tool_links_to_a_field_that_is_there(admin_client):
    make_panel()
    url = f"/admin/reviews/tool/{make_tool('Alpha').pk}/change/"
    wrong = {
        "tagline": "",
        "facts-website-value": "no address",
        "facts_shared-source_url": "no address",
        "verdicts-1-body": "A text without a decision.",
    }
    response = admin_client.post(url, form_of(admin_client.get(url)) | wrong)
    links = links_of(response)
    assert ("id_tagline", "Tagline") in links
    assert ("id_verdicts-1-decision_0", "Skeptic: Decision") in links
    assert ("id_facts_shared-source_url", "Source") in links
    for target, _ in links:
        assert f'id="{target}"' in response.text, target


def test_a_group_of_inputs_is_reached_by_its_first(admin_client):
    comparison = make_comparison(make_tool("Alpha"), make_tool("Beta"))
    url = f"/admin/comparisons/comparison/{comparison.pk}/change/"
    response = admin_client.post(url, form_of(admin_client.get(url)) | {"published_at_0": "no day"})
    assert ("id_published_at_0", "Published at") in links_of(response)
    assert 'id="id_published_at_0"' in response.text


def test_errors_in_rows_of_a_table_name_their_row(admin_client):
    make_panel()
    reviewer = Reviewer.objects.get(slug="builder")
    url = f"/admin/reviews/reviewer/{reviewer.pk}/change/"
    response = admin_client.post(url, form_of(admin_client.get(url)) | {"questions-1-text": ""})
    assert ("id_questions-1-text", "Question 2: Text") in links_of(response)
    assert_in_order(text_of(response), "Not saved: 1 thing to correct", "This field is required.")


def test_a_page_that_only_asks_has_no_summary_of_errors(admin_client):
    make_panel()
    url = f"/admin/reviews/tool/{make_tool('Alpha').pk}/change/"
    typed = {"verdicts-0-decision": "ship", "verdicts-0-body": "Too short."}
    response = admin_client.post(url, form_of(admin_client.get(url)) | typed)
    assert "Nothing is wrong" in text_of(response)
    assert "error-summary" not in response.text


def test_the_jump_list_names_each_reviewer(admin_client):
    make_panel()
    page = admin_client.get(f"/admin/reviews/tool/{make_tool('Alpha', 'ship 84').pk}/change/").text
    jumps = re.search(r'<nav class="jumps".*?</nav>', page, re.DOTALL)[0]
    found = re.findall(r'href="#([^"]+)">(\w+)<', jumps)
    assert [name for _, name in found] == ["Facts", "Builder", "Skeptic", "Futurist", "Founder"]
    assert all(f'id="{target}"' in page for target, _ in found)
