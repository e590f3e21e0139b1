"""Days worth a second look, on plain values."""

from datetime import date, timedelta

import pytest

from reviews.admin.wording import early_look_sentence, warning_sentence
from reviews.models import Attribute, Fact
from reviews.services.editing.day_warnings import FIRST_DAY, early_look, verdict_day_warnings
from reviews.services.editing.releases import Release, release_among

TODAY = date(2027, 5, 1)
RELEASE = Release(day=date(2027, 3, 3), version="1.2")


def warning_about(reviewed_on, changed=None, *, version="", release=None, score=80):
    warnings = verdict_day_warnings(
        decision="ship",
        score=score,
        reviewed_on=reviewed_on,
        judged_version=version,
        changed=changed,
        release=release,
        today=TODAY,
    )
    return " ".join(warning_sentence(warning, is_one_page=True) for warning in warnings)


@pytest.mark.parametrize("changed", [None, {"reviewed_on"}, {"reviewed_on", "score"}])
def test_a_day_before_the_method_began_is_asked_about(changed):
    assert "is before 1 November 2026" in warning_about(FIRST_DAY - timedelta(days=1), changed)
    assert warning_about(FIRST_DAY, changed) == ""


@pytest.mark.parametrize(
    ("day", "version", "is_asked"),
    [
        (date(2027, 3, 2), "", True),
        (date(2027, 3, 2), "1.2", True),
        (date(2027, 3, 2), "1.1", False),
        (date(2027, 3, 3), "1.2", False),
    ],
)
def test_a_verdict_before_the_release_that_it_judges_is_asked_about(day, version, is_asked):
    sentence = warning_about(day, None, version=version, release=RELEASE)
    assert sentence.startswith("2 March 2027 is before the release of 1.2 on 3 March 2027") == is_asked


@pytest.mark.parametrize("changed", [{"score"}, {"decision"}, {"decision", "body"}])
def test_a_score_or_decision_that_changes_without_a_new_day_is_asked_about(changed):
    yesterday = TODAY - timedelta(days=1)
    assert "the day of the review is still 30 April 2027" in warning_about(yesterday, changed)
    assert warning_about(yesterday, {*changed, "reviewed_on"}) == ""
    assert warning_about(TODAY, changed) == "", "there is no later day"


@pytest.mark.parametrize("changed", [{"body"}, {"pick_if"}, set()])
def test_another_text_needs_no_new_day_and_an_old_day_is_not_asked_about_again(changed):
    assert warning_about(FIRST_DAY - timedelta(days=1), changed) == ""


def test_another_score_is_asked_about_again():
    def key(score):
        return verdict_day_warnings(
            decision="ship",
            score=score,
            reviewed_on=FIRST_DAY,
            judged_version="",
            changed={"score"},
            release=None,
            today=TODAY,
        )[0].key

    assert key(80) == key(80) != key(81)


def fact(key, looked_at_on, text="1.2"):
    attribute = Attribute(key=key, label=key)
    return Fact(attribute=attribute, text=text, state="checked", looked_at_on=looked_at_on)


@pytest.mark.parametrize(
    ("key", "day", "sentence"),
    [
        ("licence", date(2026, 10, 31), "before 1 November 2026: is the year right?"),
        ("licence", date(2027, 3, 2), ""),
        ("latest-release", date(2027, 3, 2), "before the release itself on 3 March 2027"),
        ("released-on", date(2027, 3, 2), "before the release itself on 3 March 2027"),
        ("released-on", date(2027, 3, 3), ""),
        ("released-on", None, ""),
    ],
)
def test_a_source_looked_at_before_it_can_have_said_so_is_asked_about(key, day, sentence):
    look = early_look(fact=fact(key, day), stored=None, release=RELEASE)
    assert (look is None) == (sentence == "")
    assert look is None or sentence in early_look_sentence(look)
    assert early_look(fact=fact(key, day), stored=fact(key, day), release=RELEASE) is None


def test_the_release_of_a_tool_is_known_by_its_day():
    facts = [fact("latest-release", None), fact("released-on", None, "2027-03-03")]
    assert release_among(facts) == RELEASE
    assert release_among(facts[:1]) is None
    assert release_among(facts[1:]) == Release(day=RELEASE.day)
