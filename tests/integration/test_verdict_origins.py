"""How a verdict was made, who answers for it, and which version of the tool it judged."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from comparisons.services.compare.headline import newer_release
from comparisons.templatetags.origin_wording import origin_sentences
from reviews.models import Authorship, Basis, Revision, Verdict
from reviews.models.methods import METHOD_VERSIONS, current_method, method_on
from reviews.services.counting.origins import origins
from reviews.services.editing.warnings import WarningCode, verdict_warnings
from tests.factories import make_comparison, make_tool
from tests.html_text import text_of

DAYS = st.dates(date(2026, 1, 1), date(2027, 1, 1))


def test_a_new_verdict_gets_the_newest_method():
    assert Verdict().method_version == current_method() == METHOD_VERSIONS[-1].number


def test_each_day_has_the_method_that_was_in_force():
    first, second = METHOD_VERSIONS[:2]
    assert method_on(first.since.replace(year=2020)) == first.number
    assert method_on(first.since) == first.number
    assert method_on(second.since) == second.number


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"), [("basis", "hearsay"), ("authorship", "nobody"), ("method_version", "")]
)
def test_the_database_refuses_what_is_none_of_the_choices(field, value):
    make_tool("Alpha", "ship")
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.update(**{field: value})


@pytest.mark.django_db
def test_verdicts_made_alike_are_told_together_and_others_apart(client):
    tool = make_tool("Alpha", "ship, ship, skip, ship")
    make_comparison(tool, make_tool("Beta", "ship, ship, ship, ship"))
    Verdict.objects.filter(tool=tool).update(authorship=Authorship.HAND, answered_for_by="Ada Example")
    Verdict.objects.filter(tool=tool, reviewer__slug="skeptic").update(
        authorship=Authorship.MACHINE, answered_for_by="", basis=Basis.BENCHMARK, basis_note="retrieval"
    )
    for path in ("/tools/alpha/", "/compare/alpha-vs-beta/"):
        text = text_of(client.get(path))
        assert (
            "Of the Builder, the Futurist and the Founder: method 2, documents read, written by hand; "
            "Ada Example answers for it." in text
        )
        assert (
            "Of the Skeptic: method 2, benchmark of retrieval, written by a machine; "
            "nobody answers for it by name." in text
        )


@pytest.mark.django_db
def test_one_way_for_all_is_one_sentence():
    tool = make_tool("Alpha", "ship, ship, skip, ship")
    made = origins(tool.verdicts.select_related("reviewer"))
    assert origin_sentences(made) == [
        f"Method {current_method()}, documents read, how it was written is not said; "
        "nobody answers for it by name."
    ]


@pytest.mark.django_db
def test_the_sample_says_that_a_machine_wrote_it(client, catalogue):
    assert "written by a machine; nobody answers for it by name" in text_of(client.get("/tools/qdrant/"))


@pytest.mark.parametrize(
    ("authorship", "name", "is_warned"),
    [
        (Authorship.MACHINE, "", True),
        (Authorship.MACHINE, "Ada Example", False),
        (Authorship.HAND, "", False),
    ],
)
def test_a_machines_text_that_nobody_answers_for_is_warned_about(authorship, name, is_warned):
    warnings = verdict_warnings(
        decision="skip", score=10, body="word " * 60, pick_if="", authorship=authorship, answered_for_by=name
    )
    assert (WarningCode.MACHINE_MADE in {warning.code for warning in warnings}) == is_warned


@pytest.mark.django_db
def test_the_versions_of_the_method_have_a_page(client):
    text = text_of(client.get("/methodology/versions/"))
    for version in METHOD_VERSIONS:
        assert f"Method {version.number} Since {version.since.day} {version.since:%B %Y}" in text


@given(DAYS, DAYS)
def test_a_release_is_newer_only_where_it_came_out_after_the_judging(judged_on, released_on):
    days = newer_release(
        judged_version="0.9", judged_on=judged_on, released_version="1.0", released_on=released_on
    )
    assert days == ((released_on - judged_on).days if released_on > judged_on else None)


@pytest.mark.parametrize(("judged", "released"), [("", "1.0"), ("0.9", ""), ("1.0", "1.0")])
def test_without_two_different_versions_nothing_is_newer(judged, released):
    days = {"judged_on": date(2026, 1, 4), "released_on": date(2026, 1, 16)}
    assert newer_release(judged_version=judged, released_version=released, **days) is None


@pytest.mark.django_db
def test_the_answer_says_that_another_version_came_out(client):
    tool = make_tool("Alpha", "ship, ship", latest_release="1.0", released_on="2026-01-16")
    make_comparison(tool, make_tool("Beta", "ship, ship"))
    Verdict.objects.filter(tool=tool).update(judged_version="0.9")
    assert "Alpha was judged at 0.9; 1.0 came out 12 days later" in text_of(
        client.get("/compare/alpha-vs-beta/")
    )


@pytest.mark.django_db
def test_an_export_and_an_import_keep_how_verdicts_were_made(tmp_path):
    make_tool("Alpha", "ship, skip")
    made = {
        "judged_version": "0.9",
        "method_version": "1",
        "basis": Basis.BENCHMARK,
        "basis_note": "retrieval",
        "authorship": Authorship.DRAFTED,
        "answered_for_by": "Ada Example",
    }
    Verdict.objects.filter(reviewer__slug="builder").update(**made)
    before = list(Verdict.objects.order_by("pk").values())
    file = str(tmp_path / "verdicts.yaml")
    call_command("export_catalogue", "verdicts", file, verbosity=0)
    Verdict.objects.filter(reviewer__slug="builder").update(answered_for_by="", basis_note="")
    call_command("import_catalogue", "verdicts", file, "--write", verbosity=0)
    assert list(Verdict.objects.order_by("pk").values()) == before
    changed = Revision.objects.filter(model="reviews.verdict", action="changed").latest("pk")
    assert changed.changes["answered_for_by"] == ["", "Ada Example"]


@pytest.mark.django_db
def test_a_version_of_the_method_that_does_not_exist_is_refused():
    make_tool("Alpha", "ship")
    verdict = Verdict.objects.get()
    verdict.method_version = "7"
    with pytest.raises(ValidationError, match="There is no such version"):
        verdict.full_clean()


@pytest.mark.django_db
def test_the_judged_version_is_told(client):
    make_tool("Alpha", "ship, ship")
    Verdict.objects.update(judged_version="0.9")
    assert "Version 0.9 judged, method 2" in text_of(client.get("/tools/alpha/"))
