"""What becomes of a fact that an editor changes: no value is called checked that nobody checked."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from reviews.models import Attribute, Fact, Tool
from reviews.services.editing.warnings import unsourced_claims
from reviews.services.facts.save import Evidence, changed_fact, confirm_unchanged, is_worth_saving
from tests.unit.unsaved_factories import CATEGORY

TOOL = Tool(pk=1, name="Alpha", category=CATEGORY)
LICENCE = Attribute(pk=1, key="licence", label="Licence", type="text")
MEMORY = Attribute(pk=2, key="memory", label="Memory", type="decimal", unit="GB", category=CATEGORY)
SOURCE = "https://alpha.example/licence"
DAY = date(2026, 3, 1)
TODAY = date(2026, 6, 1)
CHECKED = Evidence("checked", SOURCE, "MIT License", DAY)


def stored(value="MIT", evidence=CHECKED):
    fact = Fact(
        pk=7,
        tool=TOOL,
        attribute=LICENCE,
        state=evidence.state,
        source_url=evidence.source_url,
        quote=evidence.quote,
        looked_at_on=evidence.looked_at_on,
    )
    fact._state.adding = False
    fact.set_value(value)
    return fact


def changed(before, value, evidence, attribute=LICENCE):
    return changed_fact(stored=before, tool=TOOL, attribute=attribute, value=value, evidence=evidence)


def test_a_value_that_changes_without_new_evidence_is_given_not_checked():
    fact = changed(stored(), "Apache 2.0", CHECKED)
    assert (fact.state, fact.quote, fact.looked_at_on) == ("given", "", None)
    assert fact.source_url == SOURCE
    assert fact.pk == 7


@pytest.mark.parametrize(
    "evidence",
    [
        replace(CHECKED, source_url="https://alpha.example/other"),
        replace(CHECKED, quote="Apache License"),
        replace(CHECKED, looked_at_on=TODAY),
    ],
)
def test_a_value_that_changes_with_new_evidence_stays_checked(evidence):
    assert changed(stored(), "Apache 2.0", evidence).state == "checked"


@pytest.mark.parametrize(
    "evidence",
    [
        replace(CHECKED, source_url=""),
        replace(CHECKED, quote=""),
        replace(CHECKED, looked_at_on=None),
        replace(CHECKED, looked_at_on=date(2026, 2, 1)),
    ],
)
def test_evidence_that_is_taken_away_or_older_is_no_new_evidence(evidence):
    assert changed(stored(), "Apache 2.0", evidence).state == "given"


def test_a_state_alone_is_no_evidence():
    before = stored(evidence=replace(CHECKED, state="claimed"))
    assert changed(before, "Apache 2.0", CHECKED).state == "given"


def test_a_claim_whose_value_changes_is_given_unless_the_editor_says_that_it_is_claimed():
    claimed = replace(CHECKED, state="claimed")
    assert changed(stored(evidence=claimed), "Apache 2.0", claimed).state == "given"
    assert changed(stored(evidence=replace(CHECKED, state="given")), "Apache 2.0", claimed).state == "claimed"


def test_a_value_that_stays_keeps_its_state_and_takes_any_other():
    assert changed(stored(), " MIT ", CHECKED).state == "checked"
    assert changed(stored(evidence=Evidence()), "MIT", CHECKED).state == "checked"


def test_an_empty_value_is_unknown_whatever_was_chosen():
    fact = changed(stored(), "  ", CHECKED)
    assert (fact.state, fact.text, fact.quote, fact.looked_at_on) == ("unknown", "", "", None)


def test_a_value_with_the_state_unknown_is_given():
    assert changed(None, "MIT", Evidence("unknown")).state == "given"


def test_a_new_fact_is_checked_when_it_is_entered_with_its_evidence():
    fact = changed(None, "MIT", CHECKED)
    assert fact._state.adding
    fact.clean()
    assert fact.state == "checked"


def test_a_value_of_the_wrong_type_is_refused_with_a_sentence():
    with pytest.raises(ValidationError, match=r"Write a number such as 0\.5\."):
        changed(None, "much", Evidence(), attribute=MEMORY)


def test_a_checked_fact_without_source_or_day_is_refused_at_its_fields():
    with pytest.raises(ValidationError) as refusal:
        changed(None, "MIT", Evidence("checked")).clean()
    assert set(refusal.value.error_dict) == {"source_url", "looked_at_on"}


def test_a_fact_of_another_category_is_refused():
    other = Tool(pk=2, name="Beta", category_id=9)
    fact = changed_fact(stored=None, tool=other, attribute=MEMORY, value="8", evidence=Evidence())
    with pytest.raises(ValidationError, match="category does not ask for this attribute"):
        fact.clean()


@pytest.mark.parametrize(
    ("state", "after"), [("given", "checked"), ("checked", "checked"), ("claimed", "claimed")]
)
def test_looked_at_today_checks_what_was_given_and_leaves_a_claim_a_claim(state, after):
    fact = stored(evidence=replace(CHECKED, state=state))
    assert confirm_unchanged(fact=fact, today=TODAY)
    assert (fact.state, fact.looked_at_on) == (after, TODAY)


@pytest.mark.parametrize("fact", [stored(evidence=Evidence()), stored("", CHECKED)])
def test_looked_at_today_needs_a_source_and_a_value(fact):
    before = (fact.state, fact.looked_at_on)
    assert not confirm_unchanged(fact=fact, today=TODAY)
    assert (fact.state, fact.looked_at_on) == before


def test_a_new_fact_that_says_nothing_is_not_worth_saving():
    assert not is_worth_saving(changed(None, "", Evidence("given")))
    assert is_worth_saving(changed(None, "", Evidence("given", SOURCE)))
    assert is_worth_saving(changed(stored(), "", Evidence()))


def test_claims_without_a_source_are_named_and_their_key_follows_the_claim():
    sourced = stored(evidence=replace(CHECKED, state="claimed"))
    bare = stored("Fastest", evidence=Evidence("claimed"))
    assert unsourced_claims([sourced, stored(evidence=Evidence())]) is None
    warning = unsourced_claims([sourced, bare])
    assert warning.labels == ("Licence",)
    assert warning.key == unsourced_claims([bare]).key
    assert warning.key != unsourced_claims([stored("Smallest", evidence=Evidence("claimed"))]).key
