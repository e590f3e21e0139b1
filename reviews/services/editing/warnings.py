"""What an editor should look at twice before a verdict is saved. None of it is an error: said once, it may be meant.

The rules come from the house: a score and a decision should agree, a text should be one paragraph, it should be its own, and it
must not read as a consumer's review, for the reviewers are personas and used nothing.
"""

import hashlib
import re
from dataclasses import dataclass

from reviews.services.editing.similar_texts import Likeness

LOW_FOR_SHIP, HIGH_FOR_SKIP = 50, 60
FEWEST_WORDS, MOST_WORDS = 40, 200

CLAIM_OF_USE = re.compile(
    r"\b(?:I|we)(?:['’](?:ve|d)| have| had)?(?: \w+){0,2} "
    r"(?:used?|using|tried|try|tested?|ran|run|built|deployed?|installed?|shipped|bought|benchmarked|paid|switched|migrated)\b"
    r"|\b(?:in|from) (?:my|our) (?:own )?(?:tests?|testing|experience|hands|use|team|projects?|work)\b"
    r"|\b(?:my|our) (?:team|company|users|workflow|codebase|set-?up)\b"
    r"|\b(?:hands-on|after (?:\w+ ){1,3}(?:days|weeks|months|years) (?:with|of using))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class VerdictWarning:
    """One thing to look at: a sentence, and a key that stays the same while what it speaks of does."""

    key: str
    sentence: str
    likeness: Likeness | None = None


def verdict_warnings(
    *, decision: str, score: int | None, body: str, answers: tuple[str, ...] = (), likeness: Likeness | None = None
) -> list[VerdictWarning]:
    """Return what is worth a second look in one verdict; `likeness` is the stored text it resembles most, if any."""
    found: list[tuple[str, Likeness | None]] = []
    if decision == "ship" and score is not None and score < LOW_FOR_SHIP:
        found.append((f"A ship with a score of {score}: readers expect {LOW_FOR_SHIP} or more.", None))
    if decision == "skip" and score is not None and score > HIGH_FOR_SKIP:
        found.append((f"A skip with a score of {score}: readers expect {HIGH_FOR_SKIP} or less.", None))
    words = count_words(body)
    if words < FEWEST_WORDS:
        found.append((f"The text has {words} word{'' if words == 1 else 's'}: fewer than {FEWEST_WORDS} say little.", None))
    if words > MOST_WORDS:
        found.append((f"The text has {words} words: more than {MOST_WORDS} are seldom read.", None))
    if likeness:
        found.append((f"The text is nearly the same as {likeness.name}.", likeness))
    told = [
        VerdictWarning(key=_key(sentence, decision, score, body), sentence=sentence, likeness=like) for sentence, like in found
    ]
    return told + claims_of_use(body, *answers)


def claims_of_use(*texts: str) -> list[VerdictWarning]:
    """Return where a text reads as if somebody had used the tool: “I used”, “in our tests”."""
    claims = dict.fromkeys(claim.group() for text in texts for claim in CLAIM_OF_USE.finditer(text))
    return [
        VerdictWarning(
            key=_key(claim, *texts),
            sentence=f"“{claim}” claims that somebody used it: the reviewers are personas and used nothing.",
        )
        for claim in claims
    ]


def count_words(text: str) -> int:
    """Return how many words a text has, as the desk's live count does."""
    return len(text.split())


def _key(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
