"""A category's and a reviewer's former slug leads to it for ever, in addresses, feeds and saved links."""

import pytest

from reviews.models import Category, FormerCategorySlug, FormerReviewerSlug, Reviewer
from tests.factories import make_category, make_panel, make_tool
from tests.html_text import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def speech():
    category = make_category("Speech")
    make_tool("Alpha", "ship 80, ship 70, skip 20, ship 60", category=category)
    make_tool("Beta", "ship 70, skip 30, ship 60, ship 55", category=category)
    make_tool("Gamma", category=make_category("Vision"))
    return category


def rename(row, slug):
    row = type(row).objects.get(pk=row.pk)
    row.slug = slug
    row.save()
    return row


def leads(client, path):
    response = client.get(path)
    return response.status_code, response.get("Location")


def test_a_categorys_former_address_redirects_for_good_with_its_query(client, speech):
    rename(speech, "voices")
    assert leads(client, "/categories/speech/?sort=name") == (301, "/categories/voices/?sort=name")
    assert leads(client, "/feeds/categories/speech.atom") == (301, "/feeds/categories/voices.atom")
    assert client.get("/categories/voices/").status_code == 200


def test_a_reviewers_former_address_redirects_for_good(client, speech):
    rename(Reviewer.objects.get(slug="skeptic"), "doubter")
    assert leads(client, "/reviewers/skeptic/") == (301, "/reviewers/doubter/")
    assert leads(client, "/feeds/reviewers/skeptic.atom") == (301, "/feeds/reviewers/doubter.atom")


def test_two_changes_lead_to_the_last_and_a_slug_in_use_again_is_no_former_one(client, speech):
    rename(speech, "voices")
    rename(speech, "sound")
    assert leads(client, "/categories/speech/") == (301, "/categories/sound/")
    assert leads(client, "/categories/voices/") == (301, "/categories/sound/")
    rename(speech, "speech")
    assert client.get("/categories/speech/").status_code == 200
    assert set(FormerCategorySlug.objects.values_list("slug", flat=True)) == {"voices", "sound"}


def test_a_slug_that_another_takes_belongs_to_it(client, speech):
    rename(speech, "voices")
    other = Category.objects.get(slug="vision")
    rename(other, "speech")
    assert client.get("/categories/speech/").status_code == 200
    assert not FormerCategorySlug.objects.filter(slug="speech").exists()


def test_saving_without_another_slug_keeps_none(speech):
    Category.objects.get(pk=speech.pk).save()
    make_panel()[0].save()
    assert not FormerCategorySlug.objects.exists()
    assert not FormerReviewerSlug.objects.exists()


def test_a_saved_filter_with_a_former_slug_means_what_it_meant(client, speech):
    rename(speech, "voices")
    for path in ("/tools/?category=speech", "/compare/?category=speech"):
        response = client.get(path)
        assert response.status_code == 200
        assert response.context["form"].errors == {}
        assert response.context["form"].cleaned_data["category"] == "voices"
    assert "Gamma" not in text_of(client.get("/tools/?category=speech"))


def test_saved_weights_with_a_former_slug_mean_what_they_meant(client, speech):
    before = client.get("/compare/alpha-vs-beta/?skeptic=3&no_skip=skeptic").context["form"]
    rename(Reviewer.objects.get(slug="skeptic"), "doubter")
    form = client.get("/compare/alpha-vs-beta/?skeptic=3&no_skip=skeptic").context["form"]
    assert form.errors == {}
    assert form.weights["doubter"] == before.weights["skeptic"] == 3
    assert form.deal_breakers.no_skip_from == ("doubter",)


def test_an_address_that_was_never_one_is_not_found(client, speech):
    for path in ("/categories/nothing/", "/reviewers/nobody/", "/feeds/categories/nothing.atom"):
        assert client.get(path).status_code == 404
