"""Days to come are refused everywhere, and days that can't be right are asked about once."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from reviews.models import Fact, Revision, Verdict
from reviews.services.editing import history
from tests.factories import SOURCE, make_fact, make_panel, make_tool, paragraph
from tests.html_text import text_of
from tests.integration.test_admin import form_of
from tests.integration.test_fact_entry import errors_of, fact_of, page_of, post, row
from tests.integration.test_files import csv, imported, problems
from tests.integration.test_verdict_entry import seen_in

pytestmark = pytest.mark.django_db

TO_COME = "This day is still to come."


def tomorrow() -> str:
    return (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.fixture
def alpha():
    make_panel()
    tool = make_tool("Alpha", "ship 84")
    Verdict.objects.update(body=paragraph("text"))
    return tool


def enter(client, tool, **fields):
    """Send the tool's page with fields of the Builder's verdict."""
    typed = {f"verdicts-0-{name}": value for name, value in fields.items()}
    return client.post(page_of(tool), form_of(client.get(page_of(tool))) | typed)


def send_again(client, tool, response):
    return client.post(page_of(tool), form_of(response) | {"warnings_seen": seen_in(response)})


# --- Days to come -------------------------------------------------------------------------------------------


def test_the_desk_refuses_a_verdict_of_tomorrow(admin_client, alpha):
    response = enter(admin_client, alpha, reviewed_on=tomorrow())
    form = response.context["inline_admin_formsets"][-1].formset.forms[0]
    assert form.errors == {"reviewed_on": [TO_COME]}
    assert enter(admin_client, alpha, reviewed_on=timezone.localdate().isoformat()).status_code == 302


def test_the_desk_refuses_a_shared_day_of_looking_that_is_to_come(admin_client, alpha):
    shared = {"facts_shared-looked_at_on": tomorrow(), "facts_shared-source_url": SOURCE}
    response = post(admin_client, alpha, row("licence", value="MIT"), shared)
    formset = response.context["inline_admin_formsets"][0].formset
    assert formset.shared.errors == {"looked_at_on": [TO_COME]}


def test_the_desk_refuses_a_release_of_tomorrow(admin_client, alpha):
    response = post(admin_client, alpha, row("released-on", value=tomorrow()))
    assert errors_of(response, "released-on") == {"value": [TO_COME]}


def test_an_import_refuses_days_to_come(alpha):
    report = imported("verdicts", csv("tool,reviewer,reviewed_on", f"alpha,builder,{tomorrow()}"))
    assert problems(report) == [(2, "reviewed_on", TO_COME)]
    head = "tool,category,key,value,state,source_url,looked_at_on"
    report = imported("facts", csv(head, f"alpha,,licence,MIT,checked,{SOURCE},{tomorrow()}"))
    assert problems(report) == [(2, "looked_at_on", TO_COME)]
    report = imported("facts", csv("tool,category,key,value", f"alpha,,released-on,{tomorrow()}"))
    assert problems(report) == [(2, "value", TO_COME)]


def test_the_models_own_check_refuses_days_to_come(alpha):
    verdict = Verdict.objects.get()
    verdict.reviewed_on = date.fromisoformat(tomorrow())
    with pytest.raises(ValidationError, match=TO_COME):
        verdict.full_clean()
    fact = make_fact(alpha, "licence", "MIT", date.fromisoformat(tomorrow()))
    with pytest.raises(ValidationError, match=TO_COME):
        fact.full_clean()


# --- Days to look at twice ----------------------------------------------------------------------------------


def test_a_day_too_early_is_asked_about_once(admin_client, alpha):
    response = enter(admin_client, alpha, reviewed_on="2016-12-01")
    assert "1 December 2016 is before 1 November 2026, when the panel's method began" in text_of(response)
    assert "Nothing is wrong" in text_of(response)
    assert send_again(admin_client, alpha, response).status_code == 302
    assert Verdict.objects.get().reviewed_on == date(2016, 12, 1)


def test_a_verdict_before_the_known_release_is_asked_about(admin_client, alpha):
    make_fact(alpha, "latest-release", "1.2")
    make_fact(alpha, "released-on", "2026-11-20")
    response = enter(admin_client, alpha, reviewed_on="2026-11-19")
    assert "19 November 2026 is before the release of 1.2 on 20 November 2026" in text_of(response)
    assert enter(admin_client, alpha, reviewed_on="2026-11-19", judged_version="1.1").status_code == 302


def test_a_score_that_changes_without_a_new_day_is_asked_about_once(admin_client, alpha):
    typed = {"score": "70", "reason": "The licence."}
    response = enter(admin_client, alpha, **typed)
    assert "the day of the review is still 4 January 2026" in text_of(response)
    assert Verdict.objects.get().score == 84
    assert send_again(admin_client, alpha, response).status_code == 302
    assert Verdict.objects.get().score == 70
    today = timezone.localdate().isoformat()
    assert enter(admin_client, alpha, score="71", reason="More.", reviewed_on=today).status_code == 302
    assert enter(admin_client, alpha, score="72", reason="More.").status_code == 302, "no later day is left"


def test_a_source_looked_at_too_early_is_asked_about_once(admin_client, alpha):
    evidence = {"state": "checked", "source_url": SOURCE, "looked_at_on": "2016-11-28"}
    response = post(admin_client, alpha, row("licence", value="MIT", **evidence))
    assert "“Licence” was looked at on 28 November 2016" in text_of(response)
    assert 'id="facts-warnings"' in response.text
    assert not Fact.objects.filter(attribute__key="licence").exists()
    assert send_again(admin_client, alpha, response).status_code == 302
    assert fact_of(alpha, "licence").looked_at_on == date(2016, 11, 28)
    assert post(admin_client, alpha, row("licence", quote="MIT")).status_code == 302, "the day stays"


def test_an_import_warns_of_the_same_days(alpha):
    head = "tool,reviewer,score,reviewed_on,reason"
    (change,) = imported("verdicts", csv(head, "alpha,builder,84,2016-12-01,")).changes
    assert any("when the panel's method began" in sentence for sentence in change.warnings)
    (change,) = imported("verdicts", csv(head, "alpha,builder,70,2016-12-01,Why.")).changes
    assert any("is still 1 December 2016" in sentence for sentence in change.warnings)
    facts = csv(
        "tool,category,key,value,state,source_url,looked_at_on",
        f"alpha,,latest-release,1.2,checked,{SOURCE},2026-11-19",
        f"alpha,,released-on,2026-11-20,checked,{SOURCE},2026-11-20",
        f"alpha,,licence,MIT,checked,{SOURCE},2016-11-20",
    )
    release, day, licence = imported("facts", facts).changes
    assert ["before the release itself" in "".join(each.warnings) for each in (release, day)] == [True, False]
    assert "is the year right?" in licence.warnings[0]


def test_a_restored_verdict_keeps_its_old_day_without_a_question(admin_client, alpha):
    verdict = Verdict.objects.get()
    verdict.reviewed_on = timezone.localdate()
    history.save(row=verdict, by="ada")
    found = Revision.objects.get(action="found")
    assert admin_client.post(f"/admin/reviews/revision/{found.pk}/restore/").status_code == 302
    assert Verdict.objects.get().reviewed_on == date(2026, 1, 4)
