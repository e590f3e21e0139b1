"""Days that an editor should look at twice: too early to be right, or left as they were."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from reviews.models import Fact
from reviews.models.general_attributes import LATEST_RELEASE, RELEASED_ON
from reviews.models.history import JUDGEMENT_FIELDS
from reviews.models.methods import METHOD_VERSIONS
from reviews.services.editing.releases import Release
from reviews.services.editing.warnings import VerdictWarning, WarningCode, warning_key

FIRST_DAY = METHOD_VERSIONS[0].since
"""Nothing was judged or looked at for this site before there was a method to do it by."""


def verdict_day_warnings(
    *,
    decision: str,
    score: int | None,
    reviewed_on: date | None,
    judged_version: str,
    changed: Collection[str] | None,
    release: Release | None,
    today: date,
) -> list[VerdictWarning]:
    """Return the warnings about the day of one verdict, one at most.

    `changed` are its fields that differ from what is stored, None for a new verdict. `release` is the latest
    one that is known of the tool.
    """
    if reviewed_on is None:
        return []
    if changed is None or "reviewed_on" in changed:
        code = _too_early(reviewed_on, judged_version, release)
    elif reviewed_on < today and not JUDGEMENT_FIELDS.isdisjoint(changed):
        code = WarningCode.SAME_DAY
    else:
        code = None
    if code is None:
        return []
    key = warning_key(code, reviewed_on, decision, score, judged_version)
    return [VerdictWarning(code, key=key, day=reviewed_on, release=release)]


def _too_early(reviewed_on: date, judged_version: str, release: Release | None) -> WarningCode | None:
    """A verdict on another release than the latest, named as such, may well be older than the latest."""
    if reviewed_on < FIRST_DAY:
        return WarningCode.BEFORE_METHOD
    if release and reviewed_on < release.day and judged_version in ("", release.version):
        return WarningCode.BEFORE_RELEASE
    return None


@dataclass(frozen=True, slots=True)
class EarlyLook:
    """A source of a fact that was looked at before it can have said so."""

    key: str
    """The same as long as fact and day are."""
    label: str
    """Of the attribute."""
    day: date
    released_on: date | None = None
    """The day of the release that the source tells of; None where the day is before all work on the site."""


def early_look(*, fact: Fact, stored: Fact | None, release: Release | None) -> EarlyLook | None:
    """Return the doubt about the day of `fact`, whose attribute is loaded; None without any.

    `stored` is the fact as it is stored: a day that stays is not asked about again.
    """
    day = fact.looked_at_on
    if day is None or (stored is not None and stored.looked_at_on == day):
        return None
    attribute = fact.attribute
    is_of_release = attribute.is_general and attribute.key in (LATEST_RELEASE, RELEASED_ON)
    released_on = release.day if release and is_of_release and day < release.day else None
    if released_on is None and day >= FIRST_DAY:
        return None
    key = warning_key("early-look", attribute.key, fact.text, day)
    return EarlyLook(key=key, label=attribute.label, day=day, released_on=released_on)
