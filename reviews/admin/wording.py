"""Sentences about the results of `reviews/services/editing`, for the desk."""

from collections.abc import Iterable

from django.utils.text import get_text_list

from reviews.models import Reviewer
from reviews.services.editing.day_warnings import FIRST_DAY, EarlyLook
from reviews.services.editing.duplicates import DuplicateSign
from reviews.services.editing.releases import Release
from reviews.services.editing.restore import MissingParent
from reviews.services.editing.similar_texts import SimilarText
from reviews.services.editing.warnings import (
    FEWEST_WORDS,
    HIGHEST_SKIP,
    LOWEST_SHIP,
    MOST_WORDS,
    UnsourcedClaims,
    VerdictWarning,
    WarningCode,
)

REASON_WANTED = "Say why the decision or the score changed: readers see it on the tool's page."
SCORE_WANTED = "A score is a whole number from 0 to 100, or empty when it is not known."

DUPLICATE_WORDS = {
    DuplicateSign.SAME_LETTERS: "the same name but for spaces, accents and signs",
    DuplicateSign.SAME_WORDS: "the same words in another order",
    DuplicateSign.ONE_LETTER: "a name that differs in one letter",
    DuplicateSign.SAME_WEBSITE: "the same website",
}


def warning_sentence(warning: VerdictWarning, *, is_one_page: bool) -> str:
    """Return a warning as a sentence. `is_one_page`: the verdicts were entered together on one page."""
    number = warning.number
    match warning.code:
        case WarningCode.LOW_SHIP:
            return f"A ship with a score of {number}: readers expect {LOWEST_SHIP} or more."
        case WarningCode.HIGH_SKIP:
            return f"A skip with a score of {number}: readers expect {HIGHEST_SKIP} or less."
        case WarningCode.NO_PICK_IF:
            return "“Pick if” is empty: a comparison shows this ship by its figures alone."
        case WarningCode.MACHINE_MADE:
            return "A machine wrote it and nobody answers for it: readers are told so on its pages."
        case WarningCode.FEW_WORDS:
            plural = "" if number == 1 else "s"
            return f"The text has {number} word{plural}: fewer than {FEWEST_WORDS} say little."
        case WarningCode.MANY_WORDS:
            return f"The text has {number} words: more than {MOST_WORDS} are seldom read."
        case WarningCode.CLAIM_OF_USE:
            return (
                f"“{warning.quote}” claims that somebody used it: "
                "the reviewers are personas and used nothing."
            )
        case WarningCode.BEFORE_METHOD | WarningCode.BEFORE_RELEASE | WarningCode.SAME_DAY:
            return _day_sentence(warning)
        case WarningCode.SIMILAR_TEXT:
            return (
                f"The text is nearly the same as {_verdict_name(warning.similar, is_one_page=is_one_page)}."
            )


def _day_sentence(warning: VerdictWarning) -> str:
    """Return a warning about the day of a verdict as a sentence."""
    day = f"{warning.day:%-d %B %Y}"
    if warning.code == WarningCode.BEFORE_METHOD:
        return f"{day} is before {FIRST_DAY:%-d %B %Y}, when the panel's method began: is the year right?"
    if warning.code == WarningCode.BEFORE_RELEASE and warning.release:
        return (
            f"{day} is before {_release_words(warning.release)}: correct the day, or say which version it "
            "judges."
        )
    return f"Decision or score changed, and the day of the review is still {day}: is that right?"


def _release_words(release: Release) -> str:
    """“the release of 1.2 on 3 March 2026”."""
    version = f" of {release.version}" if release.version else ""
    return f"the release{version} on {release.day:%-d %B %Y}"


def early_look_sentence(look: EarlyLook) -> str:
    day = f"{look.day:%-d %B %Y}"
    if look.released_on:
        return (
            f"“{look.label}” was looked at on {day}, before the release itself on "
            f"{look.released_on:%-d %B %Y}: is that right?"
        )
    return f"“{look.label}” was looked at on {day}, before {FIRST_DAY:%-d %B %Y}: is the year right?"


def _verdict_name(similar: SimilarText | None, *, is_one_page: bool) -> str:
    if similar is None or (similar.is_given and is_one_page):
        return "another text on this page"
    return f"the {similar.text.reviewer} on {similar.text.tool}"


def incomplete_sentence(missing: Iterable[Reviewer]) -> str:
    names = get_text_list([f"the {reviewer}" for reviewer in missing], "and")
    return f"There is no verdict by {names}. Enter what is missing, or tick “Publish incomplete”."


def unsourced_claims_sentence(claims: UnsourcedClaims) -> str:
    names = get_text_list([f"“{label}”" for label in claims.labels], "and")
    return f"Claimed by the maker, without a source: {names}. A reader can't look it up."


def facts_kept_sentence(attribute: str, tools: list[str]) -> str:
    """Say why an attribute stays. `tools` are the names of all that have a value, one at least."""
    count = "1 tool has" if len(tools) == 1 else f"{len(tools)} tools have"
    return f"“{attribute}” stays: {count} a value of it, such as {tools[0]}. Empty them first."


def missing_parent_sentence(parent: MissingParent) -> str:
    """Say why a row can't be restored, and what to do."""
    advice = ": restore that first" if parent.is_recorded else ", so that it can't come back"
    return f"The {parent.name} it belongs to is gone{advice}."
