"""Attributes at the desk: an editor says what is asked of a category's tools, and facts never lose their
ground."""

import pytest

from reviews.models import Attribute, Fact, Revision
from tests.factories import make_attribute, make_category, make_fact, make_tool
from tests.html_text import assert_in_order, text_of
from tests.integration.test_admin import form_of

pytestmark = pytest.mark.django_db

ADD = "/admin/reviews/attribute/add/"


def page_of(attribute):
    return f"/admin/reviews/attribute/{attribute.pk}/change/"


def post(client, url, **changed):
    return client.post(url, form_of(client.get(url)) | changed)


def errors_of(response):
    return response.context["adminform"].form.errors


@pytest.fixture
def index():
    return make_attribute("index", "choices", choices=[["hnsw", "HNSW"], ["ivf", "IVF"]])


def test_an_attribute_is_entered_with_its_choices_one_a_line(admin_client):
    response = post(
        admin_client,
        ADD,
        category=make_category().pk,
        label="Index types",
        key="index-types",
        type="choices",
        choices="hnsw: HNSW\r\n\r\n ivf :IVF: inverted file ",
    )
    assert response.status_code == 302
    attribute = Attribute.objects.get(key="index-types")
    assert attribute.choices == [["hnsw", "HNSW"], ["ivf", "IVF: inverted file"]]
    assert form_of(admin_client.get(page_of(attribute)))["choices"] == "hnsw: HNSW\nivf: IVF: inverted file"
    assert post(admin_client, page_of(attribute), label="Indexes").status_code == 302
    assert_in_order(text_of(admin_client.get("/admin/reviews/attribute/?q=index")), "Indexes", "index-types")


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"choices": "hnsw"}, "choices", "Write a value, a colon and its words: “hnsw: …”."),
        ({"choices": ""}, "choices", "A choice of several needs its choices, and nothing else has them."),
        ({"choices": "hnsw: HNSW\nhnsw: Again"}, "choices", "Write pairs such as"),
        ({"key": "licence"}, "key", "A general attribute has this key: choose another one."),
        ({"key": "Two Words"}, "key", "Enter a valid “slug”"),
        (
            {"type": "text", "choices": "", "better": "higher"},
            "__all__",
            "Only of two numbers one is the better.",
        ),
    ],
)
def test_a_wrong_attribute_is_refused_with_a_sentence_at_its_field(admin_client, changed, field, sentence):
    usual = {"category": make_category().pk, "label": "Index", "key": "index", "type": "choices"}
    response = post(admin_client, ADD, **usual | {"choices": "hnsw: HNSW"} | changed)
    assert response.status_code == 200
    assert sentence in " ".join(errors_of(response)[field])


def test_a_general_attribute_takes_no_key_of_a_categorys(admin_client, index):
    response = post(admin_client, ADD, label="Index", key="index")
    assert errors_of(response) == {"key": ["Another attribute has this key: choose another one."]}


def test_a_general_attribute_keeps_what_code_relies_on_and_is_not_deleted(admin_client):
    licence = Attribute.objects.general().get(key="licence")
    page = admin_client.get(page_of(licence))
    fields = set(page.context["adminform"].form.fields)
    assert fields == {"label", "help_text", "is_deal_breaker", "position", "version", "shown"}
    forged = {"key": "other", "type": "integer", "category": make_category().pk}
    assert (
        admin_client.post(page_of(licence), form_of(page) | forged | {"label": "Licensed"}).status_code == 302
    )
    licence.refresh_from_db()
    assert (licence.label, licence.key, licence.type, licence.category) == (
        "Licensed",
        "licence",
        "text",
        None,
    )
    assert f"{licence.pk}/delete/" not in page.text
    delete = {"post": "yes"}
    assert admin_client.post(f"/admin/reviews/attribute/{licence.pk}/delete/", delete).status_code == 403
    many = delete | {"action": "delete_selected", "_selected_action": [licence.pk]}
    assert admin_client.post("/admin/reviews/attribute/", many).status_code == 403
    assert Attribute.objects.filter(pk=licence.pk).exists()


def test_an_attribute_of_which_tools_have_values_is_not_deleted(admin_client, index):
    make_fact(make_tool("Alpha"), "index", "hnsw")
    make_fact(make_tool("Beta"), "index", "ivf")
    url = f"/admin/reviews/attribute/{index.pk}/delete/"
    sentence = "“Index” stays: 2 tools have a value of it, such as Alpha. Empty them first."
    assert sentence in text_of(admin_client.get(url))
    assert sentence in text_of(admin_client.post(url, {"post": "yes"}))
    many = {"action": "delete_selected", "_selected_action": [index.pk], "post": "yes"}
    assert sentence in text_of(admin_client.post("/admin/reviews/attribute/", many))
    assert Attribute.objects.filter(pk=index.pk).exists()


def test_facts_that_are_not_known_go_with_their_attribute_and_stay_in_the_history(admin_client, index):
    make_fact(make_tool("Alpha"), "index", "")
    response = admin_client.post(f"/admin/reviews/attribute/{index.pk}/delete/", {"post": "yes"})
    assert response.status_code == 302
    assert not Attribute.objects.filter(pk=index.pk).exists()
    assert not Fact.objects.filter(attribute=index.pk).exists()
    gone = Revision.objects.get(name="Index of Alpha", action="deleted")
    page = admin_client.get(f"/admin/reviews/revision/{gone.pk}/restore/")
    assert "The attribute it belongs to is gone, so that it can't come back." in text_of(page)


def test_an_attribute_does_not_change_from_under_its_facts(admin_client, index):
    make_fact(make_tool("Alpha"), "index", "hnsw")
    elsewhere = make_category("Elsewhere").pk
    for changed, field in (
        ({"type": "text", "choices": ""}, "type"),
        ({"category": elsewhere}, "category"),
        ({"choices": "ivf: IVF"}, "choices"),
    ):
        assert set(errors_of(post(admin_client, page_of(index), **changed))) == {field}
    more = "hnsw: Graph\nflat: Flat"  # words may change, an unused choice may go, another may come
    assert post(admin_client, page_of(index), choices=more).status_code == 302


def test_an_attribute_has_a_version(admin_client, index):
    mine, theirs = (form_of(admin_client.get(page_of(index))) for _ in range(2))
    assert admin_client.post(page_of(index), theirs | {"label": "Theirs"}).status_code == 302
    response = admin_client.post(page_of(index), mine | {"label": "Mine"})
    assert_in_order(text_of(response), "Two versions", "Label", "Theirs", "Mine")
    assert admin_client.post(page_of(index), form_of(response)).status_code == 302
