"""What an editor should look at twice. None of it is an error.

Score and decision should agree, a text should be one paragraph and nobody else's, and nothing should read
like a consumer's review: the reviewers are personas and used nothing.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import chain

from reviews.models import Authorship, Decision, Fact
from reviews.services.editing.releases import Release
from reviews.services.editing.similar_texts import SimilarText

LOWEST_SHIP = 50
HIGHEST_SKIP = 60
FEWEST_WORDS = 40
MOST_WORDS = 200

CLAIM_OF_USE = re.compile(
    r"\b(?:I|we)(?:['’](?:ve|d)| have| had)?(?: \w+){0,2} "
    r"(?:used?|using|tried|try|tested?|ran|run|built|deployed?|installed?|shipped|bought|benchmarked|paid|switched|migrated)\b"
    r"|\b(?:in|from) (?:my|our) (?:own )?(?:tests?|testing|experience|hands|use|team|projects?|work)\b"
    r"|\b(?:my|our) (?:team|company|users|workflow|codebase|set-?up)\b"
    r"|\b(?:hands-on|after (?:\w+ ){1,3}(?:days|weeks|months|years) (?:with|of using))\b",
    re.IGNORECASE,
)


class WarningCode(StrEnum):
    LOW_SHIP = "low-ship"
    HIGH_SKIP = "high-skip"
    NO_PICK_IF = "no-pick-if"
    FEW_WORDS = "few-words"
    MANY_WORDS = "many-words"
    SIMILAR_TEXT = "similar-text"
    CLAIM_OF_USE = "claim-of-use"
    MACHINE_MADE = "machine-made"
    """Article 50(4) of the EU's AI Act asks that readers be told, unless somebody answers for the text."""
    BEFORE_METHOD = "before-method"
    BEFORE_RELEASE = "before-release"
    SAME_DAY = "same-day"


@dataclass(frozen=True, slots=True)
class VerdictWarning:
    code: WarningCode
    key: str
    """Stays the same while the text it warns of does."""
    number: int = 0
    """The score, or the number of words."""
    quote: str = ""
    similar: SimilarText | None = None
    day: date | None = None
    """The doubtful day."""
    release: Release | None = None


def verdict_warnings(
    *,
    decision: str,
    score: int | None,
    body: str,
    pick_if: str,
    authorship: str = Authorship.NOT_SAID,
    answered_for_by: str = "",
    answers: tuple[str, ...] = (),
    similar: SimilarText | None = None,
) -> list[VerdictWarning]:
    """Return the warnings about one verdict. `similar` is the text most like its body."""
    found: list[tuple[WarningCode, int]] = []
    if decision == Decision.SHIP and score is not None and score < LOWEST_SHIP:
        found.append((WarningCode.LOW_SHIP, score))
    if decision == Decision.SKIP and score is not None and score > HIGHEST_SKIP:
        found.append((WarningCode.HIGH_SKIP, score))
    if decision == Decision.SHIP and not pick_if.strip():
        found.append((WarningCode.NO_PICK_IF, 0))
    if authorship == Authorship.MACHINE and not answered_for_by.strip():
        found.append((WarningCode.MACHINE_MADE, 0))
    words = count_words(body)
    if words < FEWEST_WORDS:
        found.append((WarningCode.FEW_WORDS, words))
    if words > MOST_WORDS:
        found.append((WarningCode.MANY_WORDS, words))
    warnings = [
        VerdictWarning(code, key=warning_key(code, decision, score, body, pick_if), number=number)
        for code, number in found
    ]
    if similar:
        key = warning_key(WarningCode.SIMILAR_TEXT, similar.text, decision, score, body)
        warnings.append(VerdictWarning(WarningCode.SIMILAR_TEXT, key=key, similar=similar))
    return warnings + claims_of_use(body, pick_if, *answers)


def claims_of_use(*texts: str) -> list[VerdictWarning]:
    """Return a warning for each claim such as “I used” or “in our tests”."""
    claims = chain.from_iterable(map(CLAIM_OF_USE.finditer, texts))
    quotes = dict.fromkeys(claim.group() for claim in claims)
    return [
        VerdictWarning(WarningCode.CLAIM_OF_USE, key=warning_key(quote, *texts), quote=quote)
        for quote in quotes
    ]


@dataclass(frozen=True, slots=True)
class UnsourcedClaims:
    """Claims of a maker that lead to no source."""

    key: str
    """The same as long as the claims are."""
    labels: tuple[str, ...]
    """Of their attributes."""


def unsourced_claims(facts: Iterable[Fact]) -> UnsourcedClaims | None:
    """Return the claims without a source among `facts`, whose attributes are loaded; None without any."""
    claims = [fact for fact in facts if fact.is_claimed and not fact.source_url]
    if not claims:
        return None
    key = warning_key("unsourced", *(f"{fact.attribute.key}={fact.text}" for fact in claims))
    return UnsourcedClaims(key=key, labels=tuple(fact.attribute.label for fact in claims))


def count_words(text: str) -> int:
    return len(text.split())


def warning_key(*parts: object) -> str:
    """Return the key of a warning about these values: another value is asked about again."""
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
