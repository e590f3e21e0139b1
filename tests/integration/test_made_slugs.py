"""Addresses that are made from names, at the desk and in files."""

import pytest

from reviews.models import Attribute, Category, Reviewer, Tool
from tests.factories import make_category
from tests.integration.test_admin import form_of
from tests.integration.test_files import imported, problems

pytestmark = pytest.mark.django_db


def post_new(admin_client, name, slug=""):
    page = admin_client.get("/admin/reviews/tool/add/")
    data = form_of(page) | {"name": name, "slug": slug, "kind": "model", "tagline": "t", "description": "d"}
    data["category"] = make_category().pk
    return admin_client.post("/admin/reviews/tool/add/", data)


def test_the_desk_makes_the_address_of_a_tool_and_asks_where_it_can_not(admin_client):
    for name, slug in [
        ("Visual C++", "visual-c-plus-plus"),
        ("Visual C", "visual-c"),
        ("Łódź 3.5", "lodz-3-5"),
    ]:
        assert post_new(admin_client, name).status_code == 302
        assert Tool.objects.named(name).get().slug == slug
    answer = post_new(admin_client, "DeepSeek 深度")
    assert "No address can be made from this name" in answer.context["adminform"].form.errors["slug"][0]
    assert post_new(admin_client, "DeepSeek 深度", "deepseek-shendu").status_code == 302


@pytest.mark.parametrize(
    ("path", "typed", "model", "slug"),
    [
        ("category", {"name": "C++ & Co", "position": "1"}, Category, "c-plus-plus-and-co"),
        ("reviewer", {"name": "Øre", "position": "9", "motto": "m", "lens": "l"}, Reviewer, "ore"),
        (
            "attribute",
            {"label": "Größe_in GB", "type": "text", "better": "none", "position": "1"},
            Attribute,
            "grosse-in-gb",
        ),
    ],
)
def test_the_desk_makes_other_addresses_too(admin_client, path, typed, model, slug):
    page = admin_client.get(f"/admin/reviews/{path}/add/")
    answer = admin_client.post(f"/admin/reviews/{path}/add/", form_of(page) | typed)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    stored = model.objects.latest("pk")
    assert getattr(stored, "slug", "") or stored.key == slug
    taken = form_of(page) | typed | {"name": "Ore", "position": "10"}
    if path == "reviewer":
        assert admin_client.post("/admin/reviews/reviewer/add/", taken).status_code == 302
        assert Reviewer.objects.latest("pk").slug == "ore-2"


def test_a_file_asks_for_an_address_that_can_not_be_made():
    make_category()
    report = imported("tools", "name,category,kind,tagline,description\nЯндекс GPT,workshop,model,t,d")
    assert [(column, sentence[:20]) for _, column, sentence in problems(report)] == [
        ("slug", "No slug can be made ")
    ]


def test_no_address_is_made_that_still_leads_to_another_category(admin_client):
    shed = make_category("Shed")
    shed.slug = "barn"
    shed.save()
    page = admin_client.get("/admin/reviews/category/add/")
    typed = form_of(page) | {"name": "Shed.", "position": "1"}
    assert admin_client.post("/admin/reviews/category/add/", typed).status_code == 302
    assert Category.objects.latest("pk").slug == "shed-2"
