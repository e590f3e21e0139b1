"""Facts on a tool's page of the desk: one row per attribute, with its evidence beside the value."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from reviews.models import Attribute, DeskMember, Fact, Revision, Tool
from tests.conftest import SAME_ORIGIN
from tests.factories import make_attribute, make_category, make_fact, make_panel, make_tool
from tests.html_text import assert_in_order, text_of
from tests.integration.test_admin import form_of

pytestmark = pytest.mark.django_db

SOURCE = "https://alpha.example/docs"


@pytest.fixture
def attributes():
    return [
        make_attribute("memory", "decimal", unit="GB", position=1),
        make_attribute("hybrid", "yes_partly_no", position=2),
        make_attribute("index", "choices", choices=[["hnsw", "HNSW"], ["ivf", "IVF"]], position=3),
    ]


@pytest.fixture
def alpha(attributes):
    return make_tool("Alpha", status="draft", published_at=None, facts_checked_on=None)


def page_of(tool):
    return f"/admin/reviews/tool/{tool.pk}/change/"


def row(key, **fields):
    """The posted fields of one row."""
    return {f"facts-{key}-{name}": value for name, value in fields.items()}


def post(client, tool, *rows, **changed):
    data = form_of(client.get(page_of(tool))) | changed
    for each in rows:
        data |= each
    return client.post(page_of(tool), data)


def fact_of(tool, key):
    return Fact.objects.get(tool=tool, attribute__key=key)


def formset_of(response):
    return response.context["inline_admin_formsets"][0].formset


def errors_of(response, key):
    return next(form.errors for form in formset_of(response).forms if form.attribute.key == key)


def test_a_tools_page_has_a_row_for_each_attribute_also_without_a_fact(admin_client, alpha):
    page = admin_client.get(page_of(alpha))
    keys = [form.attribute.key for form in formset_of(page).forms]
    assert keys[:3] == ["memory", "hybrid", "index"]
    assert set(keys[3:]) == set(Attribute.objects.general().values_list("key", flat=True))
    assert_in_order(
        text_of(page), "Facts", "Workshop", "Memory", "GB", "Every tool", "Entry", "Licence", "The panel"
    )
    assert re.search(r'<select name="facts-hybrid-value"', page.text)
    assert page.text.count('type="checkbox" name="facts-index-value"') == 2
    assert re.search(r'<input type="date" name="facts-released-on-value"', page.text)


def test_a_new_tool_shows_the_general_attributes_and_takes_their_facts(admin_client, attributes):
    url = "/admin/reviews/tool/add/"
    page = admin_client.get(url)
    assert {form.attribute.category for form in formset_of(page).forms} == {None}
    typed = {
        "name": "New",
        "category": make_category().pk,
        "kind": "model",
        "tagline": "What",
        "description": "What.",
        "facts-licence-value": "MIT",
    }
    assert admin_client.post(url, form_of(page) | typed).status_code == 302
    tool = Tool.objects.get(name="New")
    assert [(fact.attribute.key, fact.text, fact.state) for fact in tool.facts.all()] == [
        ("licence", "MIT", "given")
    ]


def test_each_type_is_entered_in_its_own_input(admin_client, alpha):
    response = post(
        admin_client,
        alpha,
        row("memory", value="1,024.50"),
        row("hybrid", value="partly"),
        row("index", value=["ivf", "hnsw"]),
        row("monthly-price", value="$20"),
        row("released-on", value="2026-03-01"),
        row("documentation", value="https://alpha.example/docs"),
        row("pricing", value="One\r\nline"),
    )
    assert response.status_code == 302
    texts = dict(Fact.objects.filter(tool=alpha).values_list("attribute__key", "text"))
    assert texts == {
        "entry-price": "Free",
        "memory": "1024.5",
        "hybrid": "partly",
        "index": "hnsw, ivf",
        "monthly-price": "20",
        "released-on": "2026-03-01",
        "documentation": "https://alpha.example/docs",
        "pricing": "One line",
    }
    assert fact_of(alpha, "memory").changed_by == "admin"
    again = form_of(admin_client.get(page_of(alpha)))
    assert (again["facts-index-value"], again["facts-hybrid-value"]) == (["hnsw", "ivf"], "partly")


@pytest.mark.parametrize(
    ("key", "field", "typed", "sentence"),
    [
        ("memory", "value", "much", "Write a number such as 0.5."),
        ("hybrid", "value", "maybe", "Write yes, partly or no."),
        ("index", "value", ["flat"], "flat is none of the choices."),
        ("monthly-price", "value", "-1", "Write an amount of 0 or more, with up to 4 decimals."),
        ("released-on", "value", "yesterday", "Write a day such as 2026-05-31."),
        ("website", "value", "alpha", "Enter a valid URL."),
        ("licence", "source_url", "javascript:alert(1)", "Enter a valid URL."),
        ("licence", "quote", "a" * 301, "Ensure this value has at most 300 characters (it has 301)."),
        ("licence", "looked_at_on", "soon", "Enter a valid date."),
    ],
)
def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(
    admin_client, alpha, key, field, typed, sentence
):
    response = post(admin_client, alpha, row(key, **{field: typed}), row("maker", value="Typed too"))
    assert response.status_code == 200
    assert errors_of(response, key)[field] == [sentence]
    again = form_of(response)
    assert (again[f"facts-{key}-{field}"], again["facts-maker-value"]) == (typed, "Typed too")
    assert not Fact.objects.filter(tool=alpha, attribute__key__in=[key, "maker"]).exists()


def test_a_checked_fact_needs_its_source_and_day_at_their_fields(admin_client, alpha):
    response = post(admin_client, alpha, row("licence", value="MIT", state="checked"))
    assert set(errors_of(response, "licence")) == {"source_url", "looked_at_on"}
    day = timezone.localdate()
    evidence = {"source_url": SOURCE, "looked_at_on": day.isoformat(), "quote": "MIT License"}
    assert (
        post(admin_client, alpha, row("licence", value="MIT", state="checked", **evidence)).status_code == 302
    )
    fact = fact_of(alpha, "licence")
    assert (fact.state, fact.source_url, fact.looked_at_on, fact.quote) == (
        "checked",
        SOURCE,
        day,
        "MIT License",
    )


def test_a_day_to_come_is_refused(admin_client, alpha):
    tomorrow = timezone.localdate() + timedelta(days=1)
    response = post(admin_client, alpha, row("licence", value="MIT", looked_at_on=tomorrow.isoformat()))
    assert errors_of(response, "licence") == {"looked_at_on": ["This day is still to come."]}


def test_a_value_that_changes_without_new_evidence_is_given_and_the_page_says_so(admin_client, alpha):
    make_fact(alpha, "licence", "MIT", timezone.localdate() - timedelta(days=9))
    url = page_of(alpha)
    typed = form_of(admin_client.get(url)) | row("licence", value="Apache 2.0")
    page = admin_client.post(url, typed, follow=True)
    assert fact_of(alpha, "licence").state == "given"
    assert "Now given, not checked: “Licence”. The value changed without another source" in text_of(page)


def test_an_emptied_value_is_not_known_and_the_row_stays(admin_client, alpha):
    assert post(admin_client, alpha, row("entry-price", value="")).status_code == 302
    assert fact_of(alpha, "entry-price").state == "unknown"


def test_an_untouched_page_writes_no_fact(admin_client, alpha):
    before = list(Fact.objects.values())
    assert post(admin_client, alpha).status_code == 302
    assert list(Fact.objects.values()) == before
    assert not Revision.objects.exists()


def test_a_row_that_the_page_did_not_have_is_left_alone(admin_client, alpha):
    typed = form_of(admin_client.get(page_of(alpha))) | {"tagline": "Edited"}
    fact = make_fact(alpha, "hybrid", "yes")
    without = {name: value for name, value in typed.items() if not name.startswith("facts-hybrid")}
    assert admin_client.post(page_of(alpha), without).status_code == 302
    fact.refresh_from_db()
    assert fact.text == "yes"


def test_one_source_serves_all_facts_that_change_unless_a_row_has_its_own(admin_client, alpha):
    day = timezone.localdate() - timedelta(days=1)
    shared = {
        "facts_shared-source_url": SOURCE,
        "facts_shared-looked_at_on": day.isoformat(),
        "facts_shared-state": "checked",
    }
    own = "https://elsewhere.example/"
    response = post(
        admin_client,
        alpha,
        row("licence", value="MIT"),
        row("hybrid", value="yes", source_url=own, state="claimed"),
        **shared,
    )
    assert response.status_code == 302
    licence = fact_of(alpha, "licence")
    hybrid = fact_of(alpha, "hybrid")
    untouched = fact_of(alpha, "entry-price")
    assert (licence.state, licence.source_url, licence.looked_at_on) == ("checked", SOURCE, day)
    assert (hybrid.state, hybrid.source_url, hybrid.looked_at_on) == ("claimed", own, day)
    assert (untouched.state, untouched.source_url) == ("given", "")


def test_a_source_for_all_that_serves_none_or_is_no_address_is_an_error(admin_client, alpha):
    response = post(admin_client, alpha, **{"facts_shared-source_url": SOURCE})
    assert "No fact was changed: change one too" in text_of(response)
    response = post(
        admin_client, alpha, row("licence", value="MIT"), **{"facts_shared-source_url": "no address"}
    )
    assert formset_of(response).shared.errors == {"source_url": ["Enter a valid URL."]}
    assert form_of(response)["facts-licence-value"] == "MIT"


def test_looked_at_today_checks_one_given_fact_with_a_source(admin_client, alpha):
    make_fact(alpha, "licence", "MIT", source_url=SOURCE)
    make_fact(alpha, "maker", "Its maker", source_url=SOURCE)
    response = post(admin_client, alpha, looked_at_today="licence")
    assert (response.status_code, response.url) == (302, f"{page_of(alpha)}#facts")
    today = timezone.localdate()
    assert (fact_of(alpha, "licence").state, fact_of(alpha, "licence").looked_at_on) == ("checked", today)
    assert (fact_of(alpha, "maker").state, fact_of(alpha, "maker").looked_at_on) == ("given", None)
    assert Revision.objects.filter(name="Licence of Alpha", action="changed", editor="admin").exists()


def test_looked_at_today_for_the_whole_tool_leaves_claims_claims_and_facts_without_source_alone(
    admin_client, alpha
):
    make_fact(alpha, "licence", "MIT", source_url=SOURCE)
    make_fact(alpha, "maker", "Its maker", source_url=SOURCE, state="claimed")
    make_fact(alpha, "hybrid", "", source_url=SOURCE)
    page = admin_client.post(
        page_of(alpha),
        form_of(admin_client.get(page_of(alpha))) | {"looked_at_today": "all", "tagline": "Typed too"},
        follow=True,
    )
    assert "2 facts were looked at today." in text_of(page)
    today = timezone.localdate()
    assert {
        fact.attribute.key: (fact.state, fact.looked_at_on)
        for fact in Fact.objects.select_related("attribute")
    } == {
        "licence": ("checked", today),
        "maker": ("claimed", today),
        "hybrid": ("unknown", None),
        "entry-price": ("given", None),
        "pricing": ("given", None),
    }
    assert Tool.objects.get().tagline == "Typed too"


def test_the_key_enter_in_a_field_saves_and_confirms_nothing(admin_client, alpha):
    make_fact(alpha, "licence", "MIT", source_url=SOURCE)
    page = admin_client.get(page_of(alpha)).text
    assert page.index('name="_save"') < page.index('name="looked_at_today"')  # browsers press the first


def test_looked_at_today_without_a_source_is_an_error_at_the_source(admin_client, alpha):
    response = post(admin_client, alpha, looked_at_today="entry-price")
    assert errors_of(response, "entry-price") == {
        "source_url": ["Enter the source that was looked at, and a value."]
    }


def test_a_fact_saved_meanwhile_makes_a_newer_version(admin_client, alpha):
    mine, theirs = (form_of(admin_client.get(page_of(alpha))) for _ in range(2))
    assert admin_client.post(page_of(alpha), theirs | row("licence", value="Theirs")).status_code == 302
    response = admin_client.post(page_of(alpha), mine | row("licence", value="Mine"))
    assert_in_order(
        text_of(response),
        "Somebody saved a newer version",
        "Two versions",
        "Licence: Value",
        "Theirs",
        "Mine",
    )
    assert fact_of(alpha, "licence").text == "Theirs"
    assert admin_client.post(page_of(alpha), form_of(response)).status_code == 302
    assert fact_of(alpha, "licence").text == "Mine"


def test_the_tools_history_shows_a_facts_changes_and_restores_an_earlier_one(admin_client, alpha):
    post(admin_client, alpha, row("licence", value="MIT", source_url=SOURCE))
    post(admin_client, alpha, row("licence", value="Apache 2.0"))
    text = text_of(admin_client.get(f"/admin/reviews/tool/{alpha.pk}/history/"))
    assert_in_order(text, "Licence of Alpha", "Text", "MIT", "Apache 2.0", "Restore this version")
    assert "Changed on" not in text
    created = Revision.objects.get(name="Licence of Alpha", action="created")
    page = f"/admin/reviews/revision/{created.pk}/restore/"
    assert_in_order(
        text_of(admin_client.get(page)), "What restoring it would change now", "Apache 2.0", "MIT"
    )
    response = admin_client.post(page)
    assert response.url == f"/admin/reviews/tool/{alpha.pk}/history/"
    assert fact_of(alpha, "licence").text == "MIT"


def test_the_facts_of_a_deleted_tool_are_restored_after_it(admin_client, alpha):
    admin_client.post(f"/admin/reviews/tool/{alpha.pk}/delete/", {"post": "yes"})
    gone = Revision.objects.get(name="Entry of Alpha", action="deleted")
    page = f"/admin/reviews/revision/{gone.pk}/restore/"
    assert "The tool it belongs to is gone: restore that first." in text_of(admin_client.get(page))
    tool = Revision.objects.get(name="Alpha", action="deleted")
    admin_client.post(f"/admin/reviews/revision/{tool.pk}/restore/")
    assert admin_client.post(page).status_code == 302
    assert fact_of(alpha, "entry-price").text == "Free"


def test_in_another_category_the_former_ones_facts_stay_in_the_history_alone(admin_client, alpha):
    make_fact(alpha, "memory", "8")
    other = make_category("Elsewhere")
    typed = {"category": other.pk, "facts-hybrid-value": "yes"}
    page = admin_client.post(page_of(alpha), form_of(admin_client.get(page_of(alpha))) | typed, follow=True)
    assert "What only the former category asks for is kept in the history alone." in text_of(page)
    assert set(alpha.facts.values_list("attribute__key", flat=True)) == {"entry-price", "pricing"}
    gone = Revision.objects.get(name="Memory of Alpha", action="deleted")
    response = admin_client.post(f"/admin/reviews/revision/{gone.pk}/restore/")
    assert "category does not ask for this attribute" in text_of(response)


def publishing_page(client, tool):
    return text_of(client.get(f"/admin/reviews/tool/{tool.pk}/step/publish/"))


def test_publishing_warns_of_claims_without_a_source(admin_client, alpha):
    make_fact(alpha, "licence", "Open", state="claimed")
    make_fact(alpha, "maker", "Its maker", state="claimed", source_url=SOURCE)
    text = publishing_page(admin_client, alpha)
    assert "Claimed by the maker, without a source: “Licence”. A reader can't look it up." in text


@pytest.mark.parametrize("sourced", [{"source_url": SOURCE}, {"state": "given"}])
def test_publishing_is_silent_where_each_claim_gets_a_source(admin_client, alpha, sourced):
    make_fact(alpha, "licence", "Open", state="claimed")
    assert post(admin_client, alpha, row("licence", **sourced)).status_code == 302
    assert "without a source" not in publishing_page(admin_client, alpha)


def client_of(name, group, **member):
    user = User.objects.create_user(name, password="x", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    if member:
        DeskMember.objects.create(user=user, **member)
    client = Client(headers=SAME_ORIGIN)
    client.force_login(user)
    return client


def test_an_editor_bound_to_a_reviewer_reads_the_facts_and_writes_none(alpha):
    builder = make_panel()[0]
    make_fact(alpha, "index", "hnsw", timezone.localdate())
    client = client_of("bound", "Publisher", reviewer=builder)
    page = client.get(page_of(alpha))
    facts = page.text[page.text.index('id="facts"') : page.text.index('id="panel"')]
    assert not re.search(r"<(select|textarea|button)", facts)
    assert "HNSW" in facts
    assert "https://source.example/facts" in facts
    data = form_of(page) | row("licence", value="Forged", state="given") | {"looked_at_today": "all"}
    client.post(page_of(alpha), data)
    assert set(alpha.facts.values_list("attribute__key", flat=True)) == {"entry-price", "pricing", "index"}
    assert not Revision.objects.exists()


def test_an_editor_of_the_desk_enters_facts_of_drafts_and_reads_those_of_published_tools(alpha):
    client = client_of("desk", "Reviewer's desk")
    assert post(client, alpha, row("licence", value="MIT")).status_code == 302
    published = make_tool("Beta", facts_checked_on=None)
    data = form_of(client.get(page_of(published))) | row("licence", value="Forged", state="given")
    client.post(page_of(published), data)
    assert not Fact.objects.filter(tool=published, attribute__key="licence").exists()
    restore_page = f"/admin/reviews/revision/{Revision.objects.get(name='Licence of Alpha').pk}/restore/"
    assert client.post(restore_page).status_code == 302
    Tool.objects.filter(pk=alpha.pk).update(status="published", published_at=timezone.now())
    assert client.post(restore_page).status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_attributes(admin_client, alpha):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert admin_client.get(page_of(alpha)).status_code == 200
        return len(queries)

    asked()
    before = asked()
    for number in range(20):
        make_attribute(f"more-{number}", "text")
        make_fact(alpha, f"more-{number}", "known")
    assert asked() == before


def test_tools_are_searched_by_maker_and_by_no_other_fact(admin_client):
    make_tool("Alpha", maker="Smithy Works", licence="Harbour", verdicts="ship, ship, skip, ship")
    make_tool("Beta")

    def found(words):
        page = admin_client.get("/admin/reviews/tool/", {"q": words})
        return [tool.name for tool in page.context["cl"].result_list]

    assert found("smithy") == ["Alpha"]
    assert found("alpha works") == ["Alpha"]
    assert found("harbour") == []
